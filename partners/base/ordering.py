"""A place between two neighbours, and who kept their places, as arithmetic.

Ranks are never negative: browsers compare them as text of ten digits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from partners.base.models import RANK_STEP

ROOM_IN_FRONT = 1024 * RANK_STEP
"""Left free before a list that is renumbered, so that the next thousand put in front of it fit."""


def rank_between(before: int | None, after: int | None) -> int | None:
    """Return a rank strictly between two neighbours, or None when there is no room and the list must be renumbered.

    >>> rank_between(None, None), rank_between(65536, None), rank_between(None, 65536), rank_between(1, 2)
    (65536, 131072, 0, None)
    >>> rank_between(None, 0) is None
    True
    """
    if before is None and after is None:
        return RANK_STEP
    if before is None:
        assert after is not None
        return after - RANK_STEP if after >= RANK_STEP else None
    if after is None:
        return before + RANK_STEP
    middle = (before + after) // 2
    return middle if before < middle < after else None


def renumbered(count: int, *, behind: int = 0) -> list[int]:
    """Ranks for a whole list, evenly spread, behind a rank.

    >>> renumbered(2)
    [65536, 131072]
    """
    return [behind + RANK_STEP * (place + 1) for place in range(count)]


def longest_rising(keys: Sequence[Any], certain: Iterable[int] = ()) -> list[int]:
    """Return the places of the most keys that rise, of keys that all differ: those that need not have changed order.

    Places that are `certain` rise already and are among them.

    >>> longest_rising([3, 1, 2, 5, 4])
    [1, 2, 4]
    >>> longest_rising([3, 1, 2, 5, 4], certain=[0])
    [0, 4]
    >>> longest_rising([])
    []
    """
    fixed = sorted(certain)
    found = list(fixed)
    for low, high in pairwise([None, *fixed, None]):
        between = range(0 if low is None else low + 1, len(keys) if high is None else high)
        fitting = [
            place
            for place in between
            if (low is None or keys[low] < keys[place]) and (high is None or keys[place] < keys[high])
        ]
        found += _longest_rising(keys, fitting)
    return sorted(found)


def _longest_rising(keys: Sequence[Any], places: Iterable[int]) -> list[int]:
    lowest: list[Any] = []  # the lowest key that ends a rising stretch of each length, and where it is
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(lowest, keys[place])
        lowest[length : length + 1] = [keys[place]]
        ends[length : length + 1] = [place]
        before[place] = ends[length - 1] if length else None
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
