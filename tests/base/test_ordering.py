"""Places between neighbours: there is always one more, and each is text that sorts where it stands."""

from __future__ import annotations

from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from partners.base.ordering import WIDTH, rank_at, rank_between, ranks_behind

WHOLE = st.integers(1, 10**WIDTH - 1)
FINER = st.from_regex(r"\A(|[0-9]{0,6}[1-9])\Z")
RANKS = st.builds(lambda whole, finer: f"{whole:0{WIDTH}}{finer}", WHOLE, FINER)


@given(st.sets(RANKS, min_size=2, max_size=2))
def test_between_two_there_is_a_place(two: set[str]) -> None:
    before, behind = sorted(two)
    rank = rank_between(before, behind)
    assert before < rank < behind
    assert rank.isdigit()
    assert len(rank) <= max(len(before), len(behind)) + 1


@given(RANKS)
def test_in_front_of_all_and_behind_all_there_is_a_place(rank: str) -> None:
    assert rank_between(None, rank) < rank < rank_between(rank, None)


def test_where_two_stand_at_one_rank_the_place_is_behind_them() -> None:
    assert rank_at(3) < rank_between(rank_at(3), rank_at(3)) < rank_at(4)


@given(st.lists(st.floats(0, 1), max_size=60))
def test_any_story_of_insertions_keeps_the_order_people_saw(places: list[float]) -> None:
    ranks: list[str] = []
    for place in places:
        at = round(place * len(ranks))
        ranks.insert(at, rank_between(ranks[at - 1] if at else None, ranks[at] if at < len(ranks) else None))
        assert all(before < behind for before, behind in pairwise(ranks))


def test_a_long_day_makes_no_long_ranks() -> None:
    front, last, nested = rank_at(1), rank_at(1), rank_at(1)
    for _note in range(1000):
        front, last = rank_between(None, front), rank_between(last, None)
        nested = rank_between(rank_at(0), nested)
    assert len(front) == len(last) == WIDTH
    assert len(nested) < 350


def test_a_list_has_ranks_that_rise() -> None:
    behind = list(islice(ranks_behind(rank_at(4)), 3))
    assert behind == [rank_at(5), rank_at(6), rank_at(7)]
