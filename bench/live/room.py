"""A room in which so many look on while others write: how long it takes until everybody has what was written."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from statistics import quantiles

from bench.live.crowd import Reader, gather_readers, settle, write_on_time
from bench.live.seen import Seen
from bench.stage import Served

WARM_UP_S = 1
SETTLED_S = 1


Change = Callable[[int], Awaitable[int]]


@dataclass(frozen=True)
class Page:
    """What is listened to, and who may."""

    stream: str
    cookies: list[str]


@dataclass(frozen=True)
class Run:
    """One measurement: a row of the table."""

    viewers: int
    per_second: float
    p50: float
    p95: float
    lost: int
    refused: int
    was_let_off: bool
    cpu_ms: float
    """What the servers computed for each change, together."""
    own_percent: float
    """How much of one processor the measuring itself took: what a reader gets late because of us counts too."""

    def is_within(self, p95_ms: float) -> bool:
        """Whether everybody had nearly everything in that time."""
        return self.p95 <= p95_ms and not (self.lost or self.refused or self.was_let_off)


class Room:
    """Servers, and somebody who writes: `change(number)` makes a change, numbered from `first` on.

    Every `lines`-th change rewrites the same words.
    """

    def __init__(self, served: Served, page: Page, change: Change, *, lines: int, first: int) -> None:
        self.served, self.page = served, page
        self.accepted: set[int] = set()
        self._change, self._lines = change, lines
        self._next = first

    @asynccontextmanager
    async def crowd(self, viewers: int) -> AsyncIterator[list[Reader]]:
        """So many who look on, all of them there."""
        readers = await gather_readers(self.served.ports, self.page.stream, self.page.cookies[:viewers])
        await asyncio.sleep(SETTLED_S)
        try:
            yield readers
        finally:
            for reader in readers:
                reader.close()

    async def measure(self, readers: list[Reader], per_second: float, seconds: float) -> Run:
        """Write so much while a crowd looks on."""
        begin = self._next
        first = begin + round(per_second * WARM_UP_S)
        self._next = first + round(per_second * seconds)
        seen = Seen(self._lines)
        for reader in readers:
            reader.marks.clear()
        with _undisturbed():
            busy, own, start = self.served.busy_s(), time.process_time(), time.perf_counter()
            await write_on_time(seen, range(begin, self._next), per_second, self._change)
            lasted = time.perf_counter() - start
            busy, own = self.served.busy_s() - busy, time.process_time() - own
            await settle(seen, readers)
        marks = [reader.marks for reader in readers]
        self.accepted |= seen.accepted
        cuts = quantiles(seen.latencies_ms(marks, first) or [float("inf")] * 2, n=100)
        return Run(
            viewers=len(readers),
            per_second=per_second,
            p50=cuts[49],
            p95=cuts[94],
            lost=seen.lost(marks),
            refused=seen.refused,
            was_let_off=seen.was_let_off,
            cpu_ms=1000 * busy / len(seen.due),
            own_percent=100 * own / lasted,
        )

    async def memory_kb(self, idle: int) -> float:
        """The memory that one more open page takes."""
        cookies = [self.page.cookies[place % len(self.page.cookies)] for place in range(idle)]
        async with self.crowd(10):
            before = self.served.memory_kb()
            readers = await gather_readers(self.served.ports, self.page.stream, cookies)
            await asyncio.sleep(SETTLED_S)
            after = self.served.memory_kb()
        for reader in readers:
            reader.close()
        return (after - before) / idle


async def highest(
    measure: Callable[[int], Awaitable[Run]], rates: Sequence[int], p95_ms: float
) -> tuple[Run | None, list[Run]]:
    """Return the measurement with the highest of some rates at which p95 is low enough, and all that were tried.

    The rates are halved again and again; a rate has failed when it failed twice, since other work on the computer may
    have come between.
    """
    tried: list[Run] = []
    best: Run | None = None
    low, high = -1, len(rates)
    while high - low > 1:
        middle = (low + high) // 2
        for _ in range(2):
            run = await measure(rates[middle])
            tried.append(run)
            if run.is_within(p95_ms):
                break
        if run.is_within(p95_ms):
            low, best = middle, run
        else:
            high = middle
    return best, tried


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Looking through a million marks for garbage would stop the readers for longer than anything that is measured."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
