"""How ideas, tests, learning cards and their rhythm are numbered when they change."""

from __future__ import annotations

from uuid import UUID

from partners.events import log
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard


@log.stamps("hypothesis")
def stamp_ideas(idea_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the ideas themselves."""
    SynergyHypothesis.objects.filter(pk__in=idea_ids).update(drawn=seq)


@log.stamps("test_card")
def stamp_tests(test_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the tests."""
    TestCard.objects.filter(pk__in=test_ids).update(drawn=seq)


@log.stamps("learning_card")
def stamp_cards(card_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the learning cards."""
    LearningCard.objects.filter(pk__in=card_ids).update(drawn=seq)


@log.stamps("iteration")
def stamp_iterations(iteration_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the iterations."""
    Iteration.objects.filter(pk__in=iteration_ids).update(drawn=seq)


@log.stamps("big_question")
def stamp_questions(question_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the big questions."""
    BigQuestion.objects.filter(pk__in=question_ids).update(drawn=seq)
