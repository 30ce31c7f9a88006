"""The screen in the room: read-only, large, following the page that the facilitator chooses."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from partners.canvases.views.frame import marks_address
from partners.events import reads
from partners.facilitation.operations import show_on_wall
from partners.facilitation.views.session import timer_values
from partners.facilitation.views.wall import Shown, is_open, shown_to, wall_values
from partners.hypotheses.views.marked import answer_marks
from partners.people.identity import identity_of
from partners.workspaces.access import Viewer, partnership_for, viewer_in, viewer_of_room
from partners.workspaces.models import Invitation
from partners.workspaces.queries import code_for
from partners.workspaces.views.sharing import JoinBox, join_box
from partners.workspaces.views.shell import stream_address

TOPICS = ("room", "sharing", "workspace", "organisations", "partnerships", "session")


@require_GET
@never_cache
def room(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the moment, or, before anything is shown, how to join, as large as it gets."""
    viewer = viewer_of_room(token)
    cursor = reads.cursor(viewer.workspace.pk)
    shown = shown_to(viewer)
    with translation.override(viewer.language):
        values = _values(request, viewer, token, shown) | {"cursor": cursor}
        topics = list(dict.fromkeys((*TOPICS, *values.get("topics", ()))))
        canvases = values.get("canvases", [])
        values["idea_marks"] = marks_address(reverse("facilitation:room-marks", args=[token]), canvases)
        values["live"] = stream_address(viewer.workspace.pk, topics=topics, canvases=canvases, room=token)
        return render(request, "facilitation/room.html", values)


@require_GET
@never_cache
def now(request: HttpRequest, token: str) -> HttpResponse:
    """The comparison or outcome on the wall as it is now; nothing when the wall shows something else."""
    viewer = viewer_of_room(token)
    shown = shown_to(viewer)
    if shown is None or not shown.is_region or not is_open(viewer, shown):
        return HttpResponse(status=204)
    with translation.override(viewer.language):
        return render(request, "facilitation/_wall.html", _values(request, viewer, token, shown))


@require_GET
@never_cache
def marks(request: HttpRequest, token: str) -> HttpResponse:
    """What joint ideas put on the notes of the sheets on the wall."""
    viewer = viewer_of_room(token)
    with translation.override(viewer.language):
        return answer_marks(request, viewer)


@require_GET
@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Asked when the room may have moved on: has the screen load its page anew, or leaves it in peace."""
    viewer = viewer_of_room(token)
    shown = shown_to(viewer)
    if request.GET.get("print") == _print(viewer, shown, _box(request, viewer, token, shown)):
        return HttpResponse(status=204)
    response = HttpResponse(status=200)
    response["HX-Refresh"] = "true"
    return response


@require_GET
@never_cache
def timer(request: HttpRequest, token: str) -> HttpResponse:
    """The timer as it is now."""
    viewer = viewer_of_room(token)
    with translation.override(viewer.language):
        values = timer_values(viewer.workspace.pk)
        return render(request, "facilitation/_room_timer.html", values | {"token": token})


@require_POST
def show(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Send every room screen of the workshop to a page, or back to how to join (facilitators)."""
    viewer = viewer_in(identity_of(request), workspace_id)
    show_on_wall(viewer=viewer, page=request.POST.get("page", ""))
    return HttpResponse(status=204)


def _values(request: HttpRequest, viewer: Viewer, token: str, shown: Shown | None) -> dict[str, Any]:
    box = _box(request, viewer, token, shown)
    values = {
        "viewer": viewer,
        "workspace": viewer.workspace,
        "token": token,
        "box": box,
        "shown": shown,
        "print": _print(viewer, shown, box),
    }
    return values | timer_values(viewer.workspace.pk) | (wall_values(viewer, shown) if shown else {})


def _box(request: HttpRequest, viewer: Viewer, token: str, shown: Shown | None) -> JoinBox | None:
    """The way in that belongs to what is shown; a screen of one partnership never names another's code."""
    partnership = shown.partnership if shown else None
    if partnership is None:
        own = Invitation.objects.filter(kind=Invitation.Kind.ROOM, code=token, partnership__isnull=False).first()
        partnership = partnership_for(viewer, own.partnership_id) if own and own.partnership_id else None
    invitation = code_for(viewer.workspace, partnership)
    return join_box(request, invitation) if invitation else None


def _print(viewer: Viewer, shown: Shown | None, box: JoinBox | None) -> str:
    """A short mark of everything around the notes: another mark, another page."""
    parts = [viewer.workspace.title, viewer.workspace.language, box.code if box else ""]
    if shown:
        companies = (shown.partnership.first, shown.partnership.second)
        parts += [str(shown.page), *(name for each in companies for name in (each.name, each.short_name))]
        parts += [f"{fill} {meaning}" for fill, meaning in sorted(viewer.workspace.fill_meanings.items())]
        parts.append("" if is_open(viewer, shown) else "face down")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
