"""Small requests about a whole sheet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from partners.canvases import operations
from partners.canvases.access import canvas_for
from partners.people.identity import identity_of


@require_POST
def lock(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Lock the sheet or open it again; the page hears of it by the stream."""
    sheet = canvas_for(identity_of(request), canvas_id)
    operations.lock_sheet(sheet=sheet, locked=request.POST.get("locked", "1") != "0")
    return HttpResponse(status=204)
