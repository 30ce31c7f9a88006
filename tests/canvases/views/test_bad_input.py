"""What nobody should send: a clear message, the right number, nothing lost, never a crash."""

from __future__ import annotations

from uuid import uuid4

import pytest

from partners.canvases import operations
from partners.canvases.models import Comment
from partners.events.models import LogHead
from tests.canvases.conftest import Story
from tests.canvases.views.asking import Address, ask
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestBadInput:
    @pytest.mark.parametrize(
        ("bad", "says"),
        [
            (
                Address("/canvases/{canvas}/notes/", {"block": "channels", "text": ""}, answers=422),
                "Write something first",
            ),
            (
                Address("/canvases/{canvas}/notes/", {"block": "channels", "text": "x" * 1001}, answers=422),
                "at most 1000 characters",
            ),
            (Address("/canvases/{canvas}/notes/", {"block": "dreams", "text": "Radio"}, answers=422), "no such block"),
            (Address("/canvases/{canvas}/notes/", {"text": "Radio"}, answers=422), "block"),
            (
                Address("/canvases/{canvas}/notes/", {"block": "channels", "text": "Radio", "id": "7"}, answers=422),
                "id",
            ),
            (
                Address(
                    "/canvases/{canvas}/notes/", {"block": "channels", "text": "Radio", "fill": "gold"}, answers=422
                ),
                "fill",
            ),
            (Address("/canvases/{canvas}/paste/", {"block": "channels", "lines": ""}, answers=422), "nothing to paste"),
            (Address("/notes/{note}/look/", {"fill": "gold"}, answers=422), "gold"),
            (Address("/notes/{note}/look/", {"weight": "9"}, answers=422), "9"),
            (
                Address("/notes/{note}/look/", {"tags": ",".join(f"t{n}" for n in range(13))}, answers=422),
                "at most 12 tags",
            ),
            (Address("/notes/{note}/look/", {"tags": "t" * 41}, answers=422), "at most 40 characters"),
            (Address("/notes/{note}/position/", {"block": ""}, answers=422), "block"),
            (Address("/notes/{note}/position/", {"block": "channels", "after": "nowhere"}, answers=422), "after"),
            (
                Address("/notes/{note}/position/", {"block": "channels", "canvas": str(uuid4())}, answers=404),
                "does not exist",
            ),
            (Address("/notes/{note}/taking/", {}, answers=422), "partnership"),
            (Address("/notes/{note}/taking/", {"partnership": str(uuid4())}, answers=404), "does not exist"),
            (Address("/notes/many/", {"do": "burn", "notes": "{note}"}, answers=422), "burn"),
            (Address("/notes/many/", {"do": "delete"}, answers=404), "does not exist"),
            (
                Address("/notes/many/", {"do": "move", "notes": "{note}", "block": "dreams"}, answers=422),
                "no such block",
            ),
        ],
    )
    def test_is_answered_in_words(self, cast: Cast, bad: Address, says: str) -> None:
        note = cast.note()
        seq = LogHead.objects.get(workspace=cast.workspace).seq
        response = ask(cast, cast.ana, bad, note)
        assert response.status_code == bad.answers
        assert says in response.content.decode()
        assert LogHead.objects.get(workspace=cast.workspace).seq == seq

    @pytest.mark.parametrize("text", ["", "x" * 1001])
    def test_in_an_edit_keeps_what_was_typed(self, cast: Cast, text: str) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/", {"text": text, "base_version": "1"}), note)
        assert response.status_code == 422
        assert "<textarea" in response.content.decode()
        assert text in response.content.decode()
        note.refresh_from_db()
        assert note.text == "Club membership"

    def test_in_a_comment_keeps_what_was_typed(self, cast: Cast) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/comments/", {"text": "y" * 1001}), note)
        assert response.status_code == 422
        assert "y" * 1001 in response.content.decode()
        assert not Comment.objects.exists()

    def test_words_that_do_not_fit_together_come_back_both(self, cast: Cast) -> None:
        note = cast.note("Online shop")
        ask(cast, cast.ana, Address("/notes/{note}/", {"text": "Online store", "base_version": "1"}), note)
        response = ask(cast, cast.bo, Address("/notes/{note}/", {"text": "Online boutique", "base_version": "1"}), note)
        assert response.status_code == 409
        html = response.content.decode()
        assert "Online store" in html
        assert "Online boutique" in html
        assert "Somebody changed the same words" in html

    def test_words_for_a_note_that_was_deleted_meanwhile_come_back(self, cast: Cast) -> None:
        note = cast.note("Online shop")
        operations.delete_note(sheet=cast.seen(cast.bo, note.canvas), note=note)
        response = ask(
            cast, cast.ana, Address("/notes/{note}/", {"text": "Online boutique", "base_version": "1"}), note
        )
        assert response.status_code == 409
        html = response.content.decode()
        assert "Online boutique" in html
        assert "Somebody deleted this note" in html

    def test_over_fifty_lines_is_a_question_and_over_two_hundred_a_refusal(self, cast: Cast, story: Story) -> None:
        note = cast.note()
        story.begin()
        for lines, status in ((51, 409), (201, 422), (10_000, 422)):
            sends = {"block": "channels", "lines": "\n".join(f"line {number}" for number in range(lines))}
            response = ask(cast, cast.ana, Address("/canvases/{canvas}/paste/", sends), note)
            assert response.status_code == status
            assert str(lines) in response.content.decode()
        assert story.events == []

    @pytest.mark.parametrize("htmx", [True, False])
    def test_of_three_megabytes_is_too_large(self, cast: Cast, story: Story, htmx: bool) -> None:
        note = cast.note()
        story.begin()
        sends = {"block": "channels", "text": "x" * 3_000_000}
        body = "&".join(f"{name}={value}" for name, value in sends.items())
        headers = {"HX-Request": "true"} if htmx else {}
        response = cast.client(cast.ana).post(
            f"/canvases/{note.canvas_id}/notes/", body, "application/x-www-form-urlencoded", headers=headers
        )
        assert response.status_code == 413
        assert story.events == []
