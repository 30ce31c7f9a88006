"""Private until reveal: sealing, revealing and looking, as plain forms that work without scripts too."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from partners.base.errors import NotFound
from partners.people.identity import identity_of
from partners.workspaces import operations
from partners.workspaces.access import Viewer, partnership_for, viewer_in
from partners.workspaces.models import Partnership


@require_POST
def seal(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """*Make private until reveal* (facilitators)."""
    return _do(request, partnership_id, operations.seal)


@require_POST
def reveal(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """*Reveal both* (facilitators)."""
    return _do(request, partnership_id, operations.reveal)


@require_POST
def look(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """*Look at what is private* (facilitators of no company); everybody is told."""
    return _do(request, partnership_id, operations.look_into)


def _do(request: HttpRequest, partnership_id: UUID, act: Callable[[Viewer, Partnership], Partnership]) -> HttpResponse:
    """Do it. An open page follows by its stream; without scripts the answer leads to the sketches."""
    workspace_id = Partnership.objects.filter(pk=partnership_id).values_list("workspace_id", flat=True).first()
    if workspace_id is None:
        raise NotFound
    viewer = viewer_in(identity_of(request), workspace_id)
    act(viewer, partnership_for(viewer, partnership_id))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("partnerships:sketch", partnership_id)
