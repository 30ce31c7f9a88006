"""When a created value can be accepted, what a company gains by then, and which next steps are late. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from partners.value_fit.rules import SIDES, Side, State, Table, state_of


class Lacks(StrEnum):
    """What a created value can lack."""

    YES = "yes"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Missing:
    """What a created value lacks before it can be accepted: the yes of a side, or an agreed pair for its needs."""

    lacks: Lacks
    side: Side


def missing(said_yes: Collection[Side], table: Table) -> list[Missing]:
    """Return what is missing: both sides have to say yes, and it rests on at least one agreed pair each way.

    >>> nothing = Table({"start": (), "end": ()}, {"start": (), "end": ()})
    >>> [(each.lacks.value, each.side) for each in missing({"start"}, nothing)]
    [('yes', 'end'), ('pair', 'start'), ('pair', 'end')]
    """
    needs = {need.id: side for side in SIDES for need in table.needs[side]}
    met = {needs[match.need] for match in table.matches if (match.agreed or 0) >= 1 and match.need in needs}
    return [
        *(Missing(Lacks.YES, side) for side in SIDES if side not in said_yes),
        *(Missing(Lacks.PAIR, side) for side in SIDES if side not in met),
    ]


def needs_met(table: Table, side: Side) -> list[UUID]:
    """Return a side's needs that are met, in order; where none is, those that are partly met."""
    states = {
        need.id: state_of(need, (match for match in table.matches if match.need == need.id), looked_through=False)
        for need in table.needs[side]
    }
    for state in (State.MET, State.PARTLY_MET):
        if found := [need for need, is_now in states.items() if is_now is state]:
            return found
    return []


def is_late(by_when: date | None, *, today: date) -> bool:
    """Return whether something should have been done before today.

    >>> is_late(date(2025, 5, 1), today=date(2025, 5, 1)), is_late(date(2025, 4, 30), today=date(2025, 5, 1))
    (False, True)
    """
    return by_when is not None and by_when < today


def in_one_text(lead: str, parts: Iterable[str], limit: int) -> str:
    """Return `lead` and as many whole parts as fit into a limit; at least the beginning of the first.

    >>> in_one_text("De'Longhi", ["shelf space", "repairs"], 40), in_one_text("De'Longhi", ["shelf space"], 16)
    ("De'Longhi: shelf space; repairs", "De'Longhi: shel…")
    """
    parts = list(parts)
    while len(parts) > 1 and len(f"{lead}: {'; '.join(parts)}") > limit:
        parts.pop()
    text = f"{lead}: {'; '.join(parts)}" if parts else lead
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
