"""Small requests about a whole sheet: its board anew, a block's questions, the lock."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from partners.base.http import pieces
from partners.canvases import operations
from partners.canvases.access import canvas_for
from partners.canvases.fragments import note_html
from partners.canvases.queries import draw_notes, notes_on
from partners.events import reads
from partners.people.identity import identity_of


@require_GET
def board(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """All notes of a sheet as they are now, for a page that has lost its place in the log.

    The answer's `X-Cursor` is where the page stands afterwards; what is not among the pieces is gone.
    """
    sheet = canvas_for(identity_of(request), canvas_id)
    cursor = reads.cursor(sheet.canvas.workspace_id)
    with translation.override(sheet.viewer.language):
        notes = draw_notes(notes_on([canvas_id]), sheet.viewer.audience, sheet.viewer.workspace)
        response = pieces(*[note_html(note) for note in notes])
    response["X-Cursor"] = cursor
    return response


@require_POST
def lock(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Lock the sheet or open it again; the page hears of it by the stream."""
    sheet = canvas_for(identity_of(request), canvas_id)
    operations.lock_sheet(sheet=sheet, locked=request.POST.get("locked", "1") != "0")
    return HttpResponse(status=204)
