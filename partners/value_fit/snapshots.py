"""What a round is remembered by, as plain JSON, and what has moved since.

A snapshot holds `scores` (by `agreed` and `hoped`: coverage of `start` and `end`, fit, balance, each a number from 0 to
1 or null), `needs` (id → text, weight, state, side), `pairs` (id → offer and need as text, the agreed strength or null)
and `rule_version`. Ratings that only one side has given are not in it: a snapshot may be shown to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from partners.value_fit.compared import match_of
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import RULE_VERSION, SIDES, Scores, Side, scores, state_of


@dataclass(frozen=True, slots=True)
class Moved:
    """One need that stands otherwise than in a round before; `before` and `after` are its states, None: not there."""

    need: UUID
    side: Side
    text: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class MovedPair:
    """One pair that counts otherwise than in a round before: agreed strengths, None: not agreed, or not there."""

    offer: str
    need: str
    before: int | None
    after: int | None
    is_new: bool
    is_gone: bool


def snapshot_of(compared: Comparison) -> dict[str, Any]:
    """Return how a comparison stands, as plain JSON values."""
    table = compared.table
    texts = {note.pk: note.text for side in SIDES for notes in compared.notes[side].values() for note in notes}
    states = _states(compared)
    return {
        "rule_version": RULE_VERSION,
        "scores": {
            "agreed": plain_scores(scores(table)),
            "hoped": plain_scores(scores(table, with_guesses=True)),
        },
        "needs": {
            str(need.pk): {"text": need.text, "weight": need.weight or 2, "state": states[need.pk], "side": side}
            for side in SIDES
            for need in compared.needs(side)
        },
        "pairs": {
            str(pair.id): {
                "offer": texts[pair.offer_id],
                "need": texts[pair.need_id],
                "agreed": match_of(pair).agreed,
            }
            for pair in compared.pairs
        },
    }


def moved_since(snapshot: dict[str, Any], compared: Comparison) -> list[Moved]:
    """Return the needs that stand otherwise than in a snapshot, came new, or are gone; in the order of the sheets."""
    states = _states(compared)
    before: dict[str, dict[str, Any]] = snapshot["needs"]
    there = [(side, need) for side in SIDES for need in compared.needs(side)]
    moved = [
        Moved(need.pk, side, need.text, before.get(str(need.pk), {}).get("state"), states[need.pk])
        for side, need in there
        if before.get(str(need.pk), {}).get("state") != states[need.pk]
    ]
    ids = {str(need.pk) for _side, need in there}
    gone = [
        Moved(UUID(pk), was["side"], was["text"], was["state"], None) for pk, was in before.items() if pk not in ids
    ]
    return moved + gone


def pairs_moved_since(snapshot: dict[str, Any], compared: Comparison) -> list[MovedPair]:
    """Return the pairs whose agreed strength is another than in a snapshot, that came new, or are gone."""
    before: dict[str, dict[str, Any]] = snapshot["pairs"]
    now: dict[str, dict[str, Any]] = snapshot_of(compared)["pairs"]
    return [
        MovedPair(
            offer=there["offer"],
            need=there["need"],
            before=before.get(pk, {}).get("agreed"),
            after=now.get(pk, {}).get("agreed"),
            is_new=pk not in before,
            is_gone=pk not in now,
        )
        for pk, there in (before | now).items()
        if pk not in before or pk not in now or before[pk]["agreed"] != now[pk]["agreed"]
    ]


def plain_scores(found: Scores) -> dict[str, float | None]:
    """Return scores as plain numbers from 0 to 1, null for *not known*."""
    values = {side: found.coverage[side].value for side in SIDES} | {"fit": found.fit, "balance": found.balance}
    return {name: _number(value) for name, value in values.items()}


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _states(compared: Comparison) -> dict[UUID, str]:
    table = compared.table
    return {
        need.id: state_of(
            need,
            [match for match in table.matches if match.need == need.id],
            looked_through=side in table.looked_through,
        ).value
        for side in SIDES
        for need in table.needs[side]
    }
