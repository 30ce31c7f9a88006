"""A fixed number of threads for work that waits for the database, so that the event loop never does."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connections

P = ParamSpec("P")
R = TypeVar("R")


class Unavailable(Exception):
    """The database does not answer just now; try again."""


class Workers:
    """`count` threads, each with at most one database connection of its own."""

    def __init__(self, count: int, name: str) -> None:
        self._count = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix=name)

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do the work in one of the threads and return what it returns."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: work(*args, **kwargs))

    async def read(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same for work that only reads, outside of a Django request: it may be done twice.

        Raises `Unavailable` when the database does not answer.
        """
        try:
            return await self.run(lambda: _with_sound_connection(lambda: work(*args, **kwargs)))
        except (DatabaseError, InterfaceError) as error:
            raise Unavailable from error

    def close(self, patience_s: float = 5) -> None:
        """Wait for the work under way, then end the threads and their database connections."""
        gate = threading.Barrier(self._count)

        def leave() -> None:
            with contextlib.suppress(threading.BrokenBarrierError):
                gate.wait(patience_s)
            connections.close_all()

        for _ in range(self._count):
            self._threads.submit(leave)
        self._threads.shutdown(wait=True)


def _with_sound_connection(work: Callable[[], R]) -> R:
    """Do the work; once more on a new connection if the old one has broken since it was used last."""
    try:
        return work()
    except (OperationalError, InterfaceError):
        connections.close_all()
        return work()
