"""What a server lets streams write at once arrives in order with what is sent through ASGI, and never piles up."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from canvasapp.protocol import Protocol
from canvasapp.server import listen
from partners.live import wire
from tests.live.listening import wait_until

LINE = b"x" * 9_999 + b"\n"
NUMBERS = range(1000)


class Room:
    """An application that says numbered lines to a reader, at once as long as that goes."""

    def __init__(self) -> None:
        self.extensions: dict[str, Any] = {}
        self.at_once: list[bool] = []
        self.is_done = threading.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.extensions = scope.get("extensions") or {}
        write = self.extensions.get(wire.AT_ONCE, {}).get("write", lambda _: False)
        assert not write(wire.chunk(b"before it has begun")), "nothing may come before the head"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in NUMBERS:
            line = b"%d %b" % (number, LINE)
            self.at_once.append(write(wire.chunk(line)))
            if not self.at_once[-1]:
                await send({"type": "http.response.body", "body": line, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        assert not write(wire.chunk(b"after it has ended"))
        self.is_done.set()


class Serving(uvicorn.Server):
    """A server in a thread of its own."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            uvicorn.Config(room, log_config=None, access_log=False, http=Protocol, ws="none", lifespan="off")
        )
        self.socket = listen("127.0.0.1", 0)
        self.port: int = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.run, args=([self.socket],), daemon=True)


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def port(room: Room) -> Iterator[int]:
    serving = Serving(room)
    serving.thread.start()
    wait_until(lambda: serving.started)
    yield serving.port
    serving.should_exit = True
    serving.thread.join(10)


def test_a_reader_who_falls_behind_is_waited_for_and_gets_everything_in_order(room: Room, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /live/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        wait_until(lambda: False in room.at_once)
        written = len(room.at_once)
        assert 0 < written < len(NUMBERS), "it goes on only as the reader reads"
        answer = http.client.HTTPResponse(line)
        answer.begin()
        said = [line.split(b" ")[0] for line in answer.read().splitlines()]
    assert said == [str(number).encode() for number in NUMBERS]
    assert room.is_done.wait(10)


def test_only_streams_are_written_to_so(room: Room, port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/workshops/")
    assert len(connection.getresponse().read().splitlines()) == len(NUMBERS)
    assert not room.extensions
    assert not any(room.at_once)
