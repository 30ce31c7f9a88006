"""Next steps as one person sees them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from partners.base.prepared import Prepared
from partners.outcome.boards.words import finding_title, name_of
from partners.outcome.models import NextStep
from partners.outcome.rules import is_late
from partners.value_fit.access import PartnershipInView
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, FindingKind, Side


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """A next step, ready to print."""

    id: UUID
    what: str
    version: int
    who: str
    side: Side | None
    by_when: date | None
    is_late: bool
    is_done: bool
    origin: str
    rank: str
    drawn: int
    list_id: str
    up: UUID | Literal[""] | None = None
    """Behind which step it goes to move up one place (empty: to the head); None: it stands there."""
    down: UUID | None = None


def steps_of(seen: PartnershipInView) -> list[NextStep]:
    """Return the next steps in order: 1 query."""
    return _steps(partnership_id=seen.partnership.pk)


@Prepared
def _steps(*, partnership_id: UUID) -> QuerySet[NextStep]:
    steps = NextStep.objects.filter(partnership_id=partnership_id, deleted_at=None)
    return steps.select_related("member", "note__canvas").order_by("rank", "pk")


def paired_notes(compared: Comparison) -> frozenset[UUID]:
    """Return the needs and offers that something was put to, whatever came of it."""
    return frozenset(note for pair in compared.pairs for note in (pair.offer_id, pair.need_id))


def draw_step(seen: PartnershipInView, step: NextStep, *, paired: Collection[UUID] = ()) -> DrawnStep:
    """Return a step (with `member` and `note__canvas` loaded) as somebody sees it; `paired` as `paired_notes`."""
    member = step.member
    return DrawnStep(
        id=step.pk,
        what=step.what,
        version=step.what_version,
        who=name_of(member, seen.viewer.audience) if member else step.who,
        side=seen.side_of(member.organisation_id) if member else _side_called(seen, step.who),
        by_when=step.by_when,
        is_late=step.done_at is None and is_late(step.by_when, today=timezone.localdate()),
        is_done=step.done_at is not None,
        origin=_origin(seen, step, paired),
        rank=step.rank,
        drawn=step.drawn,
        list_id=f"{step.partnership_id}:steps",
    )


def in_order(steps: list[DrawnStep]) -> list[DrawnStep]:
    """Say of each step behind which other it goes when it is moved up or down."""
    ids = [step.id for step in steps]
    return [
        replace(
            step,
            up=None if at == 0 else "" if at == 1 else ids[at - 2],
            down=ids[at + 1] if at + 1 < len(ids) else None,
        )
        for at, step in enumerate(steps)
    ]


def _origin(seen: PartnershipInView, step: NextStep, paired: Collection[UUID]) -> str:
    """What a step answers, for who sees the note: *nobody offers this: funding for pre-training*."""
    if step.finding not in [kind.value for kind in FindingKind]:
        return ""
    kind, note = FindingKind(step.finding), step.note
    if note is None or not seen.viewer.audience.sees_sheet(note.canvas.partnership_id, note.canvas.organisation_id):
        return finding_title(kind)
    return f"{finding_title(kind, is_weighed=note.pk in paired)}: {note.text}"


def _side_called(seen: PartnershipInView, who: str) -> Side | None:
    """The side of a company that is named as who does something."""
    for side in SIDES:
        company = seen.organisation(side)
        if who and who.casefold() in (company.name.casefold(), company.short_name.casefold()):
            return side
    return None
