"""The screen in the room: read-only, large, following the page that the facilitator chooses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from partners.base.errors import Invalid
from partners.base.http import uuid_or_none
from partners.canvases.access import canvases_seen
from partners.canvases.boards import draw_sheets
from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP
from partners.events import reads
from partners.facilitation.views.session import timer_values
from partners.people.identity import identity_of
from partners.workspaces import operations
from partners.workspaces.access import Viewer, partnership_for, viewer_in, viewer_of_room
from partners.workspaces.models import Invitation, Organisation, Partnership
from partners.workspaces.queries import code_for, partnerships_seen
from partners.workspaces.views.sharing import JoinBox, join_box
from partners.workspaces.views.shell import stream_address

KIND_OF_PLACE = {"models": BUSINESS_MODEL.key, "sketch": PARTNERSHIP.key}
NUMBER_OF_PLACE = {"models": "1", "sketch": "2"}
SIDES = ("start", "end")
TOPICS = ("room", "sharing", "workspace", "organisations", "partnerships", "session")


@dataclass(frozen=True)
class Shown:
    """The page a room screen is at: one company's sheet at a place of a partnership."""

    partnership: Partnership
    place: str
    side: str

    @property
    def company(self) -> Organisation:
        """The company whose sheet it is."""
        return self.partnership.first if self.side == "start" else self.partnership.second


@require_GET
@never_cache
def room(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the moment, or, before anything is shown, how to join, as large as it gets."""
    viewer = viewer_of_room(token)
    cursor = reads.cursor(viewer.workspace.pk)
    shown = _shown(viewer)
    box = _box(request, viewer, token, shown)
    values: dict[str, Any] = {
        "viewer": viewer,
        "workspace": viewer.workspace,
        "token": token,
        "cursor": cursor,
        "box": box,
        "shown": shown,
        "print": _print(viewer, shown, box),
        "canvases": [],
    } | timer_values(viewer.workspace.pk)
    if shown is not None:
        values |= _sheet(viewer, shown) if _is_open(viewer, shown) else _face_down(shown)
    values["live"] = stream_address(viewer.workspace.pk, topics=TOPICS, canvases=values["canvases"], room=token)
    return render(request, "facilitation/room.html", values)


@require_GET
@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Asked when the room may have moved on: has the screen load its page anew, or leaves it in peace."""
    viewer = viewer_of_room(token)
    shown = _shown(viewer)
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
    values = timer_values(viewer.workspace.pk)
    return render(request, "facilitation/_room_timer.html", values | {"token": token})


@require_POST
def show(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """*Show this on the wall*: send every room screen of the workshop to a sheet (facilitators)."""
    viewer = viewer_in(identity_of(request), workspace_id)
    wanted = request.POST.get("page", "")
    if wanted:
        if (shown := _read(viewer, wanted)) is None:
            raise Invalid(_("The wall shows models and sketches."))
        wanted = f"{shown.partnership.pk}/{shown.place}/{shown.side}"
    operations.follow_in_room(viewer=viewer, page=wanted)
    return HttpResponse(status=204)


def _shown(viewer: Viewer) -> Shown | None:
    """Where the facilitator sent the screens, if this screen may see it."""
    return _read(viewer, viewer.workspace.room_page)


def _read(viewer: Viewer, page: str) -> Shown | None:
    partnership_id, _slash, rest = page.partition("/")
    place, _slash, side = rest.partition("/")
    wanted = uuid_or_none(partnership_id)
    if wanted is None or place not in KIND_OF_PLACE or side not in SIDES:
        return None
    found = partnerships_seen(viewer.audience).filter(pk=wanted).first()
    return Shown(found, place, side) if found else None


def _is_open(viewer: Viewer, shown: Shown) -> bool:
    """Whether the wall may show the sheet: neither sketch while they are private."""
    partnership_id = None if shown.place == "models" else shown.partnership.pk
    return viewer.audience.sees_sheet(partnership_id, shown.company.pk)


def _face_down(shown: Shown) -> dict[str, Any]:
    return {"face_down": True, "partnership": shown.partnership, "title": _("Sketch"), "number": "2"}


def _sheet(viewer: Viewer, shown: Shown) -> dict[str, Any]:
    canvas = (
        canvases_seen(viewer.audience)
        .select_related("organisation")
        .get(
            kind=KIND_OF_PLACE[shown.place],
            organisation=shown.company,
            partnership=None if shown.place == "models" else shown.partnership,
        )
    )
    (sheet,) = draw_sheets([canvas], viewer.audience, viewer.workspace, partnership=shown.partnership)
    return {
        "sheet": sheet,
        "partnership": shown.partnership,
        "canvases": [canvas.pk],
        "can_on": {canvas.pk: ""},
        "fills": [],
        "title": _("Models") if shown.place == "models" else _("Sketch"),
        "number": NUMBER_OF_PLACE[shown.place],
    }


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
        companies = (shown.partnership.first.name, shown.partnership.second.name)
        parts += [str(shown.partnership.pk), shown.place, shown.side, *companies]
        parts.append("" if _is_open(viewer, shown) else "face down")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
