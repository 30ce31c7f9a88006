"""The arithmetic behind each number, written out: which needs count how much, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.errors import NotFound
from partners.canvases.kinds import WEIGHT_WORDS
from partners.value_fit.access import PartnershipInView
from partners.value_fit.boards.words import STRENGTHS, number, percent
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, Coverage, Scores, Side, Term, scores
from partners.value_fit.rules.scores import FULLY

WRITTEN_OUT = 12
"""Longer sums stand in the table only: nobody reads sixty terms in a line."""
WHATS = (*SIDES, "fit", "balance")


@dataclass(frozen=True, slots=True)
class Line:
    """One need in the sum."""

    id: UUID
    text: str
    weight: int
    weight_word: str
    strength: int
    strength_word: str
    worth: str


@dataclass(frozen=True, slots=True)
class Sum:
    """One way of counting: `name` says which, `written` is the sum in one line, `percent` None when not known."""

    name: str
    written: str
    percent: int | None
    lines: Sequence[Line] = ()
    weights: int = 0
    worth: str = ""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A number on the page, its rule in a sentence, and its sums: agreed, and if guesses hold."""

    what: str
    title: str
    rule: str
    sums: Sequence[Sum]
    others: Sequence[tuple[str, str]] = ()


def draw_sums(seen: PartnershipInView, compared: Comparison, what: str) -> Arithmetic:
    """Return how a number comes about: needs met of `start` or `end`, `fit`, or `balance`; raises `NotFound`."""
    if what not in WHATS:
        raise NotFound
    drawing = _Drawing(seen, compared)
    table = compared.table
    agreed, hoped = scores(table), scores(table, with_guesses=True)
    first = drawing.sum_of(what, agreed, _("agreed"))
    second = drawing.sum_of(what, hoped, _("if guesses hold"))
    return Arithmetic(
        what=what,
        title=drawing.title(what),
        rule=drawing.rule(what),
        sums=[first] if first.written == second.written else [first, second],
        others=[(each, drawing.title(each)) for each in WHATS if each != what],
    )


class _Drawing:
    def __init__(self, seen: PartnershipInView, compared: Comparison) -> None:
        self._texts = {need.pk: need.text for side in SIDES for need in compared.needs(side)}
        self._names = {side: seen.organisation(side).short_name for side in SIDES}

    def title(self, what: str) -> str:
        if what in SIDES:
            return _("%(company)s: needs met") % {"company": self._names[_side(what)]}
        return _("Fit: the weaker side") if what == "fit" else _("How even")

    def rule(self, what: str) -> str:
        if what in SIDES:
            return _(
                "Each need counts its weight times its best rating: fully 1, mostly 0.67, partly 0.33, not 0. "
                "The sum is divided by all weights."
            )
        if what == "fit":
            return _("The lower of both needs met, never the mean: both sides must gain.")
        return _("1 less the difference between both needs met.")

    def sum_of(self, what: str, found: Scores, name: str) -> Sum:
        if what in SIDES:
            return self._coverage(found.coverage[_side(what)], name)
        value = found.fit if what == "fit" else found.balance
        start, end = (found.coverage[side].value for side in SIDES)
        if value is None or start is None or end is None:
            return Sum(name, self._unknown(found), None)
        if what == "fit":
            names = {"first": self._names["start"], "second": self._names["end"]}
            shown = {"start": number(start), "end": number(end), "fit": number(value)}
            written = _("the lower of %(start)s (%(first)s) and %(end)s (%(second)s) = %(fit)s") % (names | shown)
        else:
            high, low = max(start, end), min(start, end)
            written = f"1 − ({number(high, 3)} − {number(low, 3)}) = {number(value, 3)}"
        return Sum(name, written, percent(value))

    def _coverage(self, coverage: Coverage, name: str) -> Sum:
        value = coverage.value
        if value is None:
            return Sum(name, _("not known: no needs are noted"), None)
        weights = sum(term.weight for term in coverage.terms)
        worth = sum((term.worth for term in coverage.terms), Fraction(0))
        inside = " + ".join(map(_written, coverage.terms)) if len(coverage.terms) <= WRITTEN_OUT else number(worth)
        written = f"({inside}) ÷ {weights}" if " " in inside else f"{inside} ÷ {weights}"
        lines = [self._line(term) for term in coverage.terms]
        return Sum(name, f"{written} = {number(value)}", percent(value), lines, weights, number(worth))

    def _line(self, term: Term) -> Line:
        return Line(
            id=term.need,
            text=self._texts[term.need],
            weight=term.weight,
            weight_word=str(WEIGHT_WORDS[term.weight]),
            strength=term.strength,
            strength_word=str(STRENGTHS[term.strength]),
            worth=number(term.worth),
        )

    def _unknown(self, found: Scores) -> str:
        empty = [self._names[side] for side in SIDES if found.coverage[side].value is None]
        return _("not known; needs are missing: %(companies)s") % {"companies": ", ".join(empty)}


def _written(term: Term) -> str:
    """A need in the sum: weight × best ÷ 3; one that nothing meets is 0.

    >>> from uuid import uuid4
    >>> [_written(Term(uuid4(), weight, strength)) for weight, strength in ((3, 3), (2, 2), (3, 0))]
    ['3×1', '2×0.67', '0']
    """
    return f"{term.weight}×{number(Fraction(term.strength, FULLY))}" if term.strength else "0"


def _side(what: str) -> Side:
    return "start" if what == "start" else "end"
