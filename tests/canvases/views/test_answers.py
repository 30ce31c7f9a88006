"""What a page gets back: the same pieces as the stream would bring."""

from __future__ import annotations

from uuid import uuid4

import pytest

from partners.canvases import operations
from partners.canvases.models import Canvas, Note
from tests.canvases.views.asking import ADDRESSES, Address, ask
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestAnswers:
    def test_carry_the_note_as_the_stream_would(self, cast: Cast) -> None:
        note = cast.note("Club membership", fill="sun")
        note.refresh_from_db()
        html = ask(cast, cast.ana, ADDRESSES["note"], note).content.decode()
        for name, value in (
            ("id", f"note-{note.pk}"),
            ("data-notes", f"{note.canvas_id}:customer_relationships"),
            ("data-rank", note.rank),
            ("data-drawn", str(note.drawn)),
            ("data-version", "1"),
            ("data-fill", "sun"),
        ):
            assert f'{name}="{value}"' in html

    def test_are_drawn_alike_for_everybody_of_an_audience(self, cast: Cast) -> None:
        note = cast.note()
        ana, bo = (ask(cast, who, ADDRESSES["note"], note).content for who in (cast.ana, cast.bo))
        assert ana == bo

    def test_to_a_deletion_take_the_note_away_and_offer_it_back(self, cast: Cast) -> None:
        note = cast.note()
        html = ask(cast, cast.ana, ADDRESSES["deletion"], note).content.decode()
        note.refresh_from_db()
        assert f'<del data-gone="note-{note.pk}" data-drawn="{note.drawn}">' in html
        assert f"/w/{cast.workspace.pk}/undo/" in html
        assert f'{{"deleted": "{note.pk}"}}' in html

    def test_to_a_taking_draw_both_notes(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        html = ask(cast, cast.bo, ADDRESSES["taking"], note).content.decode()
        taken = Note.objects.get(source_note=note)
        assert f'id="note-{note.pk}"' in html
        assert f'id="note-{taken.pk}"' in html
        assert "from Key Resources" in html
        assert "offered" in html

    def test_a_position_on_a_sheet_of_another_partnership_takes_the_note_there(self, cast: Cast) -> None:
        note = cast.note(canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="intent")
        to = cast.sheet(cast.with_breville, cast.nespresso)
        sends = {"canvas": str(to.pk), "block": "value_offer"}
        assert cast.client(cast.bo).post(f"/notes/{note.pk}/position/", sends).status_code == 200
        note.refresh_from_db()
        assert (note.canvas, note.block) == (to, "value_offer")


class TestComments:
    def test_can_be_taken_back(self, cast: Cast) -> None:
        note = cast.note()
        sheet = cast.seen(cast.carla, note.canvas)
        comment = operations.add_comment(sheet=sheet, note=note, text="Since when?")
        response = cast.client(cast.carla).post(f"/comments/{comment.pk}/deletion/")
        assert response.status_code == 200
        assert "Since when?" not in response.content.decode()

    def test_of_somebody_else_cannot(self, cast: Cast) -> None:
        note = cast.note()
        comment = operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text="Since when?")
        assert cast.client(cast.bo).post(f"/comments/{comment.pk}/deletion/").status_code == 403
        assert cast.client(cast.finn).post(f"/comments/{comment.pk}/deletion/").status_code == 404
        assert cast.client(cast.ana).post(f"/comments/{uuid4()}/deletion/").status_code == 404


class TestTheLock:
    def test_is_the_facilitators(self, cast: Cast) -> None:
        canvas = cast.model(cast.nespresso)
        path = f"/canvases/{canvas.pk}/lock/"
        assert cast.client(cast.bo).post(path).status_code == 403
        assert cast.client(cast.finn).post(path).status_code == 404
        assert cast.client(cast.ana).get(path).status_code == 405
        assert cast.client(cast.ana).post(path).status_code == 204
        assert Canvas.objects.get(pk=canvas.pk).locked_at
        assert cast.client(cast.ana).post(path, {"locked": "0"}).status_code == 204
        assert Canvas.objects.get(pk=canvas.pk).locked_at is None


class TestUndo:
    def test_by_bringing_back(self, cast: Cast) -> None:
        note = cast.note()
        ask(cast, cast.bo, ADDRESSES["deletion"], note)
        html = ask(cast, cast.bo, ADDRESSES["restoration"], note).content.decode()
        assert f'id="note-{note.pk}"' in html
        assert Note.objects.get(pk=note.pk).deleted_at is None

    def test_of_several_is_one_step_back(self, cast: Cast) -> None:
        notes = [cast.note(text) for text in ("one", "two")]
        sends = {"do": "delete", "notes": [str(note.pk) for note in notes]}
        html = cast.client(cast.bo).post("/notes/many/", sends).content.decode()
        assert html.count("data-gone=") == 2
        assert html.count("data-undo") == 1


def test_an_edit_typed_on_an_earlier_one_of_mine_knows_it_by_its_key(cast: Cast) -> None:
    """`base_key` names my change that was not answered yet when I typed on; it outranks `base_version`."""
    note, key = cast.note("Online shop"), str(uuid4())
    first = Address("/notes/{note}/", {"text": "Online store", "base_version": "1"})
    ask(cast, cast.ana, first, note, **{"Idempotency-Key": key})
    second = Address("/notes/{note}/", {"text": "Online boutique", "base_version": "1", "base_key": key})
    assert ask(cast, cast.ana, second, note).status_code == 200
    assert Note.objects.get(pk=note.pk).text == "Online boutique"


def test_an_edit_typed_on_one_that_was_merged_takes_nothing_out_that_its_author_never_saw(cast: Cast) -> None:
    note, key = cast.note("Online shop"), str(uuid4())
    ask(cast, cast.bo, Address("/notes/{note}/", {"text": "Our Online shop", "base_version": "1"}), note)
    first = Address("/notes/{note}/", {"text": "Online shop here", "base_version": "1"})
    ask(cast, cast.ana, first, note, **{"Idempotency-Key": key})
    second = Address("/notes/{note}/", {"text": "Online shop here now", "base_version": "1", "base_key": key})
    ask(cast, cast.ana, second, note)
    assert Note.objects.get(pk=note.pk).text == "Our Online shop here now"
