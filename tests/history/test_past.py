"""A sheet at any number of the log is the sheet that stood there: whatever was done, and by whom."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.base.errors import DomainError
from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.canvases.operations.steps import LOOK_FIELDS
from partners.history.boards import draw
from partners.history.operations import redo, restore_moment, undo
from partners.history.past import NoteThen, boards_at
from partners.workspaces.models import Membership
from tests.factories import Cast, crowd
from tests.history.acts import ACTS, head, on

BLOCKS = ("key_resources", "channels", "customer_segments")
Row = tuple[Any, ...]


def standing(canvas: Canvas) -> list[Row]:
    """A sheet as it stands now, read from its tables."""
    notes = Note.objects.filter(canvas=canvas, deleted_at=None).order_by("rank", "pk")
    return [
        (
            note.pk,
            note.block,
            note.rank,
            note.text,
            note.text_version,
            {name: getattr(note, name) for name in LOOK_FIELDS},
            note.confirmed_by_id,
            set(note.thumbs.values_list("member", flat=True)),
            set(note.comments.filter(deleted_at=None).values_list("pk", flat=True)),
        )
        for note in notes
    ]


def row(note: NoteThen) -> Row:
    """The same of a note in the past."""
    said = (note.look, note.confirmed_by_id, set(note.thumbs), set(note.comments))
    return (note.pk, note.block, note.rank, note.text, note.version, *said)


class Hands:
    """Somebody who does one thing after the other to a business model, at random."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast = cast
        self.choose = Random(seed)
        self.model = cast.model(cast.nespresso)
        self.sketch = cast.sheet(cast.with_delonghi, cast.nespresso)

    def act(self) -> None:
        """Do something; what cannot be done is left."""
        who = self.choose.choice([self.cast.ana, self.cast.bo])
        does = [self.add] * 3 + [self.edit, self.look, self.move, self.move, self.leave, self.delete, self.restore]
        does += [self.talk, self.several, self.back]
        with suppress(DomainError):
            self.choose.choice(does)(who)

    def note(self, *, deleted: bool = False) -> Note:
        notes = Note.objects.filter(canvas__in=(self.model, self.sketch), deleted_at__isnull=not deleted)
        return self.choose.choice(list(notes.order_by("pk")) or [self.cast.note("Begin")])

    def add(self, who: Membership) -> None:
        after = self.choose.choice(["first", None, self.note().pk])
        self.cast.note(
            f"Note {head(self.cast)}", by=who, canvas=self.model, block=self.choose.choice(BLOCKS), after=after
        )

    def edit(self, who: Membership) -> None:
        sheets.edit_note(**on(self.cast, self.note(), who), text=f"Words {head(self.cast)}")

    def look(self, who: Membership) -> None:
        sheets.change_look(**on(self.cast, self.note(), who), fill=self.choose.choice(["sun", "leaf"]), tags=["x"])

    def move(self, who: Membership) -> None:
        to = self.cast.seen(who, self.model)
        after = self.choose.choice(["first", None, self.note().pk])
        sheets.move_note(**on(self.cast, self.note(), who), to=to, block=self.choose.choice(BLOCKS), after=after)

    def leave(self, who: Membership) -> None:
        to = self.cast.seen(who, self.sketch)
        sheets.move_note(**on(self.cast, self.note(), who), to=to, block="desired_value")

    def delete(self, who: Membership) -> None:
        sheets.delete_note(**on(self.cast, self.note(), who))

    def restore(self, who: Membership) -> None:
        sheets.restore_note(**on(self.cast, self.note(deleted=True), who))

    def talk(self, who: Membership) -> None:
        given = on(self.cast, self.note(), who)
        sheets.give_thumb(**given)
        comment = sheets.add_comment(**given, text="Since when?")
        if self.choose.random() < 0.5:
            sheets.delete_comment(sheet=given["sheet"], comment=comment)
        sheets.confirm_note(**given, confirmed=self.choose.random() < 0.7)

    def several(self, who: Membership) -> None:
        chosen = {note.pk: note for note in (self.note(), self.note())}
        pairs = [(self.cast.seen(who, note.canvas), note) for note in chosen.values()]
        to = self.cast.seen(who, self.model)
        sheets.change_many(notes=pairs, do="move", to=to, block=self.choose.choice(BLOCKS), after="first")

    def back(self, who: Membership) -> None:
        step = undo if self.choose.random() < 0.7 else redo
        step(viewer=self.cast.viewer(who))


@pytest.mark.parametrize("seed", range(2))
def test_every_moment_is_the_board_that_stood_there(cast: Cast, seed: int) -> None:
    hands = Hands(cast, seed)
    seen = {head(cast): standing(hands.model)}
    for _step in range(40):
        hands.act()
        seen[head(cast)] = standing(hands.model)
    numbers = hands.choose.sample(sorted(seen), 12)
    boards = boards_at(cast.seen(cast.ana, hands.model), numbers)
    for number, board in zip(numbers, boards, strict=True):
        assert [row(note) for note in board.notes.values()] == seen[number], number
    moment = hands.choose.choice(numbers)
    restore_moment(sheet=cast.seen(cast.ana, hands.model), moment=moment, seen=head(cast))
    assert _read(standing(hands.model)) == _read(seen[moment])
    undo(viewer=cast.viewer(cast.ana))
    assert _read(standing(hands.model)) == _read(seen[max(seen)])


def _read(rows: list[Row]) -> list[tuple[object, ...]]:
    """What is read on a sheet, block by block in its order: which notes, their words and their looks."""
    shown = [(row[1], row[0], row[3], row[5]) for row in rows]
    return sorted(shown, key=lambda row: str(row[0]))


def test_a_past_board_costs_the_same_however_much_happened(cast: Cast, note: Note) -> None:
    crowd(cast, note.canvas, 30)
    number, costs = head(cast), []
    for _round in range(2):
        for act in ("edit", "mark", "move", "thumb", "comment"):
            ACTS[act](cast, note)
        sheet = cast.seen(cast.ana, note.canvas)
        with CaptureQueriesContext(connection) as asked:
            draw(sheet, boards_at(sheet, [number])[0], "then")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 9


def test_a_note_that_stands_on_a_hidden_sheet_now_is_hidden_in_the_past(cast: Cast, note: Note) -> None:
    number = head(cast)
    away = cast.seen(cast.ana, cast.sheet(cast.with_breville, cast.nespresso))
    sheets.move_note(**on(cast, note), to=away, block="value_offer")
    (hers,) = boards_at(cast.seen(cast.carla, cast.model(cast.nespresso)), [number])
    (whole,) = boards_at(cast.seen(cast.ana, cast.model(cast.nespresso)), [number])
    assert note.pk not in hers.notes
    assert note.pk in whole.notes
