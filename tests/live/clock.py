"""A clock that tests put forward."""

from __future__ import annotations


class Clock:
    """Stands still until it is told to go on, so that nobody is forgotten because a busy machine took long."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        """Have so many seconds gone by at once."""
        self._now += seconds
