"""Undo and redo: each kind there and back, only one's own, on top of what others did since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from partners.base.errors import Conflict, DomainError, Forbidden, Invalid
from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.canvases.operations.steps import LOOK_FIELDS
from partners.events.inverses import undoable
from partners.events.models import Event
from partners.history.operations import Stuck, Undone, redo, undo
from partners.workspaces.models import Membership
from tests.factories import Cast

Act = Callable[[Cast, Note], object]
State = dict[str, object]


def on(cast: Cast, note: Note, who: Membership | None = None) -> dict[str, Any]:
    """A note, fresh, and its sheet as somebody sees it: what most operations take."""
    fresh = Note.objects.select_related("canvas", "author").get(pk=note.pk)
    return {"sheet": cast.seen(who or cast.ana, fresh.canvas), "note": fresh}


def back(cast: Cast, who: Membership | None = None, **how: UUID) -> Undone:
    return undo(viewer=cast.viewer(who or cast.ana), **how)


def again(cast: Cast, who: Membership | None = None) -> Undone:
    return redo(viewer=cast.viewer(who or cast.ana))


def state(cast: Cast) -> list[State]:
    """Everything that undo may change, of every note; ranks as order only."""
    notes = Note.objects.filter(canvas__workspace=cast.workspace).order_by("canvas", "block", "rank", "pk")
    return [
        {
            "note": note.pk,
            "place": (note.canvas_id, note.block),
            "text": note.text,
            "look": [getattr(note, name) for name in LOOK_FIELDS],
            "is_there": note.deleted_at is None,
            "confirmed": note.confirmed_by_id,
            "thumbs": sorted(note.thumbs.values_list("member", flat=True)),
            "comments": list(note.comments.filter(deleted_at=None).values_list("text", flat=True)),
        }
        for note in notes
    ]


def comment_gone(cast: Cast, note: Note) -> None:
    comment = sheets.add_comment(**on(cast, note), text="Since when?")
    sheets.delete_comment(sheet=cast.seen(cast.ana, note.canvas), comment=comment)


ACTS: dict[str, Act] = {
    "add": lambda cast, note: cast.note("Another"),
    "edit": lambda cast, note: sheets.edit_note(**on(cast, note), text="Brand and name"),
    "mark": lambda cast, note: sheets.change_look(**on(cast, note), fill="sun", tags=["core"], weight=3),
    "move": lambda cast, note: sheets.move_note(
        **on(cast, note), to=cast.seen(cast.ana, note.canvas), block="channels"
    ),
    "move within the block": lambda cast, note: sheets.move_note(
        **on(cast, note), to=cast.seen(cast.ana, note.canvas), block=note.block, after="first"
    ),
    "delete": lambda cast, note: sheets.delete_note(**on(cast, note)),
    "thumb": lambda cast, note: sheets.give_thumb(**on(cast, note)),
    "confirm": lambda cast, note: sheets.confirm_note(**on(cast, note)),
    "comment": lambda cast, note: sheets.add_comment(**on(cast, note), text="Since when?"),
    "several at once": lambda cast, note: sheets.change_many(
        notes=[
            (cast.seen(cast.ana, each.canvas), each)
            for each in Note.objects.filter(block="key_resources").select_related("canvas").order_by("rank")
        ],
        do="move",
        to=cast.seen(cast.ana, note.canvas),
        block="channels",
    ),
}


@pytest.fixture
def note(cast: Cast) -> Note:
    """The second of three of Ana's notes in one block."""
    return [cast.note(text, block="key_resources") for text in ("Club", "Brand", "Boutiques")][1]


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_there_and_back_and_there_again(cast: Cast, note: Note, act: Act) -> None:
    first = state(cast)
    act(cast, note)
    done = state(cast)
    assert done != first
    for _round in range(2):
        back(cast)
        there = [row for row in state(cast) if row["is_there"]]
        assert there == first
        again(cast)
        assert state(cast) == done


def test_all_the_way_to_the_empty_sheet(cast: Cast, note: Note) -> None:
    for act in ACTS.values():
        if act is not ACTS["delete"]:
            act(cast, note)
    for _step in range(len(ACTS) - 1 + 3):
        back(cast)
    with pytest.raises(Invalid, match="nothing to undo"):
        back(cast)
    assert not Note.objects.filter(deleted_at=None).exists()


def test_what_is_restored_or_taken_back_goes_away_and_comes_again(cast: Cast, note: Note) -> None:
    sheets.delete_note(**on(cast, note))
    sheets.restore_note(**on(cast, note))
    back(cast)
    assert Note.objects.get(pk=note.pk).deleted_at
    comment_gone(cast, sheets.restore_note(**on(cast, note)))
    back(cast)
    assert Comment.objects.get(note=note).deleted_at is None


def test_a_paste_is_one_step(cast: Cast) -> None:
    sheet = cast.seen(cast.ana, cast.model(cast.nespresso))
    lines = "\n".join(f"Line {number}" for number in range(40))
    sheets.paste_notes(sheet=sheet, block="channels", lines=lines)
    undone = back(cast)
    assert undone.what == "added 40 notes"
    assert len(undone.notes) == 40
    assert not Note.objects.filter(deleted_at=None).exists()
    assert again(cast).what == "added 40 notes"
    assert Note.objects.filter(deleted_at=None).count() == 40


def test_a_move_to_another_sheet_goes_back_to_its_sheet(cast: Cast, note: Note) -> None:
    sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
    sheets.move_note(**on(cast, note), to=cast.seen(cast.ana, sketch), block="value_offer")
    assert back(cast).what == "moved “Brand”"
    home = Note.objects.get(pk=note.pk)
    assert (home.canvas_id, home.block) == (note.canvas_id, "key_resources")


class TestOnlyMine:
    def test_whatever_others_did_later(self, cast: Cast, note: Note) -> None:
        sheets.change_look(**on(cast, note, cast.bo), fill="leaf")
        assert back(cast).what == "added “Boutiques”"
        assert Note.objects.get(pk=note.pk).fill == "leaf"
        back(cast, cast.bo)
        assert Note.objects.get(pk=note.pk).fill == "plain"

    def test_somebody_who_did_nothing_has_nothing_to_undo(self, cast: Cast, note: Note) -> None:
        for who in (cast.bo, cast.carla, cast.eli):
            with pytest.raises(Invalid, match="nothing to undo"):
                back(cast, who)

    def test_an_undo_is_told_as_what_it_is(self, cast: Cast, note: Note) -> None:
        change = Event.objects.filter(thing_id=note.pk).latest("seq").change
        sheets.give_thumb(**on(cast, note, cast.bo))
        back(cast)
        back(cast)
        told = Event.objects.filter(thing_id=note.pk).latest("seq")
        assert (told.kind, told.undoes, told.actor_id) == ("note_deleted", change, cast.ana.pk)

    def test_kinds_that_cannot_be_taken_back_are_passed_over(self, cast: Cast, note: Note) -> None:
        sheets.lock_sheet(sheet=cast.seen(cast.ana, note.canvas), locked=True)
        assert "canvas_locked" not in undoable()
        assert back(cast).what == "added “Boutiques”"
        assert Canvas.objects.get(pk=note.canvas_id).locked_at


class TestWhatOthersDidSince:
    def test_their_words_stay(self, cast: Cast, note: Note) -> None:
        sheets.edit_note(**on(cast, note), text="Strong Brand")
        sheets.edit_note(**on(cast, note, cast.bo), text="Strong Brand in Europe")
        back(cast)
        assert Note.objects.get(pk=note.pk).text == "Brand in Europe"
        again(cast)
        assert Note.objects.get(pk=note.pk).text == "Strong Brand in Europe"

    def test_the_same_words_are_a_conflict_that_changes_nothing(self, cast: Cast, note: Note) -> None:
        sheets.edit_note(**on(cast, note), text="Name")
        sheets.edit_note(**on(cast, note, cast.bo), text="Reputation")
        before = state(cast), Event.objects.count()
        with pytest.raises(Conflict, match="same words") as stuck:
            back(cast)
        assert (state(cast), Event.objects.count()) == before
        assert isinstance(stuck.value, Stuck)
        assert back(cast, before=stuck.value.change).what == "added “Boutiques”"

    def test_only_fields_that_are_as_i_set_them(self, cast: Cast, note: Note) -> None:
        sheets.change_look(**on(cast, note), fill="sun", weight=3)
        sheets.change_look(**on(cast, note, cast.bo), fill="leaf")
        back(cast)
        fresh = Note.objects.get(pk=note.pk)
        assert (fresh.fill, fresh.weight) == ("leaf", None)

    @pytest.mark.parametrize("block", ["channels", "key_partners"])
    def test_a_note_moved_on_stays_there(self, cast: Cast, note: Note, block: str) -> None:
        ACTS["move"](cast, note)
        cast.note("Shops", block="channels")
        sheets.move_note(**on(cast, note, cast.bo), to=cast.seen(cast.bo, note.canvas), block=block)
        back(cast)
        with pytest.raises(Conflict, match="moved “Brand” on"):
            back(cast)
        assert Note.objects.get(pk=note.pk).block == block

    def test_of_several_the_rest_is_taken_back_and_told(self, cast: Cast, note: Note) -> None:
        ACTS["several at once"](cast, note)
        sheets.delete_note(**on(cast, note, cast.bo))
        undone = back(cast)
        assert undone.left == ("“Brand” is in the trash.",)
        assert Note.objects.filter(block="key_resources").count() == 2

    def test_my_confirmation_and_thumb_that_are_gone_already(self, cast: Cast, note: Note) -> None:
        sheets.confirm_note(**on(cast, note))
        sheets.confirm_note(**on(cast, note, cast.bo), confirmed=False)
        with pytest.raises(Conflict, match="Somebody else"):
            back(cast)
        sheets.give_thumb(**on(cast, note))
        Thumb.objects.all().delete()
        with pytest.raises(Conflict, match="as it was already"):
            back(cast)

    def test_nobody_says_again_what_another_said(self, cast: Cast, note: Note) -> None:
        comment = sheets.add_comment(**on(cast, note, cast.carla), text="Since when?")
        sheets.delete_comment(sheet=cast.seen(cast.ana, note.canvas), comment=comment)
        with pytest.raises(Conflict, match="Only the person"):
            back(cast)


class TestRedo:
    def test_goes_as_far_as_undo_went(self, cast: Cast, note: Note) -> None:
        for fill in ("sun", "leaf", "rose"):
            sheets.change_look(**on(cast, note), fill=fill)
        seen = []
        for step in (back, back, back, again, again, back, again, again):
            step(cast)
            seen.append(Note.objects.get(pk=note.pk).fill)
        assert seen == ["leaf", "sun", "plain", "sun", "leaf", "sun", "leaf", "rose"]

    def test_ends_with_something_new_of_mine_not_of_others(self, cast: Cast, note: Note) -> None:
        sheets.change_look(**on(cast, note), fill="sun")
        back(cast)
        cast.note("Bo's", by=cast.bo)
        again(cast)
        back(cast)
        cast.note("Mine")
        with pytest.raises(Invalid, match="nothing to redo"):
            again(cast)


class TestRights:
    def test_are_asked_again(self, cast: Cast) -> None:
        bos = cast.note("Bo's", by=cast.bo)
        sheets.lock_sheet(sheet=cast.seen(cast.ana, bos.canvas), locked=True)
        with pytest.raises(DomainError, match="locked this sheet") as refused:
            back(cast, cast.bo)
        assert refused.value.status == Forbidden.status
        assert Note.objects.get(pk=bos.pk).deleted_at is None

    def test_of_a_sheet_that_is_hidden_now(self, cast: Cast) -> None:
        sketch = cast.sheet(cast.with_delonghi, cast.delonghi)
        carlas = cast.note("Carla's", by=cast.carla, canvas=sketch, block="value_offer")
        cast.with_delonghi.deleted_at = timezone.now()
        cast.with_delonghi.save()
        with pytest.raises(DomainError, match="no longer shared"):
            back(cast, cast.carla)
        assert Note.objects.get(pk=carlas.pk).deleted_at is None


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
