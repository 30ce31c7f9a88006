"""What a comparison finds: met and missing, left over and twice, guesses, no way across, mostly for one side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from partners.value_fit.rules.scores import at_most, scores
from partners.value_fit.rules.table import SIDES, Gains, Side, State, Table, is_looked_at, other, state_of

ONE_SIDED_ENOUGH = Fraction(1, 2)
ONE_SIDED_LACKING = Fraction(1, 4)


class FindingKind(StrEnum):
    """What a comparison can find, in the order in which it is read."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_LOOKED_AT = "not_looked_at"
    GAP = "gap"
    SURPLUS = "surplus"
    REDUNDANCY = "redundancy"
    SHARED_WANT = "shared_want"
    UNCONFIRMED = "unconfirmed"
    TRANSFER_GAP = "transfer_gap"
    ONE_SIDED = "one_sided"
    OPPOSED = "opposed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the comparison found. `side`: whose need or offer it is, or whom it pays; None: both alike."""

    kind: FindingKind
    side: Side | None
    notes: tuple[UUID, ...]
    pairs: tuple[UUID, ...] = ()


def findings(table: Table) -> list[Finding]:
    """Return all that a table shows, in the order of `FindingKind`, then of the notes."""
    found = [
        *_looked_at(table),
        *_same(table),
        *unconfirmed(table),
        *transfer_gaps(table),
        *one_sided(table),
        *(
            Finding(FindingKind.OPPOSED, None, (match.offer, match.need), (match.id,))
            for match in table.matches
            if match.interest == "opposed"
        ),
    ]
    order = list(FindingKind)
    return sorted(found, key=lambda finding: order.index(finding.kind))


def _looked_at(table: Table) -> Iterable[Finding]:
    kinds = {
        State.MET: FindingKind.MET,
        State.PARTLY_MET: FindingKind.PARTLY_MET,
        State.UNMATCHED: FindingKind.GAP,
        State.NOT_LOOKED_AT: FindingKind.NOT_LOOKED_AT,
    }
    for side in SIDES:
        done = side in table.looked_through
        for need in table.needs[side]:
            matches = table.by_need.get(need.id, ())
            if kind := kinds.get(state_of(need, matches, looked_through=done)):
                yield Finding(kind, side, (need.id,), tuple(match.id for match in matches))
        for offer in table.offers[side]:
            matches = table.by_offer.get(offer.id, ())
            state = state_of(offer, matches, looked_through=done)
            if state is State.UNMATCHED:
                yield Finding(FindingKind.SURPLUS, side, (offer.id,), tuple(match.id for match in matches))
            elif state is State.NOT_LOOKED_AT:
                yield Finding(FindingKind.NOT_LOOKED_AT, side, (offer.id,))


def _same(table: Table) -> Iterable[Finding]:
    offers = {offer.id for side in SIDES for offer in table.offers[side]}
    needs = {need.id for side in SIDES for need in table.needs[side]}
    for first, second in table.same:
        if {first, second} <= offers:
            yield Finding(FindingKind.REDUNDANCY, None, (first, second))
        elif {first, second} <= needs:
            yield Finding(FindingKind.SHARED_WANT, None, (first, second))


def unconfirmed(table: Table) -> list[Finding]:
    """Return the matches (not rated *not*) that rest on a stand-in's note or rating: to confirm or test first."""
    guesses = {
        thing.id
        for things in (table.needs, table.offers)
        for side in SIDES
        for thing in things[side]
        if thing.is_unconfirmed
    }
    return [
        Finding(FindingKind.UNCONFIRMED, None, (match.offer, match.need), (match.id,))
        for match in table.matches
        if (match.rests_on_a_guess or {match.offer, match.need} & guesses) and match.hoped != 0
    ]


def transfer_gaps(table: Table) -> list[Finding]:
    """Return the agreed matches (of 1 or more) that no agreed transfer carries: value cannot flow yet."""
    return [
        Finding(FindingKind.TRANSFER_GAP, None, (match.offer, match.need), (match.id,))
        for match in table.matches
        if (match.agreed or 0) >= 1 and match.id not in table.carried
    ]


def one_sided(table: Table) -> list[Finding]:
    """Return the warnings that it mostly pays one side; `side` is the one it pays.

    Only when both sides have noted needs and every one has been looked at: coverage of at least ½ one way and less than
    ¼ the other, or created value, or a positive check, for one side only. What still waits for a rating counts against
    nobody: the other side must stay below ¼ however it is rated. Signs may point both ways: then each side has its
    warning, so that it does not depend on who sits where.

    >>> from partners.value_fit.rules import Match, Said, Thing
    >>> a1, b1, a3, b4 = (UUID(int=number) for number in range(4))
    >>> needs, offers = {"start": [Thing(a1)], "end": [Thing(b1)]}, {"start": [Thing(a3)], "end": [Thing(b4)]}
    >>> met, waits = Match(b4, b4, a1, Said(3), Said(3)), Match(a3, a3, b1, needing=None, bringing=Said(0))
    >>> one_sided(Table(needs, offers, [met, waits]))
    []
    >>> not_met = Match(a3, a3, b1, Said(0), Said(0))
    >>> [finding.side for finding in one_sided(Table(needs, offers, [met, not_met]))]
    ['start']
    """
    for side in SIDES:
        done = side in table.looked_through
        if not table.needs[side]:
            return []
        if not all(
            is_looked_at(need, table.by_need.get(need.id, ()), looked_through=done) for need in table.needs[side]
        ):
            return []
    agreed, possible = scores(table).coverage, at_most(table).coverage
    found = []
    for side in SIDES:
        own, others = agreed[side].value, possible[other(side)].value
        gain, loss = table.gains.get(side, Gains()), table.gains.get(other(side), Gains())
        covered = own is not None and others is not None and own >= ONE_SIDED_ENOUGH and others < ONE_SIDED_LACKING
        created = gain.has_created_value and not loss.has_created_value
        checked = gain.has_positive_check and not loss.has_positive_check
        if covered or created or checked:
            notes = tuple(need.id for need in table.needs[other(side)])
            found.append(Finding(FindingKind.ONE_SIDED, side, notes))
    return found
