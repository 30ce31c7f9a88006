"""Sheets and notes are locked in one order, so that nobody waits in a circle.

Sheets first; then notes, those that were taken from another (`source_note`) before that one; the log's head last
(`partners.events.log`). Each kind goes in the order of keys. Notes that look different because of a change are locked
too before it has the head: who writes on one of them holds it while waiting for the head.

All locks are `no_key`: events, comments and pairs that point at the row are checked while committing, when their writer
holds the log's head, which who holds this lock is waiting for.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from partners.base.prepared import Prepared
from partners.canvases.models import Canvas, Note

TAKEN_FIRST = (ExpressionWrapper(Q(source_note=None), output_field=BooleanField()), "pk")


def lock_sheets(*ids: UUID) -> None:
    """Wait for others who place notes on these sheets; must be called inside a transaction, like all of these."""
    _sheets(ids=ids)


@Prepared
def _sheets(*, ids: Collection[UUID]) -> QuerySet[Canvas, tuple[UUID]]:
    return Canvas.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk")


def lock_note(note_id: UUID, *, to_move: bool = False) -> Note | None:
    """Lock a note and return it, without its sheet and author; see `lock_notes`."""
    if not to_move:
        return _note.one(note_id=note_id)
    return next((note for note in _note_to_move(note_id=note_id) if note.pk == note_id), None)


@Prepared
def _note(*, note_id: UUID) -> QuerySet[Note]:
    return Note.objects.select_for_update(no_key=True).filter(pk=note_id).order_by()


@Prepared
def _note_to_move(*, note_id: UUID) -> QuerySet[Note]:
    which = Q(pk=note_id) | Q(source_note=note_id)
    return Note.objects.select_for_update(no_key=True).filter(which).order_by(*TAKEN_FIRST)


def lock_notes(ids: Collection[UUID], *, to_move: bool = False) -> dict[UUID, Note]:
    """Lock notes and those that they were taken from, and return them with sheet and author, deleted ones included.

    With those `to_move` the ones that were taken from them are locked, which say from which block they came.
    """
    asked = set(ids)
    which = Q(pk__in=asked) | Q(pk__in=Note.objects.filter(pk__in=asked).order_by().values("source_note"))
    if to_move:
        which |= Q(source_note__in=asked)
    notes = Note.objects.filter(which).select_related("canvas__organisation", "canvas__partnership", "author")
    locked = notes.select_for_update(of=("self",), no_key=True).order_by(*TAKEN_FIRST)
    return {note.pk: note for note in locked if note.pk in asked}


def lock_all(notes: QuerySet[Note]) -> list[UUID]:
    """Lock notes that are selected in any way, and return their keys."""
    # Apart from what selects them: tables that are joined to select would be locked as well.
    locked = Note.objects.filter(pk__in=notes.order_by().values("pk")).select_for_update(no_key=True)
    return list(locked.order_by(*TAKEN_FIRST).values_list("pk", flat=True))


def hold_partnership(partnership_id: UUID) -> None:
    """Lock a partnership's sheets with all notes on them, and those that these were taken from.

    Teams are at work while sheets are sealed and revealed.
    """
    sheets = Canvas.objects.filter(partnership=partnership_id).select_for_update(no_key=True)
    list(sheets.order_by("pk").values_list("pk"))
    on_them = Note.objects.filter(canvas__partnership=partnership_id)
    lock_all(Note.objects.filter(Q(pk__in=on_them.values("pk")) | Q(pk__in=on_them.values("source_note"))))
