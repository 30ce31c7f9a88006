"""Bare HTTP over sockets of our own, so that they can be cut and left unread at any moment."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import unquote, urlencode

CSRF = "t" * 32
PATIENCE_S = 30
SILENCE_S = 40
"""As long as the page's own stream waits for a sign of life."""
SMALL = 8192
"""A receive buffer so small that a reader who stops reading is soon felt at the other end."""
FORM = "application/x-www-form-urlencoded"

LOST = (OSError, EOFError, TimeoutError, ValueError)
"""What a connection ends with."""


@dataclass(frozen=True)
class Answer:
    """An answer that came whole."""

    status: int
    text: str
    reason: str = ""
    """Why a change was refused, in the words that people read."""


@dataclass(frozen=True)
class Message:
    """One event of a stream."""

    event: str
    data: str
    id: str


class Line:
    """One connection for questions and answers, opened again when it was lost."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Ask for a page; raises one of `LOST`."""
        return await self._ask(f"GET {path} HTTP/1.1\r\nAccept: text/html\r\n", b"")

    async def post(self, path: str, fields: list[tuple[str, str]], key: str) -> Answer:
        """Send a change; raises one of `LOST`, and then nobody knows whether it was taken."""
        body = urlencode(fields).encode()
        head = f"POST {path} HTTP/1.1\r\nX-CSRFToken: {CSRF}\r\nHX-Request: true\r\nIdempotency-Key: {key}\r\n"
        return await self._ask(f"{head}Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n", body)

    def cut(self) -> None:
        """Break the connection at once, whatever is on its way."""
        if self._streams:
            self._streams[1].transport.abort()
            self._streams = None

    async def _ask(self, head: str, body: bytes) -> Answer:
        try:
            async with asyncio.timeout(PATIENCE_S):
                if self._streams is None or self._streams[0].at_eof():
                    self._streams = await _connect(self._port)
                reader, writer = self._streams
                writer.write(_head(head, self._cookie) + body)
                status, headers = await _answer_head(reader)
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                return Answer(status, body.decode(), unquote(headers.get("x-reason", "")))
        except BaseException:
            self.cut()
            raise


class Listening:
    """One open stream."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._transport: asyncio.WriteTransport | None = None

    async def messages(self, path: str, cursor: str) -> AsyncIterator[Message]:
        """What comes, until the connection is lost: raises one of `LOST`; `ValueError` also when it is refused."""
        async with asyncio.timeout(PATIENCE_S):
            reader, writer = await _connect(self._port, SMALL)
            self._transport = writer.transport
            head = f"GET {path}&after={cursor} HTTP/1.1\r\nAccept: text/event-stream\r\nLast-Event-ID: {cursor}\r\n"
            writer.write(_head(head, self._cookie))
            status, _headers = await _answer_head(reader)
        try:
            if status != 200:
                raise ValueError(f"refused with {status}")
            async for lines in _blocks(reader):
                fields: dict[str, list[str]] = {}
                for line in lines:
                    name, _, value = line.partition(":")
                    fields.setdefault(name, []).append(value.removeprefix(" "))
                first = {name: values[0] for name, values in fields.items()}
                yield Message(first.get("event", ""), "\n".join(fields.get("data", [])), first.get("id", ""))
        finally:
            self.cut()

    def cut(self) -> None:
        """Break it."""
        if self._transport:
            self._transport.abort()


async def _connect(port: int, receive_buffer: int = 0) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    sock = socket.socket()
    sock.setblocking(False)
    try:
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
        return await asyncio.open_connection(sock=sock, limit=receive_buffer or 1 << 20)
    except BaseException:
        with contextlib.suppress(OSError):
            sock.close()
        raise


def _head(head: str, cookie: str) -> bytes:
    return f"{head}Host: 127.0.0.1\r\nCookie: csrftoken={CSRF}; {cookie}\r\n\r\n".encode()


async def _answer_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    headers = (line.split(": ", 1) for line in lines if ": " in line)
    return int(first.split()[1]), {name.lower(): value for name, value in headers}


async def _blocks(reader: asyncio.StreamReader) -> AsyncIterator[list[str]]:
    """The blocks of lines of a chunked body, each up to an empty line."""
    rest = b""
    while True:
        async with asyncio.timeout(SILENCE_S):
            size = int(await reader.readline() or b"0", 16)
            rest += await reader.readexactly(size)
            await reader.readline()
        if not size:
            return
        *blocks, rest = rest.split(b"\n\n")
        for block in blocks:
            yield block.decode().split("\n")
