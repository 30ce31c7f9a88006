"""When each change was due, what became of it, and when who saw it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MARK = re.compile(rb"edit-(\d{6})-")
Marks = Sequence[tuple[float, Sequence[bytes]]]


@dataclass
class Seen:
    """The changes of one measurement, by number.

    Every `lines`-th change rewrites the same words, so whoever sees a later one of them has what the earlier one said:
    a reader is sent the present state, not each step on the way.
    """

    lines: int
    due: dict[int, float] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    """Change → status."""
    was_let_off: bool = False
    """Whether the server was so far behind that not all changes were begun."""

    def latencies_ms(self, readers: Iterable[Marks], first: int) -> list[float]:
        """How long each reader waited for each change from `first` on, from the moment it was due; sorted."""
        found = (arrival for marks in readers for arrival in self._arrivals(marks))
        return sorted(1000 * (when - self.due[change]) for change, when in found if change >= first)

    def lost(self, readers: Iterable[Marks]) -> int:
        """How many acknowledged changes did not reach how many readers, together."""
        accepted = self.accepted
        return sum(len(accepted.difference(change for change, _ in self._arrivals(marks))) for marks in readers)

    @property
    def accepted(self) -> set[int]:
        """The changes that were acknowledged."""
        return {change for change, status in self.answered.items() if status < 300}

    @property
    def refused(self) -> int:
        """How many changes were not acknowledged."""
        return len(self.due) - len(self.accepted)

    def _arrivals(self, marks: Marks) -> Iterator[tuple[int, float]]:
        """Each change that one reader has seen, and when for the first time."""
        begin = min(self.due, default=0)
        newest: dict[int, int] = {}
        for when, found in marks:
            for mark in found:
                change = int(mark)
                line = change % self.lines
                before = newest.get(line, begin - 1 - (begin - 1 - line) % self.lines)
                if change > before:
                    newest[line] = change
                    for each in range(before + self.lines, change + 1, self.lines):
                        if each in self.due:
                            yield each, when
