"""Made-up learning cards, for tests of what they prove."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from partners.hypotheses.rules import Claim, Learned, Outcome, Terms
from partners.value_fit.rules import SIDES

TODAY = date(2026, 5, 31)
TERMS = Terms(version=2, today=TODAY)
BOTH = frozenset(SIDES)


def card(claim: Claim, *, days_ago: int = 10, number: int = 1, **fields: Any) -> Learned:
    """A card that proves its claim, unless `fields` say otherwise."""
    proves: dict[str, Any] = {
        "outcome": Outcome.SUPPORTS,
        "level": 3,
        "version": 2,
        "accepted": BOTH,
        "with_costs": True,
    }
    return Learned(UUID(int=number), claim, observed_on=TODAY - timedelta(days=days_ago), **(proves | fields))


def cards() -> st.SearchStrategy[list[Learned]]:
    """Any heap of cards."""
    one = st.builds(
        Learned,
        st.uuids(),
        st.sampled_from(Claim),
        st.sampled_from(Outcome),
        st.integers(0, 5),
        st.integers(1, 3),
        st.integers(-5, 400).map(lambda days: TODAY - timedelta(days=days)),
        st.frozensets(st.sampled_from(SIDES)),
        st.booleans(),
    )
    return st.lists(one, max_size=12)


def proofs() -> st.SearchStrategy[list[Learned]]:
    """Heaps that hold a proof of each required claim among other cards, in any order."""
    every = [card(claim, number=number) for number, claim in enumerate(Claim, 1)]
    support = cards().map(lambda heap: [each for each in heap if each.outcome is not Outcome.REFUTES])
    return support.flatmap(lambda heap: st.permutations([*every, *heap]))
