"""The ideas of a partnership in short, for Outcome."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from partners.hypotheses.boards.idea import StateDrawn, draw_state
from partners.hypotheses.boards.words import names_of
from partners.hypotheses.models import TestCard
from partners.hypotheses.queries import IdeaRead, ideas_of
from partners.hypotheses.rules import AT_REST, GAINS, REQUIRED, Standing, in_order
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES, Side

SHOWN = 5


@dataclass(frozen=True, slots=True)
class IdeaInShort:
    """One idea: what each company gains, its test, and how many of the four things hold."""

    id: UUID
    title: str
    state: StateDrawn
    gains: tuple[tuple[Side, str, str], ...]
    """Side, company, what changes for it; only what is said."""
    test: str
    right_if: str
    standings: tuple[str, ...]
    held: int


@dataclass(frozen=True, slots=True)
class IdeasPanel:
    """The ideas that are alive, what to test next first, and how many there are in all."""

    ideas: list[IdeaInShort]
    count: int
    may_write: bool
    is_sealed: bool


def draw_panel(seen: PartnershipInView) -> IdeasPanel:
    """Return the ideas of a partnership in short: 1 query while there are none, else 9; none while it is private."""
    found = ideas_of(seen.partnership, today=timezone.localdate())
    alive = {read.row.pk: read for read in found if read.state not in AT_REST}
    first = in_order(read.candidate for read in alive.values())[:SHOWN]
    return IdeasPanel(
        ideas=[_short(seen, alive[each.id]) for each in first],
        count=len(found),
        may_write=seen.may_negotiate(),
        is_sealed=seen.partnership.sealed_at is not None,
    )


def _short(seen: PartnershipInView, read: IdeaRead) -> IdeaInShort:
    names = names_of(seen)
    test = _test_of_now(read)
    stands = tuple(read.claims[claim].standing for claim in REQUIRED)
    return IdeaInShort(
        id=read.row.pk,
        title=read.row.title,
        state=draw_state(read.state, names),
        gains=tuple((side, names[side], text) for side in SIDES if (text := read.row.words.get(GAINS[side], ""))),
        test=test.title if test else "",
        right_if=test.criterion if test else "",
        standings=tuple(each.value for each in stands),
        held=stands.count(Standing.SUPPORTED),
    )


def _test_of_now(read: IdeaRead) -> TestCard | None:
    """The test that runs, or else the next one, or else the last."""
    order = {"running": 0, "designed": 1, "ended": 2}
    return min(read.tests, key=lambda test: (order[test.run], test.created_at), default=None)
