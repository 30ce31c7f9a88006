"""Iterations with one start and one end for all, their reviews, and big questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.hypotheses import operations
from partners.hypotheses.models import BigQuestion, Iteration, TestCard
from tests.hypotheses.conftest import Ideas

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 4)


def planned(ideas: Ideas, name: str = "First", starts_on: date = MAY, days: int = 13, **more: Any) -> Iteration:
    seen = ideas.table.seen(ideas.cast.bo)
    ends_on = starts_on + timedelta(days=days)
    return operations.plan_iteration(seen=seen, name=name, starts_on=starts_on, ends_on=ends_on, **more)


def asked(on: Ideas, text: str = "Who pays for training?", **more: Any) -> BigQuestion:
    return operations.ask_question(seen=on.table.seen(on.cast.bo), text=text, **more)


class TestIterations:
    def test_hold_the_tests_of_both(self, ideas: Ideas) -> None:
        iteration = planned(ideas)
        test = ideas.test(ideas.add(), iteration_id=iteration.pk)
        assert list(iteration.test_cards.all()) == [test]
        operations.change_test(seen=ideas.table.seen(ideas.cast.carla), test=test, iteration_id=None)
        assert TestCard.objects.get(pk=test.pk).iteration is None
        with pytest.raises(Invalid):
            ideas.test(ideas.add(), iteration_id=uuid4())

    def test_made_twice_with_one_id_are_one(self, ideas: Ideas) -> None:
        made = uuid4()
        assert planned(ideas, iteration_id=made) == planned(ideas, iteration_id=made)

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"name": " "}, "empty"),
            ({"name": "x" * 61}, "too_long"),
            ({"days": -1}, "days"),
            ({"starts_on": MAY + timedelta(days=13)}, "overlaps"),
            ({"starts_on": MAY - timedelta(days=5), "days": 40}, "overlaps"),
            ({"starts_on": date(1900, 1, 1)}, "date"),
        ],
    )
    def test_say_what_is_wrong(self, ideas: Ideas, wrong: dict[str, Any], code: str) -> None:
        planned(ideas)
        second: dict[str, Any] = {"name": "Second", "starts_on": MAY + timedelta(days=30)}
        with pytest.raises(Invalid) as refused:
            planned(ideas, **second | wrong)
        assert refused.value.code == code
        assert Iteration.objects.count() == 1

    def test_move_only_where_there_is_room(self, ideas: Ideas) -> None:
        first, second = planned(ideas), planned(ideas, "Second", MAY + timedelta(days=14))
        seen = ideas.table.seen(ideas.cast.carla)
        with pytest.raises(Invalid):
            operations.change_iteration(seen=seen, iteration=first, ends_on=second.starts_on)
        operations.remove_iteration(seen=seen, iteration=second)
        operations.change_iteration(seen=seen, iteration=first, ends_on=second.starts_on)
        with pytest.raises(Invalid):
            operations.remove_iteration(seen=seen, iteration=second, removed=False)

    def test_close_with_a_review_that_is_kept(self, ideas: Ideas) -> None:
        iteration, seen = planned(ideas), ideas.table.seen(ideas.cast.carla)
        with pytest.raises(Invalid) as refused:
            operations.close_iteration(seen=seen, iteration=iteration, priority=" ")
        assert refused.value.code == "empty"
        operations.close_iteration(seen=seen, iteration=iteration, priority="Shops before milk")
        closed = Iteration.objects.get(pk=iteration.pk)
        assert closed.closed_at is not None
        assert (closed.closed_by, closed.priority) == (ideas.cast.carla, "Shops before milk")
        operations.close_iteration(seen=seen, iteration=iteration, adapts="Both send one person")
        assert Iteration.objects.get(pk=iteration.pk).priority == "Shops before milk"

    def test_open_again_and_keep_their_review(self, ideas: Ideas) -> None:
        iteration, seen = planned(ideas), ideas.table.seen(ideas.cast.carla)
        operations.close_iteration(seen=seen, iteration=iteration, priority="Shops before milk")
        opened = operations.reopen_iteration(seen=seen, iteration=iteration)
        assert (opened.closed_at, opened.closed_by, opened.priority) == (None, None, "Shops before milk")
        drawn = Iteration.objects.get(pk=iteration.pk).drawn
        operations.reopen_iteration(seen=seen, iteration=iteration)
        assert Iteration.objects.get(pk=iteration.pk).drawn == drawn, "what is open stays as it is"

    def test_are_planned_by_people_of_the_two_companies(self, ideas: Ideas) -> None:
        with pytest.raises(Forbidden):
            operations.plan_iteration(seen=ideas.table.seen(ideas.cast.eli), name="Mine", starts_on=MAY, ends_on=MAY)


class TestBigQuestions:
    def test_are_open_until_they_have_an_answer(self, ideas: Ideas) -> None:
        question = asked(ideas, ideas=[ideas.add().pk])
        assert question.is_open
        seen = ideas.table.seen(ideas.cast.carla)
        assert not operations.answer_question(seen=seen, question=question, answer="The payer").is_open
        assert operations.answer_question(seen=seen, question=question, answer="").is_open

    def test_link_to_ideas_of_this_partnership(self, ideas: Ideas) -> None:
        with pytest.raises(NotFound):
            asked(ideas, ideas=[uuid4()])

    def test_keep_their_links_to_ideas_that_are_deleted(self, ideas: Ideas) -> None:
        seen, (stays, goes, chosen) = ideas.table.seen(ideas.cast.bo), (ideas.add() for _each in range(3))
        question = asked(ideas, ideas=[goes.pk])
        for idea in (goes, chosen):
            operations.remove_idea(seen=seen, idea=idea)
        operations.change_question(seen=seen, question=question, ideas=[stays.pk, chosen.pk])
        assert set(question.ideas.all()) == {stays, goes, chosen}
        ideas.undo()
        assert list(question.ideas.all()) == [goes]

    def test_words_of_two_people_are_merged_or_both_offered(self, ideas: Ideas) -> None:
        question = asked(ideas)
        base = {"text": question.text}
        for who, text in (
            (ideas.cast.bo, "Who pays for all training?"),
            (ideas.cast.carla, "Who gladly pays for training?"),
        ):
            operations.change_question(seen=ideas.table.seen(who), question=question, text=text, base=base)
        assert BigQuestion.objects.get(pk=question.pk).text == "Who gladly pays for all training?"
        with pytest.raises(Conflict):
            operations.change_question(
                seen=ideas.table.seen(ideas.cast.bo), question=question, text="Who never pays for training?", base=base
            )


def test_each_thing_is_taken_back_and_done_again(ideas: Ideas) -> None:
    seen = ideas.table.seen(ideas.cast.bo)
    idea = ideas.add()
    iteration, question = planned(ideas), asked(ideas)

    def stands() -> tuple[object, ...]:
        at, of = Iteration.objects.get(pk=iteration.pk), BigQuestion.objects.get(pk=question.pk)
        days = (at.name, at.starts_on, at.ends_on, at.closed_at is None, at.priority, at.deleted_at is None)
        return *days, of.text, of.answer, list(of.ideas.all()), of.deleted_at is None

    done: list[Callable[[], object]] = [
        lambda: operations.change_iteration(seen=seen, iteration=iteration, name="Spring", ends_on=MAY),
        lambda: operations.close_iteration(seen=seen, iteration=iteration, priority="Shops first"),
        lambda: operations.reopen_iteration(seen=seen, iteration=iteration),
        lambda: operations.remove_iteration(seen=seen, iteration=iteration),
        lambda: operations.change_question(seen=seen, question=question, text="Who trains?", ideas=[idea.pk]),
        lambda: operations.answer_question(seen=seen, question=question, answer="Both"),
        lambda: operations.remove_question(seen=seen, question=question),
    ]
    for do in done:
        before = stands()
        do()
        after = stands()
        assert after != before
        ideas.undo()
        assert stands() == before
        ideas.redo()
        assert stands() == after
