"""What stands on sheets, as pieces of HTML: the same for pages, answers and the stream, drawn once per audience.

A piece is kept under the note, its `drawn` number, the log's epoch, the audience and the language: together they decide
how it looks, so a page of notes that somebody has seen before costs one light query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast
from uuid import UUID

from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from partners.canvases.access import visible_canvas_ids
from partners.canvases.models import Note
from partners.canvases.queries import DrawnNote, draw_notes, notes_on
from partners.events import fragments
from partners.events.fragments import Drawings, FeedScope
from partners.events.models import LogHead
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
    return _pieces_on(set(note_ids), visible_canvas_ids(audience), audience, workspace)


def stream_pieces(workspace_id: UUID, thing_ids: Collection[UUID], feed: FeedScope, upto: int) -> list[str]:
    """Return what a feed must hear about some notes; a note that left its sheets is a removal."""
    workspace = Workspace.objects.get(pk=workspace_id)
    with translation.override(feed.language):
        found = _pieces_on(set(thing_ids), feed.canvases, cast(Audience, feed.audience), workspace, upto)
    return list(found.values())


def _pieces_on(
    note_ids: set[UUID], canvas_ids: Collection[UUID], audience: Audience, workspace: Workspace, upto: int = 0
) -> dict[UUID, str]:
    rows = dict(Note.objects.filter(pk__in=note_ids).values_list("pk", "drawn"))
    there = notes_on(canvas_ids).filter(pk__in=note_ids).values_list("pk", "drawn")
    found: dict[UUID, str] = dict(_drawn_pieces(list(there), audience, workspace))
    for note_id in sorted(note_ids - found.keys()):
        found[note_id] = gone_html(note_id, max(upto, rows.get(note_id, 0)))
    return found


def _drawn_pieces(rows: list[tuple[UUID, int]], audience: Audience, workspace: Workspace) -> dict[UUID, SafeString]:
    """The pieces of notes given as (id, drawn): kept ones, and the others drawn now and kept."""
    epoch = LogHead.objects.filter(workspace_id=workspace.pk).values_list("epoch", flat=True).first()
    look = (epoch, audience.key, translation.get_language())
    found = {pk: SafeString(piece) for pk, drawn in rows if (piece := _drawings.get((pk, drawn, look))) is not None}
    missing = [pk for pk, _drawn in rows if pk not in found]
    if missing:
        for note in draw_notes(Note.objects.filter(pk__in=missing, deleted_at=None), audience, workspace):
            piece = note_html(note)
            _drawings.keep((note.id, note.drawn, look), piece)
            found[note.id] = piece
    return found


fragments.register("note", stream_pieces)
