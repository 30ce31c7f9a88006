"""The session bar: a timer that everybody sees, and for facilitators what leads the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.base.errors import Invalid
from partners.facilitation import operations
from partners.facilitation.agenda import AGENDA, step_of
from partners.facilitation.models import Session
from partners.facilitation.pages import own_side, page_for, read_page
from partners.people.identity import identity_of
from partners.value_fit.queries import is_begun
from partners.workspaces.access import Viewer, viewer_in

TOPIC = "session"


@require_http_methods(["GET", "POST"])
@never_cache
def session(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """The bar as it is now; POST `do` something in it first. `here` is the page that it stands on."""
    viewer = viewer_in(identity_of(request), workspace_id)
    fields = request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        _do(viewer, fields)
    return render(request, "facilitation/_session.html", _values(viewer, fields.get("here", "")))


def timer_values(workspace_id: UUID) -> dict[str, Any]:
    """Return what the timer prints: the session, the step, and the seconds left (None: no timer)."""
    found = Session.objects.filter(workspace=workspace_id).first() or Session(workspace_id=workspace_id)
    return {"session": found, "step": step_of(found.step), "left_s": found.left_s(timezone.now())}


def _values(viewer: Viewer, here: str) -> dict[str, Any]:
    values = timer_values(viewer.workspace.pk)
    found = values["session"]
    page = read_page(here)
    seen = page_for(viewer, here) if page and viewer.is_facilitator else None
    asked = page_for(viewer, found.gather_page)
    return values | {
        "viewer": viewer,
        "workspace": viewer.workspace,
        "here": str(page) if page else "",
        "partnership": seen[1] if seen else None,
        "is_compared": seen is not None and is_begun(seen[1].pk),
        "agenda": AGENDA,
        "gather_address": asked[0].address(own_side(viewer, asked[1])) if asked else "",
        "gather_title": asked[0].title if asked else "",
        "lands_here": page is not None and page.is_at(found.landing_page),
        "on_wall": page is not None and page.is_at(viewer.workspace.room_page),
    }


def _do(viewer: Viewer, fields: QueryDict) -> None:
    deeds: dict[str, Callable[[], object]] = {
        "step": lambda: operations.begin_step(viewer=viewer, key=fields.get("step", "")),
        "timer": lambda: operations.start_timer(viewer=viewer, minutes=_minutes(fields)),
        "minute": lambda: operations.add_minute(viewer=viewer),
        "pause": lambda: operations.pause_timer(viewer=viewer),
        "resume": lambda: operations.resume_timer(viewer=viewer),
        "stop": lambda: operations.stop_timer(viewer=viewer),
        "gather": lambda: operations.gather(viewer=viewer, page=fields.get("here", "")),
        "land": lambda: operations.land_guests(viewer=viewer, page=fields.get("here", "")),
        "land-anywhere": lambda: operations.land_guests(viewer=viewer, page=""),
        "show": lambda: operations.show_on_wall(viewer=viewer, page=fields.get("here", "")),
        "show-code": lambda: operations.show_on_wall(viewer=viewer, page=""),
        "figures": lambda: operations.show_figures(viewer=viewer, shown=fields.get("shown") == "1"),
    }
    deed = deeds.get(fields.get("do", ""))
    if deed is None:
        raise Invalid(_("The session bar cannot do that."), code="unknown")
    deed()


def _minutes(fields: QueryDict) -> int:
    text = fields.get("minutes", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
