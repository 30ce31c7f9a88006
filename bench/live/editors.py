"""People who edit the same notes in turns, each with a key and the version they know; some know an older one."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from html import unescape
from uuid import uuid4

from bench.live.crowd import Writer
from bench.live.seen import MARK

EVERY = 3
"""Every so many edits of a note begin from the words as they were before somebody else's last edit: they are merged."""
BESIDE = " beside "
_VERSION = re.compile(r'data-version="(\d+)"')
_TEXT = re.compile(r'<p class="text"[^>]*>(.*?)</p>', re.DOTALL)


@dataclass(frozen=True)
class Known:
    """A note's words, and which version they are."""

    version: int
    text: str


class Editors:
    """Two sides write in turns on each note, each its own half of the words.

    Change `n` goes to note `n % notes`; with the notes all through it is the other side's turn, so every `lines`-th
    change rewrites the same half.
    """

    def __init__(self, notes: list[str], writers: list[Writer]) -> None:
        self._notes, self._writers = notes, writers
        self._known: list[list[Known]] = [[] for _ in notes]
        self.wrong: list[str] = []

    @property
    def lines(self) -> int:
        """How many halves there are to rewrite."""
        return 2 * len(self._notes)

    async def begin(self, versions: int) -> None:
        """Read the notes, and make the first edits: so many of each, and at least one of each half."""
        for place in range(len(self._notes)):
            status, answer = await self._writer(place).get(self._path(place))
            assert status == 200, answer
            self._learn(place, answer)
        for turn in range(versions):
            numbers = range(turn * len(self._notes), (turn + 1) * len(self._notes))
            statuses = await asyncio.gather(*(self.edit(number) for number in numbers))
            assert set(statuses) == {200}, statuses

    async def edit(self, number: int) -> int:
        """Rewrite a half of a note; returns the status. What is acknowledged without the new words is wrong."""
        place, half = number % len(self._notes), number // len(self._notes) % 2
        turn = number // len(self._notes)
        known = self._known[place][0 if turn % EVERY == 0 else -1]
        halves = known.text.split(BESIDE) if BESIDE in known.text else ["one says nothing yet", "nor does the other"]
        halves[half] = f"edit-{number:06}-{uuid4().hex} as one side would say it"
        fields = {"text": BESIDE.join(halves), "base_version": str(known.version)}
        status, answer = await self._writer(number).post(self._path(place), fields, str(uuid4()))
        if status == 200:
            self._learn(place, answer)
            if f"edit-{number:06}-" not in answer:
                self.wrong.append(f"edit {number} was acknowledged without its words")
        return status

    async def missing(self, accepted: set[int]) -> list[str]:
        """What the notes lack now, of the last acknowledged change of each half."""
        last = {number % self.lines: number for number in sorted(accepted)}
        lacking: list[str] = []
        for place in range(len(self._notes)):
            _, answer = await self._writer(place).get(self._path(place))
            there = {int(mark) % self.lines: int(mark) for mark in MARK.findall(answer.encode())}
            halves = (place, place + len(self._notes))
            less = [last[line] for line in halves if there.get(line, -1) < last.get(line, -1)]
            lacking += [f"edit {number} was acknowledged and is not in its note" for number in less]
        return lacking

    def _learn(self, place: int, answer: str) -> None:
        version, text = _VERSION.search(answer), _TEXT.search(answer)
        if version is None or text is None:
            raise ValueError(f"not a note: {answer}")
        found = Known(int(version[1]), unescape(text[1]))
        if not self._known[place] or found.version > self._known[place][-1].version:
            self._known[place] = [*self._known[place][-1:], found]

    def _writer(self, number: int) -> Writer:
        return self._writers[number % len(self._writers)]

    def _path(self, place: int) -> str:
        return f"/notes/{self._notes[place]}/"
