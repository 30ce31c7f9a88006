"""What lies on the negotiating table: needs, offers, what each side says of them, and how far each of them is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal
from uuid import UUID

MET_FROM = 2

Side = Literal["start", "end"]
SIDES: tuple[Side, Side] = ("start", "end")


def other(side: Side) -> Side:
    """Return the opposite side.

    >>> other("start")
    'end'
    """
    return "end" if side == "start" else "start"


@dataclass(frozen=True, slots=True)
class Said:
    """One side's rating of a pair: 0 not, 1 partly, 2 mostly, 3 fully; a guess when a stand-in said it."""

    strength: int
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An offer put to a need, with what each side says of it (None: has not rated)."""

    id: UUID
    offer: UUID
    need: UUID
    needing: Said | None = None
    bringing: Said | None = None
    interest: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether both sides have rated."""
        return self.needing is not None and self.bringing is not None

    @property
    def hoped(self) -> int | None:
        """The strength *if our guesses hold*: the lower of the two ratings, None until both are in.

        >>> Match(UUID(int=1), UUID(int=1), UUID(int=1), Said(3), Said(2, is_guess=True)).hoped
        2
        """
        if self.needing is None or self.bringing is None:
            return None
        return min(self.needing.strength, self.bringing.strength)

    @property
    def agreed(self) -> int | None:
        """The agreed strength: as `hoped`, but only of what both sides said themselves.

        >>> Match(UUID(int=1), UUID(int=1), UUID(int=1), Said(3), Said(2)).agreed
        2
        >>> Match(UUID(int=1), UUID(int=1), UUID(int=1), Said(3), Said(2, is_guess=True)).agreed is None
        True
        """
        return None if self.rests_on_a_guess else self.hoped

    @property
    def differs(self) -> bool:
        """Whether both rated and not alike: something to talk about."""
        return (
            self.needing is not None and self.bringing is not None and self.needing.strength != self.bringing.strength
        )

    @property
    def is_looked_at(self) -> bool:
        """Whether anybody has rated it; says nothing of what they said."""
        return self.needing is not None or self.bringing is not None

    @property
    def rests_on_a_guess(self) -> bool:
        """Whether a stand-in's rating is in it."""
        needing, bringing = self.needing, self.bringing
        return (needing is not None and needing.is_guess) or (bringing is not None and bringing.is_guess)


@dataclass(frozen=True, slots=True)
class Thing:
    """A need or an offer. `weight` counts for needs: 1 nice, 2 important, 3 must.

    `is_unconfirmed` says that a stand-in wrote it and its company has not confirmed it.
    """

    id: UUID
    weight: int = 2
    is_unmatched: bool = False
    """Somebody declared *nobody offers this*, or *not asked for*."""
    is_unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Gains:
    """What one side gets out of it: whether a created value is for it, and whether it has a positive value check."""

    has_created_value: bool = False
    has_positive_check: bool = False


@dataclass(frozen=True)
class Table:
    """Everything on the negotiating table: each side's needs and offers in order, and what was said about them.

    `carried` are the pairs that some agreed transfer carries; `same` the pairs of offers or of needs said to be one.
    """

    needs: Mapping[Side, Sequence[Thing]]
    offers: Mapping[Side, Sequence[Thing]]
    matches: Sequence[Match] = ()
    looked_through: frozenset[Side] = frozenset()
    same: Collection[tuple[UUID, UUID]] = ()
    carried: frozenset[UUID] = frozenset()
    gains: Mapping[Side, Gains] = field(default_factory=dict)

    @cached_property
    def by_need(self) -> Mapping[UUID, Sequence[Match]]:
        """The matches by the id of their need; a need without any is missing."""
        return _by(self.matches, lambda match: match.need)

    @cached_property
    def by_offer(self) -> Mapping[UUID, Sequence[Match]]:
        """The same by the id of their offer."""
        return _by(self.matches, lambda match: match.offer)


class State(StrEnum):
    """How far a need or an offer is."""

    MET = "met"
    PARTLY_MET = "partly_met"
    WAITING = "waiting"
    UNMATCHED = "unmatched"
    NOT_LOOKED_AT = "not_looked_at"


def state_of(thing: Thing, matches: Iterable[Match], *, looked_through: bool) -> State:
    """Return how far one need or offer is, from the matches it takes part in.

    Met is a best agreed strength of 2 or more, partly met is 1. While a rating is missing, or only a guess, it waits.
    It is unmatched (a gap, a surplus) when looked at with no match of 1 or more: declared so, its side's looking
    declared done, or everything put to it rated *not* by both.

    >>> one = UUID(int=1)
    >>> state_of(Thing(one), [Match(one, one, one, Said(3), Said(2))], looked_through=False)
    <State.MET: 'met'>
    >>> state_of(Thing(one), [], looked_through=False)
    <State.NOT_LOOKED_AT: 'not_looked_at'>
    >>> state_of(Thing(one, is_unmatched=True), [], looked_through=False)
    <State.UNMATCHED: 'unmatched'>
    """
    agreed = [match.agreed for match in matches]
    best = max((strength for strength in agreed if strength is not None), default=0)
    if best >= MET_FROM:
        return State.MET
    if best >= 1:
        return State.PARTLY_MET
    if None in agreed:
        return State.WAITING
    if agreed or thing.is_unmatched or looked_through:
        return State.UNMATCHED
    return State.NOT_LOOKED_AT


def is_looked_at(thing: Thing, matches: Iterable[Match], *, looked_through: bool) -> bool:
    """Return whether anybody has looked at a need or an offer: rated something put to it, or declared.

    >>> is_looked_at(Thing(UUID(int=1)), [Match(UUID(int=1), UUID(int=1), UUID(int=1))], looked_through=False)
    False
    """
    return thing.is_unmatched or looked_through or any(match.is_looked_at for match in matches)


def _by(matches: Iterable[Match], note: Callable[[Match], UUID]) -> dict[UUID, list[Match]]:
    found: dict[UUID, list[Match]] = {}
    for match in matches:
        found.setdefault(note(match), []).append(match)
    return found
