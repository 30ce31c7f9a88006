"""How long until others see a change: the production server with a room full of guests, beside the bare floor."""

from __future__ import annotations

import sys

import uvloop

from bench.live.crowd import Writer
from bench.live.editors import Editors
from bench.live.room import Page, Room, highest
from bench.live.telling import Found, tell
from bench.report import Report
from bench.stage import PRODUCTION, Served, Stage, database, fill, how_busy, serving

FLOOR = [sys.executable, "-m", "bench.live.floor", "{port}"]
VIEWERS = (50, 200, 500)
PER_SECOND = 20
RATES = (20, 30, 40, 60, 80, 100, 125, 150, 175, 200, 250, 300)
SECONDS = 7
WITHIN_MS = 250
IDLE = 600
NOTES = 100
VERSIONS = 6
"""How often each note has been edited before it begins."""
WRITERS = 24
PIECE = 2200
"""About as many bytes as a note has, on its way to a reader."""


def run(seconds: float = SECONDS) -> Report:
    """Measure the floor, and the workbench on both databases; each measurement lasts so many seconds."""
    busy = how_busy()
    with serving(FLOOR, {}, "/") as served:
        found = [uvloop.run(_floor(served, seconds))]
    for name, counts in (("PostgreSQL", (1, 3)), ("SQLite", (1,))):
        with database(name) as environment:
            stage = fill(environment, max(VIEWERS), NOTES)
            for count in counts:
                with serving(PRODUCTION, environment, "/healthz", count) as served:
                    found.append(uvloop.run(_workbench(name, served, stage, seconds)))
    return tell(found, WITHIN_MS, busy)


async def _floor(served: Served, seconds: float) -> Found:
    writer = Writer(served.ports[0], "")
    rest = "x" * PIECE

    async def change(number: int) -> int:
        status, _ = await writer.post("/", {"text": f"edit-{number:06}-{rest}"}, "")
        return status

    found = Found("floor", 1)
    await _look_at(Room(served, Page("/", [""] * max(VIEWERS)), change, lines=1_000_000, first=0), found, seconds)
    return found


async def _workbench(name: str, served: Served, stage: Stage, seconds: float) -> Found:
    ports = served.ports
    writers = [Writer(ports[place % len(ports)], stage.editors[place]) for place in range(WRITERS)]
    editors = Editors(stage.notes, writers)
    room = Room(served, Page(stage.stream, stage.guests), editors.edit, lines=editors.lines, first=VERSIONS * NOTES)
    found = Found(name, len(ports))
    if len(ports) == 1:
        # First, while nothing that others have given back can be used again.
        found.kb_per_viewer = await room.memory_kb(IDLE)
    await editors.begin(VERSIONS)
    await _look_at(room, found, seconds)
    found.wrong = editors.wrong + await editors.missing(room.accepted)
    return found


async def _look_at(room: Room, found: Found, seconds: float) -> None:
    for viewers in VIEWERS:
        async with room.crowd(viewers) as readers:
            found.steady.append(await room.measure(readers, PER_SECOND, seconds))
    async with room.crowd(max(VIEWERS)) as everybody:
        found.highest, found.tried = await highest(
            lambda rate: room.measure(everybody, rate, seconds), RATES, WITHIN_MS
        )
