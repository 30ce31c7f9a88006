"""The decision as one person sees it: what, why, and who agrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from partners.base.prepared import Prepared
from partners.outcome.boards.words import name_of
from partners.outcome.models import Assent, Decision
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES, Side
from partners.workspaces.rules import Action


@dataclass(frozen=True, slots=True)
class Yes:
    """What one company says of something: whether it said yes, through whom, and whether the reader may say it."""

    side: Side
    organisation_id: UUID
    company: str
    given: bool
    name: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DrawnDecision:
    """The decision as it stands; `verdict` is empty until there is one. `mine`: the reader wrote it down."""

    verdict: str
    words: str
    why: str
    version: int
    name: str
    mine: bool
    at: datetime | None
    assents: tuple[Yes, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether both companies agree to it."""
        return bool(self.verdict) and all(each.given for each in self.assents)


def draw_decision(seen: PartnershipInView) -> DrawnDecision:
    """Return the decision as it stands: 2 queries."""
    audience = seen.viewer.audience
    decision = _decision.one(partnership_id=seen.partnership.pk)
    said: dict[UUID, Assent] = {}
    if decision is not None:
        said = {each.organisation_id: each for each in _assents(decision_id=decision.pk)}
    now = decision or Decision()
    return DrawnDecision(
        verdict=now.verdict,
        words=now.get_verdict_display() if now.verdict else "",
        why=now.why,
        version=now.why_version,
        name=name_of(now.by, audience) if decision else "",
        mine=now.by is not None and now.by == seen.viewer.member,
        at=now.decided_at,
        assents=tuple(_assent(seen, side, said) for side in SIDES),
    )


@Prepared
def _decision(*, partnership_id: UUID) -> QuerySet[Decision]:
    return Decision.objects.filter(partnership_id=partnership_id).order_by().select_related("by")


@Prepared
def _assents(*, decision_id: UUID) -> QuerySet[Assent]:
    return Assent.objects.filter(decision_id=decision_id).select_related("by")


def _assent(seen: PartnershipInView, side: Side, said: dict[UUID, Assent]) -> Yes:
    company = seen.organisation(side)
    given = said.get(company.pk)
    return Yes(
        side,
        company.pk,
        company.short_name,
        given is not None,
        name_of(given.by, seen.viewer.audience) if given else "",
        seen.viewer.may(Action.AGREE, company.pk),
    )
