"""A place between two neighbours, and who kept their places, as arithmetic.

Ranks are never negative: browsers compare them as text of ten digits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
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


def longest_rising(keys: Sequence[Any]) -> list[int]:
    """Return the places of the longest stretch that rises, of keys that all differ: the most that never changed order.

    >>> longest_rising([3, 1, 2, 5, 4])
    [1, 2, 4]
    >>> longest_rising([])
    []
    """
    lowest: list[Any] = []  # the lowest key that ends a rising stretch of each length, and where it is
    ends: list[int] = []
    before: list[int | None] = []
    for place, key in enumerate(keys):
        length = bisect_left(lowest, key)
        lowest[length : length + 1] = [key]
        ends[length : length + 1] = [place]
        before.append(ends[length - 1] if length else None)
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
