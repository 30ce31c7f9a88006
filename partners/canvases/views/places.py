"""The partnership page: one frame, four places. Models and Sketch stand here; places never gate."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from partners.canvases.boards import DrawnBlock, DrawnSheet
from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP
from partners.canvases.views.frame import (
    SIDES,
    Place,
    drawn_sheets,
    frame_values,
    other_side,
    place_for,
    sheet_values,
    sheets_of,
)


@dataclass(frozen=True)
class Rail:
    """Beside a business model: what the reader's company wants and brings."""

    side: str
    organisation_name: str
    partner_name: str
    wants: DrawnBlock
    brings: DrawnBlock


@require_GET
def start(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A partnership without a place opens at its models."""
    place = place_for(request, partnership_id)
    return redirect("partnerships:model", partnership_id, place.rail_side)


@require_GET
def models(request: HttpRequest, partnership_id: UUID, side: str = "") -> HttpResponse:
    """Place 1: one business model full width, with the reader's wants and offers beside it.

    For who belongs to neither company, and may not read its sheet before the reveal, that lies face down.
    """
    place = place_for(request, partnership_id)
    side = _side(side) or place.rail_side
    canvases = sheets_of(place)
    shown = [canvases[BUSINESS_MODEL.key, place.company(side).pk]]
    if place.sees(place.rail_side):
        shown.append(canvases[PARTNERSHIP.key, place.company(place.rail_side).pk])
    sheet, *rail_sheets = drawn_sheets(place, shown)
    rail = _rail(place, rail_sheets[0]) if rail_sheets else None
    values = frame_values(place, "model", side, shown) | sheet_values(place, shown)
    values |= {"sheet": sheet, "rail": rail, "rail_side": place.rail_side}
    return render(request, "canvases/models.html", values)


@require_GET
def sketch(request: HttpRequest, partnership_id: UUID, side: str = "") -> HttpResponse:
    """Place 2: one side's Partnership Canvas full, the other side's at the edge; face down what is private."""
    place = place_for(request, partnership_id)
    side = _side(side) or place.rail_side
    other = other_side(side)
    edge = {
        "side": other,
        "name": place.company(other).short_name,
        "href": reverse("partnerships:sheet", args=[partnership_id, other]),
        "is_private": not place.sees(other),
    }
    if not place.sees(side):
        return render(request, "canvases/face_down.html", frame_values(place, "sheet", side, []) | {"edge": edge})
    canvas = sheets_of(place)[PARTNERSHIP.key, place.company(side).pk]
    (sheet,) = drawn_sheets(place, [canvas])
    values = frame_values(place, "sheet", side, [canvas]) | sheet_values(place, [canvas])
    return render(request, "canvases/sketch.html", values | {"sheet": sheet, "edge": edge})


def _rail(place: Place, sheet: DrawnSheet) -> Rail:
    return Rail(
        side=place.rail_side,
        organisation_name=place.company(place.rail_side).short_name,
        partner_name=place.company(other_side(place.rail_side)).short_name,
        wants=sheet.block("desired_value"),
        brings=sheet.block("value_offer"),
    )


def _side(side: str) -> str:
    if side and side not in SIDES:
        raise Http404
    return side
