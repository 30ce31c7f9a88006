"""How ideas, tests and learning cards are numbered when they change."""

from __future__ import annotations

from uuid import UUID

from partners.events import log
from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard


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
