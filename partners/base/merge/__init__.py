"""Three-way merge on words: nobody's typed word is lost. What people get is told in docs/merging.md.

(The merge library on PyPI is GPL, so this is our own, on `difflib`.) Texts are compared word by word (`texts`); what
each person changed are edits of ranges of the base (`edits`); edits of both that clash make one place (`places`), and
a place where no rule settles what both meant is a conflict: two whole texts are offered. It does not matter who was
first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from partners.base.merge.places import Place, places_of
from partners.base.merge.texts import Read, Word, gap_of, joined
from partners.base.tokens import is_word, tokens


@dataclass(frozen=True)
class Merged:
    """What became of two changes to one text: `text` when they fit together, None when they conflict.

    In a conflict `mine` and `theirs` are two whole texts: each holds what both changed elsewhere, and the one's or the
    other's words where both changed the same. Without a conflict both are `text`.
    """

    text: str | None
    mine: str
    theirs: str

    @property
    def is_conflict(self) -> bool:
        """Whether both changed the same words."""
        return self.text is None


def merge(base: str, mine: str, theirs: str, *, limit: int | None = None) -> Merged:
    """Merge two changes of one base text. What would be longer than `limit` is a conflict of the texts as they are.

    >>> merge("choice of coffees", "wide choice of coffees", "choice of good coffees").text
    'wide choice of good coffees'
    >>> merge("red shop", "green shop today", "blue shop")
    Merged(text=None, mine='green shop today', theirs='blue shop today')
    """
    if mine in (theirs, base):
        return Merged(theirs, theirs, theirs)
    if theirs == base:
        return Merged(mine, mine, mine)
    asked = Read.of(base), Read.of(mine), Read.of(theirs)
    places = list(places_of(*asked))
    versions = [_written(*asked, places, side) for side in (0, 1)]
    if not _are_sane(base, mine, theirs, set(versions), limit):
        return Merged(None, mine, theirs)
    is_settled = all(place.settled is not None for place in places)
    return Merged(versions[0] if is_settled else None, *versions)


def _written(base: Read, mine: Read, theirs: Read, places: list[Place], chosen: int) -> str:
    """The whole text, with the chosen side's wording where nothing is settled."""
    words: list[Word] = []
    at, shift = 0, [0, 0]
    for place in [*places, Place(len(base.words), len(base.words), ([], []))]:
        for stays in range(at, place.start):
            old, my, their = base.words[stays], mine.words[stays + shift[0]], theirs.words[stays + shift[1]]
            words.append(Word(gap_of(old.gap, my.gap, their.gap), old.text))
        words += place.wordings[chosen] if place.settled is None else place.settled
        at = place.end
        shift = [was + place.growth(side) for side, was in enumerate(shift)]
    return (gap_of(base.lead, mine.lead, theirs.lead) or "") + joined(words)


def _are_sane(base: str, mine: str, theirs: str, merged: Iterable[str], limit: int | None) -> bool:
    """Whether merged texts can stand: not too long, not emptied by two halves, nothing twice that both only moved."""
    was, my, their = (_words_in(text) for text in (base, mine, theirs))
    most = was + (my - was) + (their - was)
    says_something = bool(mine.strip() and theirs.strip())
    return all(
        (limit is None or len(text) <= limit) and not (says_something and not text.strip()) and _words_in(text) <= most
        for text in merged
    )


def _words_in(text: str) -> Counter[str]:
    return Counter(filter(is_word, tokens(text)))
