"""Adding, editing, moving, marking, deleting and bringing back notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Conflict, Invalid, NotFound
from partners.base.merge import merge
from partners.base.prepared import Prepared
from partners.base.text import clean_text
from partners.canvases import events
from partners.canvases.access import CanvasInView, sees_canvas
from partners.canvases.models import TEXT_LIMIT, Note
from partners.canvases.operations.places import (
    Place,
    block_defaults,
    block_of,
    find_rank,
    lock_canvas,
    make_room,
    stands_at,
)
from partners.events import log
from partners.events.models import Event
from partners.workspaces.rules import Action

LOOK_FIELDS = ("fill", "tags", "weight", "basis", "beneficiary", "verdict", "target_block")


def add_note(
    *, sheet: CanvasInView, block: str, text: str, note_id: UUID | None = None, after: Place = None, **look: Any
) -> Note:
    """Put a note on a sheet and return it. The same `note_id` twice is the same note: it is returned as it is.

    `look` may hold any of `LOOK_FIELDS`. Written by a stand-in, the note is a guess.
    """
    by = sheet.require(Action.WRITE)
    kind = block_of(sheet.canvas, block)
    note = Note(pk=note_id or uuid4(), canvas=sheet.canvas, block=kind.key, text=checked_text(text), author=by, **look)
    note.stands_in = sheet.stands_in
    for name, value in block_defaults(note, kind).items():
        setattr(note, name, value)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        lock_canvas(sheet.canvas)
        if made := _made_already(sheet, note_id):
            return made
        make_room(sheet.canvas)
        note.rank = find_rank(change, sheet.canvas, kind.key, after)
        note.save(force_insert=True)
        record_added(change, note)
    return note


def edit_note(*, sheet: CanvasInView, note: Note, text: str, base_version: int | None = None) -> Note:
    """Change a note's words, merging with what others wrote since `base_version` (None: since now).

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
        new, is_merged = _merged(note, text, base_version)
        record_edit(change, note, new, merged=is_merged)
    return note


def change_look(*, sheet: CanvasInView, note: Note, **look: Any) -> Note:
    """Change fields beside the text; the last writer wins field by field, never the whole note."""
    by = sheet.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = alive(locked(note))
        record_look(change, note, look)
    return note


def move_note(*, sheet: CanvasInView, note: Note, to: CanvasInView, block: str, after: Place = None) -> Note:
    """Move a note to another place, block or sheet of the same workshop; needs the right to write on both sheets."""
    by = sheet.require(Action.WRITE)
    to.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        lock_canvas(to.canvas)
        note = alive(locked(note))
        record_move(change, note, to=to, block=block, after=after)
    return note


def copy_note(*, sheet: CanvasInView, note: Note, note_id: UUID | None = None) -> Note:
    """Put a copy of a note right after it and return the copy; 👍 and comments stay with the first."""
    look = {name: getattr(note, name) for name in LOOK_FIELDS}
    return add_note(sheet=sheet, block=note.block, text=note.text, note_id=note_id, after=note.pk, **look)


def delete_note(*, sheet: CanvasInView, note: Note) -> Note:
    """Put a note into the trash; deleting it twice is deleting it once."""
    by = sheet.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = locked(note)
        if note.deleted_at is None:
            record_deletion(change, note)
    return note


def restore_note(*, sheet: CanvasInView, note: Note) -> Note:
    """Bring a note back from the trash to its old place."""
    by = sheet.require(Action.WRITE)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = locked(note)
        if note.deleted_at is not None:
            record_restoration(change, note)
    return note


# --- steps that single notes and several at once share; all inside an open change -------------------------------------


def record_added(change: log.Change, note: Note) -> None:
    """Record a note that has just been saved."""
    fields = {name: getattr(note, name) for name in LOOK_FIELDS} | {
        # who sees a business model does not always see the sheet of which a note on it speaks
        "source_note": str((note.canvas.partnership_id and note.source_note_id) or ""),
        "stands_in": note.stands_in,
    }
    change.record(
        events.NoteAdded(
            **_about(note), block=note.block, text=note.text, rank=note.rank, fields=fields, draws=sources_of(note)
        )
    )


def record_edit(change: log.Change, note: Note, text: str, *, merged: bool) -> None:
    """Write other words and record them; nothing when they are the same."""
    if text == note.text:
        return
    before, note.text = note.text, text
    note.text_version += 1
    note.save(update_fields=["text", "text_version", "updated_at"])
    change.record(events.NoteEdited(**_about(note), before=before, text=text, version=note.text_version, merged=merged))


def record_look(change: log.Change, note: Note, look: dict[str, Any]) -> None:
    """Write the fields that differ and record them."""
    after = {name: value for name, value in look.items() if name in LOOK_FIELDS and getattr(note, name) != value}
    if not after:
        return
    before = {name: getattr(note, name) for name in after}
    for name, value in after.items():
        setattr(note, name, value)
    note.save(update_fields=[*after, "updated_at"])
    change.record(events.NoteLooked(**_about(note), text=note.text, before=before, after=after))


def record_move(
    change: log.Change, note: Note, *, to: CanvasInView, block: str, after: Place, rank: int | None = None
) -> None:
    """Give a note its new place and record it on both sheets; nothing when it stands there already.

    `rank` is a rank known to be free, which goes before `after`: a note that is moved back stands as it stood.
    """
    kind = block_of(to.canvas, block)
    if rank is None and stands_at(note, to.canvas, kind.key, after):
        return
    origin: dict[str, Any] = {"from_canvas": str(note.canvas_id), "from_block": note.block, "from_rank": note.rank}
    if rank is None:
        rank = find_rank(change, to.canvas, kind.key, after, without=note.pk)
    leaves = note.canvas_id != to.canvas.pk
    if leaves:
        make_room(to.canvas)
        change.record(
            events.NoteMoved(**_about(note), text=note.text, block=kind.key, rank=rank, arrived=False, **origin)
        )
    note.canvas, note.block, note.rank = to.canvas, kind.key, rank
    needed = block_defaults(note, kind)
    for name, value in needed.items():
        setattr(note, name, value)
    note.save(update_fields=["canvas", "block", "rank", "updated_at", *needed])
    change.record(
        events.NoteMoved(**_about(note), text=note.text, block=kind.key, rank=rank, draws=sources_of(note), **origin)
    )


def record_deletion(change: log.Change, note: Note) -> None:
    """Put a living note into the trash and record it."""
    note.deleted_at = timezone.now()
    note.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.NoteDeleted(**_about(note), text=note.text, block=note.block, draws=sources_of(note)))


def record_restoration(change: log.Change, note: Note) -> None:
    """Bring a note back from the trash and record it; raises `Invalid` when its sheet is full."""
    make_room(note.canvas)
    note.deleted_at = None
    note.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.NoteRestored(**_about(note), text=note.text, block=note.block, draws=sources_of(note)))


@Prepared
def _locked(*, note_id: UUID) -> QuerySet[Note]:
    return Note.objects.select_for_update(no_key=True).filter(pk=note_id).order_by()


def locked(note: Note) -> Note:
    """Read a note again under its lock."""
    fresh = _locked.one(note_id=note.pk)
    if fresh is None:
        raise NotFound
    if fresh.canvas_id == note.canvas_id:
        fresh.canvas = note.canvas
    if fresh.author_id == note.author_id:
        fresh.author = note.author
    return fresh


def alive(note: Note) -> Note:
    """Return the note; raises `Conflict` when somebody deleted it meanwhile."""
    if note.deleted_at:
        raise Conflict(_("Somebody deleted this note."), code="deleted", yours=note.text, theirs="")
    return note


def checked_text(text: str) -> str:
    """Return a note's words made safe to keep; raises `Invalid` when there are none or too many."""
    cleaned = clean_text(text)
    if not cleaned:
        raise Invalid(_("Write something first."), code="empty", fields={"text": [_("Write something first.")]})
    if len(cleaned) > TEXT_LIMIT:
        message = _("A note holds at most %(limit)s characters; this has %(length)s. Make two of it.") % {
            "limit": TEXT_LIMIT,
            "length": len(cleaned),
        }
        raise Invalid(message, code="too_long", fields={"text": [message]})
    return cleaned


def sources_of(note: Note) -> tuple[UUID, ...]:
    """The business-model note whose mark (*offered*, *wanted*) changes with this one.

    It is locked before the log's head is: who edits it holds it while waiting for the head.
    """
    if note.source_note_id is None:
        return ()
    list(_locked(note_id=note.source_note_id))
    return (note.source_note_id,)


def _about(note: Note) -> dict[str, Any]:
    return {
        "thing_id": note.pk,
        "canvas_id": note.canvas_id,
        "partnership_id": note.canvas.partnership_id,
    }


def _merged(note: Note, text: str, base_version: int | None) -> tuple[str, bool]:
    if base_version is None or base_version >= note.text_version:
        return text, False
    base = text_at(note, base_version)
    result = merge(base, text, note.text)
    if result.text is None or len(result.text) > TEXT_LIMIT:
        raise Conflict(
            _("Somebody changed the same words while you were typing."),
            code="same_words",
            yours=text,
            theirs=note.text,
            version=note.text_version,
        )
    return result.text, True


def text_at(note: Note, version: int) -> str:
    """Return a note's words as they were in a version, from the log; the first known when it never had that one."""
    told = Event.objects.filter(thing_id=note.pk, kind__in=("note_added", "note_edited")).order_by("seq")
    texts = {int(data.get("version", 1)): str(data["text"]) for data in told.values_list("data", flat=True)}
    return texts.get(version) or texts.get(1, note.text)


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
