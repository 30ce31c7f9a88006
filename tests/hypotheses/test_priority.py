"""What to test next, and why."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.hypotheses.rules import Candidate, Quadrant, Reason, in_order, quadrant, why_first


def idea(
    number: int, importance: int = 4, level: int = 1, *, cost: int | None = None, time: int | None = None
) -> Candidate:
    return Candidate(UUID(int=number), importance, level, cost, time)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (idea(2, 5), idea(1, 4), Reason.SCORE),
        (idea(2, 4, 0), idea(1, 5, 2), Reason.SCORE),
        (idea(2, cost=1, time=3), idea(1, cost=2, time=1), Reason.CHEAPER),
        (idea(2, cost=3), idea(1), Reason.CHEAPER),
        (idea(2, cost=1, time=1), idea(1, cost=1, time=2), Reason.QUICKER),
        (idea(1), idea(2), Reason.EQUAL),
    ],
)
def test_score_then_cheaper_then_quicker(first: Candidate, second: Candidate, why: Reason) -> None:
    assert in_order([second, first]) == [first, second]
    assert why_first([second, first]) is why


def test_an_only_idea_needs_no_reason() -> None:
    assert why_first([idea(1)]) is Reason.ALONE


@pytest.mark.parametrize("importance", range(1, 6))
def test_important_and_unknown_is_tested_first(importance: int) -> None:
    assert (quadrant(importance, 0) is Quadrant.TEST_NOW) == (importance >= 3)
    assert (quadrant(importance, 3) is Quadrant.SHARE) == (importance >= 3)


@given(st.integers(1, 5), st.integers(0, 5), st.integers(1, 5), st.integers(0, 5))
def test_more_important_or_less_known_never_comes_later(importance: int, level: int, more: int, less: int) -> None:
    before = idea(1, max(importance, more), min(level, less))
    assert before.score >= idea(2, importance, level).score
    assert 0 <= before.score <= 25
