"""What changed is read by the thread that changed it where a board is at rest, else by the hub; nothing is missed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from partners.canvases.operations import add_note
from partners.workspaces.operations.workshops import change_workspace
from tests.live.conftest import Scene
from tests.live.listening import Listener, Server, wait_until
from tests.patience import PATIENCE_S


@contextmanager
def hub_is_busy(server: Server) -> Iterator[None]:
    """The hub's only reading thread does something else meanwhile."""
    is_busy, may_go_on = threading.Event(), threading.Event()

    def occupy() -> None:
        is_busy.set()
        may_go_on.wait(2 * PATIENCE_S)

    reads = server.entry.hub._reads
    assert reads is not None
    reads._threads.submit(occupy)
    assert is_busy.wait(PATIENCE_S)
    try:
        yield
    finally:
        may_go_on.set()


def at_rest(scene: Scene, listener: Listener) -> Listener:
    """A stream that is open, of a board that has told all there was."""
    listener.opened()
    board = scene.server.entry.hub._boards[scene.cast.workspace.pk]
    wait_until(lambda: bool(board._errand and board._errand.cursors))
    return listener


def test_a_change_of_this_process_is_told_by_the_thread_that_made_it(scene: Scene) -> None:
    with scene.listen(scene.cast.bo, scene.stage) as bo:
        at_rest(scene, bo)
        with hub_is_busy(scene.server):
            scene.write("Told at once")
            bo.wait_for("Told at once")
            at_rest(scene, bo)
            scene.write("The next one too")
            bo.wait_for("The next one too")


def test_what_that_thread_cannot_read_is_read_by_the_hub(scene: Scene) -> None:
    failed = []

    def fails_after_the_change(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not connection.in_atomic_block and not sql.startswith("BEGIN"):
            failed.append(sql)
            raise OperationalError("the connection broke")
        return execute(sql, params, many, context)

    sheet = scene.cast.seen(scene.cast.ana, scene.stage)
    assert not sheet.stands_in, "all that a change has to look up first is known"
    with scene.listen(scene.cast.bo, scene.stage) as bo:
        at_rest(scene, bo)
        with connection.execute_wrapper(fails_after_the_change):
            add_note(sheet=sheet, block=scene.block, text="Written all the same")
        bo.wait_for("Written all the same")
    assert failed


def test_what_a_change_tells_of_itself_is_not_read_from_the_log(scene: Scene) -> None:
    asked: list[str] = []

    def listens(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not connection.in_atomic_block:
            asked.append(sql)
        return execute(sql, params, many, context)

    sheet = scene.cast.seen(scene.cast.ana, scene.stage)
    assert not sheet.stands_in, "all that a change has to look up first is known"
    with scene.listen(scene.cast.bo, scene.stage) as bo:
        at_rest(scene, bo)
        scene.write("The workshop is read with the first")
        bo.wait_for("The workshop is read with the first")
        at_rest(scene, bo)
        with connection.execute_wrapper(listens):
            add_note(sheet=sheet, block=scene.block, text="Known already")
        bo.wait_for("Known already")
    assert asked, "the note is read after the commit"
    assert not any("partners_event" in sql or "live.render" in sql for sql in asked), asked


def test_what_others_changed_of_the_workshop_in_between_is_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = scene.cast
    for listener in ("OwnListener", "NoticeListener"):
        monkeypatch.setattr(f"partners.live.listener.{listener}.sweep_every_s", 10 * PATIENCE_S)
    with scene.listen(cast.bo, scene.stage) as bo:
        at_rest(scene, bo)
        scene.write("The workshop is read with the first")
        bo.wait_for("The workshop is read with the first")
        at_rest(scene, bo)
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr("partners.events.wakeup._listeners", [])
            change_workspace(viewer=cast.viewer(cast.ana), fill_meanings={"sun": "shines from elsewhere"})
        add_note(sheet=cast.seen(cast.ana, scene.stage), block=scene.block, text="It is yellow", fill="sun")
        assert "shines from elsewhere" in bo.wait_for("It is yellow").data


def test_many_at_once_are_all_told(scene: Scene) -> None:
    """Some by the threads that made them, some by the hub, while readers come and go."""
    with scene.listen(scene.cast.bo, scene.stage) as bo:
        at_rest(scene, bo)
        writers = [
            threading.Thread(target=_write, args=(scene, [f"Thought {writer}.{number}" for number in range(8)]))
            for writer in range(4)
        ]
        for thread in writers:
            thread.start()
        for _ in range(3):
            with scene.listen(scene.cast.carla, scene.stage) as carla:
                carla.opened()
        for thread in writers:
            thread.join()
        for writer in range(4):
            for number in range(8):
                bo.wait_for(f"Thought {writer}.{number}")
        cursors = [message.id for message in bo.messages if message.id]
        assert cursors == sorted(cursors, key=lambda cursor: int(cursor.rpartition(".")[2]))


def _write(scene: Scene, texts: list[str]) -> None:
    for text in texts:
        scene.write(text)
    connection.close()
