"""What joint ideas put on the notes of some sheets, for the page that shows them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from partners.base.http import uuid_or_none
from partners.hypotheses.boards.marks import draw_marks
from partners.people.identity import identity_of
from partners.workspaces.access import Viewer, viewer_in

MOST_SHEETS = 20
"""A page shows at most four."""


@require_GET
@never_cache
def marked(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """The marks for the sheets that `canvas` (repeated) names, as far as the reader sees them."""
    return answer_marks(request, viewer_in(identity_of(request), workspace_id))


def answer_marks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Answer with the marks that a reader sees; what is no sheet of theirs is passed over."""
    named = (uuid_or_none(text) for text in request.GET.getlist("canvas")[:MOST_SHEETS])
    marks = draw_marks(viewer, {canvas_id for canvas_id in named if canvas_id}, today=timezone.localdate())
    return render(request, "hypotheses/_marked.html", {"marks": marks, "address": request.get_full_path()})
