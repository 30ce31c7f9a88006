"""Pages that stand beside Compare, and what every page shows while both sheets are private until the reveal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partners.canvases.views.frame import Place, frame_values
from partners.value_fit.access import PartnershipInView, require_open

TOPICS = ("compare",)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page, say for the popover; what is around a page comes with the whole page."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and htmx.target != "around")


def beside(place: Place, *, compares: bool = False) -> tuple[PartnershipInView, dict[str, Any]]:
    """Return what the reader of a page beside Compare sees, and the frame around it. Raises `NotFound` while sealed."""
    seen = PartnershipInView(place.viewer, place.partnership)
    require_open(seen)
    values = frame_values(place, "compare", place.rail_side, [], topics=TOPICS, compares=compares)
    values |= {"compare": reverse("comparisons:compare", args=[place.partnership.pk])}
    return seen, values | {"can_on": {place.partnership.pk: ""}}  # when both sheets turn over, the page opens anew


def sealed(request: HttpRequest, place: Place) -> HttpResponse:
    """Say on a page that both sheets are private; it opens anew when they are revealed. A part is `NotFound`."""
    if wants_part(request):
        require_open(PartnershipInView(place.viewer, place.partnership))
    values = frame_values(place, "compare", place.rail_side, [], topics=TOPICS)
    return render(request, "value_fit/sealed.html", values)
