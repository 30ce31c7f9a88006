"""Private until reveal: doing something to what is hidden is doing it to nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest

from partners.canvases.models import Comment, Note
from partners.workspaces import operations
from tests.doors.whispering import WORDS, Talks
from tests.factories import Cast


class TestChanging:
    """Doing something to what is hidden is doing it to nothing."""

    @pytest.mark.parametrize("who", ["ana", "bo", "noor", "third"])
    def test_no_change_reaches_a_hidden_note(self, talks: Talks, who: str) -> None:
        cast, client = talks.cast, talks.client(who)
        wish = talks.delonghi_whispers()[0]
        own = Note.objects.get(text="Nespresso has it", source_note=None)
        sheet = talks.sheet(cast.delonghi)
        tries = {
            f"/notes/{wish}/": {"text": "Mine", "base_version": 1},
            f"/notes/{wish}/position/": {"block": "intent"},
            f"/notes/{wish}/look/": {"fill": "leaf"},
            f"/notes/{wish}/copy/": {},
            f"/notes/{wish}/deletion/": {},
            f"/notes/{wish}/restoration/": {},
            f"/notes/{wish}/thumb/": {},
            f"/notes/{wish}/confirmation/": {},
            f"/notes/{wish}/comments/": {"text": "So that is it"},
            f"/notes/{wish}/taking/": {"partnership": cast.with_delonghi.pk},
            f"/notes/{own.pk}/position/": {"canvas": sheet.pk, "block": "intent"},
            "/notes/many/": {"do": "move", "notes": own.pk, "canvas": sheet.pk, "block": "intent"},
            f"/canvases/{sheet.pk}/notes/": {"block": "intent", "text": "Let me in"},
            f"/canvases/{sheet.pk}/paste/": {"block": "intent", "lines": "Let\nme in"},
            f"/canvases/{sheet.pk}/lock/": {},
            f"/comments/{Comment.objects.get().pk}/deletion/": {},
        }
        for address, fields in tries.items():
            response = client.post(address, fields)
            assert response.status_code == 404, address
            assert not [word for word in WORDS if word in response.content.decode()], address

    def test_taking_for_the_other_side_is_not_found(self, talks: Talks) -> None:
        cast = talks.cast
        source = Note.objects.get(text="De'Longhi has it")
        fields = {"partnership": cast.with_delonghi.pk, "organisation": cast.delonghi.pk}
        assert talks.client("ana").post(f"/notes/{source.pk}/taking/", fields).status_code == 404

    def test_a_known_id_tells_nothing(self, talks: Talks) -> None:
        """Adding a note under the id of a hidden one does not bring that to light, nor say when it changed."""
        cast = talks.cast
        wish = talks.delonghi_whispers()[0]
        address = f"/canvases/{cast.model(cast.nespresso).pk}/notes/"
        response = talks.client("bo").post(address, {"id": wish, "block": "channels", "text": "Hello"})
        assert response.status_code == 404

    def test_moving_the_source_does_not_name_what_was_taken(self, talks: Talks) -> None:
        """The answer to who moves a note holds what looks different for them, not the hidden note that names it."""
        cast = talks.cast
        hidden = talks.delonghi_whispers()
        source = Note.objects.get(text="Nespresso has it", source_note=None)
        for path in (f"/notes/{source.pk}/position/", f"/w/{cast.workspace.pk}/undo/"):
            response = talks.client("bo").post(path, {"block": "channels"})
            assert response.status_code == 200
            assert str(source.pk) in response.content.decode()
            assert not [pk for pk in hidden if str(pk) in response.content.decode()], path

    def test_nobody_undoes_into_what_was_sealed_since(self, cast: Cast) -> None:
        sheet = cast.sheet(cast.with_delonghi, cast.delonghi)
        cast.note("Secret help", by=cast.ana, canvas=sheet, block="intent")
        operations.seal(cast.viewer(cast.ana), cast.with_delonghi)
        response = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/undo/")
        assert response.status_code == 422
        assert "Secret" not in response.content.decode()
        assert Note.objects.get(text="Secret help").deleted_at is None

    def test_an_answer_is_not_repeated_to_the_other_side(self, talks: Talks) -> None:
        """The same request under the same key, by somebody else, is a request of theirs."""
        cast = talks.cast
        sheet, key = talks.sheet(cast.delonghi), str(uuid4())
        fields = {"id": str(uuid4()), "block": "intent", "text": "Secret plan"}
        asked = {"path": f"/canvases/{sheet.pk}/notes/", "data": fields, "headers": {"Idempotency-Key": key}}
        assert talks.client("carla").post(**asked).status_code == 200  # type: ignore[arg-type]  # as written above
        for who in ("ana", "bo"):
            response = talks.client(who).post(**asked)  # type: ignore[arg-type]  # likewise
            assert response.status_code == 404
            assert "Secret" not in response.content.decode()
