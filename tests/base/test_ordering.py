from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from partners.base.models import RANK_STEP
from partners.base.ordering import ROOM_IN_FRONT, longest_rising, rank_between, renumbered

RANKS = st.integers(0, 2**32)


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
def test_there_is_always_room_at_the_end(rank: int) -> None:
    last = rank_between(rank, None)
    assert last is not None
    assert last > rank


@given(RANKS)
def test_in_front_there_is_room_down_to_zero_and_never_below(rank: int) -> None:
    first = rank_between(None, rank)
    assert (first is None) == (rank < RANK_STEP)
    assert first is None or 0 <= first < rank


def test_a_renumbered_list_has_room_in_front_for_a_long_time() -> None:
    rank: int | None = renumbered(1, behind=ROOM_IN_FRONT)[0]
    steps = 0
    while (rank := rank_between(None, rank)) is not None:
        steps += 1
    assert steps > 1000


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
            ranks = renumbered(len(ranks) + 1, behind=ROOM_IN_FRONT)
        else:
            ranks.insert(at, rank)
        assert all(before < after for before, after in pairwise(ranks))
        assert len(ranks) == len(names)
        assert all(0 <= rank < 10**10 for rank in ranks), "browsers compare ten digits as text"


def test_a_block_filled_from_the_front_is_renumbered_in_time() -> None:
    low, high = renumbered(2)
    steps = 0
    while (middle := rank_between(low, high)) is not None:
        high, steps = middle, steps + 1
    assert steps == 16


@given(st.permutations(range(7)))
def test_who_kept_their_order_are_the_most_that_can_have_kept_it(keys: list[int]) -> None:
    kept = [keys[place] for place in longest_rising(keys)]
    assert kept == sorted(kept)
    longer = combinations(keys, len(kept) + 1)
    assert not any(list(some) == sorted(some) for some in longer)
