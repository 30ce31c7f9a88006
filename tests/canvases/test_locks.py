"""Whatever others do meanwhile, nobody waits in a circle: neither for notes, nor for a note and the log."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from partners.canvases import operations as sheets
from partners.canvases.locks import lock_notes
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


@pytest.mark.django_db(transaction=True)
def test_who_deletes_several_that_were_taken_and_who_colours_where_from_both_get_through() -> None:
    """Deleted one by one, they would ask for what they were taken from in another order than who colours that."""
    cast = cast_again()
    into = cast.seen(cast.ana, cast.sheet(cast.with_delonghi, cast.nespresso))
    sources = [cast.note("Brand", block="channels", note_id=UUID(int=number)) for number in (1, 2)]
    hers = cast.seen(cast.ana, sources[0].canvas)
    last, first = (sheets.take_note(source=hers, note=each, into=into, note_id=uuid4()) for each in sources)
    with ThreadPoolExecutor(1) as others:
        with log.change(cast.workspace.pk, by=cast.ana) as change:
            notes = lock_notes([first.pk, last.pk])
            record_deletion(change, notes[first.pk])
            other = others.submit(in_a_thread, colour_all_of_its_sheet, cast, sources[0])
            wait_until_it_waits(other)
            record_deletion(change, notes[last.pk])
        other.result(PATIENCE_S)
    assert set(Note.objects.filter(pk__in=[each.pk for each in sources]).values_list("fill", flat=True)) == {"sun"}


def colour_all_of_its_sheet(cast: Cast, source: Note) -> None:
    """As Bo."""
    sheet = cast.seen(cast.bo, source.canvas)
    notes = [(sheet, note) for note in Note.objects.filter(canvas=source.canvas)]
    sheets.change_many(notes=notes, do="look", look={"fill": "sun"})


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
