"""Negotiating tables for tests: the two worked examples, and made-up ones for what must hold of every table."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid5

from hypothesis import strategies as st

from partners.value_fit.rules import SIDES, Gains, Match, Said, Side, Table, Thing, other

NAMESPACE = UUID("8d9d5a2e-7d1c-4a53-9c75-0b6f3f0a9c11")


def named(name: str) -> UUID:
    """The id of what the examples call a1, b3 or a3-b1."""
    return uuid5(NAMESPACE, name)


def names(ids: tuple[UUID, ...]) -> tuple[str, ...]:
    """The names behind ids of the examples."""
    known = [f"{side}{number}" for side in "ab" for number in range(1, 10)]
    short = {named(name): name for name in known + [f"{one}-{two}" for one in known for two in known]}
    return tuple(short[pk] for pk in ids)


def things(weights: Mapping[str, int], unmatched: tuple[str, ...] = ()) -> list[Thing]:
    """Needs or offers by name, in order."""
    return [Thing(named(name), weight, is_unmatched=name in unmatched) for name, weight in weights.items()]


def match(offer: str, need: str, needing: int | None, bringing: int | None, interest: str = "") -> Match:
    """An offer put to a need, and what each side says of it."""
    both = [None if strength is None else Said(strength) for strength in (needing, bringing)]
    return Match(named(f"{offer}-{need}"), named(offer), named(need), both[0], both[1], interest)


def agreed(offer: str, need: str, strength: int) -> Match:
    """Both sides say the same."""
    return match(offer, need, strength, strength)


def coffee() -> Table:
    """Domain reference 10a: Nespresso (a, start) and De'Longhi (b, end); every weight is the usual 2."""
    return Table(
        needs={"start": things({"a1": 2, "a2": 2}), "end": things({"b1": 2, "b2": 2})},
        offers={
            "start": things({"a3": 2, "a4": 2, "a5": 2}, unmatched=("a5",)),
            "end": things({"b3": 2, "b4": 2, "b5": 2}, unmatched=("b5",)),
        },
        matches=[agreed("a3", "b1", 3), agreed("a4", "b2", 3), agreed("b3", "a1", 3), agreed("b4", "a2", 3)],
        gains={"start": Gains(has_created_value=True), "end": Gains(has_created_value=True)},
    )


def hips() -> Table:
    """Domain reference 10b: Northlake (a, start) and Fellmark (b, end)."""
    return Table(
        needs={
            "start": things({"a1": 3, "a2": 2}),
            "end": things({"b1": 3, "b2": 2, "b3": 3}, unmatched=("b3",)),
        },
        offers={
            "start": things({"a3": 2, "a4": 2}),
            "end": things({"b4": 2, "b5": 2, "b6": 2}, unmatched=("b6",)),
        },
        matches=[agreed("a3", "b1", 3), agreed("a4", "b2", 2), agreed("b4", "a1", 3), agreed("b5", "a2", 2)],
        gains={"start": Gains(has_created_value=True), "end": Gains(has_created_value=True)},
    )


def mirrored(table: Table) -> Table:
    """The same table seen from the other end of the room."""
    return Table(
        needs={other(side): table.needs[side] for side in SIDES},
        offers={other(side): table.offers[side] for side in SIDES},
        matches=table.matches,
        looked_through=frozenset(other(side) for side in table.looked_through),
        same=table.same,
        carried=table.carried,
        gains={other(side): gains for side, gains in table.gains.items()},
    )


said = st.none() | st.builds(Said, st.integers(0, 3), st.booleans())
gains = st.builds(Gains, st.booleans(), st.booleans())


@st.composite
def tables(draw: st.DrawFn, *, needs_from: int = 0) -> Table:
    """Any table: up to four needs and offers a side, any of them put together, rated by both, one or nobody."""

    def lying(kind: str, side: Side, at_least: int) -> list[Thing]:
        return [
            Thing(
                named(f"{kind} {side} {number}"),
                draw(st.integers(1, 3)),
                is_unmatched=draw(st.booleans()),
                is_unconfirmed=draw(st.booleans()),
            )
            for number in range(draw(st.integers(at_least, 4)))
        ]

    needs = {side: lying("need", side, needs_from) for side in SIDES}
    offers = {side: lying("offer", side, 0) for side in SIDES}
    across = [(offer, need) for side in SIDES for offer in offers[other(side)] for need in needs[side]]
    chosen = [pair for pair in across if draw(st.booleans())]
    matches = [
        Match(
            named(f"{offer.id} {need.id}"),
            offer.id,
            need.id,
            draw(said),
            draw(said),
            interest=draw(st.sampled_from(["", "common", "opposed"])),
        )
        for offer, need in chosen
    ]
    return Table(
        needs=needs,
        offers=offers,
        matches=matches,
        looked_through=frozenset(side for side in SIDES if draw(st.booleans())),
        carried=frozenset(each.id for each in matches if draw(st.booleans())),
        gains={side: draw(gains) for side in SIDES},
    )
