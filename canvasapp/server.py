"""The one way in which this site is served: uvicorn with `canvasapp.asgi`, one process, ending soon when told to."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from canvasapp.protocol import Protocol

# A stream ends by itself when the server stops; whatever else is under way has this long.
LAST_SECONDS = 4
# Longer than a proxy keeps its connections: it must never send on one that is just being closed.
KEEP_ALIVE_S = 75


class Server(uvicorn.Server):
    """Says when it is ready, so that a link is printed only once it can be opened."""

    def __init__(self, *, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                "canvasapp.asgi:application",
                log_config=None,  # ours are set up by the settings
                access_log=False,  # each request is logged with its id by our middleware
                # Whom to believe about the client is decided in one place, by TRUSTED_PROXY.
                proxy_headers=False,
                server_header=False,
                http=Protocol,
                ws="none",
                timeout_keep_alive=KEEP_ALIVE_S,
                timeout_graceful_shutdown=LAST_SECONDS,
            )
        )
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then call `ready`."""
        await super().startup(sockets)
        if self.started:
            self.ready()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, taken before any other work so that a busy port is told at once; raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.create_server((host, port), family=family, backlog=2048)
    # Each connection takes this over. uvloop sets it too; without uvloop the body of an answer would wait for the
    # browser's word that its head has arrived: 40 ms for every file.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def serve(sock: socket.socket, *, ready: Callable[[], None]) -> None:
    """Serve on `sock` until Ctrl+C or a polite kill."""
    try:
        Server(ready=ready).run(sockets=[sock])
    except KeyboardInterrupt:
        # uvicorn has ended in good order and passes the signal on; to us it was the wish to stop, and no mistake.
        return
