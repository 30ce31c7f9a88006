"""What was read of a note before it was changed serves after the change, and only while it is true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from partners.canvases import operations, reading
from partners.canvases.models import Note
from partners.canvases.operations.words import text_at
from partners.canvases.queries import NotesRead
from partners.canvases.reading import notes_after, notes_now
from partners.events.models import LogHead
from partners.workspaces import operations as workshops
from partners.workspaces.models import Workspace
from tests.factories import Cast

pytestmark = pytest.mark.django_db
Committed = Callable[[Callable[[], object]], None]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Committed:
    """Do something, with what follows its commit."""

    def do(change: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            change()

    return do


@pytest.fixture
def patents(cast: Cast) -> Note:
    """A note of Nespresso's model that was read lately."""
    note = cast.note("Patents", block="key_resources")
    notes_now([note.pk], cast.workspace)
    return note


def edit(cast: Cast, note: Note, text: str) -> Note:
    return operations.edit_note(sheet=cast.seen(cast.bo, note.canvas), note=note, text=text)


def known(cast: Cast, note: Note) -> NotesRead:
    """The note as it is known after all that has happened."""
    workspace = Workspace.objects.select_related("log_head").get(pk=cast.workspace.pk)
    return notes_after(workspace.log_head.seq, {note.pk}, workspace)


def look(cast: Cast, note: Note) -> None:
    operations.change_look(sheet=cast.seen(cast.bo, note.canvas), note=note, fill="sun", tags=["new"])


def test_who_has_changed_a_note_need_not_read_it_again(
    cast: Cast, patents: Note, committed: Committed, django_assert_num_queries: Any
) -> None:
    for number, change in enumerate((lambda: edit(cast, patents, "Many patents"), lambda: look(cast, patents))):
        committed(change)
        workspace = Workspace.objects.select_related("log_head").get(pk=cast.workspace.pk)
        with django_assert_num_queries(0):
            after = list(notes_after(workspace.log_head.seq, {patents.pk}, workspace))
        assert after == list(NotesRead([patents.pk])), number


def comment(cast: Cast, note: Note) -> None:
    operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text="Which?")


def thumb(cast: Cast, note: Note) -> None:
    operations.give_thumb(sheet=cast.seen(cast.carla, note.canvas), note=note)


def take(cast: Cast, note: Note) -> None:
    into = cast.seen(cast.bo, cast.sheet(cast.with_delonghi, cast.nespresso))
    operations.take_note(source=cast.seen(cast.bo, note.canvas), note=note, into=into)


def confirm(cast: Cast, note: Note) -> None:
    operations.confirm_note(sheet=cast.seen(cast.bo, note.canvas), note=note)


def move(cast: Cast, note: Note) -> None:
    sheet = cast.seen(cast.bo, note.canvas)
    operations.move_note(sheet=sheet, note=note, to=sheet, block="key_activities")


def rename_its_author(cast: Cast, note: Note) -> None:
    assert note.author
    workshops.change_member(viewer=cast.viewer(cast.ana), member=note.author, name="Zoe Vries")


def take_its_author_off(cast: Cast, note: Note) -> None:
    """As a database does when a row is deleted: no number says so."""
    Note.objects.filter(pk=note.pk).update(author=None)


@pytest.mark.parametrize("meanwhile", [comment, thumb, take, confirm, move, rename_its_author, take_its_author_off])
def test_what_has_happened_to_it_meanwhile_is_known(
    cast: Cast, patents: Note, committed: Committed, meanwhile: Callable[[Cast, Note], None]
) -> None:
    committed(lambda: edit(cast, patents, "Many patents"))
    known(cast, patents)
    committed(lambda: meanwhile(cast, patents))
    committed(lambda: edit(cast, patents, "A few patents"))
    assert list(known(cast, patents)) == list(NotesRead([patents.pk]))


def test_words_that_somebody_typed_on_need_not_be_looked_for_in_the_log(
    cast: Cast, patents: Note, committed: Committed, django_assert_num_queries: Any
) -> None:
    committed(lambda: edit(cast, patents, "Many patents"))
    patents.refresh_from_db()
    epoch = LogHead.objects.get(workspace=cast.workspace).epoch.hex
    with django_assert_num_queries(0):
        assert text_at(patents, 2, epoch=epoch) == "Many patents"
    with django_assert_num_queries(1):
        assert text_at(patents, 1, epoch=epoch) == "Patents"


def test_words_of_another_log_are_looked_for(cast: Cast, patents: Note, committed: Committed) -> None:
    """After a restore a note may have another second version than the one that was written before."""
    reading.know_words(Note(pk=patents.pk, text="Of before", text_version=2), epoch=cast.ana.pk.hex)
    committed(lambda: edit(cast, patents, "Many patents"))
    committed(lambda: edit(cast, patents, "Many good patents"))
    sheet = cast.seen(cast.bo, patents.canvas)
    merged = operations.edit_note(sheet=sheet, note=patents, text="Many patents, and brands", base_version=2)
    assert merged.text == "Many good patents, and brands"


def test_another_log_begins_with_what_is_there(cast: Cast, patents: Note, committed: Committed) -> None:
    LogHead.objects.filter(workspace=cast.workspace).update(epoch=cast.ana.pk)
    Note.objects.filter(pk=patents.pk).update(block="channels")
    committed(lambda: edit(cast, patents, "Many patents"))
    assert list(known(cast, patents)) == list(NotesRead([patents.pk]))


def test_two_changes_in_one_are_read(cast: Cast, patents: Note, committed: Committed) -> None:
    other = cast.note("Brands", block="key_resources")
    chosen = [(cast.seen(cast.bo, note.canvas), note) for note in (patents, other)]

    def mark() -> None:
        operations.change_many(notes=chosen, do="look", look={"fill": "sun"})

    committed(mark)
    assert list(known(cast, patents)) == list(NotesRead([patents.pk]))
