"""Next steps: what, who, by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.outcome import operations
from partners.outcome.boards.page import draw_outcome
from partners.outcome.boards.steps import DrawnStep
from partners.outcome.models import NextStep
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from partners.workspaces.operations.people import forget_member
from tests.outcome.conftest import IN_MAY, Outcome

pytestmark = pytest.mark.django_db


def drawn(outcome: Outcome, who: Membership | None = None) -> list[DrawnStep]:
    return draw_outcome(outcome.table.seen(who or outcome.cast.carla)).steps


def change(outcome: Outcome, step: NextStep, by: Membership | None = None, **fields: Any) -> NextStep:
    return operations.change_step(seen=outcome.table.seen(by or outcome.cast.bo), step=step, **fields)


class TestAStep:
    def test_says_what_who_and_by_when(self, outcome: Outcome) -> None:
        outcome.step("Ask ten shops", who="carla rossi", by_when=IN_MAY)
        (step,) = drawn(outcome)
        assert (step.what, step.who, step.side, step.by_when) == ("Ask ten shops", "Carla Rossi", "end", IN_MAY)
        assert step.is_late

    def test_may_be_anybodys(self, outcome: Outcome) -> None:
        outcome.step("Pay", who="the payer")
        outcome.step("Sign", who="nespresso")
        assert [(step.who, step.side) for step in drawn(outcome)] == [("the payer", None), ("nespresso", "start")]

    def test_forgets_a_name_with_its_person(self, outcome: Outcome) -> None:
        outcome.step(who="Carla Rossi")
        forget_member(outcome.cast.carla)
        assert drawn(outcome, outcome.cast.bo)[0].who == "former member"
        assert not NextStep.objects.filter(who__icontains="carla").exists()

    def test_is_not_late_today_or_once_done(self, outcome: Outcome) -> None:
        today = timezone.localdate()
        outcome.step("Today", by_when=today)
        done = outcome.step("Yesterday", by_when=today - timedelta(days=1))
        operations.tick_step(seen=outcome.table.seen(outcome.cast.carla), step=done)
        assert [(step.is_late, step.is_done) for step in drawn(outcome)] == [(False, False), (False, True)]

    def test_made_twice_with_one_id_is_one(self, outcome: Outcome) -> None:
        made = uuid4()
        for _again in range(2):
            outcome.step(step_id=made)
        assert len(drawn(outcome)) == 1

    def test_says_what_it_answers_to_who_sees_the_note(self, outcome: Outcome) -> None:
        outcome.step("Look for a third", finding="gap", note_id=outcome.table.pull.pk)
        assert drawn(outcome)[0].origin == "nobody offers this: Demand pull of a premium brand"
        seal(outcome.cast.viewer(outcome.cast.ana), outcome.cast.with_delonghi)
        assert drawn(outcome, outcome.cast.bo)[0].origin == "nobody offers this"

    def test_says_of_a_need_to_which_something_was_put_that_it_is_not_met(self, outcome: Outcome) -> None:
        table = outcome.table
        outcome.step("Look for more", finding="gap", note_id=table.design.pk)
        table.rate(outcome.cast.bo, table.making, table.design, 3)
        table.rate(outcome.cast.carla, table.making, table.design, 0)
        assert drawn(outcome)[0].origin.startswith("not met: ")

    def test_is_put_in_order(self, outcome: Outcome) -> None:
        one, two, three = (outcome.step(text) for text in ("One", "Two", "Three"))
        seen = outcome.table.seen(outcome.cast.carla)
        operations.move_step(seen=seen, step=three, after=None)
        assert [step.what for step in drawn(outcome)] == ["Three", "One", "Two"]
        operations.move_step(seen=seen, step=one, after=two.pk)
        assert [step.what for step in drawn(outcome)] == ["Three", "Two", "One"]
        before = outcome.last()
        operations.move_step(seen=seen, step=one, after=two.pk)
        assert outcome.told(before) == []

    def test_finds_a_place_however_crowded(self, outcome: Outcome) -> None:
        steps = [outcome.step(text) for text in ("One", "Two", "Three")]
        for step, rank in zip(steps, (1, 2, 3), strict=True):
            NextStep.objects.filter(pk=step.pk).update(rank=rank)
        operations.move_step(seen=outcome.table.seen(outcome.cast.bo), step=steps[2], after=steps[0].pk)
        assert [step.what for step in drawn(outcome)] == ["One", "Three", "Two"]


class TestTwoPeople:
    def test_keep_both_words_and_both_fields(self, outcome: Outcome) -> None:
        step = outcome.step("Ask shops")
        change(outcome, step, what="Ask ten shops", base_version=1, who="Bo Keller")
        change(outcome, step, outcome.cast.carla, what="Ask shops in Milan", base_version=1, by_when=IN_MAY)
        (found,) = drawn(outcome)
        assert (found.what, found.who, found.by_when) == ("Ask ten shops in Milan", "Bo Keller", IN_MAY)

    def test_get_both_versions_of_the_same_words(self, outcome: Outcome) -> None:
        step = outcome.step("Ask")
        change(outcome, step, what="Call", base_version=1)
        with pytest.raises(Conflict) as caught:
            change(outcome, step, outcome.cast.carla, what="Visit", base_version=1)
        assert (caught.value.details["yours"], caught.value.details["theirs"]) == ("Visit", "Call")

    def test_are_told_when_it_was_dropped(self, outcome: Outcome) -> None:
        step = outcome.step("Ask")
        operations.remove_step(seen=outcome.table.seen(outcome.cast.bo), step=step)
        with pytest.raises(Conflict) as caught:
            change(outcome, step, outcome.cast.carla, what="Ask ten")
        assert caught.value.details["yours"] == "Ask ten"


class TestBadInput:
    @pytest.mark.parametrize(
        "bad",
        [
            {"what": "  \n"},
            {"what": "x" * 501},
            {"who": "x" * 81},
            {"by_when": date(1999, 12, 31)},
            {"by_when": date(2101, 1, 1)},
            {"finding": "made_up"},
        ],
        ids=str,
    )
    def test_is_refused_and_nothing_changes(self, outcome: Outcome, bad: dict[str, Any]) -> None:
        before = outcome.last()
        with pytest.raises(Invalid):
            outcome.step(**{"what": "Ask"} | bad)
        assert outcome.told(before) == []

    def test_by_who_watches(self, outcome: Outcome) -> None:
        step = outcome.step()
        seen = outcome.table.seen(outcome.cast.eli)
        attempts: list[Callable[[], object]] = [
            lambda: outcome.step(by=outcome.cast.eli),
            lambda: change(outcome, step, outcome.cast.eli, what="No"),
            lambda: operations.tick_step(seen=seen, step=step),
            lambda: operations.move_step(seen=seen, step=step, after=None),
            lambda: operations.remove_step(seen=seen, step=step),
        ]
        for attempt in attempts:
            with pytest.raises(Forbidden):
                attempt()

    def test_about_a_note_of_another_partnership(self, outcome: Outcome) -> None:
        cast = outcome.cast
        other = cast.note("Ice", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="desired_value")
        with pytest.raises(NotFound):
            outcome.step(note_id=other.pk)

    def test_about_a_note_that_is_private_to_the_other_side(self, outcome: Outcome) -> None:
        seal(outcome.cast.viewer(outcome.cast.ana), outcome.cast.with_delonghi)
        with pytest.raises(NotFound):
            outcome.step(note_id=outcome.table.pull.pk)
        assert outcome.step(note_id=outcome.table.shelf.pk).note == outcome.table.shelf

    def test_more_than_anybody_does(self, outcome: Outcome) -> None:
        NextStep.objects.bulk_create(
            NextStep(partnership=outcome.cast.with_delonghi, what=f"Step {number}") for number in range(100)
        )
        with pytest.raises(Invalid):
            outcome.step()


class TestUndo:
    def test_of_everything_there_and_back(self, outcome: Outcome) -> None:
        bo = outcome.cast.bo
        first, step = outcome.step("First"), outcome.step("Ask shops", who="Bo Keller")
        seen = outcome.table.seen(bo)
        states = [drawn(outcome)]
        acts: list[Callable[[], object]] = [
            lambda: change(outcome, step, what="Ask ten shops"),
            lambda: change(outcome, step, who="Carla Rossi", by_when=IN_MAY),
            lambda: operations.tick_step(seen=seen, step=step),
            lambda: operations.move_step(seen=seen, step=step, after=None),
            lambda: operations.remove_step(seen=seen, step=first),
        ]
        for act in acts:
            act()
            states.append(drawn(outcome))
        for state in reversed(states[:-1]):
            outcome.undo(bo)
            assert _plain(drawn(outcome)) == _plain(state)
        for state in states[1:]:
            outcome.redo(bo)
            assert _plain(drawn(outcome)) == _plain(state)

    def test_of_adding(self, outcome: Outcome) -> None:
        outcome.step()
        outcome.undo(outcome.cast.bo)
        assert drawn(outcome) == []
        outcome.redo(outcome.cast.bo)
        assert len(drawn(outcome)) == 1

    def test_leaves_what_others_did_since(self, outcome: Outcome) -> None:
        step = outcome.step(who="Bo Keller")
        change(outcome, step, who="the payer")
        change(outcome, step, outcome.cast.carla, who="Carla Rossi")
        with pytest.raises(Conflict):
            outcome.undo(outcome.cast.bo)
        assert drawn(outcome)[0].who == "Carla Rossi"


def _plain(steps: list[DrawnStep]) -> list[tuple[Any, ...]]:
    return [(step.what, step.who, step.by_when, step.is_done) for step in steps]
