"""What to test next and why, and what evidence is about to become too old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from partners.base.dates import months_later
from partners.hypotheses.boards.cards import DrawnIdea
from partners.hypotheses.boards.words import claim_words, names_of
from partners.hypotheses.rules import REQUIRED, Claim, Reason, in_order, why_first

AFTER = 3


@dataclass(frozen=True, slots=True)
class Next:
    """The idea to test next, why, and those that follow it."""

    idea: DrawnIdea
    why: str
    after: list[DrawnIdea]


@dataclass(frozen=True, slots=True)
class Expiring:
    """A claim of an idea that holds until a day within a month: `last` is that day."""

    idea: DrawnIdea
    claim: str
    last: date


def test_next(ideas: Iterable[DrawnIdea]) -> Next | None:
    """Return what to test next: the highest score, then what is cheaper, then what is quicker; None: nothing waits."""
    waiting = {each.id: each for each in ideas if each.waits_for_test}
    if not waiting:
        return None
    candidates = in_order(each.read.candidate for each in waiting.values())
    first, *rest = [waiting[each.id] for each in candidates]
    return Next(first, _why(why_first(candidates), first, rest), rest[:AFTER])


def by_priority(ideas: Iterable[DrawnIdea]) -> list[DrawnIdea]:
    """Return ideas, what is best tested first before others."""
    every = {each.id: each for each in ideas}
    return [every[each.id] for each in in_order(each.read.candidate for each in every.values())]


def expiring(ideas: Iterable[DrawnIdea], today: date) -> list[Expiring]:
    """Return what has been shown and becomes too old within a month, the first to go of each idea."""
    found = []
    for each in ideas:
        stands = [each.read.claims[claim] for claim in REQUIRED]
        ends = [(stand.expires_on, stand.claim) for stand in stands if stand.expires_on]
        if each.is_alive and ends:
            first, claim = min(ends)
            if (last := first - timedelta(days=1)) <= months_later(today, 1):
                found.append(Expiring(each, claim_words(Claim(claim), names_of(each.seen)), last))
    return sorted(found, key=lambda each: (each.last, each.idea.title))


def _why(reason: Reason, first: DrawnIdea, rest: list[DrawnIdea]) -> str:
    sum_ = _("Importance %(importance)s × %(lacking)s of 5 steps of evidence still missing makes %(score)s.") % {
        "importance": first.importance,
        "lacking": 5 - first.level,
        "score": first.score,
    }
    if not rest:
        return f"{sum_} {_('Nothing else waits for a test.')}"
    second = rest[0]
    than = {"title": second.title, "score": second.score}
    said = {
        Reason.SCORE: _("The next one, “%(title)s”, comes to %(score)s."),
        Reason.CHEAPER: _unless(
            second.read.candidate.cost,
            _("“%(title)s” comes to as much; this one is cheaper to test."),
            _("“%(title)s” comes to as much, and nobody has said yet what testing that costs."),
        ),
        Reason.QUICKER: _unless(
            second.read.candidate.time,
            _("“%(title)s” comes to as much and costs the same; this one is quicker to test."),
            _("“%(title)s” comes to as much and costs the same, and nobody has said yet how long testing that takes."),
        ),
        Reason.EQUAL: _("“%(title)s” comes to as much, is as cheap and as quick: take either."),
        Reason.ALONE: "",
    }[reason]
    return f"{sum_} {said % than}"


def _unless(known: int | None, said: str, unknown: str) -> str:
    return said if known else unknown
