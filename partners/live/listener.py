"""How a process hears what happens: a thread on PostgreSQL's notices, or its own commits on SQLite."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import Error, connection
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from partners.events import wakeup
from partners.events.wakeup import Moved
from partners.live import presence
from partners.live.presence import Sighting

logger = logging.getLogger(__name__)

SILENCE_S = 10.0
"""After so long without a notice the connection is tried: it may be gone without having said so."""
RETRY_S, RETRY_AT_MOST_S = 0.5, 8.0
"""How long it waits before it tries the lost database again: at first, and at most; twice as long each time."""
BEGINNING_S = 5.0
"""So long whoever starts a listener waits for the database; without one the listener goes on trying."""
ECHO_S = 0.03
"""After so long a thread has told what it has committed."""


class Hearer(Protocol):
    """Who is told; in the event loop, but for `committed`."""

    def committed(self, moved: Moved) -> None:
        """This very thread has changed something in a workspace."""
        ...

    def moved(self, workspace_id: UUID | None, seq: int | None = None) -> None:
        """Something happened in a workspace, up to a number; None: news may have been missed, anywhere."""
        ...

    def saw(self, sighting: Sighting) -> None:
        """A page said where its reader is."""
        ...

    def asked(self) -> None:
        """Another process asks who is here."""
        ...


class Listener(Protocol):
    """Something that hears; `sweep_every_s` says how often it is worth looking for what it missed."""

    sweep_every_s: int

    def start(self) -> None:
        """Begin to hear; returns once it does. May block a moment."""
        ...

    def close(self) -> None:
        """Stop hearing. May block a moment."""
        ...


def listener_for(loop: asyncio.AbstractEventLoop, hearer: Hearer) -> Listener:
    """Return the listener that fits the database; it tells the hearer in the loop."""
    told = InLoop(loop, hearer)
    return NoticeListener(told) if connection.vendor == "postgresql" else OwnListener(told)


class InLoop:
    """A hearer for other threads: it passes everything on to one in the loop, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop, hearer: Hearer) -> None:
        self._loop, self._hearer = loop, hearer

    def moved(self, workspace_id: UUID | None, seq: int | None = None) -> None:
        """Pass it on."""
        self._call(self._hearer.moved, workspace_id, seq)

    def committed(self, moved: Moved) -> None:
        """Tell it here: it says itself what is for the loop."""
        self._hearer.committed(moved)

    def saw(self, sighting: Sighting) -> None:
        """Pass it on."""
        self._call(self._hearer.saw, sighting)

    def asked(self) -> None:
        """Pass it on."""
        self._call(self._hearer.asked)

    def _call(self, call: Callable[..., object], *args: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody listens any more
            self._loop.call_soon_threadsafe(call, *args)


class OwnListener:
    """Hears the commits of this process; what other processes do is found by the sweep."""

    sweep_every_s = 5

    def __init__(self, hearer: Hearer) -> None:
        self._hearer = hearer
        self._stops: list[Callable[[], None]] = []

    def start(self) -> None:
        """Begin to hear."""
        self._stops = [wakeup.listen(self._hearer.committed), presence.listen(self._hearer.saw)]

    def close(self) -> None:
        """Stop hearing."""
        for stop in self._stops:
            stop()


class NoticeListener:
    """A thread with one connection that LISTENs. When it breaks it comes back, and says that news may be missing.

    What this process itself commits is told by the thread that did. Its notice comes too, sometimes sooner, just when
    that thread and the loop have their hands full. So it is passed on a moment later: should the thread have failed to
    tell it, nothing is missed.
    """

    sweep_every_s = 30

    def __init__(self, hearer: Hearer) -> None:
        self._hearer = hearer
        self._name = uuid4().hex
        self._stop: Callable[[], None] | None = None
        self._bell, self._rope = socket.socketpair()
        self._is_closing = False
        self._has_begun = threading.Event()
        self._echoes: deque[tuple[float, UUID | None, int | None]] = deque()
        """Own notices, with the time at which each is passed on."""
        self._thread = threading.Thread(target=self._run, name="live-listener", daemon=True)

    def start(self) -> None:
        """Begin to hear. Who is here is told by notices alone: one that came before would be lost."""
        self._stop = wakeup.listen(self._hearer.committed)
        self._thread.start()
        self._has_begun.wait(BEGINNING_S)

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
        """Hear until closed. An outage is told when it begins and when it is over, not with each try."""
        tries = 0
        while not self._is_closing:
            try:
                with connection.wrap_database_errors:
                    postgres = self._listening()
                    if tries:
                        logger.warning("live updates have the database again")
                    tries = 0
                    self._hear(postgres)
            except (Error, OSError, ValueError) as error:
                if not tries:
                    logger.warning("live updates lost the database and try until it is back: %s", error)
                with contextlib.suppress(Exception):
                    connection.close()
                select.select([self._bell], [], [], min(RETRY_S * 2**tries, RETRY_AT_MOST_S))
                tries += 1
        connection.close()

    def _listening(self) -> Any:
        connection.ensure_connection()
        postgres: Any = connection.connection
        postgres.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with postgres.cursor() as cursor:
            cursor.execute(
                f"SET application_name = 'live listener'; LISTEN {wakeup.CHANNEL}; LISTEN {presence.CHANNEL}"
            )
            cursor.execute("SELECT pg_notify(%s, %s)", [presence.CHANNEL, presence.question(self._name)])
        self._hearer.moved(None, None)
        self._has_begun.set()
        return postgres

    def _hear(self, postgres: Any) -> None:
        """Pass on what has come, then wait for more: a notice may come with the answer to a statement, unheard."""
        while not self._is_closing:
            postgres.poll()
            while postgres.notifies:
                notice = postgres.notifies.pop(0)
                self._pass_on(notice.channel, notice.payload)
            waits_s = self._echo()
            readable, _, _ = select.select([postgres, self._bell], [], [], waits_s or SILENCE_S)
            if not readable and not waits_s:
                with postgres.cursor() as cursor:
                    cursor.execute("SELECT 1")

    def _echo(self) -> float:
        """Pass on the own notices whose time has come; returns how long the next one waits, 0 when there is none."""
        while self._echoes:
            due, workspace_id, seq = self._echoes[0]
            waits_s = due - time.monotonic()
            if waits_s > 0:
                return waits_s
            self._hearer.moved(workspace_id, seq)
            self._echoes.popleft()
        return 0

    def _pass_on(self, channel: str, payload: str) -> None:
        try:
            if channel == wakeup.CHANNEL:
                workspace_id, seq, is_own = wakeup.understood(payload)
                if is_own:
                    self._echoes.append((time.monotonic() + ECHO_S, workspace_id, seq))
                else:
                    self._hearer.moved(workspace_id, seq)
            elif (asker := presence.asker_in(payload)) is None:
                self._hearer.saw(presence.decode(payload))
            elif asker != self._name:
                self._hearer.asked()
        except (ValueError, KeyError):
            logger.warning("a notice on %s could not be read", channel)
