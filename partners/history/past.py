"""A sheet as it stood at any number of the log, exactly: the sheet of now, with all that came after taken back.

Every event holds what stood before it, so taking back is setting, never reckoning: rows are read first and the log
after them, and what is committed in between is taken back as well. A few queries, however much happened since; no
pictures of old boards are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from partners.canvases.access import CanvasInView, visible_canvas_ids
from partners.canvases.models import Comment, Note, Thumb
from partners.canvases.operations.steps import LOOK_FIELDS
from partners.events.models import Event


@dataclass
class NoteThen:
    """A note at a moment: everything of it that can change, and the ids of the comments that stood."""

    pk: UUID
    canvas_id: UUID
    block: str
    rank: str
    text: str
    version: int
    look: dict[str, Any]
    stands_in: bool
    confirmed_by_id: UUID | None
    is_there: bool
    thumbs: frozenset[UUID] = frozenset()
    comments: frozenset[UUID] = frozenset()
    was_made: bool = True


@dataclass(frozen=True)
class Board:
    """A sheet at the number `seq` of the log: its living notes by id, in the order of rank, then id."""

    seq: int
    notes: dict[UUID, NoteThen] = field(default_factory=dict)


def boards_at(sheet: CanvasInView, numbers: Sequence[int]) -> list[Board]:
    """Return the sheet at each of some numbers, in their order, as its viewer may know it: in four queries.

    A note that stands now on a sheet that is hidden from the viewer is hidden in the past too; to know these takes one
    query more.
    """
    oldest = min(numbers)
    notes = _now(_notes(sheet, oldest))
    told = _told_since(sheet, oldest, notes)
    wanted = sorted(set(numbers), reverse=True)
    found: dict[int, Board] = {}
    for seq, kind, thing_id, actor_id, data in told.values_list("seq", "kind", "thing_id", "actor_id", "data"):
        while wanted and seq <= wanted[0]:
            number = wanted.pop(0)
            found[number] = _board(sheet, notes, number)
        if note := notes.get(thing_id):
            _BEFORE[kind](note, data, actor_id)
    found |= {number: _board(sheet, notes, number) for number in wanted}
    return [found[number] for number in numbers]


def _now(rows: QuerySet[Note]) -> dict[UUID, NoteThen]:
    """The notes as they are now, with what hangs on them."""
    notes = {note.pk: note for note in _read(rows)}
    for note_id, member_id in Thumb.objects.filter(note__in=notes).order_by().values_list("note_id", "member_id"):
        notes[note_id].thumbs |= {member_id}
    said = Comment.objects.filter(note__in=notes, deleted_at=None).order_by()
    for note_id, comment_id in said.values_list("note_id", "pk"):
        notes[note_id].comments |= {comment_id}
    return notes


def _notes(sheet: CanvasInView, since: int) -> QuerySet[Note]:
    """The notes that stand on the sheet, lie in its trash, or have left it since."""
    canvas, audience = sheet.canvas, sheet.viewer.audience
    moved = Event.objects.filter(workspace_id=canvas.workspace_id, canvas=canvas, seq__gt=since, kind="note_moved")
    notes = Note.objects.filter(Q(canvas=canvas) | Q(pk__in=moved.values("thing_id"))).order_by()
    return notes if audience.is_whole else notes.filter(canvas_id__in=visible_canvas_ids(audience))


def _told_since(sheet: CanvasInView, since: int, notes: Collection[UUID]) -> QuerySet[Event]:
    told = Event.objects.filter(workspace_id=sheet.canvas.workspace_id, seq__gt=since)
    return told.filter(thing_id__in=notes, kind__in=list(_BEFORE)).order_by("-seq")


def _read(notes: QuerySet[Note]) -> list[NoteThen]:
    rows = notes.values_list(
        "pk",
        "canvas_id",
        "block",
        "rank",
        "text",
        "text_version",
        "stands_in",
        "confirmed_by_id",
        "deleted_at",
        *LOOK_FIELDS,
    )
    return [
        NoteThen(
            pk=pk,
            canvas_id=canvas_id,
            block=block,
            rank=rank,
            text=text,
            version=version,
            look=dict(zip(LOOK_FIELDS, look, strict=True)),
            stands_in=stands_in,
            confirmed_by_id=confirmed,
            is_there=deleted is None,
        )
        for pk, canvas_id, block, rank, text, version, stands_in, confirmed, deleted, *look in rows
    ]


def _board(sheet: CanvasInView, notes: dict[UUID, NoteThen], seq: int) -> Board:
    standing = [
        note for note in notes.values() if note.was_made and note.is_there and note.canvas_id == sheet.canvas.pk
    ]
    standing.sort(key=lambda note: (note.rank, note.pk))
    return Board(seq, {note.pk: copy(note) for note in standing})


Before = Callable[[NoteThen, dict[str, Any], UUID | None], None]


def _added(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.was_made = False


def _edited(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.text, note.version = data["before"], data["version"] - 1


def _looked(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.look = note.look | data["before"]


def _moved(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    if data["arrived"]:
        note.canvas_id, note.block, note.rank = UUID(data["from_canvas"]), data["from_block"], data["from_rank"]
        note.look = note.look | data["before"]


def _deleted(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.is_there = True


def _restored(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.is_there = False


def _confirmed(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.confirmed_by_id = UUID(data["before"]) if data["before"] else None


def _thumbed(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    if actor is not None:
        note.thumbs = note.thumbs - {actor} if data["given"] else note.thumbs | {actor}


def _said(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.comments = note.comments - {UUID(data["comment"])}


def _unsaid(note: NoteThen, data: dict[str, Any], actor: UUID | None) -> None:
    note.comments = note.comments | {UUID(data["comment"])}


_BEFORE: dict[str, Before] = {
    "note_added": _added,
    "note_edited": _edited,
    "note_looked": _looked,
    "note_moved": _moved,
    "note_deleted": _deleted,
    "note_restored": _restored,
    "note_confirmed": _confirmed,
    "note_thumbed": _thumbed,
    "comment_added": _said,
    "comment_deleted": _unsaid,
}
"""By kind of event, how to put back what stood before it."""

KINDS = tuple(_BEFORE)
"""The kinds of event that change a sheet's picture."""
