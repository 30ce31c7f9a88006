"""Adding, editing, moving, marking, deleting and bringing back notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.base import rows
from partners.base.errors import Conflict, NotFound
from partners.base.prepared import Prepared
from partners.canvases.access import CanvasInView, sees_canvas
from partners.canvases.events import NoteAdded
from partners.canvases.locks import lock_sheets
from partners.canvases.models import Note
from partners.canvases.operations.asking import ask
from partners.canvases.operations.places import Place, block_defaults, block_of, find_rank, make_room
from partners.canvases.operations.steps import (
    alive,
    know_afterwards,
    locked,
    look_of,
    record_added,
    record_deletion,
    record_edit,
    record_look,
    record_move,
    record_restoration,
)
from partners.canvases.operations.words import checked_text, put_together
from partners.events import log
from partners.events.models import Event
from partners.workspaces.rules import Action


def add_note(
    *, sheet: CanvasInView, block: str, text: str, note_id: UUID | None = None, after: Place = None, **look: Any
) -> Note:
    """Put a note on a sheet and return it. The same `note_id` twice is the same note: it is returned as it is.

    `look` may hold any of `LOOK_FIELDS`. Written by a stand-in, the note is a guess. Raises `Conflict` with both texts
    when the same `note_id` comes with other words than the note was made with.
    """
    return _added(sheet, note_id, block=block, text=checked_text(text), after=after, look=look)


def _added(
    sheet: CanvasInView,
    note_id: UUID | None,
    *,
    block: str,
    text: str,
    after: Place,
    look: dict[str, Any],
    is_copy: bool = False,
) -> Note:
    by = sheet.require(Action.WRITE)
    kind = block_of(sheet.canvas, block)
    note = Note(pk=note_id or uuid4(), canvas=sheet.canvas, block=kind.key, text=text, author=by, **look)
    note.stands_in = sheet.stands_in
    for name, value in block_defaults(note, kind).items():
        setattr(note, name, value)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        lock_sheets(sheet.canvas.pk)
        if made := _made_already(sheet, note_id):
            if not is_copy and not _was_made_with(made, text):
                message = _("There is a note with this id already, with other words.")
                raise Conflict(message, code="other_words", yours=text, theirs=made.text)
            return made
        make_room(sheet.canvas)
        note.rank = find_rank(sheet.canvas, kind.key, after)
        rows.insert(note)
        record_added(change, note)
    return note


def edit_note(
    *, sheet: CanvasInView, note: Note, text: str, base_version: int | None = None, base_text: str | None = None
) -> Note:
    """Change a note's words, merging with what others wrote since `base_version` (None: since now).

    `base_text` is what was typed on where that never was a version: an earlier edit of one's own, before its merge.
    Raises `Conflict` with both versions in `details` when both changed the same words or the note is deleted.
    """
    by = sheet.require(Action.WRITE)
    text = checked_text(text)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = locked(note)
        if note.deleted_at:
            raise Conflict(
                _("Somebody deleted this note while you were typing."), code="deleted", yours=text, theirs=""
            )
        epoch = by.workspace.log_head.epoch.hex
        new, is_merged = put_together(note, text, base_version, base_text, epoch=epoch)
        typed = text if new != text else ""
        record_edit(change, note, new, merged=is_merged, typed=typed, save=change.save_at_end)
        know_afterwards(change, note)
    return note


def change_look(*, sheet: CanvasInView, note: Note, **look: Any) -> Note:
    """Change fields beside the text; the last writer wins field by field, never the whole note."""
    by = sheet.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = alive(locked(note))
        record_look(change, note, look)
        know_afterwards(change, note)
    return note


def move_note(*, sheet: CanvasInView, note: Note, to: CanvasInView, block: str, after: Place = None) -> Note:
    """Move a note to another place, block or sheet of the same workshop; needs the right to write on both sheets."""
    by = sheet.require(Action.WRITE)
    to.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        lock_sheets(to.canvas.pk)
        note = alive(locked(note, to_move=True))
        record_move(change, note, to=to, block=block, after=after)
    return note


def copy_note(*, sheet: CanvasInView, note: Note, note_id: UUID | None = None) -> Note:
    """Put a copy of a note right after it and return the copy; 👍 and comments stay with the first."""
    own = look_of(note)
    return _added(sheet, note_id, block=note.block, text=note.text, after=note.pk, look=own, is_copy=True)


def delete_note(*, sheet: CanvasInView, note: Note, confirmed: bool = False) -> Note:
    """Put a note into the trash; deleting it twice is deleting it once.

    Raises `Conflict` with a question when something rests on it (`asking`), unless `confirmed`.
    """
    by = sheet.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = locked(note)
        if note.deleted_at is None:
            if not confirmed:
                ask(sheet.viewer, [note.pk])
            record_deletion(change, note)
    return note


def restore_note(*, sheet: CanvasInView, note: Note) -> Note:
    """Bring a note back from the trash to its old place."""
    by = sheet.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        lock_sheets(sheet.canvas.pk)
        note = locked(note)
        if note.deleted_at is not None:
            record_restoration(change, note)
    return note


@Prepared
def _known(*, note_id: UUID) -> QuerySet[Note]:
    loaded = Note.objects.select_related("canvas__organisation", "canvas__partnership", "author")
    return loaded.filter(pk=note_id).order_by()


def _made_already(sheet: CanvasInView, note_id: UUID | None) -> Note | None:
    if note_id is None:
        return None
    made = _known.one(note_id=note_id)
    if made and not sees_canvas(sheet.viewer.audience, made.canvas):
        raise NotFound
    return made


def _was_made_with(made: Note, text: str) -> bool:
    """Whether these are the words a note was made with, whatever was done with it since."""
    if made.text == text:
        return True
    told = Event.objects.filter(thing_id=made.pk, kind=NoteAdded.kind).order_by("seq")
    first = told.values_list("data", flat=True).first()
    return first is None or first["text"] == text
