"""The two companies with an idea that neither can do alone, its tests and what was learned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from partners.events.models import Event
from partners.history import operations as history
from partners.history.operations import Undone
from partners.hypotheses import operations
from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.queries import IdeaRead, ideas_of
from partners.hypotheses.rules import REQUIRED
from partners.value_fit.access import comparison_in
from partners.workspaces.models import Membership, Partnership
from tests.value_fit.conftest import Table, table

__all__ = ["Ideas", "idea_with", "ideas", "table"]

WORDS = {
    "input_start": "a coffee brand people ask for",
    "input_end": "machines in every kitchen shop",
    "transfer": "a licence and shared specifications",
    "segment": "people who want good coffee at home",
    "new_value": "one system that always works",
    "gain_start": "pods bought again every month",
    "block_start": "revenue_streams",
    "gain_end": "a machine range with a margin",
    "block_end": "revenue_streams",
    "why_neither": "one has no machines, the other no pods",
}
SUPPORTED = dict.fromkeys((claim.value for claim in REQUIRED), "supports")


class Ideas:
    """What the two companies do with ideas, through the product's own operations. Bo writes, when nothing is said."""

    def __init__(self, table: Table) -> None:
        self.table, self.cast = table, table.cast

    def add(
        self, *, by: Membership | None = None, words: dict[str, str] | None = None, **more: Any
    ) -> SynergyHypothesis:
        """A synergy with all its words, worth a test."""
        answers: dict[str, Any] = {"vanishes_without_start": True, "vanishes_without_end": True} | more
        return operations.add_idea(seen=self.table.seen(by or self.cast.bo), words=words or WORDS, **answers)

    def test(self, idea: SynergyHypothesis, *, by: Membership | None = None, **more: Any) -> TestCard:
        """A test of it, with what would prove it right."""
        fields: dict[str, Any] = {
            "title": "Pilot in ten shops",
            "claims": ["customer", "transfer"],
            "criterion": "30 of 100 buyers order pods again",
        }
        return operations.design_test(seen=self.table.seen(by or self.cast.bo), idea=idea, **fields | more)

    def started(self, idea: SynergyHypothesis, **more: Any) -> TestCard:
        """The same, running."""
        test = self.test(idea, **more)
        return operations.start_test(seen=self.table.seen(self.cast.bo), test=test)

    def card(self, idea: SynergyHypothesis, *, by: Membership | None = None, **more: Any) -> LearningCard:
        """A card that supports all four claims, at level 4, with the costs of both; nobody has accepted it yet."""
        fields: dict[str, Any] = {
            "observed": "34 of 100 buyers ordered pods again",
            "observed_on": timezone.localdate(),
            "data_points": 100,
            "verdicts": SUPPORTED,
            "level": 4,
            "costs_start": "4 for each pod",
            "costs_end": "20 for each machine",
        }
        return operations.write_card(seen=self.table.seen(by or self.cast.bo), idea=idea, **fields | more)

    def accept(self, card: LearningCard, *people: Membership) -> LearningCard:
        """Some people's yes for their own company; Bo's and Carla's when nobody is named."""
        for member in people or (self.cast.bo, self.cast.carla):
            assert member.organisation_id
            operations.accept_card(seen=self.table.seen(member), card=card, organisation_id=member.organisation_id)
        return card

    def validated(self, **more: Any) -> SynergyHypothesis:
        """An idea that holds for both."""
        idea = self.add()
        self.test(idea)
        self.accept(self.card(idea, **more))
        return idea

    def read(self, idea: SynergyHypothesis, today: date | None = None) -> IdeaRead:
        """The idea as it stands on a day."""
        return next(each for each in self.all(today) if each.row.pk == idea.pk)

    def all(self, today: date | None = None) -> list[IdeaRead]:
        """All ideas of the partnership as they stand."""
        seen = self.table.seen(self.cast.bo)
        return ideas_of(seen.partnership, today=today or timezone.localdate())

    def undo(self, who: Membership | None = None) -> Undone:
        """Somebody takes back what they did last."""
        return history.undo(viewer=self.cast.viewer(who or self.cast.bo))

    def redo(self, who: Membership | None = None) -> Undone:
        """And does it again."""
        return history.redo(viewer=self.cast.viewer(who or self.cast.bo))

    def told(self) -> list[str]:
        """What the log tells of ideas, by kind."""
        told = Event.objects.filter(
            workspace=self.cast.workspace, thing_type__in=("hypothesis", "test_card", "learning_card")
        )
        return list(told.order_by("seq").values_list("kind", flat=True))


@pytest.fixture
def ideas(table: Table) -> Ideas:
    """The two companies, with needs and offers on both sheets."""
    return Ideas(table)


def idea_with(ideas: Ideas, partnership: Partnership, *, by: Membership, **more: Any) -> SynergyHypothesis:
    """An idea of another partnership, worth a test."""
    seen = comparison_in(ideas.cast.viewer(by), partnership.pk)
    return operations.add_idea(seen=seen, **{"words": WORDS} | more)
