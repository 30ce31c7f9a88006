"""How an idea went from state to state: by what people did, and by evidence that aged in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from partners.hypotheses.rules.evidence import Claim, ClaimStanding, Learned, Standing, Terms, standings
from partners.hypotheses.rules.states import Progress, State, Word, state_of
from partners.value_fit.rules import Side

TOLD = frozenset(
    {
        State.SUPPORTED_START_ONLY,
        State.SUPPORTED_END_ONLY,
        State.VALIDATED,
        State.REFUTED,
        State.INCONCLUSIVE,
        State.RETIRED,
        State.PIVOTED,
    }
)
"""States that are news: to come to one of them, and to leave it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How an idea stood from a day on, after the `number`-th thing that was done to it."""

    number: int
    day: date
    word: Word
    progress: Progress
    learned: Sequence[Learned]
    terms: Terms
    """What evidence was held to; its `today` is not looked at."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An idea came from one state to another. `number` is that of the moment; None: nobody did anything, evidence aged.

    `changed` are the claims whose standing changed with it.
    """

    day: date
    before: State | None
    after: State
    number: int | None
    changed: tuple[Claim, ...] = ()


def turns(moments: Sequence[Moment], *, today: date, one_sided: Side | None = None) -> list[Turn]:
    """Return what is worth telling of how an idea went, the oldest first; `moments` are in order.

    `one_sided` is whom the comparison mostly pays now: its past is not asked for.
    """
    stood = [(each, *_stands(each, day, one_sided), day, aged) for each, day, aged in _days(moments, today)]
    found = []
    nothing: tuple[State | None, Mapping[Claim, ClaimStanding]] = (None, {})
    before, claims_before = nothing
    for moment, after, claims, day, aged in stood:
        if before is not after and (after in TOLD or before in TOLD):
            changed = tuple(claim for claim in claims if _of(claims, claim) is not _of(claims_before, claim))
            found.append(Turn(day, before, after, None if aged else moment.number, changed))
        before, claims_before = after, claims
    return found


def _days(moments: Sequence[Moment], today: date) -> Iterator[tuple[Moment, date, bool]]:
    """Each moment on its day, and then on every day until the next one on which a card of it became too old."""
    for moment, following in pairwise([*moments, None]):
        if moment is None:
            continue
        yield moment, moment.day, False
        last = following.day if following else today
        expiries = {moment.terms.expires_on(each) for each in moment.learned}
        for day in sorted(expiries):
            if moment.day < day <= last:
                yield moment, day, True


def _stands(moment: Moment, day: date, one_sided: Side | None) -> tuple[State, Mapping[Claim, ClaimStanding]]:
    claims = standings(moment.learned, replace(moment.terms, today=day))
    return state_of(moment.word, moment.progress, claims, one_sided=one_sided), claims


def _of(claims: Mapping[Claim, ClaimStanding], claim: Claim) -> Standing:
    return claims[claim].standing if claim in claims else Standing.OPEN
