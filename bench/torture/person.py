"""Somebody at a board without a browser: sends as the outbox does, listens as the page does, composes what comes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import count
from random import Random

from bench.torture.acts import choose
from bench.torture.board import Board
from bench.torture.journal import Journal, Sent
from bench.torture.pieces import Page, read_page, read_pieces, said_in
from bench.torture.wire import LOST, Answer, Line, Listening, Message

PASSING = frozenset({408, 425, 429, 502, 503, 504})
FAILING_TRIES = 6
"""As in `static/js/htmx/outbox/deliver.js`."""
SLOWEST_RETRY_S = 4.0
TYPING_S = (0.1, 2.5)
"""How long somebody types on words that others may change meanwhile."""


@dataclass(frozen=True)
class Seat:
    """Who somebody is and what they look at."""

    name: str
    cookie: str
    path: str
    company: str
    writes: tuple[str, ...]
    """The sheets they may write on."""
    places: tuple[str, ...] = ()
    """All blocks of these sheets, as `canvas:block`."""
    pairs: str = ""
    """Where they compare, if they do: the address that pairs and ratings begin with."""


class Person:
    """One client; `run` lives until `leave`."""

    def __init__(self, number: int, seat: Seat, port: int, journal: Journal, *, every_s: float, seed: int) -> None:
        self.seat, self.journal, self.every_s = seat, journal, every_s
        self.name, self.company, self.pairs = seat.name, seat.company, seat.pairs
        self.dice = Random(f"{seed} {number}")
        self.awake = asyncio.Event()
        self.awake.set()
        self.typed: dict[str, tuple[str, str, frozenset[str], str]] = {}
        """My words on a note that wait for an answer: the text, the key, what it took away, and the version below."""
        self.deleted: list[str] = []
        self.offers: dict[str, str] = {}
        """Offers seen on Compare, and their sheets."""
        self.has_undone = False
        self.reopened = 0
        self.board: Board
        self.workspace = self.cursor = ""
        self.waiting: list[Sent] = []
        self._numbers = count(1)
        self._number = number
        self._line, self._listening = Line(port, seat.cookie), Listening(port, seat.cookie)
        self._queued = asyncio.Event()
        self._acts = True

    @property
    def writable(self) -> list[str]:
        """The lists on this page that this person may write in."""
        lists = (place for place in sorted(self.board.lists) if place.partition(":")[0] in self.seat.writes)
        return [place for place in lists if not place.endswith((":needs", ":tray"))]

    def word(self) -> str:
        """A word that nobody has ever written."""
        return f"w{self._number}x{next(self._numbers)}"

    async def arrive(self) -> None:
        """Open the page."""
        page = await self.fresh_page()
        self.board = Board(page)
        self.workspace, self.cursor = page.body["data-workspace"], page.body["data-cursor"]
        self._stream = page.body["data-live"]

    async def run(self) -> None:
        """Act, send and listen."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = [tasks.create_task(part()) for part in (self._act, self._send, self._listen)]

    def stop_acting(self) -> None:
        """Do nothing new; what waits is still sent."""
        self._acts = False

    def leave(self) -> None:
        """Close the page."""
        for task in self._tasks:
            task.cancel()

    def cut(self) -> None:
        """Lose all connections."""
        self._line.cut()
        self._listening.cut()

    async def freeze(self, seconds: float) -> None:
        """Do nothing at all for a while, and read nothing: a laptop that is closed, a process that is stopped."""
        self.awake.clear()
        await asyncio.sleep(seconds)
        self.awake.set()

    async def fresh_page(self) -> Page:
        """The page as it is now, fetched until it comes."""
        while True:
            try:
                answer = await self._line.get(self.seat.path)
                if answer.status == 200:
                    return read_page(answer.text)
            except LOST:
                pass
            await asyncio.sleep(0.3)

    async def _act(self) -> None:
        await asyncio.sleep(self.dice.uniform(0, self.every_s))
        while self._acts:
            await self.awake.wait()
            if entry := choose(self):
                if entry.what == "edit":
                    await asyncio.sleep(self.dice.uniform(*TYPING_S))
                entry.person = self.name
                self.journal.sent.append(entry)
                self.waiting.append(entry)
                self._queued.set()
            await asyncio.sleep(self.dice.expovariate(1 / self.every_s))

    async def _send(self) -> None:
        attempt = 0
        while True:
            await self._queued.wait()
            await self.awake.wait()
            entry = self.waiting[0]
            answer = await self._deliver(entry)
            entry.outcome = self._outcome(answer, entry)
            if answer is None or entry.outcome == "waiting":
                entry.resent += 1
                entry.tries += answer is not None
                attempt += 1
                await asyncio.sleep(min(0.2 * 2**attempt, SLOWEST_RETRY_S) * self.dice.uniform(0.5, 1))
                continue
            attempt = 0
            entry.status = answer.status
            if entry.outcome == "refused":
                self.journal.refused(entry.what, answer.status, answer.reason or said_in(answer.text))
            self._settle(entry, answer)

    async def _deliver(self, entry: Sent) -> Answer | None:
        try:
            answer = await self._line.post(entry.path, entry.fields, entry.key)
        except LOST:
            return None
        self.journal.answered(answer.status)
        return answer

    def _outcome(self, answer: Answer | None, entry: Sent) -> str:
        if answer is None or answer.status in PASSING:
            return "waiting"
        if answer.status >= 500:
            if entry.tries + 1 < FAILING_TRIES:
                return "waiting"
            self.journal.wrong.append(f"the server failed {FAILING_TRIES} times on: {entry.what} {entry.path}")
        return "done" if answer.status < 400 else "refused"

    def _settle(self, entry: Sent, answer: Answer) -> None:
        self.waiting.remove(entry)
        if not self.waiting:
            self._queued.clear()
        note = entry.path.removeprefix("/notes/").rstrip("/")
        if self.typed.get(note, ("", ""))[1] == entry.key:
            del self.typed[note]
        if entry.outcome == "done":
            self.board.receive(read_pieces(answer.text))

    async def _listen(self) -> None:
        while True:
            await self.awake.wait()
            try:
                async for message in self._listening.messages(self._stream, self.cursor):
                    await self.awake.wait()
                    if not await self._hear(message):
                        break
            except LOST:
                self.reopened += 1
            await asyncio.sleep(self.dice.uniform(0.1, 1))

    async def _hear(self, message: Message) -> bool:
        """Take one message in; returns whether to go on reading here."""
        if message.event == "reset":
            page = await self.fresh_page()
            self.board.begin_afresh(page)
            self.cursor = page.body["data-cursor"]
            return False
        if message.event == "gone":
            self.journal.wrong.append(f"{self.name} was sent away from {self.seat.path}")
            return False
        if message.event == "board":
            self.board.receive(read_pieces(message.data))
        self.cursor = message.id or self.cursor
        return True
