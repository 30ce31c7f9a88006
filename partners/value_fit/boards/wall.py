"""What the screen in the room shows of a comparison: only what both sides have said, or what hides nothing.

A pair that waits for a rating is counted and nothing else, so one side's rating changes nothing here before the other
side has rated too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from partners.canvases.drawing import DrawnNote
from partners.value_fit.boards.reader import Reader
from partners.value_fit.boards.rows import Dock, NeedRow, TrayOffer, draw_rows, draw_tray
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, State

TALK = ("differ", "opposed", "nobody")
"""What is talked about, in this order; the needs that matter most first."""


@dataclass(frozen=True, slots=True)
class WallRow:
    """A need, with one offer docked in it or none, and why it stands here: one of `TALK`, or `agreed`."""

    row: NeedRow
    dock: Dock | None
    why: str


@dataclass(frozen=True, slots=True)
class Wall:
    """What to talk about, what both say alike, what is still under way (as numbers), and offers nobody has taken."""

    talk: list[WallRow]
    agreed: list[WallRow]
    being_rated: int
    not_looked_at: int
    tray: list[TrayOffer]


def draw_wall(compared: Comparison, notes: Mapping[UUID, DrawnNote], reader: Reader) -> Wall:
    """Return what the wall shows of a comparison."""
    by_side, tray = draw_rows(compared, notes, reader), draw_tray(compared, notes)
    rows = [row for side in reversed(SIDES) for row in by_side[side]]
    shown = [each for row in rows for each in _shown(row)]
    talk = [each for each in shown if each.why in TALK]
    return Wall(
        talk=sorted(talk, key=lambda each: (TALK.index(each.why), -(each.row.need.weight or 2))),
        agreed=[each for each in shown if each.why == "agreed"],
        being_rated=sum(dock.state == "waiting" for row in rows for dock in row.docks),
        not_looked_at=sum(row.state == State.NOT_LOOKED_AT for row in rows),
        tray=[offer for side in SIDES for offer in tray[side]],
    )


def _shown(row: NeedRow) -> Iterable[WallRow]:
    """What of a need is for the wall: its pairs that both have rated, and those of opposed interests."""
    if not row.docks and row.state == State.UNMATCHED:
        yield WallRow(row, None, "nobody")
    for dock in row.docks:
        if dock.state == "differ":
            yield WallRow(row, dock, "differ")
        elif dock.interest == "opposed":
            yield WallRow(row, dock, "opposed")
        elif dock.state == "agreed":
            is_gap = row.state == State.UNMATCHED and dock.counts_as == 0
            yield WallRow(row, dock, "nobody" if is_gap else "agreed")
