"""The two addresses, and what they answer."""

from __future__ import annotations

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.events.models import Event
from tests.factories import Cast
from tests.history.acts import ACTS, on


class TestTheDoors:
    def test_answer_with_the_note_and_what_was_undone(self, cast: Cast, note: Note) -> None:
        ACTS["move"](cast, note)
        client = cast.client(cast.ana)
        html = client.post(f"/w/{cast.workspace.pk}/undo/").content.decode()
        assert f'id="note-{note.pk}"' in html
        assert "Undone: moved “Brand”" in html
        assert "Redone: moved “Brand”" in client.post(f"/w/{cast.workspace.pk}/redo/").content.decode()

    def test_say_so_when_there_is_nothing(self, cast: Cast) -> None:
        for way in ("undo", "redo"):
            address = f"/w/{cast.workspace.pk}/{way}/"
            response = cast.client(cast.carla).post(address, headers={"HX-Request": "true"})
            assert response.status_code == 422
            assert f"There is nothing to {way}." in response.content.decode()
            assert response["HX-Retarget"] == "#toasts"
            assert cast.client(cast.finn).post(address).status_code == 404
            assert cast.client(cast.ana).get(address).status_code == 405

    def test_lead_past_what_cannot_be_undone(self, cast: Cast, note: Note) -> None:
        ACTS["edit"](cast, note)
        sheets.edit_note(**on(cast, note, cast.bo), text="Reputation")
        client, address = cast.client(cast.ana), f"/w/{cast.workspace.pk}/undo/"
        response = client.post(address)
        assert response.status_code == 409
        change = Event.objects.filter(thing_id=note.pk, actor=cast.ana).latest("seq").change
        assert str(change) in response.content.decode()
        assert "Undone: added “Boutiques”" in client.post(address, {"before": str(change)}).content.decode()

    def test_of_a_deletion_bring_back_all_that_went_with_it(self, cast: Cast, note: Note) -> None:
        other = cast.note("Other")
        chosen = [str(each) for each in (note.pk, other.pk)]
        client = cast.client(cast.ana)
        html = client.post("/notes/many/", {"do": "delete", "notes": chosen}).content.decode()
        address = f"/w/{cast.workspace.pk}/undo/"
        assert address in html
        later = cast.note("Later")
        client.post(address, {"deleted": chosen[0]})
        assert not Note.objects.filter(deleted_at__isnull=False).exists()
        assert client.post(address, {"deleted": str(later.pk)}).status_code == 422

    def test_the_same_key_twice_is_one_step(self, cast: Cast, note: Note) -> None:
        client, key = cast.client(cast.ana), "0b7c1f0e-7d9c-4a52-9a43-0a9a3f6a3c11"
        for _time in range(2):
            client.post(f"/w/{cast.workspace.pk}/undo/", headers={"Idempotency-Key": key})
        assert Note.objects.filter(deleted_at=None).count() == 2
