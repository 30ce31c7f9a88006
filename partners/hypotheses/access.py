"""Looking up joint ideas with permission, and who may write them down.

Ideas hold the words of both sheets: while those are private until the reveal, there are none for anybody.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from partners.base.errors import NotFound
from partners.base.prepared import Prepared
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.people.identity import Identity
from partners.value_fit.access import PartnershipInView, comparison_for, open_comparison_of, require_open

Card = TypeVar("Card", TestCard, LearningCard)
Rhythm = TypeVar("Rhythm", Iteration, BigQuestion)


def ideas_for(identity: Identity, partnership_id: UUID) -> PartnershipInView:
    """Return a partnership whose ideas this person may see; raises `NotFound`."""
    seen = comparison_for(identity, partnership_id)
    require_open(seen)
    return seen


def idea_for(
    identity: Identity, idea_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, SynergyHypothesis]:
    """Return an idea (`deleted` None: deleted or not) and its partnership; raises `NotFound`."""
    idea = _idea.one(idea_id=idea_id)
    if idea is None or deleted not in (None, idea.deleted_at is not None):
        raise NotFound
    return open_comparison_of(identity, idea.partnership_id), idea


def idea_test_for(
    identity: Identity, test_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, TestCard]:
    """Return a test and the partnership of its idea; raises `NotFound`, also when the idea is deleted."""
    return _card_for(identity, _test.one(test_id=test_id), deleted)


def learning_for(
    identity: Identity, card_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, LearningCard]:
    """Return a learning card and the partnership of its idea; raises `NotFound`, also when the idea is deleted."""
    return _card_for(identity, _card.one(card_id=card_id), deleted)


def iteration_for(
    identity: Identity, iteration_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, Iteration]:
    """Return an iteration and its partnership; raises `NotFound`."""
    return _of_rhythm(identity, _iteration.one(iteration_id=iteration_id), deleted)


def question_for(
    identity: Identity, question_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, BigQuestion]:
    """Return a big question and its partnership; raises `NotFound`."""
    return _of_rhythm(identity, _question.one(question_id=question_id), deleted)


def _of_rhythm(identity: Identity, thing: Rhythm | None, deleted: bool | None) -> tuple[PartnershipInView, Rhythm]:
    if thing is None or deleted not in (None, thing.deleted_at is not None):
        raise NotFound
    return open_comparison_of(identity, thing.partnership_id), thing


def _card_for(identity: Identity, card: Card | None, deleted: bool | None) -> tuple[PartnershipInView, Card]:
    if card is None or deleted not in (None, card.deleted_at is not None):
        raise NotFound
    return open_comparison_of(identity, card.hypothesis.partnership_id), card


@Prepared
def _idea(*, idea_id: UUID) -> QuerySet[SynergyHypothesis]:
    return SynergyHypothesis.objects.filter(pk=idea_id).order_by()


@Prepared
def _test(*, test_id: UUID) -> QuerySet[TestCard]:
    return TestCard.objects.filter(pk=test_id, hypothesis__deleted_at=None).order_by().select_related("hypothesis")


@Prepared
def _card(*, card_id: UUID) -> QuerySet[LearningCard]:
    return LearningCard.objects.filter(pk=card_id, hypothesis__deleted_at=None).order_by().select_related("hypothesis")


@Prepared
def _iteration(*, iteration_id: UUID) -> QuerySet[Iteration]:
    return Iteration.objects.filter(pk=iteration_id).order_by()


@Prepared
def _question(*, question_id: UUID) -> QuerySet[BigQuestion]:
    return BigQuestion.objects.filter(pk=question_id).order_by()
