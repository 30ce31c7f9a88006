"""What was learned in time: the timeline of two companies, and of all partnerships of a workshop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from partners.canvases.views.frame import place_for
from partners.hypotheses.across import open_to
from partners.hypotheses.boards.filters import VIEWS
from partners.hypotheses.boards.timefilters import AskedOfTime
from partners.hypotheses.boards.timeline import draw_timeline
from partners.hypotheses.views.page import frame_of, sealed
from partners.workspaces.access import Viewer
from partners.workspaces.models import Partnership
from partners.workspaces.views.shell import enter, shell

TOPICS = ("ideas", "compare", "members", "organisations", "partnerships", "workspace")


@require_GET
def of_partnership(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """What two companies learned; while their sheets are private, only that they are."""
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    place.partnership.workspace = place.viewer.workspace
    values = frame_of(place) | _values(request, place.viewer, [place.partnership], is_workshop=False)
    return render(request, "hypotheses/timeline.html", values)


@require_GET
def of_workshop(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What was learned in all partnerships that somebody sees."""
    viewer, cursor = enter(request, workspace_id)
    values = shell(viewer, "ideas", cursor=cursor, topics=TOPICS)
    values |= _values(request, viewer, open_to(viewer.audience, viewer.workspace), is_workshop=True)
    return render(request, "hypotheses/workshop_timeline.html", values)


def _values(
    request: HttpRequest, viewer: Viewer, partnerships: list[Partnership], *, is_workshop: bool
) -> dict[str, Any]:
    asked, today = AskedOfTime.of(request.GET), timezone.localdate()
    return {
        "board": draw_timeline(viewer, partnerships, asked, is_workshop=is_workshop, today=today),
        "views": VIEWS,
        "query_now": request.GET,
    }
