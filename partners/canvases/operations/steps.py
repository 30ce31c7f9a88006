"""Steps that single notes and several at once share; each writes and records, inside an open change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base import rows
from partners.base.errors import Conflict, NotFound
from partners.canvases import events
from partners.canvases.access import CanvasInView
from partners.canvases.kinds import BlockKind
from partners.canvases.locks import lock_note
from partners.canvases.models import Note
from partners.canvases.operations.places import (
    Place,
    block_defaults,
    block_of,
    find_rank,
    free_rank,
    make_room,
    stands_at,
)
from partners.canvases.reading import know_changed, know_words
from partners.events import log

LOOK_FIELDS = ("fill", "tags", "weight", "basis", "beneficiary", "verdict", "target_block")


def look_of(note: Note) -> dict[str, Any]:
    """Return what a note carries beside its words."""
    return {name: getattr(note, name) for name in LOOK_FIELDS}


def record_added(change: log.Change, note: Note) -> None:
    """Record a note that has just been saved."""
    fields = look_of(note) | {
        # who sees a business model does not always see the sheet of which a note on it speaks
        "source_note": str((note.canvas.partnership_id and note.source_note_id) or ""),
        "stands_in": note.stands_in,
    }
    change.record(
        events.NoteAdded(
            **_about(note), block=note.block, text=note.text, rank=note.rank, fields=fields, draws=sources_of(note)
        )
    )


def record_edit(
    change: log.Change, note: Note, text: str, *, merged: bool, typed: str = "", save: Callable[..., None] = rows.save
) -> None:
    """Write other words and record them, with what was `typed` where that differs; nothing when they are the same."""
    if text == note.text:
        return
    before, note.text = note.text, text
    note.text_version += 1
    save(note, "text", "text_version", "updated_at")
    version = note.text_version
    about = _about(note)
    change.record(events.NoteEdited(**about, before=before, text=text, version=version, merged=merged, typed=typed))


def record_look(change: log.Change, note: Note, look: dict[str, Any]) -> None:
    """Write the fields that differ and record them."""
    after = {name: value for name, value in look.items() if name in LOOK_FIELDS and getattr(note, name) != value}
    if not after:
        return
    before = {name: getattr(note, name) for name in after}
    for name, value in after.items():
        setattr(note, name, value)
    rows.save(note, *after, "updated_at")
    change.record(events.NoteLooked(**_about(note), text=note.text, before=before, after=after))


def record_move(
    change: log.Change,
    note: Note,
    *,
    to: CanvasInView,
    block: str,
    after: Place = None,
    rank: str | None = None,
    look: dict[str, Any] | None = None,
) -> None:
    """Give a note its new place and record it on both sheets; nothing when it stands there already.

    `rank` is one that the note had there, which goes before `after`: a note that is moved back stands as it stood, in
    front of what was put in its place, and `look` holds what the first move had given it. What the new block needs is
    given to it, and told with the move.
    """
    kind = block_of(to.canvas, block)
    if rank is not None:
        rank = free_rank(to.canvas, kind.key, rank, of=note)
    elif stands_at(note, to.canvas, kind.key, after):
        return
    origin: dict[str, Any] = {"from_canvas": str(note.canvas_id), "from_block": note.block, "from_rank": note.rank}
    if rank is None:
        rank = find_rank(to.canvas, kind.key, after, without=note.pk)
    leaves = note.canvas_id != to.canvas.pk
    if leaves:
        make_room(to.canvas)
        change.record(
            events.NoteMoved(**_about(note), text=note.text, block=kind.key, rank=rank, arrived=False, **origin)
        )
    note.canvas, note.block, note.rank = to.canvas, kind.key, rank
    before, given = _dress(note, kind, look or {})
    rows.save(note, "canvas", "block", "rank", "updated_at", *given)
    change.record(
        events.NoteMoved(
            **_about(note),
            text=note.text,
            block=kind.key,
            rank=rank,
            draws=sources_of(note),
            before=before,
            after=given,
            **origin,
        )
    )


def _dress(note: Note, kind: BlockKind, look: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set these fields and what a block needs; returns what differs, as it was and as it is."""
    was = {name: getattr(note, name) for name in LOOK_FIELDS}
    for name, value in look.items():
        setattr(note, name, value)
    for name, value in block_defaults(note, kind).items():
        setattr(note, name, value)
    now = {name: getattr(note, name) for name in LOOK_FIELDS if getattr(note, name) != was[name]}
    return {name: was[name] for name in now}, now


def record_deletion(change: log.Change, note: Note) -> None:
    """Put a living note into the trash and record it."""
    note.deleted_at = timezone.now()
    rows.save(note, "deleted_at", "updated_at")
    change.record(events.NoteDeleted(**_about(note), text=note.text, block=note.block, draws=sources_of(note)))


def record_restoration(change: log.Change, note: Note, *, to_move: bool = False) -> None:
    """Bring a note back from the trash and record it; raises `Invalid` when its sheet is full, unless it is `to_move`
    to another at once."""
    if not to_move:
        make_room(note.canvas)
    note.deleted_at = None
    rows.save(note, "deleted_at", "updated_at")
    change.record(events.NoteRestored(**_about(note), text=note.text, block=note.block, draws=sources_of(note)))


def locked(note: Note, *, to_move: bool = False) -> Note:
    """Read a note again under its lock; raises `NotFound` when the trash was emptied meanwhile."""
    fresh = lock_note(note.pk, to_move=to_move)
    if fresh is None:
        raise NotFound
    return as_known(fresh, note)


def as_known(fresh: Note, note: Note) -> Note:
    """Give a note that was read again what has been read before: its sheet and its author, if they are the same."""
    if fresh.canvas_id == note.canvas_id:
        fresh.canvas = note.canvas
    if fresh.author_id == note.author_id:
        fresh.author = note.author
    return fresh


def know_afterwards(change: log.Change, note: Note) -> None:
    """Spare those who draw a note that a change has written under its lock to read it again, if it does nothing else.

    Else nobody can tell here what is joined to the note then and hangs on it. Its words are known in any case.
    """

    def committed() -> None:
        if change.seq is None:
            return
        know_words(note, epoch=change.epoch)
        if len(change.events) == 1 and not change.redrawn and not change.events[0].draws:
            know_changed(note, epoch=change.epoch, number=change.seq)

    transaction.on_commit(committed)


def alive(note: Note) -> Note:
    """Return the note; raises `Conflict` when somebody deleted it meanwhile."""
    if note.deleted_at:
        raise Conflict(_("Somebody deleted this note."), code="deleted", yours=note.text, theirs="")
    return note


def sources_of(note: Note) -> tuple[UUID, ...]:
    """The business-model note whose mark (*offered*, *wanted*) changes with this one.

    It is locked, like all that a change draws anew.
    """
    if note.source_note_id is None:
        return ()
    lock_note(note.source_note_id)
    return (note.source_note_id,)


def _about(note: Note) -> dict[str, Any]:
    return {
        "thing_id": note.pk,
        "canvas_id": note.canvas_id,
        "partnership_id": note.canvas.partnership_id,
    }
