"""Somebody's deadlines in a workshop: as a page, and as a feed that calendar programs read by a secret link."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from partners.base.errors import NotFound
from partners.overview.deadlines import as_calendar, deadlines_of
from partners.workspaces import operations
from partners.workspaces.access import Viewer, viewer_of_calendar
from partners.workspaces.models import CalendarLink, Membership
from partners.workspaces.views.shell import enter, is_on_this_computer_only, shell, site_address

TOPICS = ("ideas", "outcome", "partnerships")


@require_GET
def calendar(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What the reader has to do by when, and the way into their calendar."""
    viewer, cursor = enter(request, workspace_id)
    return _page(request, viewer, cursor)


@require_POST
def link(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Make the reader's secret link (`ended`: end it). It is shown once, in the answer: only its hash is kept."""
    viewer, cursor = enter(request, workspace_id)
    member = _member(viewer)
    if request.POST.get("ended"):
        operations.end_calendar_link(member)
        return redirect("workspaces:calendar", workspace_id)
    token = operations.make_calendar_link(member)
    address = site_address(request) + reverse("calendar-feed", args=[token])
    return _page(request, viewer, cursor, address=address)


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines of whose link this is, as an iCalendar file; 404 once the link has ended or they have left."""
    viewer = viewer_of_calendar(token)
    found = as_calendar(viewer.workspace.title, deadlines_of(viewer), site=site_address(request))
    return HttpResponse(
        found,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="deadlines.ics"', "Referrer-Policy": "no-referrer"},
    )


def _page(request: HttpRequest, viewer: Viewer, cursor: str, *, address: str = "") -> HttpResponse:
    values = shell(viewer, "home", cursor=cursor, topics=TOPICS)
    values |= {
        "deadlines": deadlines_of(viewer),
        "today": timezone.localdate(),
        "address": address,
        "only_here": bool(address) and is_on_this_computer_only(request),
        "has_link": CalendarLink.objects.filter(membership=_member(viewer)).exists(),
    }
    return render(request, "overview/calendar.html", values)


def _member(viewer: Viewer) -> Membership:
    if viewer.member is None:
        raise NotFound
    return viewer.member
