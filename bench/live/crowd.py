"""A crowd outside of the server: readers of streams, and people who change things on time, whatever the server does.

One process at full speed: what comes is searched for marks as it comes, and understood when everything is over.
"""

from __future__ import annotations

import asyncio
import re
import time
from asyncio import Transport
from collections.abc import Awaitable, Callable, Sequence
from typing import cast
from urllib.parse import urlencode

from bench.live.seen import MARK, Seen

CSRF = "b" * 32
MARK_BYTES = 12
ALL_HERE_S = 180


class Reader(asyncio.Protocol):
    """One open stream. Keeps which marks came when."""

    def __init__(self, request: bytes, opened: Callable[[], None]) -> None:
        self.marks: list[tuple[float, list[bytes]]] = []
        self._request = request
        self._opened: Callable[[], None] | None = opened
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self._transport = cast(Transport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Look for marks in what came."""
        now = time.perf_counter()
        if self._opened and b"event: ping" in data:
            self._opened()
            self._opened = None
        # A mark may have been cut in two. One that is found twice, because it stood at the very end, came the first
        # time.
        if marks := MARK.findall(self._rest + data):
            self.marks.append((now, marks))
        self._rest = data[-MARK_BYTES:]

    def close(self) -> None:
        """Leave without a word."""
        self._transport.abort()


class Writer:
    """One connection that asks for one thing after the other."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def post(self, path: str, fields: dict[str, str], key: str) -> tuple[int, str]:
        """Send a form; returns the status and the answer."""
        body = urlencode(fields).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={CSRF}; {self.cookie}\r\n"
            f"X-CSRFToken: {CSRF}\r\nHX-Request: true\r\nIdempotency-Key: {key}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self._ask(head.encode() + body)

    async def get(self, path: str) -> tuple[int, str]:
        """Fetch a piece of a page; returns the status and the answer."""
        return await self._ask(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\nHX-Request: true\r\n\r\n".encode()
        )

    async def _ask(self, request: bytes) -> tuple[int, str]:
        """A connection that the server closed for being idle is opened again."""
        async with self._turn:
            if self._streams is None or self._streams[0].at_eof():
                self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
            reader, writer = self._streams
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = re.search(r"content-length: (\d+)", head)
            body = await reader.readexactly(int(length[1])) if length else b""
            return int(head.split(" ", 2)[1]), body.decode()


async def gather_readers(ports: Sequence[int], path: str, cookies: list[str]) -> list[Reader]:
    """Open a stream for each cookie, at one port after the other, and wait until all are open."""
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
        reader = Reader(request.encode(), opened)
        readers.append(reader)
        port = ports[number % len(ports)]
        await loop.create_connection(lambda reader=reader: reader, "127.0.0.1", port)  # type: ignore[misc]
    async with asyncio.timeout(ALL_HERE_S):
        await everybody.wait()
    return readers


async def write_on_time(
    seen: Seen, changes: range, per_second: float, change: Callable[[int], Awaitable[int]], most_behind_s: float = 1
) -> None:
    """Begin a change whenever one is due, without waiting for those before; returns when all are answered.

    Who is hopelessly behind is let off: no more is begun once the changes of `most_behind_s` are under way.
    """
    start = time.perf_counter() + 0.05
    under_way = 0

    async def one(number: int) -> None:
        nonlocal under_way
        under_way += 1
        try:
            async with asyncio.timeout(30):
                status = await change(number)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            status = 599
        under_way -= 1
        seen.answered[number] = status

    async with asyncio.TaskGroup() as tasks:
        for place, number in enumerate(changes):
            due = start + place / per_second
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            if under_way > per_second * most_behind_s:
                seen.was_let_off = True
                break
            seen.due[number] = due
            tasks.create_task(one(number))


async def settle(seen: Seen, readers: Sequence[Reader], patience_s: float = 10) -> None:
    """Wait until everything acknowledged has been seen by all, or patience ends."""
    for _ in range(int(patience_s * 4)):
        if not seen.lost(reader.marks for reader in readers):
            break
        await asyncio.sleep(0.25)
