"""Answers of the note requests: the pieces that changed, in the same HTML that the stream sends."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from partners.base.http import pieces
from partners.canvases.access import CanvasInView
from partners.canvases.fragments import note_pieces
from partners.canvases.models import Note
from partners.workspaces.access import Viewer


def answer_notes(
    where: CanvasInView | Viewer, note_ids: Iterable[UUID], *extra: str, status: int = 200
) -> HttpResponse:
    """Answer with the present picture of some notes (or their removal), and further pieces.

    Given the sheet that was opened for this request, it is not asked again whether its reader may see it.
    """
    viewer, opened = (where, ()) if isinstance(where, Viewer) else (where.viewer, [where.canvas.pk])
    with translation.override(viewer.language):
        drawn = note_pieces(note_ids, viewer.audience, viewer.workspace, opened)
    return pieces(*drawn.values(), *extra, status=status)


def redrawn(*notes: Note) -> list[UUID]:
    """The notes whose picture changed with these: themselves, and the notes they were taken from."""
    return [pk for note in notes for pk in (note.pk, note.source_note_id) if pk]


def undo_toast(notes: list[Note]) -> str:
    """Return the toast that offers to bring deleted notes back."""
    return render_to_string("canvases/_toast_undo.html", {"notes": notes})
