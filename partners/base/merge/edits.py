"""What one person changed in a text, and whether two people's changes are about the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from partners.base.merge.texts import Read, Word
from partners.base.tokens import is_unspaced, is_word

MOST_COMPARED = 30_000
"""Above so many pairs of equal words, difflib would take seconds; what differs then counts as one edit."""


class Edit(NamedTuple):
    """Words `start:end` of the base became words `first:last` of somebody's text."""

    start: int
    end: int
    first: int
    last: int

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end

    @property
    def is_deletion(self) -> bool:
        return self.first == self.last

    @property
    def swaps(self) -> bool:
        """Whether as many words came as went, so that it is clear what stands beside them."""
        return self.end - self.start == self.last - self.first


def edits_of(base: Read, other: Read) -> Iterator[Edit]:
    """What one person changed. Edits with only punctuation between them are one: it was rewritten in one go."""
    old, new = [word.text for word in base.words], [word.text for word in other.words]
    found: list[Edit] = []
    for edit in _differences(old, new):
        if found and not any(is_word(text) for text in old[found[-1].end : edit.start]):
            found[-1] = Edit(found[-1].start, edit.end, found[-1].first, edit.last)
        else:
            found.append(edit)
    yield from found


def _differences(old: list[str], new: list[str]) -> Iterator[Edit]:
    """What difflib finds between two texts, without what they begin and end with alike."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    counted = Counter(new)
    if sum(counted[word] for word in old) > MOST_COMPARED:
        yield Edit(head, head + len(old), head, head + len(new))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(head + a, head + b, head + c, head + d)


def clash(one: Edit, other: Edit, base: list[Word]) -> bool:
    """Whether two people's edits are about the same words, or it is unclear which comes first."""
    if one.start < other.end and other.start < one.end:
        return True  # an insertion within what the other changed, too
    if one.start > other.end or other.start > one.end:
        return False
    if one.is_insertion and other.is_insertion:
        return True
    seam = max(one.start, other.start)
    if is_unspaced(base[seam - 1].text) and is_unspaced(base[seam].text) and not base[seam].gap:
        return True  # nobody can tell whether it is the same word
    return any(a.is_insertion and not (b.is_deletion or b.swaps) for a, b in ((one, other), (other, one)))
