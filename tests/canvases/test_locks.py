"""Whatever others do meanwhile, nobody waits in a circle: neither for notes, nor for a note and the log."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, connections

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.canvases.operations.steps import locked, record_deletion
from partners.events import log
from partners.history.operations import undo
from partners.workspaces import operations as workshops
from tests.factories import Cast
from tests.patience import PATIENCE_S
from tests.remembering import cast_again


def move(cast: Cast, source: Note) -> None:
    sheet = cast.seen(cast.ana, source.canvas)
    sheets.move_note(sheet=sheet, note=source, to=sheet, block="key_resources")


def move_with_others(cast: Cast, source: Note) -> None:
    sheet = cast.seen(cast.ana, source.canvas)
    sheets.change_many(notes=[(sheet, source)], do="move", to=sheet, block="key_resources")


def move_back(cast: Cast, _source: Note) -> None:
    undo(viewer=cast.viewer(cast.bo))


def rename_the_author(cast: Cast, _source: Note) -> None:
    workshops.change_member(viewer=cast.viewer(cast.ana), member=cast.ana, name="Ana de Vries")


def name_the_colours(cast: Cast, _source: Note) -> None:
    workshops.change_workspace(viewer=cast.viewer(cast.ana), fill_meanings={"sun": "hot"})


def seal(cast: Cast, _source: Note) -> None:
    workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [move, move_with_others, move_back, rename_the_author, name_the_colours, seal])
def test_who_writes_on_a_taken_note_and_who_draws_it_anew_both_get_through(act: Callable[[Cast, Note], None]) -> None:
    """The one holds the note, then asks for the one it was taken from, and then for the log's head."""
    cast = cast_again()
    source, stage = cast.note("Brand", block="channels"), cast.sheet(cast.with_delonghi, cast.nespresso)
    into, hers = cast.seen(cast.ana, stage), cast.seen(cast.ana, source.canvas)
    taken = sheets.take_note(source=hers, note=source, into=into)
    sheets.move_note(sheet=cast.seen(cast.bo, source.canvas), note=source, to=hers, block="key_activities")
    source.refresh_from_db()
    with ThreadPoolExecutor(1) as others:
        with log.change(cast.workspace.pk, by=cast.ana) as change:
            note = locked(taken)
            other = others.submit(in_a_thread, act, cast, source)
            wait_until_it_waits(other)
            record_deletion(change, note)
        other.result(PATIENCE_S)
    taken.refresh_from_db()
    assert taken.deleted_at is not None


def in_a_thread(act: Callable[[Cast, Note], None], cast: Cast, source: Note) -> None:
    """Act with a database connection of one's own."""
    try:
        act(cast, source)
    finally:
        connections.close_all()


def wait_until_it_waits(other: Future[None]) -> None:
    """On PostgreSQL, until the other waits for us, as it must; SQLite has one lock for all that is written."""
    if connection.vendor != "postgresql":
        return
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        while not other.done():
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("It did not wait for the note.")
