"""How far needs are met: coverage of each side, fit, and balance. Exact fractions; rounding is the page's business."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from partners.value_fit.rules.table import SIDES, Match, Side, Table

FULLY = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One need in the sum that makes a coverage: weight × best strength ÷ 3."""

    need: UUID
    weight: int
    strength: int

    @property
    def worth(self) -> Fraction:
        """The part of the weight that is met."""
        return Fraction(self.weight * self.strength, FULLY)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one side's needs are met, and the sum it comes from."""

    terms: tuple[Term, ...]

    @property
    def value(self) -> Fraction | None:
        """Σ(weight × best strength ÷ 3) ÷ Σ weight, from 0 to 1; None (*not known*) when nothing is desired.

        >>> Coverage((Term(UUID(int=1), 3, 3), Term(UUID(int=1), 2, 2), Term(UUID(int=1), 3, 0))).value
        Fraction(13, 24)
        >>> Coverage(()).value is None
        True
        """
        weights = sum(term.weight for term in self.terms)
        thirds = sum(term.weight * term.strength for term in self.terms)
        return Fraction(thirds, FULLY * weights) if weights else None


@dataclass(frozen=True, slots=True)
class Scores:
    """Both coverages with fit and balance, by one way of counting (agreed, or if the guesses hold)."""

    coverage: Mapping[Side, Coverage]

    @property
    def fit(self) -> Fraction | None:
        """The lower coverage, never the mean; None when either is not known."""
        known = [self.coverage[side].value for side in SIDES]
        return None if None in known else min(value for value in known if value is not None)

    @property
    def balance(self) -> Fraction | None:
        """1 − the difference of the coverages; None when either is not known."""
        start, end = (self.coverage[side].value for side in SIDES)
        return None if start is None or end is None else 1 - abs(start - end)


def scores(table: Table, *, with_guesses: bool = False) -> Scores:
    """Return the scores of a table: of what is agreed, or *if our guesses hold*."""
    return _counted(table, lambda match: (match.hoped if with_guesses else match.agreed) or 0)


def at_most(table: Table) -> Scores:
    """Return what the coverages can still rise to: as if all that waits for a rating, or is a guess, were *fully* met.

    What one side alone has said makes no difference to it, so it tells nothing of a hidden rating.
    """
    return _counted(table, lambda match: FULLY if match.agreed is None else match.agreed)


def _counted(table: Table, strength: Callable[[Match], int]) -> Scores:
    return Scores(
        {
            side: Coverage(
                tuple(
                    Term(need.id, need.weight, max(map(strength, table.by_need.get(need.id, ())), default=0))
                    for need in table.needs[side]
                )
            )
            for side in SIDES
        }
    )
