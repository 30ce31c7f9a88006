"""How two boards differ, and where work on a sheet began anew: arithmetic only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from partners.history.past import NoteThen

PAUSE = timedelta(hours=3)
"""Nothing done for so long: what comes then is another session."""


class Change(StrEnum):
    """What became of a note between two moments; who was moved and changed counts as changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Changed:
    """A note that differs between two moments; None where it did not stand on the sheet."""

    pk: UUID
    change: Change
    before: NoteThen | None
    after: NoteThen | None


def changed_between(before: Mapping[UUID, NoteThen], after: Mapping[UUID, NoteThen]) -> list[Changed]:
    """Return the notes that differ between two boards: those of the later one in its order, then those that went."""
    moved = moved_between(before, after)
    found = []
    for pk, note in after.items():
        was = before.get(pk)
        if was is None:
            found.append(Changed(pk, Change.ADDED, None, note))
        elif (was.text, was.look) != (note.text, note.look):
            found.append(Changed(pk, Change.CHANGED, was, note))
        elif pk in moved:
            found.append(Changed(pk, Change.MOVED, was, note))
    return found + [Changed(pk, Change.REMOVED, note, None) for pk, note in before.items() if pk not in after]


def moved_between(before: Mapping[UUID, NoteThen], after: Mapping[UUID, NoteThen]) -> set[UUID]:
    """Return the notes of both boards that were moved: to another block, or past others of their own.

    Who was given another place and stands among the others as before is not among them.
    """
    both = [pk for pk in after if pk in before]
    moved = {pk for pk in both if before[pk].block != after[pk].block}
    blocks: dict[str, list[UUID]] = {}
    for pk in both:
        if pk not in moved:
            blocks.setdefault(after[pk].block, []).append(pk)
    for block in blocks.values():
        then, now = ({pk: (board[pk].rank, pk) for pk in block} for board in (before, after))
        placed = [pk for pk in block if then[pk] != now[pk]]
        moved |= {pk for pk in placed if any((then[pk] < then[by]) != (now[pk] < now[by]) for by in block if by != pk)}
    return moved


def sessions(steps: Sequence[tuple[int, datetime]]) -> list[tuple[int, datetime]]:
    """Return where work began anew after a pause: the number of the step before it, and when it began.

    >>> from datetime import datetime as at
    >>> sessions([(4, at(2026, 5, 1, 9)), (6, at(2026, 5, 1, 10)), (9, at(2026, 5, 2, 9))])
    [(0, datetime.datetime(2026, 5, 1, 9, 0)), (6, datetime.datetime(2026, 5, 2, 9, 0))]
    """
    begun: list[tuple[int, datetime]] = []
    last: tuple[int, datetime] | None = None
    for seq, at in steps:
        if last is None or at - last[1] >= PAUSE:
            begun.append((last[0] if last else 0, at))
        last = (seq, at)
    return begun
