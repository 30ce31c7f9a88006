import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from partners.canvases.models import Note
from partners.canvases.operations import edit_note
from tests.factories import Cast
from tests.live.conftest import Scene
from tests.live.listening import Listener, wait_until
from tests.live.processes import Process
from tests.patience import PATIENCE_S


@pytest.fixture
def process(cast: Cast) -> Iterator[Process]:
    started = Process()
    yield started
    started.end()


class TestAProcess:
    def test_hears_of_others_and_when_killed_loses_nothing_it_acknowledged(self, cast: Cast, process: Process) -> None:
        sheet = cast.sheet(cast.with_delonghi, cast.delonghi)
        note = cast.note("Before", canvas=sheet, by=cast.carla, block=Scene.block)
        path = f"/live/{cast.workspace.pk}/?canvas={sheet.pk}"
        with Listener(process.port, path, cast.cookies(cast.bo)) as bo:
            bo.opened()
            cast.note("From elsewhere", canvas=sheet, by=cast.carla, block=Scene.block)
            bo.wait_for("From elsewhere")
            assert process.edit(cast, note, "Seen before the end") == 200
            place = bo.wait_for("Seen before the end").id
            assert process.edit(cast, note, "Acknowledged") == 200
            process.kill()
            bo.wait_for_end()
        again = Process()
        try:
            assert Note.objects.get(pk=note.pk).text == "Acknowledged"
            with Listener(again.port, path, cast.cookies(cast.bo), last_event_id=place) as bo:
                bo.wait_for("Acknowledged")
                again.stop()
                bo.wait_for_end()
                assert bo.was_let_go, "a page that listens is not waited for until it is cut off"
        finally:
            again.end()


class TestALostDatabaseConnection:
    """On SQLite there is none to lose, and the same must hold."""

    def test_of_the_listener_loses_nothing(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            for number in range(3):
                wait_until(lambda: end_connections("live listener"))
                scene.write(f"Written while nobody heard {number}")
            for number in range(3):
                bo.wait_for(f"Written while nobody heard {number}")

    def test_of_everything_loses_nothing(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            wait_until(lambda: end_connections("%"))
            scene.write("Written after the accident")
            bo.wait_for("Written after the accident")
            with scene.listen(scene.cast.ana, scene.stage) as ana:
                assert ana.opened().status == 200


def end_connections(application: str) -> int:
    """Have the server end other connections to this database, by the name they gave; returns how many."""
    if connection.vendor == "sqlite":
        return 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND coalesce(application_name, '') LIKE %s",
            [application],
        )
        return int(cursor.fetchone()[0])


class TestASlowReader:
    def test_keeps_nobody_waiting_and_ends_with_the_state_of_now(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("partners.live.feeds.RING_MESSAGES", 3)
        note = scene.write("Start")
        sheet = scene.cast.seen(scene.cast.ana, scene.stage)
        slow = HeldReader(scene)
        with scene.listen(scene.cast.ana, scene.stage) as other:
            other.opened()
            for number in range(20):
                edit_note(sheet=sheet, note=note, text=f"Word {number}.")
                other.wait_for(f"Word {number}.")
            edit_note(sheet=sheet, note=note, text="The last word")
            other.wait_for("The last word")
        assert b"Word 1." not in slow.received
        slow.read_on()
        wait_until(lambda: b"The last word" in slow.received)
        assert slow.received.count(b"<li") <= 2, "what it missed is not kept for it"
        slow.leave()


class HeldReader:
    """Bo at the far end of a line so slow that nothing gets through until `read_on`."""

    def __init__(self, scene: Scene) -> None:
        self.received = b""
        self._server = scene.server
        self._reads, self._left = asyncio.Event(), asyncio.Event()
        self._is_open = threading.Event()
        path, _, query = scene.path(scene.stage).partition("?")
        cookie = "; ".join(f"{name}={value}" for name, value in scene.cast.cookies(scene.cast.bo).items())
        headers = [(b"host", b"localhost"), (b"cookie", cookie.encode())]
        self._scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
        }
        self._server.ask(self._open)
        assert self._is_open.wait(PATIENCE_S)

    def read_on(self) -> None:
        """Let everything through from now on."""
        self._server.ask(self._reads.set)

    def leave(self) -> None:
        """Close the line."""
        self._server.ask(self._left.set)

    def _open(self) -> None:
        entry: Any = self._server.entry
        self._task = asyncio.ensure_future(entry(self._scope, self._receive, self._send))

    async def _receive(self) -> dict[str, str]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        body = message.get("body", b"")
        if body and b"event: ping" not in body and not body.startswith(b"event: present"):
            await self._reads.wait()
        self.received += body
        if body:
            self._is_open.set()
