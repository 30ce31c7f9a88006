"""What two threads are about to read at the same moment is read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """The first to ask under a name reads, whoever else asks gets the same: while it is being read, and for a while.

    A name must say as of when: what was read under it is right for all who ask for it, however late they come.
    """

    def __init__(self, limit: int = 32) -> None:
        self._limit = limit
        self._read: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Hashable, read: Callable[[], T]) -> T:
        """Return what `read` returns, or has returned to another thread."""
        with self._lock:
            found = self._read.get(name)
            if found is None:
                mine = self._read[name] = Future()
                if len(self._read) > self._limit:
                    self._read.popitem(last=False)
        if found is not None:
            try:
                return found.result()
            except Exception:  # theirs, and told by them: a connection of theirs that broke, say
                return read()
        try:
            result = read()
        except BaseException as error:
            with self._lock:
                self._read.pop(name, None)
            mine.set_exception(error)
            raise
        mine.set_result(result)
        return result
