"""How long until others see a change: the production server with a room full of guests, beside the bare floor."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import quantiles
from uuid import uuid4

import uvloop

from bench.crowd import Reader, Seen, Writer, gather_readers, settle, write_on_time
from bench.report import Report
from bench.stage import FLOOR, PRODUCTION, Stage, database, fill, how_busy, memory_kb, serving

VIEWERS = (50, 200)
PER_SECOND = 20
SECONDS = 15
WARM_UP_S = 2
IDLE = 600
NOTES = 40
AIM_MS = 20.0

Change = Callable[[int], Awaitable[int]]


@dataclass(frozen=True)
class Run:
    """One room measured: the row of the table, and what was wrong."""

    server: str
    viewers: int
    p50: float
    p95: float
    lost: int
    refused: int

    @property
    def row(self) -> dict[str, object]:
        """As a line of the table."""
        return {
            "server": self.server,
            "viewers": self.viewers,
            "edits/s": PER_SECOND,
            "p50 ms": round(self.p50, 1),
            "p95 ms": round(self.p95, 1),
            "lost": self.lost,
            "refused": self.refused,
        }


def run() -> Report:
    """Measure the floor, and the workbench on both databases."""
    busy = how_busy()
    runs: list[Run] = []
    with serving(FLOOR, {}, "/") as (port, _):
        runs += [uvloop.run(_floor(port, viewers)) for viewers in VIEWERS]
    memory: dict[str, float] = {}
    for name in ("PostgreSQL", "SQLite"):
        with database(name) as environment:
            stage = fill(environment, max(VIEWERS), NOTES)
            with serving(PRODUCTION, environment, "/healthz") as (port, pid):
                # First, while nothing that others have given back can be used again.
                memory[name] = uvloop.run(_idle(port, pid, stage))
                runs += [uvloop.run(_workbench(name, port, stage, viewers)) for viewers in VIEWERS]
    return _report(runs, memory, busy)


async def _floor(port: int, viewers: int) -> Run:
    body = "<li>" + "x" * 2000 + "</li>"
    writer = Writer(port, "")

    async def change(number: int) -> int:
        return await writer.post("/", {"text": f"edit-{number:06}-{body}"}, "")

    return await _measure("floor", port, "/", [""] * viewers, change)


async def _workbench(name: str, port: int, stage: Stage, viewers: int) -> Run:
    writers = [Writer(port, cookie) for cookie in stage.editors[:20]]

    async def change(number: int) -> int:
        note = stage.notes[number % len(stage.notes)]
        fields = {"text": f"edit-{number:06}-{uuid4().hex} of this note, with some words to read"}
        return await writers[number % len(writers)].post(f"/notes/{note}/", fields, str(uuid4()))

    return await _measure(name, port, stage.stream, stage.guests[:viewers], change)


async def _measure(server: str, port: int, path: str, cookies: list[str], change: Change) -> Run:
    seen = Seen()
    readers = await gather_readers(port, path, cookies, seen)
    await write_on_time(seen, PER_SECOND * (WARM_UP_S + SECONDS), PER_SECOND, change)
    await settle(seen, len(readers))
    _close(readers)
    cuts = quantiles(seen.latencies_ms(first=PER_SECOND * WARM_UP_S), n=100)
    return Run(server, len(readers), cuts[49], cuts[94], seen.lost(len(readers)), seen.refused)


async def _idle(port: int, pid: int, stage: Stage) -> float:
    """The memory that one more open page takes, in KB."""
    _close(await gather_readers(port, stage.stream, stage.guests[:10], Seen()))
    before = memory_kb(pid)
    cookies = [stage.guests[place % len(stage.guests)] for place in range(IDLE)]
    readers = await gather_readers(port, stage.stream, cookies, Seen())
    await asyncio.sleep(1)
    after = memory_kb(pid)
    _close(readers)
    return (after - before) / IDLE


def _close(readers: list[Reader]) -> None:
    for reader in readers:
        reader.transport.abort()


def _report(runs: list[Run], memory: dict[str, float], busy: str) -> Report:
    at_most = {(run.server, run.viewers): run for run in runs}
    full = at_most["PostgreSQL", 200]
    lost = sum(run.lost for run in runs)
    wrong = [f"{run.server}, {run.viewers} viewers: {run.lost} changes were not seen" for run in runs if run.lost]
    wrong += [f"{run.server}, {run.viewers} viewers: {run.refused} edits refused" for run in runs if run.refused]
    return Report(
        title="Live: from the moment an edit is due until others have it, open loop",
        rows=[run.row for run in runs],
        wrong=wrong,
        notes=[f"{name}: {kb:.0f} KB for each idle viewer" for name, kb in memory.items()]
        + [f"Aim: p95 at most {AIM_MS:.0f} ms with 200 viewers. Here {full.p95:.1f} ms on PostgreSQL.", busy],
        figures={
            "p50_200": round(full.p50, 2),
            "p95_200": round(full.p95, 2),
            "floor_p95_200": round(at_most["floor", 200].p95, 2),
            "kb_per_viewer": round(max(memory.values()), 1),
            "lost": lost,
        },
    )
