"""What was found, as a table, as sentences and as figures; and what was aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.live.room import Run
from bench.report import Report

TIMES_THE_FLOOR = 3
"""p95 with 200 viewers, beside the floor's in the same run; for PostgreSQL, where what is seen is on the disk."""
RATE_OF_ONE, RATE_OF_THREE = 80, 150
"""Edits a second with 500 viewers, all within the limit of `highest`, for PostgreSQL."""
KB_PER_VIEWER = 60


@dataclass
class Found:
    """What was measured of one server: at a steady rate, and how high the rate may be."""

    server: str
    processes: int
    steady: list[Run] = field(default_factory=list)
    highest: Run | None = None
    tried: list[Run] = field(default_factory=list)
    kb_per_viewer: float | None = None
    wrong: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As people say it."""
        return self.server if self.processes == 1 else f"{self.server}, {self.processes} processes"

    @property
    def runs(self) -> list[Run]:
        """The rows of the table."""
        return [*self.steady, *([self.highest] if self.highest else [])]

    @property
    def max_rate(self) -> float:
        """The highest rate that was within the limit; 0 when none was."""
        return self.highest.per_second if self.highest else 0

    def with_viewers(self, viewers: int) -> Run:
        """The measurement at the steady rate."""
        return next(run for run in self.steady if run.viewers == viewers)


def tell(found: Sequence[Found], within_ms: float, busy: str) -> Report:
    """Return the report of a whole run."""
    by_name = {(each.server, each.processes): each for each in found}
    floor, one, three = by_name["floor", 1], by_name["PostgreSQL", 1], by_name["PostgreSQL", 3]
    sqlite = by_name["SQLite", 1]
    ours, bare = one.with_viewers(200), floor.with_viewers(200)
    kb = max(each.kb_per_viewer or 0 for each in found)
    return Report(
        title="Live: from the moment an edit is due until others have it, open loop",
        rows=[_row(each, run) for each in found for run in each.runs],
        wrong=[sentence for each in found for sentence in _wrong(each)],
        notes=[
            f"The last row of each server is the highest rate at which p95 is at most {within_ms:.0f} ms.",
            "Each edit has a key and a version; every third is merged with somebody else's; each note has a history.",
            "CPU ms/edit: what the servers computed for each edit, sending included. reader %: how much of one",
            "processor the measuring itself took; near 100, it and not the server is what was measured.",
            "",
            _aim(
                f"p95 with 200 viewers at most {TIMES_THE_FLOOR} times the floor",
                f"{ours.p95:.1f} ms, {ours.p95 / bare.p95:.1f} times",
                ours.p95 <= TIMES_THE_FLOOR * bare.p95,
            ),
            _aim(
                f"{RATE_OF_ONE} edits/s with 500 viewers from one process",
                f"{one.max_rate:.0f}",
                one.max_rate >= RATE_OF_ONE,
            ),
            _aim(
                f"{RATE_OF_THREE} edits/s with 500 viewers from three",
                f"{three.max_rate:.0f}",
                three.max_rate >= RATE_OF_THREE,
            ),
            _aim(f"{KB_PER_VIEWER} KB for each idle viewer", f"{kb:.0f} KB", kb <= KB_PER_VIEWER),
            busy,
        ],
        figures={
            "p50_200": round(ours.p50, 2),
            "p95_200": round(ours.p95, 2),
            "floor_p95_200": round(bare.p95, 2),
            "max_rate_500": one.max_rate,
            "max_rate_500_three": three.max_rate,
            "max_rate_500_sqlite": sqlite.max_rate,
            "floor_max_rate_500": floor.max_rate,
            "kb_per_viewer": round(kb, 1),
            "lost": sum(run.lost for each in found for run in [*each.steady, *each.tried]),
        },
    )


def _row(found: Found, run: Run) -> dict[str, object]:
    return {
        "server": found.server,
        "processes": found.processes,
        "viewers": run.viewers,
        "edits/s": run.per_second,
        "p50 ms": round(run.p50, 1),
        "p95 ms": round(run.p95, 1),
        "CPU ms/edit": round(run.cpu_ms, 1),
        "reader %": round(run.own_percent),
        "lost": run.lost,
        "refused": run.refused,
    }


def _wrong(found: Found) -> list[str]:
    """What may never be: acknowledged and not seen, or refused where there was time for all."""
    wrong = [f"{found.name}: {sentence}" for sentence in found.wrong]
    wrong += [
        f"{found.name}, {run.viewers} viewers, {run.per_second:.0f} edits/s: {run.lost} times an edit was not seen"
        for run in [*found.steady, *found.tried]
        if run.lost
    ]
    return wrong + [
        f"{found.name}, {run.viewers} viewers: {run.refused} edits refused" for run in found.steady if run.refused
    ]


def _aim(aim: str, here: str, is_met: bool) -> str:
    return f"Aim, on PostgreSQL: {aim}. Here: {here}{'' if is_met else ', MISSED'}."
