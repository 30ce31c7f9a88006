"""How a process hears what happens: a thread on PostgreSQL's notices, or its own commits on SQLite."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import select
import socket
import threading
from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from django.db import Error, connection
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from partners.events import wakeup
from partners.live import presence
from partners.live.presence import Sighting

logger = logging.getLogger(__name__)

Moved = Callable[[UUID | None, int | None], None]
Saw = Callable[[Sighting], None]

SILENCE_S = 10.0
"""After so long without a notice the connection is tried: it may be gone without having said so."""
RETRY_S = 0.5


class Listener(Protocol):
    """Something that hears; `sweep_every_s` says how often it is worth looking for what it missed."""

    sweep_every_s: int

    def start(self) -> None:
        """Begin to hear."""
        ...

    def close(self) -> None:
        """Stop hearing. May block a moment."""
        ...


def listener_for(loop: asyncio.AbstractEventLoop, moved: Moved, saw: Saw) -> Listener:
    """Return the listener that fits the database; it calls `moved` and `saw` in the loop."""

    def in_loop(call: Callable[..., None], *args: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody listens any more
            loop.call_soon_threadsafe(call, *args)

    def tell_moved(workspace_id: UUID | None, seq: int | None) -> None:
        in_loop(moved, workspace_id, seq)

    def tell_saw(sighting: Sighting) -> None:
        in_loop(saw, sighting)

    if connection.vendor == "postgresql":
        return NoticeListener(tell_moved, tell_saw)
    return OwnListener(tell_moved, tell_saw)


class OwnListener:
    """Hears the commits of this process; what other processes do is found by the sweep."""

    sweep_every_s = 5

    def __init__(self, moved: Moved, saw: Saw) -> None:
        self._moved, self._saw = moved, saw
        self._stops: list[Callable[[], None]] = []

    def start(self) -> None:
        """Begin to hear."""
        self._stops = [wakeup.listen(self._moved), presence.listen(self._saw)]

    def close(self) -> None:
        """Stop hearing."""
        for stop in self._stops:
            stop()


class NoticeListener:
    """A thread with one connection that LISTENs. When it breaks it comes back, and says that news may be missing.

    What this process itself commits is heard at once: its notice takes 1 to 2 ms through the database and a thread that
    has to get its turn. It comes too, and is known by then.
    """

    sweep_every_s = 30

    def __init__(self, moved: Moved, saw: Saw) -> None:
        self._moved, self._saw = moved, saw
        self._stop: Callable[[], None] | None = None
        self._bell, self._rope = socket.socketpair()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="live-listener", daemon=True)

    def start(self) -> None:
        """Begin to hear."""
        self._stop = wakeup.listen(self._moved)
        self._thread.start()

    def close(self) -> None:
        """Stop hearing and give the connection back."""
        if self._stop:
            self._stop()
        self._is_closing = True
        self._rope.send(b"!")
        self._thread.join(timeout=5)
        self._bell.close()
        self._rope.close()

    def _run(self) -> None:
        while not self._is_closing:
            try:
                with connection.wrap_database_errors:
                    self._hear(self._listening())
            except (Error, OSError, ValueError) as error:
                logger.warning("live updates lost the database and try again: %s", error)
                with contextlib.suppress(Exception):
                    connection.close()
                select.select([self._bell], [], [], RETRY_S)
        connection.close()

    def _listening(self) -> Any:
        connection.ensure_connection()
        postgres: Any = connection.connection
        postgres.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with postgres.cursor() as cursor:
            cursor.execute(
                f"SET application_name = 'live listener'; LISTEN {wakeup.CHANNEL}; LISTEN {presence.CHANNEL}"
            )
        self._moved(None, None)
        return postgres

    def _hear(self, postgres: Any) -> None:
        while not self._is_closing:
            readable, _, _ = select.select([postgres, self._bell], [], [], SILENCE_S)
            if not readable:
                with postgres.cursor() as cursor:
                    cursor.execute("SELECT 1")
            postgres.poll()
            while postgres.notifies:
                notice = postgres.notifies.pop(0)
                self._pass_on(notice.channel, notice.payload)

    def _pass_on(self, channel: str, payload: str) -> None:
        try:
            if channel == wakeup.CHANNEL:
                self._moved(*wakeup.understood(payload))
            else:
                self._saw(presence.decode(payload))
        except (ValueError, KeyError):
            logger.warning("a notice on %s could not be read", channel)
