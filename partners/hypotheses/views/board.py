"""The ideas of a partnership and of a workshop: the pages, and what is moved on their map."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from partners.canvases.views.frame import frame_values, place_for
from partners.hypotheses import operations
from partners.hypotheses.access import idea_for, ideas_for
from partners.hypotheses.across import open_to
from partners.hypotheses.boards.board import QUADRANTS, draw_board
from partners.hypotheses.boards.filters import VIEWS, Asked
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import Viewer, viewer_in
from partners.workspaces.models import Partnership
from partners.workspaces.views.shell import enter, shell

TOPICS = ("ideas", "outcome", "compare")
WORKSHOP_TOPICS = ("ideas", "compare", "members", "organisations", "partnerships", "workspace")
LONGEST = 2000


@require_GET
def of_partnership(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The ideas of two companies; while their sheets are private, only that they are."""
    place = place_for(request, partnership_id)
    values = frame_values(place, "outcome", place.rail_side, [], topics=TOPICS)
    if place.partnership.sealed_at is not None:
        return render(request, "hypotheses/sealed.html", values)
    values |= _board_values(place.viewer, place.partnership, request.path, request.GET)
    return render(request, "hypotheses/board.html", values)


@require_GET
def of_workshop(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """The ideas of all partnerships that somebody sees."""
    viewer, cursor = enter(request, workspace_id)
    values = shell(viewer, "ideas", cursor=cursor, topics=WORKSHOP_TOPICS)
    values |= _board_values(viewer, None, request.path, request.GET)
    return render(request, "hypotheses/workshop.html", values)


@require_POST
def importance(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Say how important an idea is; `back` is the page of ideas on which that was done."""
    identity = identity_of(request)
    seen, idea = idea_for(identity, idea_id, deleted=False)
    path, query, name, of = _page_of(request.POST.get("back", ""), seen.partnership)
    is_workshop = name == "ideas:workshop"
    viewer, partnership = (viewer_in(identity, of), None) if is_workshop else _place_of(ideas_for(identity, of))
    operations.change_idea(seen=seen, idea=idea, importance=_number(request.POST.get("importance", "")))
    if not getattr(request, "htmx", False):
        return redirect(_address(path, query))
    return render(request, "hypotheses/_board.html", _board_values(viewer, partnership, path, query))


def _board_values(viewer: Viewer, partnership: Partnership | None, path: str, query: QueryDict) -> dict[str, Any]:
    """What the region of the ideas prints; `partnership` None: those of the workshop."""
    asked = Asked.of(query)
    if partnership is not None:
        partnership.workspace = viewer.workspace
    partnerships = [partnership] if partnership else open_to(viewer.audience, viewer.workspace)
    board = draw_board(viewer, partnerships, asked, is_workshop=partnership is None, today=timezone.localdate())
    return {
        "workspace": viewer.workspace,
        "partnership": partnership,
        "partnerships": partnerships,
        "board": board,
        "may_add": partnership is not None and PartnershipInView(viewer, partnership).may_negotiate(),
        "views": VIEWS,
        "quadrants": QUADRANTS,
        "query_now": query,
        "back": _address(path, query),
    }


def _place_of(seen: PartnershipInView) -> tuple[Viewer, Partnership]:
    return seen.viewer, seen.partnership


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _address(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path


def _page_of(back: str, partnership: Partnership) -> tuple[str, QueryDict, str, UUID]:
    """Return the page of ideas that an address names: path, query, its view's name, and of what; any other address is
    that of the partnership's ideas."""
    parts = urlsplit(back[:LONGEST]) if back.startswith("/") and not back.startswith("//") else urlsplit("")
    try:
        match = resolve(parts.path)
    except Resolver404:
        match = resolve(reverse("ideas:ideas", args=[partnership.pk]))
    if match.view_name not in ("ideas:ideas", "ideas:workshop"):
        match = resolve(reverse("ideas:ideas", args=[partnership.pk]))
    [of] = match.kwargs.values()
    return reverse(match.view_name, args=[of]), QueryDict(parts.query), match.view_name, of
