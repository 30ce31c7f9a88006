"""The two buttons, and Ctrl+Z."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners.base.http import uuid_or_none
from partners.canvases.views.answers import answer_notes
from partners.history import operations
from partners.history.operations import Stuck, Undone
from partners.people.identity import identity_of
from partners.value_fit.fragments import pieces_for
from partners.workspaces.access import Viewer, viewer_in


@require_POST
def undo(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Take back my newest change, the one in which I deleted a note, or the one that is named."""
    viewer = viewer_in(identity_of(request), workspace_id)
    before, deleted, only = (uuid_or_none(request.POST.get(name)) for name in ("before", "deleted", "change"))
    try:
        undone = operations.undo(viewer=viewer, before=before, deleted=deleted, only=only)
    except Stuck as stuck:
        return _stuck(request, stuck, workspace_id, "undo")
    return _answer(viewer, undone, _("Undone: %(what)s"))


@require_POST
def redo(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Do again what I have just undone."""
    viewer = viewer_in(identity_of(request), workspace_id)
    try:
        redone = operations.redo(viewer=viewer, before=uuid_or_none(request.POST.get("before")))
    except Stuck as stuck:
        return _stuck(request, stuck, workspace_id, "redo")
    return _answer(viewer, redone, _("Redone: %(what)s"))


def _answer(viewer: Viewer, undone: Undone, wording: str) -> HttpResponse:
    values = {"said": wording % {"what": undone.what}, "left": undone.left}
    rows = pieces_for(viewer, undone.told)  # the stream may be down
    return answer_notes(viewer, undone.notes, *rows, render_to_string("history/_toast.html", values))


def _stuck(request: HttpRequest, stuck: Stuck, workspace_id: UUID, way: str) -> HttpResponse:
    """Say why not, and offer to go past it: else one refusal would bar the way to all that came before."""
    values = {"error": stuck, "workspace_id": workspace_id, "way": way}
    response = render(request, "history/_stuck.html", values, status=stuck.status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response
