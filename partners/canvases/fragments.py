"""What stands on sheets, as pieces of HTML: the same for pages, answers and the stream, drawn once per audience.

A piece is kept under the note, its `drawn` number, the log's epoch, the audience and the language: together they decide
how it looks, so a page of notes that somebody has seen before costs one light query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from partners.canvases.access import canvases_seen
from partners.canvases.models import Note
from partners.canvases.queries import DrawnNote, NotesRead, notes_on
from partners.events import fragments
from partners.events.fragments import Drawings, FeedScope, Wanted
from partners.workspaces.access import Audience
from partners.workspaces.models import Workspace

_note_template = SimpleLazyObject(lambda: get_template("canvases/_note.html"))
_drawings = Drawings()


def note_html(note: DrawnNote) -> SafeString:
    """Return a note as it stands on every page of its audience."""
    return SafeString(_note_template.render({"note": note}))  # our own template, which escapes


def gone_html(note_id: UUID, drawn: int) -> str:
    """Return the removal of a note, as of a log number."""
    return f'<del data-gone="note-{note_id}" data-drawn="{drawn}"></del>'


def board_pieces(
    canvas_ids: Collection[UUID], audience: Audience, workspace: Workspace
) -> dict[tuple[UUID, str], list[SafeString]]:
    """Return the drawn notes of some sheets by (canvas, block), in order; at most 7 queries, 2 when all are known."""
    rows = list(notes_on(canvas_ids).order_by("rank", "pk").values_list("pk", "canvas_id", "block", "drawn"))
    drawn = _drawn_pieces([(pk, number) for pk, _canvas, _block, number in rows], audience, workspace)
    found: dict[tuple[UUID, str], list[SafeString]] = {}
    for pk, canvas_id, block, _number in rows:
        if pk in drawn:
            found.setdefault((canvas_id, block), []).append(drawn[pk])
    return found


def note_pieces(note_ids: Iterable[UUID], audience: Audience, workspace: Workspace) -> dict[UUID, str]:
    """Return the present picture of some notes for an audience: each as it stands, or its removal."""
    ids = set(note_ids)
    there = Note.objects.filter(pk__in=ids, deleted_at=None, canvas__in=canvases_seen(audience)).order_by()
    found: dict[UUID, str] = dict(_drawn_pieces(list(there.values_list("pk", "drawn")), audience, workspace))
    if missing := sorted(ids - found.keys()):
        numbers = dict(Note.objects.filter(pk__in=missing).values_list("pk", "drawn"))
        found |= {note_id: gone_html(note_id, numbers.get(note_id, 0)) for note_id in missing}
    return found


def stream_pieces(workspace: Workspace, wanted: Wanted, upto: int) -> dict[FeedScope, list[str]]:
    """Return what each feed must hear about some notes; a note that left its sheets is a removal."""
    asked = {note_id for note_ids in wanted.values() for note_id in note_ids}
    living = Note.objects.filter(pk__in=asked, deleted_at=None).order_by()
    rows = list(living.values_list("pk", "drawn", "canvas_id"))
    notes = _LazyNotes(living)
    pieces = {}
    for feed, note_ids in wanted.items():
        here = [(pk, drawn) for pk, drawn, canvas_id in rows if pk in note_ids and canvas_id in feed.canvases]
        with translation.override(feed.language):
            found: dict[UUID, str] = dict(_drawn_pieces(here, cast(Audience, feed.audience), workspace, notes))
        gone = sorted(set(note_ids) - found.keys())
        pieces[feed] = [*found.values(), *(gone_html(note_id, upto) for note_id in gone)]
    return pieces


class _LazyNotes:
    """Notes that are read from the database when the first audience needs one drawn, and then for all of them."""

    def __init__(self, notes: QuerySet[Note]) -> None:
        self._notes = notes

    @cached_property
    def read(self) -> NotesRead:
        """The notes with all that hangs on them."""
        return NotesRead(self._notes)


def _drawn_pieces(
    rows: list[tuple[UUID, int]], audience: Audience, workspace: Workspace, notes: _LazyNotes | None = None
) -> dict[UUID, SafeString]:
    """The pieces of notes given as (id, drawn): kept ones, and the others drawn now and kept."""
    look = (workspace.log_head.epoch, audience.key, translation.get_language())
    found = {pk: SafeString(piece) for pk, drawn in rows if (piece := _drawings.get((pk, drawn, look))) is not None}
    missing = {pk for pk, _drawn in rows if pk not in found}
    if missing:
        notes = notes or _LazyNotes(Note.objects.filter(pk__in=missing, deleted_at=None))
        for note in notes.read.drawn_for(audience, workspace):
            if note.id in missing:
                piece = note_html(note)
                _drawings.keep((note.id, note.drawn, look), piece)
                found[note.id] = piece
    return found


fragments.register("note", stream_pieces)
