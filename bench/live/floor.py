"""The floor: the least a server can do. Whoever posts a body has it sent to everybody who listens; nothing is kept.

`python -m bench.live.floor PORT`. What the workbench takes longer than this is what checking, recording and drawing
cost.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio import Transport
from typing import cast

import uvloop

HEADERS = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
DONE = b"HTTP/1.1 204 No Content\r\n\r\n"


class Floor(asyncio.Protocol):
    """One connection: a listener (GET) or somebody who posts."""

    listeners: set[Transport]

    def __init__(self, listeners: set[Transport]) -> None:
        self.listeners = listeners
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        self.transport = cast(Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Forget a listener."""
        self.listeners.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        """Take a listener in, or hand a whole body to all of them."""
        self.waiting += data
        head, end, body = self.waiting.partition(b"\r\n\r\n")
        if not end:
            return
        if head.startswith(b"GET"):
            self.waiting = b""
            self.transport.write(HEADERS + _chunk(b"event: ping\ndata:\n\n"))
            self.listeners.add(self.transport)
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            self.waiting = b""
            message = _chunk(b"event: board\ndata: " + body + b"\n\n")
            for listener in self.listeners:
                listener.write(message)
            self.transport.write(DONE)


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(body), body)


async def _serve(port: int) -> None:
    listeners: set[Transport] = set()
    server = await asyncio.get_running_loop().create_server(lambda: Floor(listeners), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
