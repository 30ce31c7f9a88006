"""What took a while to make is kept under all that decides what it is: never wrong, at most forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The things used last, as many as `limit`."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """Return what was kept under a key, if it still is."""
        with self._lock:
            thing = self._things.get(key)
            if thing is not None:
                self._things.move_to_end(key)
            return thing

    def keep(self, key: Hashable, thing: T) -> None:
        """Keep something; the least used is let go."""
        with self._lock:
            self._things[key] = thing
            if len(self._things) > self._limit:
                self._things.popitem(last=False)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._things.clear()
