"""What the listener hears, and when."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from queue import Queue
from uuid import UUID

import pytest
from django.db import connection, connections

from partners.events import log
from partners.events.wakeup import Moved
from partners.live.listener import NoticeListener, OwnListener
from partners.live.presence import Sighting, announce
from partners.workspaces.events import SharingChanged
from tests.factories import Cast
from tests.live.listening import wait_until
from tests.live.test_present import sighting
from tests.patience import PATIENCE_S


class Hears:
    """Keeps who was seen."""

    def __init__(self) -> None:
        self.seen: Queue[Sighting] = Queue()

    def moved(self, workspace_id: UUID | None, seq: int | None = None) -> None:
        """Nothing is changed here."""

    def committed(self, moved: Moved) -> None:
        """Nothing is changed here."""

    def saw(self, heard: Sighting) -> None:
        self.seen.put(heard)

    def asked(self) -> None:
        """Nobody asks here."""


class SaysSo(Hears):
    """Says something in the very moment in which the listener begins to listen."""

    def moved(self, workspace_id: UUID | None, seq: int | None = None) -> None:
        """News may be missing: the listener has begun. Its own connection carries the notice back with its answer."""
        announce(sighting(word=1))


def listener_to(hears: Hears) -> NoticeListener | OwnListener:
    """The listener that fits the database."""
    return NoticeListener(hears) if connection.vendor == "postgresql" else OwnListener(hears)


@pytest.mark.usefixtures("transactional_db")
def test_what_is_said_once_it_has_started_is_heard() -> None:
    hears = Hears()
    listener = listener_to(hears)
    listener.start()
    with closing(listener):
        announce(sighting(word=1))
        assert hears.seen.get(timeout=PATIENCE_S).name == "Ana"


@pytest.mark.usefixtures("transactional_db")
def test_what_came_with_the_answer_to_a_statement_does_not_wait_for_the_next_notice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("partners.live.listener.SILENCE_S", 10 * PATIENCE_S)
    hears = SaysSo()
    listener = listener_to(hears)
    listener.start()
    if isinstance(listener, OwnListener):
        hears.moved(None)
    with closing(listener):
        assert hears.seen.get(timeout=PATIENCE_S).name == "Ana"


class HearsMoves(Hears):
    """Keeps what moved: `committed` is told by the thread that did it, `moved` by the listener."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: Queue[tuple[str, UUID, int | None]] = Queue()

    def moved(self, workspace_id: UUID | None, seq: int | None = None) -> None:
        if workspace_id is not None:
            self.heard.put(("moved", workspace_id, seq))

    def committed(self, moved: Moved) -> None:
        self.heard.put(("committed", moved.workspace_id, moved.seq))


@pytest.mark.usefixtures("transactional_db")
def test_what_this_process_says_is_heard_again_from_the_database(cast: Cast) -> None:
    """A thread that failed to tell what it had committed is made up for."""
    hears = HearsMoves()
    listener = listener_to(hears)
    listener.start()
    with closing(listener):
        with log.change(cast.workspace.pk, by=cast.ana) as change:
            change.record(SharingChanged(thing_id=cast.workspace.pk, what="word"))
        there = (cast.workspace.pk, change.seq)
        assert hears.heard.get(timeout=PATIENCE_S) == ("committed", *there)
        if isinstance(listener, NoticeListener):
            assert hears.heard.get(timeout=PATIENCE_S) == ("moved", *there)


@contextmanager
def closed_door() -> Iterator[tuple[int, list[int]]]:
    """A port at which everybody is let in and out again at once, and a list that grows with each who tries."""
    tries: list[int] = []

    def turn_away() -> None:
        with suppress(OSError):
            while True:
                door.accept()[0].close()
                tries.append(1)

    with socket.create_server(("127.0.0.1", 0)) as door:
        turning = threading.Thread(target=turn_away, daemon=True)
        turning.start()
        yield door.getsockname()[1], tries
        door.shutdown(socket.SHUT_RDWR)
        turning.join(PATIENCE_S)


@pytest.mark.usefixtures("transactional_db")
def test_an_outage_is_told_when_it_begins_and_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("partners.live.listener.RETRY_S", 0.001)
    monkeypatch.setattr("partners.live.listener.BEGINNING_S", 0)
    listener = listener_to(Hears())
    with closing(listener), closed_door() as (port, tries), monkeypatch.context() as outage:
        outage.setitem(connections.settings["default"], "HOST", "127.0.0.1")
        outage.setitem(connections.settings["default"], "PORT", str(port))
        listener.start()
        if isinstance(listener, OwnListener):
            return  # it has no database to lose
        wait_until(lambda: len(tries) > 4)
        outage.undo()
        wait_until(lambda: len(caplog.messages) > 1)
    assert [words.partition(":")[0] for words in caplog.messages] == [
        "live updates lost the database and try until it is back",
        "live updates have the database again",
    ]
