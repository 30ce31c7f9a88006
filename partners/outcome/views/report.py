"""The report: one document that the browser prints."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from partners.canvases.views.frame import frame_values, place_for
from partners.outcome.boards.report import PEOPLE, draw_report
from partners.outcome.views.page import TOPICS
from partners.value_fit.access import PartnershipInView


@require_GET
def report(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """All that two companies take home; `?people=` shows people by `names`, by `initials`, or not at all (`none`)."""
    place = place_for(request, partnership_id)
    shown = request.GET.get("people", "")
    shown = shown if shown in PEOPLE else PEOPLE[0]
    values = frame_values(place, "outcome", "start", [], topics=TOPICS)
    values["report"] = draw_report(PartnershipInView(place.viewer, place.partnership), shown)
    values["switch"] = list(zip(PEOPLE, (_("Names"), _("Initials"), _("No people")), strict=True))
    return render(request, "outcome/report.html", values)
