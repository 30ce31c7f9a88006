"""Whatever several people do in whatever order: the board is what they expect, and so are its past and its undoing."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Max
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partners.base.errors import Conflict, DomainError
from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.events.models import Event, LogHead
from partners.history.operations import Stuck, redo, restore_moment, undo
from partners.history.past import boards_at
from partners.history.queries import steps_of
from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.history.acts import on
from tests.history.shadow import Place, Shadow, ShadowNote, real

EXAMPLES, STEPS = 8, 24

people = st.sampled_from(["ana", "bo"])
everybody = st.sampled_from(["ana", "bo", "carla"])
nth = st.integers(0, 30)
"""One of so many as there are, counted round."""
fills = st.sampled_from(["plain", "sun", "leaf"])
tags = st.lists(st.sampled_from(["core", "later", "risk"]), unique=True, max_size=2)

Recorded = dict[UUID, list[tuple[Any, ...]]]


class AtWork(RuleBasedStateMachine):
    """Ana and Bo write on two sheets of their company; Carla of the other one gives thumbs and comments."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.words = (f"word{number}" for number in count())
        model, sketch = self.canvases
        self.places: list[Place] = [(model.pk, "key_resources"), (model.pk, "channels"), (sketch.pk, "intent")]
        self.shadow = Shadow()
        self.recorded: dict[int, Recorded] = {}
        for _ in range(3):
            self._add(self.cast.ana, self.places[0], None)
        self.first = real(self.cast)
        self.begun = self._head()
        self.all_went_back = True

    @property
    def canvases(self) -> tuple[Canvas, Canvas]:
        return self.cast.model(self.cast.nespresso), self.cast.sheet(self.cast.with_delonghi, self.cast.nespresso)

    # --- what people do ----------------------------------------------------------------------------------------------

    @rule(who=people, place=nth, after=nth)
    def add(self, who: str, place: int, after: int) -> None:
        there = self.places[place % 3]
        self._add(self.cast.members[who], there, self._neighbour(there, after))

    @rule(who=people, which=nth, back=st.integers(0, 2), at=nth, cut=st.integers(0, 2))
    def edit(self, who: str, which: int, back: int, at: int, cut: int) -> None:
        """Typed on one of the last wordings: others' words stay, mine are there, what I took out is not."""
        pk = self._living(which)
        if pk is None:
            return
        told = self.shadow.wordings[pk]
        version = max(1, len(told) - back)
        typed, new = told[version - 1].split(), next(self.words)
        place = at % (len(typed) + 1)
        taken = typed[place : place + cut]
        typed[place : place + cut] = [new]
        now = told[-1]
        try:
            edited = sheets.edit_note(**self._on(pk, who), text=" ".join(typed), base_version=version)
        except Conflict:
            assert version < len(told), "what is typed on the newest words fits"
            return
        assert set(edited.text.split()) == set(now.split()) - set(taken) | {new}
        assert version < len(told) or edited.text == " ".join(typed)
        self.shadow.change(pk, text=edited.text)

    @rule(who=people, which=nth, place=nth, after=nth)
    def move(self, who: str, which: int, place: int, after: int) -> None:
        pk = self._living(which)
        if pk is None:
            return
        there = self.places[place % 3]
        behind = self._neighbour(there, after)
        to = self.cast.seen(self.cast.members[who], Canvas.objects.get(pk=there[0]))
        sheets.move_note(**self._on(pk, who), to=to, block=there[1], after=behind)
        if behind != pk:
            note = self.shadow.notes[pk]
            self.shadow.put(pk, ShadowNote(there, note.text, *_beside(note)), behind)

    @rule(who=people, which=nth, fill=fills, tags=tags)
    def mark(self, who: str, which: int, fill: str, tags: list[str]) -> None:
        if pk := self._living(which):
            sheets.change_look(**self._on(pk, who), fill=fill, tags=tags)
            self.shadow.change(pk, fill=fill, tags=tuple(tags))

    @rule(who=people, which=nth)
    def delete(self, who: str, which: int) -> None:
        if pk := self._living(which):
            sheets.delete_note(**self._on(pk, who))
            self.shadow.change(pk, is_there=False)

    @rule(who=people, which=nth)
    def restore(self, who: str, which: int) -> None:
        """Back to its place, wherever that is among those that came meanwhile."""
        gone = [pk for pk, note in self.shadow.notes.items() if not note.is_there]
        if gone:
            pk = gone[which % len(gone)]
            sheets.restore_note(**self._on(pk, who))
            self._followed(pk, was=self.shadow.notes[pk], but={"is_there": True})

    @rule(who=people, which=nth)
    def copy(self, who: str, which: int) -> None:
        if pk := self._living(which):
            made = sheets.copy_note(**self._on(pk, who))
            note = self.shadow.notes[pk]
            self.shadow.put(made.pk, ShadowNote(note.place, note.text, note.fill, note.tags), pk)

    @rule(who=people, first=nth, second=nth, fill=fills)
    def colour_two(self, who: str, first: int, second: int, fill: str) -> None:
        if chosen := {pk for pk in (self._living(first), self._living(second)) if pk}:
            sheets.change_many(notes=self._several(chosen, who), do="look", look={"fill": fill})
            for pk in chosen:
                self.shadow.change(pk, fill=fill)

    @rule(who=people, first=nth, second=nth)
    def delete_two(self, who: str, first: int, second: int) -> None:
        if chosen := {pk for pk in (self._living(first), self._living(second)) if pk}:
            sheets.change_many(notes=self._several(chosen, who), do="delete")
            for pk in chosen:
                self.shadow.change(pk, is_there=False)

    @rule(who=everybody, which=nth)
    def thumb(self, who: str, which: int) -> None:
        if pk := self._living(which):
            sheets.give_thumb(**self._on(pk, who))
            self.shadow.change(pk, thumbs=self.shadow.notes[pk].thumbs ^ {self.cast.members[who].pk})

    @rule(who=everybody, which=nth)
    def comment(self, who: str, which: int) -> None:
        if pk := self._living(which):
            said = next(self.words)
            sheets.add_comment(**self._on(pk, who), text=said)
            self.shadow.change(pk, comments=tuple(sorted([*self.shadow.notes[pk].comments, said])))

    @rule(who=everybody, again=st.booleans())
    def go_back(self, who: str, again: bool) -> None:
        """An undo or redo touches what it names, and nothing else; what others wrote since stays."""
        viewer = self.cast.viewer(self.cast.members[who])
        mine = steps_of(self.cast.members[who]).undo
        if not again and not (mine and mine[-1].last > self.begun):
            return  # the first board is where everybody began: nobody goes back behind it
        try:
            done = (redo if again else undo)(viewer=viewer)
        except DomainError:
            return
        self.all_went_back &= not done.left
        self.shadow.follow(self.cast, done.notes)

    @rule(who=people, which=nth, at=nth)
    def bring_back(self, who: str, which: int, at: int) -> None:
        """A sheet as it stood at some moment, but for what people say of its notes."""
        if not self.recorded:
            return
        canvas, number = self.canvases[which % 2], list(self.recorded)[at % len(self.recorded)]
        done = restore_moment(sheet=self.cast.seen(self.cast.members[who], canvas), moment=number, seen=self._head())
        assert done.left == []
        self.shadow.follow(self.cast, done.notes)
        assert _written(self._standing()[canvas.pk]) == _written(self.recorded[number][canvas.pk])

    @rule()
    def look_at_it(self) -> None:
        """Remember how the sheets stand at this number."""
        self.recorded[self._head()] = self._standing()

    # --- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def the_board_is_what_everybody_expects(self) -> None:
        assert real(self.cast) == self.shadow.seen()

    @invariant()
    def the_log_has_no_gaps_and_no_doubles(self) -> None:
        numbers = list(
            Event.objects.filter(workspace=self.cast.workspace).order_by("seq").values_list("seq", flat=True)
        )
        assert numbers == list(range(1, self._head() + 1))

    def teardown(self) -> None:
        """The past is as it was seen; with everything undone the first board is back, if nothing stood in the way."""
        try:
            if self.recorded:
                self._the_past_is_as_it_was_seen()
            if self.all_went_back and self._undo_everything():
                notes, order = real(self.cast)
                assert order == self.first[1]
                assert {pk: notes[pk] for pk in self.first[0]} == self.first[0]
                assert not any(note.is_there for pk, note in notes.items() if pk not in self.first[0])
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def _the_past_is_as_it_was_seen(self) -> None:
        for canvas in self.canvases:
            boards = boards_at(self.cast.seen(self.cast.ana, canvas), list(self.recorded))
            for board, seen in zip(boards, self.recorded.values(), strict=True):
                then = [
                    (
                        pk,
                        note.block,
                        note.text,
                        note.look["fill"],
                        note.look["tags"],
                        len(note.thumbs),
                        len(note.comments),
                    )
                    for pk, note in board.notes.items()
                ]
                assert sorted(then, key=str) == sorted(seen[canvas.pk], key=str)
                ranks = [(note.block, pk) for pk, note in board.notes.items()]
                assert _by_block(ranks) == _by_block([(row[1], row[0]) for row in seen[canvas.pk]])

    def _undo_everything(self) -> bool:
        """Everybody takes everything back, the newest of all first; returns whether nothing stood in the way."""
        while True:
            steps = [
                (piles.undo[-1].last, member)
                for member in (self.cast.ana, self.cast.bo, self.cast.carla)
                if (piles := steps_of(member)).undo and piles.undo[-1].last > self.begun
            ]
            if not steps:
                return True
            _last, member = max(steps, key=lambda step: step[0])
            try:
                if undo(viewer=self.cast.viewer(member)).left:
                    return False
            except Stuck:
                return False

    # --- helpers -----------------------------------------------------------------------------------------------------

    def _add(self, who: Membership, place: Place, after: UUID | str | None) -> None:
        canvas = Canvas.objects.get(pk=place[0])
        text = " ".join(next(self.words) for _ in range(3))
        note = self.cast.note(text, by=who, canvas=canvas, block=place[1], after=after)
        self.shadow.put(note.pk, ShadowNote(place, text), after)

    def _living(self, which: int) -> UUID | None:
        there = [pk for place in self.places for pk in self.shadow.order.get(place, ())]
        return there[which % len(there)] if there else None

    def _neighbour(self, place: Place, after: int) -> UUID | str | None:
        choice: list[UUID | str | None] = ["first", None, *self.shadow.order.get(place, ())]
        return choice[after % len(choice)]

    def _on(self, pk: UUID, who: str) -> dict[str, Any]:
        return on(self.cast, Note(pk=pk), self.cast.members[who])

    def _several(self, chosen: set[UUID], who: str) -> list[Any]:
        return [(each["sheet"], each["note"]) for each in (self._on(pk, who) for pk in chosen)]

    def _followed(self, pk: UUID, *, was: ShadowNote, but: dict[str, Any]) -> None:
        self.shadow.follow(self.cast, [pk])
        now = self.shadow.notes[pk]
        assert now == ShadowNote(**{**was.__dict__, **but})

    def _head(self) -> int:
        found = LogHead.objects.filter(workspace=self.cast.workspace).aggregate(seq=Max("seq"))["seq"]
        return int(found)

    def _standing(self) -> Recorded:
        notes, order = real(self.cast)
        found: Recorded = {canvas.pk: [] for canvas in self.canvases}
        for (canvas, _block), there in order.items():
            for pk in there:
                note = notes[pk]
                row = (pk, note.place[1], note.text, note.fill, list(note.tags), len(note.thumbs), len(note.comments))
                found[canvas].append(row)
        return found


def _beside(note: ShadowNote) -> tuple[Any, ...]:
    return (note.fill, note.tags, note.is_there, note.thumbs, note.comments)


def _written(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without thumbs and comments, block by block."""
    return sorted((row[:-2] for row in rows), key=lambda row: str(row[1]))


def _by_block(rows: list[tuple[str, UUID]]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {}
    for block, pk in rows:
        found.setdefault(block, []).append(pk)
    return found


@pytest.mark.django_db
def test_whatever_people_do_the_board_is_what_they_expect(cast: Cast) -> None:
    machine = type("AtWorkNow", (AtWork,), {"cast": cast})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks
        ),
    )
