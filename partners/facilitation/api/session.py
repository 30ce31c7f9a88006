"""The session of a workshop over REST: everybody reads it, facilitators lead by the operations of the bar."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import Invalid
from partners.facilitation import operations
from partners.facilitation.api.serializers import PageIn, SessionChanges, SessionOut
from partners.facilitation.models import Session
from partners.facilitation.pages import Page, page_for
from partners.workspaces.access import Viewer, partnership_for, viewer_in
from partners.workspaces.api.base import Resource
from partners.workspaces.rules import Action


class Sessions(Resource):
    """Step, timer, and where everybody is asked to be."""

    queryset = Session.objects.none()
    serializer_class = SessionOut
    filter_backends = ()
    pagination_class = None  # type: ignore[assignment]  # one answer has no pages

    @extend_schema(summary="How a workspace is being run")
    def retrieve(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Return the step, the timer, and where everybody is asked to be."""
        return self._session(viewer_in(self.identity, id))

    @extend_schema(summary="Lead the room", request=SessionChanges)
    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Set step, timer, where guests land and what the room screen shows (facilitators)."""
        viewer = self._leading(id)
        values = self.values(SessionChanges)
        with transaction.atomic():
            if "step" in values:
                operations.begin_step(viewer=viewer, key=values["step"])
            if "minutes" in values:
                _set_timer(viewer, values["minutes"])
            if "running" in values:
                (operations.resume_timer if values["running"] else operations.pause_timer)(viewer=viewer)
            if "landing" in values:
                operations.land_guests(viewer=viewer, page=_page(viewer, values["landing"]))
            if "shows_figures" in values:
                operations.show_figures(viewer=viewer, shown=values["shows_figures"])
        return self._session(viewer)

    @extend_schema(summary="Give one minute more", request=None)
    def minute(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Give one minute more; after time was up, one minute from now (facilitators)."""
        viewer = self._leading(id)
        operations.add_minute(viewer=viewer)
        return self._session(viewer)

    @extend_schema(summary="Bring everyone to a page", request=PageIn)
    def gathering(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Ask everybody who may see a page to come there (facilitators)."""
        viewer = self._leading(id)
        operations.gather(viewer=viewer, page=_page(viewer, self.values(PageIn)))
        return self._session(viewer)

    def _leading(self, workspace_id: UUID) -> Viewer:
        viewer = viewer_in(self.identity, workspace_id)
        viewer.require(Action.MANAGE)  # who may not lead hears that, and not first what was wrong with it
        return viewer

    def _session(self, viewer: Viewer) -> Response:
        workspace_id = viewer.workspace.pk
        now = Session.objects.filter(workspace=workspace_id).first() or Session(workspace_id=workspace_id)
        gathered = _told(viewer, now.gather_page)
        told = {
            "workspace": workspace_id,
            "step": now.step,
            "running": now.is_running,
            "seconds_left": now.left_s(timezone.now()),
            "gathered": gathered | {"number": now.gather_number} if gathered else None,
            "landing": _told(viewer, now.landing_page) if viewer.is_facilitator else None,
            "shows_figures": now.shows_figures,
        }
        return Response(SessionOut(told).data)


def _set_timer(viewer: Viewer, minutes: int | None) -> None:
    if minutes is None:
        operations.stop_timer(viewer=viewer)
    else:
        operations.start_timer(viewer=viewer, minutes=minutes)


def _page(viewer: Viewer, sent: dict[str, Any] | None) -> str:
    """Return the page that was sent as text, empty for none; raises `NotFound` or `Invalid`."""
    if sent is None:
        return ""
    partnership = partnership_for(viewer, sent["partnership"])
    sides = {partnership.first_id: "start", partnership.second_id: "end"}
    side = sides.get(sent.get("organisation") or partnership.first_id)
    if side is None:
        raise Invalid(_("This company is not part of the partnership."), code="foreign_company")
    return str(Page(partnership.pk, sent["place"], side))


def _told(viewer: Viewer, text: str) -> dict[str, Any] | None:
    """Return a page as values, None for one that this viewer may not see."""
    found = page_for(viewer, text)
    if found is None:
        return None
    page, partnership = found
    company = partnership.second_id if page.side == "end" else partnership.first_id
    return {"partnership": page.partnership_id, "place": page.place, "organisation": company}
