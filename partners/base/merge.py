"""Three-way merge on words: nobody's typed word is lost.

Changes in different places give both; where both changed the same words it is a conflict, and both texts are offered
whole, nothing interleaved. (The merge library on PyPI is GPL, so this is our own, on `difflib`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Merged:
    """What became of two changes to one text: `text` when they fit together, None when they conflict."""

    text: str | None

    @property
    def is_conflict(self) -> bool:
        """Whether both changed the same words."""
        return self.text is None


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge two changes of one base text.

    >>> merge("choice of coffees", "wide choice of coffees", "choice of good coffees").text
    'wide choice of good coffees'
    >>> merge("choice", "wide choice", "choice").text
    'wide choice'
    >>> merge("choice", "range", "variety").is_conflict
    True
    """
    if mine in (theirs, base):
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    base_words, my_words, their_words = (_TOKEN.findall(text) for text in (base, mine, theirs))
    merged: list[str] = []
    for from_base, from_mine, from_theirs in _chunks(base_words, my_words, their_words):
        if from_mine in (from_theirs, from_base):
            merged += from_theirs
        elif from_theirs == from_base:
            merged += from_mine
        else:
            return Merged(None)
    return Merged("".join(merged))


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut the three texts at what all have in common; yields the corresponding pieces in order."""
    b = m = t = 0
    for at_base, at_mine, at_theirs, length in _common(base, mine, theirs):
        yield base[b:at_base], mine[m:at_mine], theirs[t:at_theirs]
        same = base[at_base : at_base + length]
        yield same, same, same
        b, m, t = at_base + length, at_mine + length, at_theirs + length
    yield base[b:], mine[m:], theirs[t:]


def _common(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of words that stand in all three, as (place in base, in mine, in theirs, length)."""
    with_mine = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    with_theirs = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    i = j = 0
    while i < len(with_mine) and j < len(with_theirs):
        a, b = with_mine[i], with_theirs[j]
        start, end = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if start < end:
            yield start, a.b + start - a.a, b.b + start - b.a, end - start
        if a.a + a.size < b.a + b.size:
            i += 1
        else:
            j += 1
