"""Reads of joint ideas, each in a known number of queries however many ideas, tests and cards there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    UUIDField,
    prefetch_related_objects,
)

from partners.base.prepared import Prepared
from partners.hypotheses.models import Acceptance, LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.rules import (
    MODELS,
    Candidate,
    Claim,
    ClaimStanding,
    Learned,
    Outcome,
    Progress,
    State,
    SynergyTest,
    Terms,
    Word,
    level_of,
    standings,
    state_of,
    stated,
    synergy_test,
)
from partners.value_fit.queries import Comparison, comparison, side_of
from partners.value_fit.rules import SIDES, FindingKind, Side
from partners.workspaces.models import Invitation, Partnership, Workspace


@dataclass(frozen=True)
class IdeaRead:
    """An idea with its tests and cards, and what follows from them on a day."""

    row: SynergyHypothesis
    tests: list[TestCard]
    cards: list[LearningCard]
    terms: Terms
    one_sided: Side | None = None

    @cached_property
    def synergy(self) -> SynergyTest:
        """What the idea is, and what it lacks."""
        return synergy_test(stated(self.row.words, vanishes_without(self.row)))

    @cached_property
    def learned(self) -> list[Learned]:
        """What its cards say of each claim."""
        return learned_from(self.row, self.cards)

    @cached_property
    def claims(self) -> Mapping[Claim, ClaimStanding]:
        """How far each claim is."""
        return standings(self.learned, self.terms)

    @property
    def progress(self) -> Progress:
        """How far its tests are."""
        speaking = [card for card in self.cards if card.version == self.row.version]
        return Progress(
            designed=sum(test.started_at is None for test in self.tests),
            running=sum(test.is_running for test in self.tests),
            ended=sum(test.ended_at is not None for test in self.tests),
            learned=len(speaking),
            learned_before=len(self.cards) - len(speaking),
            claims_learned=frozenset(Claim(claim) for card in speaking for claim in card.verdicts),
        )

    @cached_property
    def state(self) -> State:
        """How far the idea is."""
        return state_of(Word(self.row.word), self.progress, self.claims, one_sided=self.one_sided)

    @property
    def level(self) -> int:
        """The evidence there is, 0 to 5: that of its least known claim, or what people say they know without a card."""
        return max(level_of(self.claims), self.row.assumed_level)

    @property
    def candidate(self) -> Candidate:
        """The idea as `rules.priority` takes it, with its cheapest test that has not started."""
        waiting = [test for test in self.tests if test.started_at is None]
        cheapest = min(waiting, key=lambda test: (test.cost or 4, test.time or 4), default=None)
        return Candidate(
            self.row.pk,
            self.row.importance,
            self.level,
            cheapest.cost if cheapest else None,
            cheapest.time if cheapest else None,
        )


@dataclass
class Gathered:
    """Tests and cards by their ideas."""

    tests: dict[UUID, list[TestCard]] = field(default_factory=lambda: defaultdict(list))
    cards: dict[UUID, list[LearningCard]] = field(default_factory=lambda: defaultdict(list))


def ideas_of(partnership: Partnership, *, today: date) -> list[IdeaRead]:
    """Return the ideas of a partnership (with its workspace loaded), the oldest first: 5 queries and a comparison's 4.

    Notes and pairs are loaded with them. Nothing of a partnership that is sealed.
    """
    if partnership.sealed_at is not None:
        return []
    rows = SynergyHypothesis.objects.filter(partnership=partnership, deleted_at=None)
    ideas = list(rows.prefetch_related("notes", "pairs"))
    return read(ideas, partnership, today=today) if ideas else []


def read(ideas: Iterable[SynergyHypothesis], partnership: Partnership, *, today: date) -> list[IdeaRead]:
    """Return some ideas of one partnership with what follows for them."""
    rows = list(ideas)
    for row in rows:
        row.partnership = partnership
    gathered = gather(row.pk for row in rows)
    pays = pays_mostly(partnership)
    return [
        IdeaRead(row, gathered.tests[row.pk], gathered.cards[row.pk], terms_of(partnership.workspace, row, today), pays)
        for row in rows
    ]


def terms_of(workspace: Workspace, idea: SynergyHypothesis, today: date) -> Terms:
    """Return what the evidence for an idea is held to."""
    return Terms(idea.version, today, threshold=workspace.evidence_level, months=workspace.evidence_months)


def pays_mostly(partnership: Partnership) -> Side | None:
    """Return the side that the comparison of a partnership mostly pays, if it is one-sided: 4 queries."""
    return paid_mostly(comparison(partnership))


def paid_mostly(compared: Comparison) -> Side | None:
    """Return the side that a comparison mostly pays, if it is one-sided."""
    one_sided = [found for found in compared.findings if found.kind is FindingKind.ONE_SIDED]
    return one_sided[0].side if one_sided else None


def vanishes_without(idea: SynergyHypothesis) -> dict[Side, bool | None]:
    """Return what was answered to the remove-one check, by side."""
    return {"start": idea.vanishes_without_start, "end": idea.vanishes_without_end}


def learned_from(idea: SynergyHypothesis, cards: Iterable[LearningCard]) -> list[Learned]:
    """Return what cards (with their acceptances loaded) say of each claim, as the rules take it."""
    partnership = idea.partnership
    found = []
    for card in cards:
        accepted = {side_of(partnership, each.organisation_id) for each in card.acceptances.all()}
        costs: dict[Side, bool] = {"start": bool(card.costs_start), "end": bool(card.costs_end)}
        found += [
            Learned(
                card=card.pk,
                claim=Claim(claim),
                outcome=Outcome(outcome),
                level=card.level,
                version=card.version,
                observed_on=card.observed_on,
                accepted=frozenset(side for side in SIDES if side in accepted),
                with_costs=any(MODELS[side] == claim and costs[side] for side in SIDES),
            )
            for claim, outcome in card.verdicts.items()
        ]
    return found


def accepted() -> Prefetch[Any]:
    """Return what loads who accepted learning cards, as `acceptances`.

    Of somebody who came by a personal link, `link_by_id` is who made it, `link_by_name` and `link_by_company` their
    name and company; `came_by_link` says that somebody did.
    """
    return Prefetch("acceptances", _with_links().all())


@cache
def _with_links() -> QuerySet[Acceptance]:
    links = Invitation.objects.filter(kind=Invitation.Kind.PERSONAL, membership=OuterRef("by"))
    return Acceptance.objects.annotate(
        came_by_link=Exists(links),
        link_by_id=Subquery(links.values("created_by")[:1], output_field=UUIDField()),
        link_by_name=Subquery(links.values("created_by__name")[:1]),
        link_by_company=Subquery(links.values("created_by__organisation")[:1], output_field=UUIDField()),
    )


def gather(idea_ids: Iterable[UUID]) -> Gathered:
    """Return the tests and cards of some ideas, with who accepted each card: 3 queries."""
    ids = list(idea_ids)
    gathered = Gathered()
    for test in _tests(idea_ids=ids):
        gathered.tests[test.hypothesis_id].append(test)
    cards = _cards(idea_ids=ids)
    prefetch_related_objects(cards, accepted())
    for card in cards:
        gathered.cards[card.hypothesis_id].append(card)
    return gathered


@Prepared
def _tests(*, idea_ids: Collection[UUID]) -> QuerySet[TestCard]:
    return TestCard.objects.filter(hypothesis_id__in=idea_ids, deleted_at=None)


@Prepared
def _cards(*, idea_ids: Collection[UUID]) -> QuerySet[LearningCard]:
    return LearningCard.objects.filter(hypothesis_id__in=idea_ids, deleted_at=None)
