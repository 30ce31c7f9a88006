"""The log: numbered without gaps, in the order of commits, together with the change or not at all."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Flag
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.events import log, reads, wakeup
from partners.events.models import Event, LogHead
from partners.workspaces import operations as workshops
from partners.workspaces.events import SharingChanged
from tests.events.threads import at_once
from tests.factories import Cast
from tests.remembering import cast_again

WRITERS, CHANGES_EACH = 8, 25


def say(cast: Cast, *whats: str) -> log.Change:
    """A change that records as many small events."""
    with log.change(cast.workspace.pk, by=cast.ana) as change:
        for what in whats:
            change.record(SharingChanged(thing_id=cast.workspace.pk, what=what))
    return change


def numbers(cast: Cast) -> list[int]:
    return list(Event.objects.filter(workspace=cast.workspace).order_by("seq").values_list("seq", flat=True))


def head(cast: Cast) -> int:
    return LogHead.objects.get(workspace=cast.workspace).seq


class Woken:
    """Which workspaces were announced, as other processes would hear it."""

    def __init__(self) -> None:
        self.heard: list[tuple[UUID, int | None]] = []


@contextmanager
def listening() -> Iterator[Woken]:
    """Hear what is announced meanwhile, on either database."""
    woken = Woken()
    if connection.vendor != "postgresql":
        stop = wakeup.listen(lambda moved: woken.heard.append(moved[:2]))
        yield woken
        stop()
        return
    own: BaseDatabaseWrapper = connections.create_connection("default")
    own.set_autocommit(True)
    with own.cursor() as cursor:
        cursor.execute(f"LISTEN {wakeup.CHANNEL}")
        yield woken
        cursor.execute("SELECT 1")  # whatever was sent comes with the next answer
    woken.heard += [wakeup.understood(notice.payload)[:2] for notice in own.connection.notifies]
    own.close()


@pytest.mark.django_db(transaction=True)
class TestManyWriters:
    def test_leave_no_gap_and_a_reader_skips_nothing(self, cast: Cast) -> None:
        """Eight people write at once while somebody reads on from a cursor, as the stream does."""
        start = head(cast)
        seen: list[int] = []
        done = Flag()

        def read_on() -> None:
            try:
                cursor = start
                while True:
                    last_round = done.wait(0.002)  # who reads without a pause leaves the writers no processor
                    found = Event.objects.filter(workspace=cast.workspace, seq__gt=cursor).order_by("seq")
                    fresh = list(found.values_list("seq", flat=True))
                    seen.extend(fresh)
                    cursor = fresh[-1] if fresh else cursor
                    if last_round:
                        return
            finally:
                connections.close_all()

        def write(person: int) -> int:
            for turn in range(CHANGES_EACH):
                say(cast, *["word"] * (1 + (person + turn) % 3))
            return sum(1 + (person + turn) % 3 for turn in range(CHANGES_EACH))

        reader = Thread(target=read_on)
        reader.start()
        try:
            written = sum(at_once(WRITERS, write))
        finally:
            done.set()
            reader.join()
        assert seen == list(range(start + 1, start + written + 1))
        assert numbers(cast) == list(range(1, head(cast) + 1))

    def test_keep_the_events_of_one_change_together(self, cast: Cast) -> None:
        at_once(WRITERS, lambda _person: say(cast, "one", "two", "three"))
        rows = Event.objects.filter(workspace=cast.workspace, kind="sharing_changed").order_by("seq")
        changes = [event.change for event in rows if event.data["what"] in ("one", "two", "three")]
        assert [changes.index(change) % 3 for change in changes] == [0] * len(changes)
        assert len(changes) == 3 * WRITERS

    def test_of_different_workshops_number_apart(self, cast: Cast) -> None:
        other = workshops.new_workshop(user=cast.finn, title="Elsewhere", company="One", partner="Two").workspace
        before = LogHead.objects.get(workspace=other).seq
        at_once(4, lambda _person: say(cast, "here"))
        assert LogHead.objects.get(workspace=other).seq == before


@pytest.mark.django_db(transaction=True)
class TestWakingUp:
    def test_a_change_wakes_its_own_workshop_after_it_has_committed(self, cast: Cast) -> None:
        with listening() as woken, transaction.atomic():
            say(cast, "hello")
            assert woken.heard == []
        assert woken.heard == [(cast.workspace.pk, head(cast))]

    def test_nobody_is_woken_by_nothing_or_by_what_was_undone(self, cast: Cast) -> None:
        def fails() -> None:
            with log.change(cast.workspace.pk, by=cast.ana) as change:
                change.record(SharingChanged(thing_id=cast.workspace.pk, what="never"))
                raise RuntimeError("the power goes")

        with listening() as woken:
            say(cast)
            with pytest.raises(RuntimeError):
                fails()
        assert woken.heard == []


@pytest.mark.django_db
class TestOneChange:
    def test_without_events_records_nothing(self, cast: Cast) -> None:
        before = head(cast)
        change = say(cast)
        assert change.seq is None
        assert head(cast) == before

    def test_that_fails_leaves_no_trace(self, cast: Cast) -> None:
        before, canvas = head(cast), cast.model(cast.nespresso)

        def fails() -> None:
            with log.change(cast.workspace.pk, by=cast.ana) as change:
                Note.objects.create(canvas=canvas, block="channels", text="Half done")
                change.record(SharingChanged(thing_id=cast.workspace.pk, what="never"))
                raise RuntimeError("the power goes")

        with pytest.raises(RuntimeError):
            fails()
        assert head(cast) == before
        assert numbers(cast)[-1] == before
        assert not Note.objects.filter(text="Half done").exists()

    def test_knows_its_last_number_and_shares_one_id(self, cast: Cast) -> None:
        before = head(cast)
        change = say(cast, "one", "two")
        assert change.seq == before + 2
        assert list(Event.objects.filter(change=change.id).values_list("seq", flat=True)) == [before + 1, before + 2]

    def test_runs_the_reactions_inside_itself(self, cast: Cast) -> None:
        organisation = workshops.add_organisation(viewer=cast.viewer(cast.ana), name="Krups")
        added = Event.objects.get(kind="organisation_added", thing_id=organisation.pk)
        laid_out = Event.objects.get(kind="canvas_added", thing_id=Canvas.objects.get(organisation=organisation).pk)
        assert added.change == laid_out.change
        assert laid_out.seq == added.seq + 1

    def test_locks_the_head_only_after_all_else_is_written(self, cast: Cast) -> None:
        sheet = cast.seen(cast.ana, cast.model(cast.nespresso))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            sheets.add_note(sheet=sheet, block="channels", text="Boutiques")
        written = [sql for sql in (query["sql"].lower().replace('"', "") for query in asked) if not is_read(sql)]
        touched = next(place for place, sql in enumerate(written) if "loghead" in sql)
        assert any("partners_note" in sql for sql in written[:touched])
        assert not any(re.search(r"insert (into )?partners_note", sql) for sql in written[touched:])


def is_read(sql: str) -> bool:
    """Whether a statement, which PostgreSQL runs by its name, only reads."""
    return not re.match(r"(execute )?(insert|update)", sql)


@pytest.mark.django_db(transaction=True)
class TestWritersOfOneSheet:
    """Some lock the sheet, some only their note; all of them number their events: nobody waits in a circle."""

    def test_all_get_through(self) -> None:
        cast = cast_again()
        model = cast.model(cast.nespresso)
        stage = cast.sheet(cast.with_delonghi, cast.nespresso)
        sources = [cast.note(f"Source {number}", canvas=model, block="channels") for number in range(3)]
        into = cast.seen(cast.ana, stage)
        taken = [sheets.take_note(source=cast.seen(cast.ana, model), note=note, into=into) for note in sources]

        def act(number: int) -> None:
            place = number % 3
            sheet = cast.seen(cast.ana, stage if number < 6 else model)
            match number // 3:
                case 0:
                    sheets.delete_note(sheet=sheet, note=taken[place])
                case 1:
                    sheets.add_note(sheet=sheet, block="intent", text=f"New {number}")
                case 2:
                    sheets.edit_note(sheet=sheet, note=sources[place], text=f"Other words {place}")
                case _:
                    sheets.add_note(sheet=sheet, block="channels", text=f"New {number}")

        at_once(12, act)
        assert Note.objects.filter(text__startswith="New ").count() == 6
        assert Note.objects.filter(text__startswith="Other words", text_version=2).count() == 3
        assert Note.objects.filter(deleted_at=None, source_note__in=sources).count() == 0
        assert numbers(cast) == list(range(1, head(cast) + 1))


@pytest.mark.django_db
class TestDrawing:
    def test_stamps_the_thing_with_the_number_that_changed_it(self, cast: Cast) -> None:
        note = cast.note("Boutiques")
        note.refresh_from_db()
        assert note.drawn == head(cast)

    def test_stamps_what_looks_different_because_of_it(self, cast: Cast) -> None:
        hers, his = cast.note("Boutiques"), cast.note("Online", by=cast.bo)
        drawn_before = Note.objects.get(pk=his.pk).drawn
        workshops.change_member(viewer=cast.viewer(cast.ana), member=cast.ana, name="Ana de Vries")
        event = Event.objects.filter(kind="member_changed").latest("seq")
        assert event.data["draws"] == [str(hers.pk)]
        assert Note.objects.get(pk=hers.pk).drawn == event.seq
        assert Note.objects.get(pk=his.pk).drawn == drawn_before

    def test_renaming_a_company_redraws_what_it_confirmed(self, cast: Cast) -> None:
        note = cast.note("Machine sales", by=cast.carla, canvas=cast.model(cast.delonghi), block="revenue_streams")
        sheets.confirm_note(sheet=cast.seen(cast.carla, note.canvas), note=note)
        workshops.change_organisation(
            viewer=cast.viewer(cast.carla), organisation=cast.delonghi, short_name="Longhi of Treviso"
        )
        note.refresh_from_db()
        assert note.drawn == head(cast)

    def test_naming_the_colours_anew_redraws_every_living_note(self, cast: Cast) -> None:
        kept, gone = cast.note("Boutiques"), cast.note("Online")
        sheets.delete_note(sheet=cast.seen(cast.ana, gone.canvas), note=gone)
        workshops.change_workspace(viewer=cast.viewer(cast.ana), fill_meanings={"sun": "hot"})
        drawn = dict(Note.objects.filter(pk__in=[kept.pk, gone.pk]).values_list("pk", "drawn"))
        assert drawn[kept.pk] == head(cast)
        assert drawn[gone.pk] < head(cast)


@pytest.mark.django_db
class TestTheCursor:
    def test_is_the_epoch_and_the_last_number(self, cast: Cast) -> None:
        row = LogHead.objects.get(workspace=cast.workspace)
        assert reads.cursor(cast.workspace.pk) == f"{row.epoch.hex}.{row.seq}"

    def test_of_no_workshop_is_the_beginning(self, cast: Cast) -> None:
        assert reads.cursor(uuid4()).endswith(".0")
