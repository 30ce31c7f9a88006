"""A real server in a thread and real readers on sockets: what the tests of the stream stand on."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import uvicorn

from canvasapp.asgi import Entry
from canvasapp.protocol import Protocol
from canvasapp.server import KEEP_ALIVE_S, listen
from tests.patience import PATIENCE_S

T = TypeVar("T")


class Server(uvicorn.Server):
    """The hybrid entry behind uvicorn, in a thread of this process, on a free port."""

    def __init__(self, entry: Entry | None = None, port: int = 0) -> None:
        self.entry = entry or Entry()
        super().__init__(
            uvicorn.Config(
                self.entry,
                log_config=None,
                access_log=False,
                http=Protocol,
                ws="none",
                timeout_keep_alive=KEEP_ALIVE_S,
            )
        )
        self.socket = listen("127.0.0.1", port)
        self.port: int = self.socket.getsockname()[1]
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told_to_stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run_here, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        wait_until(lambda: self.started)
        return self

    def __exit__(self, *_: object) -> None:
        self.ask(self.entry.hub.end_streams)
        self.ask(self._told_to_stop.set)
        self._thread.join(timeout=PATIENCE_S)
        self.socket.close()

    async def main_loop(self) -> None:
        """Serve until told to stop, at once; uvicorn's own looks ten times a second."""
        await self.on_tick(counter=0)
        await self._told_to_stop.wait()

    def ask(self, call: Callable[[], object]) -> None:
        """Call something in the server's loop."""
        if not self._thread.is_alive():
            return
        assert self._loop
        self._loop.call_soon_threadsafe(call)

    def _run_here(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await self.serve(sockets=[self.socket])

        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.run(serve())


@dataclass
class Message:
    """One server-sent event."""

    event: str = "message"
    data: str = ""
    id: str = ""


@dataclass
class Listener:
    """One open stream, read by a thread of its own; `messages` grows as they come."""

    port: int
    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    last_event_id: str = ""
    host: str = "localhost"
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    has_ended: bool = False
    was_let_go: bool = False
    """Whether the server has ended the answer itself; a line may also just break."""

    def __enter__(self) -> Listener:
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {self.host}", "Accept: text/event-stream"]
        lines += [f"Cookie: {'; '.join(f'{name}={value}' for name, value in self.cookies.items())}"]
        lines += [f"Last-Event-ID: {self.last_event_id}"] if self.last_event_id else []
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._socket.settimeout(None)
        self._file = self._socket.makefile("rb")
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        wait_until(lambda: self.status)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=PATIENCE_S)

    def opened(self) -> Listener:
        """Return itself once its first sign of life has come: from then on nothing may be missed."""
        self.wait_for("", event="ping")
        return self

    def wait_for(self, text: str, *, event: str = "board") -> Message:
        """Return the first message of a kind with a text in it; fails when none comes in time."""
        return wait_for(
            lambda: next((each for each in self.messages if each.event == event and text in each.data), None),
            f"{text!r} in {event} of {self.messages}",
        )

    def wait_for_end(self) -> None:
        """Return once the server has ended the stream."""
        wait_until(lambda: self.has_ended)

    def said(self, event: str = "board") -> str:
        """Everything that came in messages of a kind."""
        return "\n".join(message.data for message in self.messages if message.event == event)

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            status = int(self._file.readline().split()[1])
            while line := self._file.readline().strip().decode():
                name, _, value = line.partition(": ")
                self.headers[name.lower()] = value
            self.status = status
            message = Message()
            for text in self._lines():
                name, _, value = text.partition(": ")
                if not text:
                    self.messages.append(message)
                    message = Message()
                elif name == "data":
                    message.data += value + "\n"
                else:
                    setattr(message, name.rstrip(":"), value)
        self.has_ended = True

    def _lines(self) -> Iterator[str]:
        """The lines of a chunked body."""
        rest = b""
        while line := self._file.readline():
            size = int(line, 16)
            if not size:
                self.was_let_go = True
                return
            rest += self._file.read(size)
            self._file.readline()
            *lines, rest = rest.split(b"\n")
            yield from (line.decode() for line in lines)


def wait_until(is_so: Callable[[], object], what: str = "") -> None:
    """Return as soon as something is so; fails when it never is."""
    wait_for(lambda: is_so() or None, what)


def wait_for(look: Callable[[], T | None], what: str = "") -> T:
    """Return what a look finds as soon as it finds something; fails when it never does."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        found = look()
        if found is not None:
            return found
        time.sleep(0.005)
    raise AssertionError(f"never came: {what or look}")
