"""Several people at once: each in a thread with a database connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from tests.patience import PATIENCE_S

Result = TypeVar("Result")


def at_once(people: int, do: Callable[[int], Result]) -> list[Result]:
    """Call `do(0)`, `do(1)`, … in threads that start together; returns what each got, raises what any raised."""
    ready = Barrier(people)

    def one(number: int) -> Result:
        try:
            ready.wait(PATIENCE_S)
            return do(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))
