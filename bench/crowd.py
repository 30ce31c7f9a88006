"""A crowd outside of the server: readers of a stream and writers who change notes on time, whatever the server does."""

from __future__ import annotations

import asyncio
import re
import time
from asyncio import Transport
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

MARK = re.compile(rb"edit-(\d{6})-")
CSRF = "b" * 32


@dataclass
class Seen:
    """When each change was due and acknowledged, and when each reader saw it."""

    due: dict[int, float] = field(default_factory=dict)
    answered: dict[int, tuple[float, int]] = field(default_factory=dict)
    """Change → (when, status)."""
    arrivals: list[tuple[int, int, float]] = field(default_factory=list)
    """(reader, change, when)."""

    def latencies_ms(self, first: int = 0) -> list[float]:
        """How long each reader waited for each change, from the moment it was due; sorted."""
        return sorted(1000 * (when - self.due[change]) for _, change, when in self.arrivals if change >= first)

    def lost(self, readers: int) -> int:
        """How many acknowledged changes did not reach how many readers, together."""
        accepted = {change for change, (_, status) in self.answered.items() if status < 300}
        seen = {(reader, change) for reader, change, _ in self.arrivals}
        return sum((reader, change) not in seen for reader in range(readers) for change in accepted)

    @property
    def refused(self) -> int:
        """How many changes were not acknowledged."""
        accepted = sum(status < 300 for _, status in self.answered.values())
        return len(self.due) - accepted


class Reader(asyncio.Protocol):
    """One open stream. Notes when it sees a change for the first time."""

    def __init__(self, number: int, request: bytes, seen: Seen, opened: Callable[[], None]) -> None:
        self.number, self.request, self.seen = number, request, seen
        self._opened: Callable[[], None] | None = opened
        self._known: set[int] = set()
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self.transport = cast(Transport, transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Look for changes in what came."""
        now = time.perf_counter()
        if self._opened and b"event: ping" in data:
            self._opened()
            self._opened = None
        data = self._rest + data
        for mark in MARK.findall(data):
            change = int(mark)
            if change not in self._known:
                self._known.add(change)
                self.seen.arrivals.append((self.number, change, now))
        self._rest = data[-12:]


class Writer:
    """One connection that posts one change after the other."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def post(self, path: str, fields: dict[str, str], key: str) -> int:
        """Send a form; returns the status. A connection that the server closed for being idle is opened again."""
        body = urlencode(fields).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={CSRF}; {self.cookie}\r\n"
            f"X-CSRFToken: {CSRF}\r\nHX-Request: true\r\nIdempotency-Key: {key}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        async with self._turn:
            if self._streams is None or self._streams[0].at_eof():
                self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
            reader, writer = self._streams
            writer.write(head.encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            if length := re.search(r"content-length: (\d+)", answer):
                await reader.readexactly(int(length[1]))
            return int(answer.split(" ", 2)[1])


async def gather_readers(port: int, path: str, cookies: list[str], seen: Seen) -> list[Reader]:
    """Open a stream for each cookie and wait until all are open."""
    loop = asyncio.get_running_loop()
    everybody = asyncio.Event()
    readers: list[Reader] = []
    missing = len(cookies)

    def opened() -> None:
        nonlocal missing
        missing -= 1
        if not missing:
            everybody.set()

    for number, cookie in enumerate(cookies):
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n"
        reader = Reader(number, request.encode(), seen, opened)
        readers.append(reader)
        await loop.create_connection(lambda reader=reader: reader, "127.0.0.1", port)  # type: ignore[misc]
    async with asyncio.timeout(60):
        await everybody.wait()
    return readers


async def write_on_time(seen: Seen, changes: int, per_second: float, change: Callable[[int], Awaitable[int]]) -> None:
    """Begin a change whenever one is due, without waiting for those before; returns when all are answered."""
    start = time.perf_counter() + 0.05

    async def one(number: int) -> None:
        seen.due[number] = start + number / per_second
        await asyncio.sleep(seen.due[number] - time.perf_counter())
        try:
            async with asyncio.timeout(30):
                status = await change(number)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            status = 599
        seen.answered[number] = (time.perf_counter(), status)

    await asyncio.gather(*(one(number) for number in range(changes)))


async def settle(seen: Seen, readers: int, patience_s: float = 10) -> None:
    """Wait until everything acknowledged has been seen by all, or patience ends."""
    for _ in range(int(patience_s * 10)):
        if not seen.lost(readers):
            break
        await asyncio.sleep(0.1)
