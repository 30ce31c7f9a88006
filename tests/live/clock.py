"""A clock that tests can put forward."""

from __future__ import annotations

import time


class Clock:
    """Runs as the real one does, and further on when told."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        """Have so many seconds gone by at once."""
        self._ahead += seconds
