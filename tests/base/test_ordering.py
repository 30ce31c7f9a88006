from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from partners.base.ordering import rank_between, renumbered

RANKS = st.integers(-(2**40), 2**40)


@given(RANKS, RANKS)
def test_a_place_between_two_lies_between_them_or_there_is_no_room(one: int, other: int) -> None:
    before, after = sorted((one, other))
    rank = rank_between(before, after)
    if after - before < 2:
        assert rank is None
    else:
        assert rank is not None
        assert before < rank < after


@given(RANKS)
def test_there_is_always_room_at_both_ends(rank: int) -> None:
    first, last = rank_between(None, rank), rank_between(rank, None)
    assert first is not None
    assert last is not None
    assert first < rank < last


@given(st.lists(st.floats(0, 1), max_size=60))
def test_any_story_of_insertions_keeps_the_order_people_saw(places: list[float]) -> None:
    """Notes go to any place among their neighbours, renumbered whenever it gets crowded."""
    ranks: list[int] = []
    names: list[int] = []
    for name, place in enumerate(places):
        at = round(place * len(ranks))
        rank = rank_between(ranks[at - 1] if at else None, ranks[at] if at < len(ranks) else None)
        names.insert(at, name)
        if rank is None:
            ranks = renumbered(len(ranks) + 1)
        else:
            ranks.insert(at, rank)
        assert all(before < after for before, after in pairwise(ranks))
        assert len(ranks) == len(names)


def test_a_block_filled_from_the_front_is_renumbered_in_time() -> None:
    low, high = renumbered(2)
    steps = 0
    while (middle := rank_between(low, high)) is not None:
        high, steps = middle, steps + 1
    assert steps == 16
