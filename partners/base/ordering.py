"""A place between two neighbours, as text of digits: there is always room for one more.

A rank is read like the digits behind a decimal point, so the order of the places is the order of the texts: in Python,
in a database of any collation, and in the browser (`static/js/lib/rank.js`). A place keeps its rank as long as nobody
moves what stands there, so what is brought back stands where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator

WIDTH = 10
"""Digits of a rank among neighbours that were put one behind the other; one that is squeezed in has more."""
_STEP = 65_536
_WHOLE = 10**WIDTH
FIRST_RANK = f"{_WHOLE // 2}"
"""Of what stands alone: in front of it and behind it is as much room."""


def rank_between(before: str | None, behind: str | None) -> str:
    """Return a rank strictly between two neighbours, the shortest near their middle; None is for no neighbour.

    >>> rank_between(None, None), rank_between("5000000000", None), rank_between(None, "5000000000")
    ('5000000000', '5000065536', '4999934464')
    >>> rank_between("5000000000", "5000065536"), rank_between("5000000000", "5000000001")
    ('5000032768', '50000000005')
    """
    if before is None and behind is None:
        return FIRST_RANK
    if before is not None and behind is not None and before >= behind:
        return f"{before}5"  # two came to stand at one rank: the place is just behind them
    if behind is None and before is not None:
        following = int(before[:WIDTH]) + _STEP
        if following < _WHOLE:
            return f"{following:0{WIDTH}}"
    if before is None and behind is not None:
        leading = int(behind[:WIDTH]) - _STEP
        if leading > 0:
            return f"{leading:0{WIDTH}}"
    return _middle(before or "", behind)


def _middle(before: str, behind: str | None) -> str:
    width = max(WIDTH, len(before), len(behind or ""))
    while True:
        low = int(before.ljust(width, "0"))
        high = int(behind.ljust(width, "0")) if behind is not None else 10**width
        if high - low > 1:
            break
        width += 1
    middle = f"{(low + high) // 2:0{width}}"
    return next(short for cut in range(WIDTH, width + 1) if low < int((short := middle[:cut]).ljust(width, "0")) < high)


def rank_at(place: int) -> str:
    """Return the rank of a place, from 0, in a list of which each stands behind the one before.

    >>> rank_at(0), rank_at(1)
    ('5000000000', '5000065536')
    """
    return f"{int(FIRST_RANK) + place * _STEP}"


def ranks_behind(last: str | None = None) -> Iterator[str]:
    """Give ranks one behind the other, without end, behind a last one.

    >>> from itertools import islice
    >>> list(islice(ranks_behind(), 2))
    ['5000000000', '5000065536']
    """
    while True:
        last = rank_between(last, None)
        yield last
