"""Answers of the note requests: the pieces that changed, in the same HTML that the stream sends."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partners.base.errors import Conflict
from partners.base.http import pieces
from partners.canvases.access import CanvasInView
from partners.canvases.fragments import note_pieces
from partners.canvases.models import Canvas, Note
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


def ask_first(request: HttpRequest, question: Conflict, notes: list[Note]) -> HttpResponse:
    """Answer with what must be confirmed before these notes are deleted: in the dialog for htmx, else on a page.

    Anything but a question goes on to whoever answers errors.
    """
    if "ideas" not in question.details:
        raise question
    is_htmx = bool(getattr(request, "htmx", False))
    values = {
        "question": question.message,
        "ideas": len(question.details["ideas"]),
        "notes": notes,
        "address": request.path,
        "is_part": is_htmx,
        "back": sheet_address(notes[0].canvas),
    }
    template = "canvases/_question.html" if is_htmx else "canvases/question.html"
    answer = render(request, template, values, status=question.status)
    if is_htmx:
        answer["HX-Retarget"] = "#dialog"
        answer["HX-Reswap"] = "innerHTML"
    return answer


def sheet_address(canvas: Canvas) -> str:
    """Return where somebody without scripts finds a sheet: in its partnership; a business model from the workshop."""
    partnership = canvas.partnership
    if partnership is None:
        return reverse("workspaces:home", args=[canvas.workspace_id])
    side = "end" if canvas.organisation_id == partnership.second_id else "start"
    return reverse("partnerships:sheet", args=[partnership.pk, side])


def undo_toast(notes: list[Note]) -> str:
    """Return the toast that offers to bring deleted notes back."""
    return render_to_string("canvases/_toast_undo.html", {"notes": notes})
