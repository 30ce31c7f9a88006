"""A note's versions: in the dialog, and as a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from partners.base.errors import Conflict
from partners.canvases.access import CanvasInView, note_for
from partners.canvases.models import Note
from partners.events import reads
from partners.history import operations
from partners.history.versions import versions_of
from partners.people.identity import identity_of
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import shell

A_PAGE = 20


@require_GET
def versions(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """The wordings of a note, the newest first: into the dialog for htmx, else as a page."""
    sheet, note = note_for(identity_of(request), note_id, deleted=None)
    return _answer(request, sheet, note)


@require_POST
def restoration(request: HttpRequest, note_id: UUID, number: int) -> HttpResponse:
    """Give the note the words of one version."""
    sheet, note = note_for(identity_of(request), note_id, deleted=None)
    base = request.POST.get("base_version", "")
    try:
        note = operations.restore_version(
            sheet=sheet, note=note, number=number, base_version=int(base) if base.isdecimal() else None
        )
    except Conflict as conflict:
        note.refresh_from_db()
        return _answer(request, sheet, note, error=_refused(conflict), status=conflict.status)
    if not getattr(request, "htmx", False):
        return redirect("history:versions", note_id)
    return _answer(request, sheet, note, said=_("These are its words again. Undo takes that back."))


def _refused(conflict: Conflict) -> str:
    """Why it was not brought back, in the words of somebody who looks at versions."""
    if conflict.code == "same_words":
        return _("Somebody has just changed the same words, so nothing was changed. This is how it stands now.")
    return conflict.message


def _answer(
    request: HttpRequest, sheet: CanvasInView, note: Note, *, error: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    viewer = sheet.viewer
    page = Paginator(versions_of(sheet, note), A_PAGE).get_page(request.GET.get("page"))
    values: dict[str, Any] = {
        "note": note,
        "page": page,
        "may_restore": sheet.may(Action.WRITE) and note.deleted_at is None,
        "error": error,
        "said": said,
    }
    if getattr(request, "htmx", False):
        return render(request, "history/_versions.html", values | {"heading": "h2"}, status=status)
    values |= shell(viewer, "", cursor=reads.cursor(viewer.workspace.pk), topics=("counts", "members"))
    return render(request, "history/versions.html", values, status=status)
