"""A wire between a browser and a server that can be cut: browsers do not let us at their sockets."""

from __future__ import annotations

import asyncio
import contextlib


class Wire:
    """Passes everything on to `target`; `cut` breaks all connections at once."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._open: set[asyncio.StreamWriter] = set()
        self._awake = asyncio.Event()
        self._awake.set()

    async def start(self) -> int:
        """Begin to listen; returns the port."""
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def stop(self) -> None:
        """End."""
        self._server.close()
        self.cut()

    def cut(self) -> None:
        """Break all connections, whatever is on its way."""
        for writer in list(self._open):
            writer.transport.abort()

    async def _pass_on(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        self._open.add(near_out)
        try:
            far, far_out = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            near_out.transport.abort()
            self._open.discard(near_out)
            return
        self._open.add(far_out)
        ways = [asyncio.create_task(_pump(near, far_out)), asyncio.create_task(_pump(far, near_out))]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        for writer in (near_out, far_out):
            writer.transport.abort() if writer.is_closing() else writer.close()
            self._open.discard(writer)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
