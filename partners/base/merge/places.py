"""The places where a text was changed, with what both people say there and, where both can be heard, the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partners.base.merge.edits import Edit, clash, edits_of
from partners.base.merge.texts import Read, Word, alike


@dataclass
class Place:
    """Edits of one person, or clashing ones of both, as one range of the base; `edits` are mine and theirs."""

    start: int
    end: int
    edits: tuple[list[Edit], list[Edit]]
    wordings: tuple[list[Word], list[Word]] = ([], [])
    settled: list[Word] | None = None

    def growth(self, side: int) -> int:
        """How many words more somebody's text has here than the base."""
        return sum(edit.last - edit.first - edit.end + edit.start for edit in self.edits[side])


def places_of(base: Read, mine: Read, theirs: Read) -> Iterator[Place]:
    """Everything that was changed, in the order of the base, with what both say there."""
    sided = [(edit, 0) for edit in edits_of(base, mine)] + [(edit, 1) for edit in edits_of(base, theirs)]
    places: list[Place] = []
    for edit, side in sorted(sided):
        last = places[-1] if places else None
        if last is None or not any(clash(edit, other, base.words) for other in last.edits[1 - side]):
            last = Place(edit.start, edit.end, ([], []))
            places.append(last)
        last.end = max(last.end, edit.end)
        last.edits[side].append(edit)
    shift = [0, 0]  # how many words further on each person's text is than the base
    for place in places:
        wordings = []
        for side, read in enumerate((mine, theirs)):
            first = place.start + shift[side]
            shift[side] += place.growth(side)
            wordings.append(read.words[first : place.end + shift[side]])
        place.wordings = wordings[0], wordings[1]
        place.settled = _settled(base.words[place.start : place.end], *place.wordings, place.edits)
        yield place


def _settled(
    base: list[Word], mine: list[Word], theirs: list[Word], edits: tuple[list[Edit], list[Edit]]
) -> list[Word] | None:
    """What a place says when both are heard, or None when both cannot be."""
    if not all(edits):
        return theirs if edits[1] else mine
    if all(edit.is_deletion for side in edits for edit in side):
        return []  # each took out a part of it: together all
    was, my, their = ([word.text for word in words] for words in (base, mine, theirs))
    most = min(len(my), len(their))
    head = next((at for at in range(most) if my[at] != their[at]), most)
    tail = next((at for at in range(most - head) if my[-1 - at] != their[-1 - at]), most - head)
    to_mine, to_theirs = len(my) - tail, len(their) - tail
    if my[head:to_mine] in (their[head:to_theirs], was):  # both put the same around it, and one may have gone on
        between = theirs[head:to_theirs]
    elif their[head:to_theirs] == was:
        between = mine[head:to_mine]
    else:
        return None
    return alike(mine[:head], theirs[:head]) + between + alike(mine[to_mine:], theirs[to_theirs:])
