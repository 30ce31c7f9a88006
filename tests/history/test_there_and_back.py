"""Undo and redo: each kind there and back, and how far."""

from __future__ import annotations

import pytest

from partners.base.errors import Invalid
from partners.canvases import operations as sheets
from partners.canvases.models import Comment, Note
from tests.factories import Cast
from tests.history.acts import ACTS, Act, again, back, comment_gone, on, state


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


class TestInABlockWithOthers:
    def test_meanwhile_a_move_goes_back_among_its_neighbours(self, cast: Cast) -> None:
        two = [cast.note(text, block="channels") for text in ("one", "two", "three")][1]
        sheets.move_note(**on(cast, two), to=cast.seen(cast.ana, two.canvas), block="key_resources")
        for text in ("zero", "before", "first"):
            cast.note(text, by=cast.bo, block="channels", after="first")
        assert back(cast).what == "moved “two”"
        assert texts_in(cast, "channels") == ["first", "before", "zero", "one", "two", "three"]

    def test_meanwhile_those_that_left_it_go_back_in_their_order(self, cast: Cast) -> None:
        _one, *others = [cast.note(text, block="channels") for text in ("one", "two", "three")]
        for leaving in reversed(others):
            sheets.move_note(**on(cast, leaving), to=cast.seen(cast.ana, leaving.canvas), block="key_resources")
        for text in ("zero", "first"):
            cast.note(text, by=cast.bo, block="channels", after="first")
        assert [back(cast).what for _leaving in others] == ["moved “two”", "moved “three”"]
        assert texts_in(cast, "channels") == ["first", "zero", "one", "two", "three"]

    def test_meanwhile_one_goes_back_before_what_lies_in_the_trash(self, cast: Cast) -> None:
        _one, two, three = [cast.note(text, block="channels") for text in ("one", "two", "three")]
        sheets.delete_note(**on(cast, three))
        sheets.move_note(**on(cast, two), to=cast.seen(cast.ana, two.canvas), block="channels", after="first")
        cast.note("zero", block="channels", after="first")
        for _step in range(3):
            back(cast)
        assert texts_in(cast, "channels") == ["one", "two", "three"]

    def test_three_moves_go_back_one_by_one(self, cast: Cast) -> None:
        one, two, three = [cast.note(text, block="channels") for text in ("one", "two", "three")]
        here = cast.seen(cast.ana, one.canvas)
        sheets.move_note(**on(cast, two), to=here, block="key_partners")
        for note in (three, one):
            sheets.move_note(**on(cast, note), to=here, block="channels", after="first")
        for _step in range(3):
            back(cast)
        assert texts_in(cast, "channels") == ["one", "two", "three"]

    def test_many_that_were_moved_together_go_back_together(self, cast: Cast) -> None:
        names = [f"note {number}" for number in range(40)]
        notes = [cast.note(text, block="channels") for text in names]
        here = cast.seen(cast.ana, notes[0].canvas)
        stays, gone = (cast.note(text, block="channels") for text in ("stays", "gone"))
        sheets.delete_note(**on(cast, gone))
        together = [(here, note) for note in notes]
        sheets.change_many(notes=together, do="move", to=here, block="channels", after=stays.pk)
        assert texts_in(cast, "channels") == ["stays", *names]
        back(cast)
        assert texts_in(cast, "channels") == [*names, "stays"]

    def test_by_a_move_the_move_goes_back(self, cast: Cast) -> None:
        last, *_others = [cast.note(text, block="channels", after="first") for text in ("four", "three", "two")]
        sheets.move_note(**on(cast, last), to=cast.seen(cast.ana, last.canvas), block="channels", after="first")
        assert texts_in(cast, "channels") == ["four", "two", "three"]
        assert back(cast).what == "moved “four”"
        assert texts_in(cast, "channels") == ["two", "three", "four"]
        assert again(cast).what == "moved “four”"
        assert texts_in(cast, "channels") == ["four", "two", "three"]


def texts_in(cast: Cast, block: str) -> list[str]:
    notes = cast.model(cast.nespresso).notes.filter(block=block, deleted_at=None).order_by("rank", "pk")
    return list(notes.values_list("text", flat=True))


def test_a_move_takes_back_what_its_new_block_had_given(cast: Cast) -> None:
    """A want carries a weight, a gain names who gains: given with the move, gone with its undo unless changed."""
    sheet = cast.seen(cast.ana, cast.sheet(cast.with_delonghi, cast.nespresso))
    note = cast.note("Brand", canvas=sheet.canvas, block="value_offer")
    first = state(cast)
    for block in ("desired_value", "created_value", "value_check"):
        sheets.move_note(**on(cast, note), to=sheet, block=block)
        moved = state(cast)
        assert moved != first
        back(cast)
        assert state(cast) == first
        again(cast)
        assert state(cast) == moved
        back(cast)
    sheets.move_note(**on(cast, note), to=sheet, block="desired_value")
    sheets.change_look(**on(cast, note, cast.bo), weight=3)
    back(cast)
    assert Note.objects.get(pk=note.pk).weight == 3


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
