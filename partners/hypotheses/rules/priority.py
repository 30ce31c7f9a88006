"""What to test next: importance against evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from partners.hypotheses.rules.evidence import STRONGEST

IMPORTANCE = range(1, 6)
IMPORTANT_FROM = 3
KNOWN_FROM = 3
UNKNOWN = 4
"""Where no test says what it costs or how long it takes: after the dearest, 3."""


class Quadrant(StrEnum):
    """A corner of the map: importance upwards, evidence from *have* on the left to *none* on the right."""

    TEST_NOW = "test_now"
    SHARE = "share"
    DEFER = "defer"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An idea that may be tested next. `cost` and `time` (1 to 3) are those of its cheapest designed test, if any."""

    id: UUID
    importance: int
    level: int
    cost: int | None = None
    time: int | None = None

    @property
    def score(self) -> int:
        """Importance 1–5 × (5 − evidence level): 0 to 25. Source: domain reference 5, *Priority* (Reading)."""
        return self.importance * (STRONGEST - self.level)


def quadrant(importance: int, level: int) -> Quadrant:
    """Return where an idea lies on the map. Reading: important from 3, known from the evidence that validates, 3.

    >>> quadrant(5, 0).value, quadrant(5, 3).value, quadrant(2, 0).value, quadrant(2, 4).value
    ('test_now', 'share', 'defer', 'ignore')
    """
    if level < KNOWN_FROM:
        return Quadrant.TEST_NOW if importance >= IMPORTANT_FROM else Quadrant.DEFER
    return Quadrant.SHARE if importance >= IMPORTANT_FROM else Quadrant.IGNORE


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return what to test first: the highest score, then what is cheaper, then what is quicker, then by id."""
    return sorted(candidates, key=lambda each: (-each.score, each.cost or UNKNOWN, each.time or UNKNOWN, each.id))


class Reason(StrEnum):
    """Why an idea comes before the one that follows it."""

    SCORE = "score"
    CHEAPER = "cheaper"
    QUICKER = "quicker"
    ALONE = "alone"
    EQUAL = "equal"


def why_first(candidates: Iterable[Candidate]) -> Reason:
    """Return what put the first of `in_order` before the second."""
    first, *rest = in_order(candidates)
    if not rest:
        return Reason.ALONE
    second = rest[0]
    if first.score > second.score:
        return Reason.SCORE
    if (first.cost or UNKNOWN) < (second.cost or UNKNOWN):
        return Reason.CHEAPER
    return Reason.QUICKER if (first.time or UNKNOWN) < (second.time or UNKNOWN) else Reason.EQUAL
