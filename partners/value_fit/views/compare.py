"""Place 3: both companies put offers to needs, one row per need."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from partners.base.errors import NotFound
from partners.canvases.forms import cleaned
from partners.canvases.models import Canvas
from partners.canvases.views.frame import frame_values, place_for
from partners.events import reads
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView, comparison_for, require_open, sheets_and_round
from partners.value_fit.boards.joint import draw_bands
from partners.value_fit.boards.menu import menu_of, rights_of
from partners.value_fit.boards.reader import reader_of
from partners.value_fit.forms import NoteForm
from partners.value_fit.fragments import Sight, notes_of
from partners.value_fit.queries import NEEDS, OFFERS, Comparison, comparison
from partners.value_fit.rules import SIDES, Side, other
from partners.value_fit.views.beside import TOPICS, sealed
from partners.workspaces.rules import Action


@require_GET
def compare(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The four bands, the tray and the figures; while the sheets are private, only that they are."""
    place = place_for(request, partnership_id)
    seen = PartnershipInView(place.viewer, place.partnership)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    sheets, round_number = sheets_and_round(seen)
    values = frame_values(place, "compare", place.rail_side, list(sheets.values()), topics=TOPICS, compares=True)
    compared = comparison(place.partnership)
    sight = Sight(compared, notes_of(compared), place.viewer.workspace, reads.number_in(place.cursor))
    with translation.override(place.viewer.language):
        drawn = sight.draw(reader_of(place.viewer))
        joint = draw_bands(seen, compared, sight.upto)
        round_line = sight.round_line(round_number)
    values |= {
        "drawn": drawn,
        "can_on": {sheet.pk: "" for sheet in sheets.values()},  # when they turn over, the page opens anew
        "bands": [_band(seen, compared, sheets, needing) for needing in reversed(SIDES)],
        "trays": [_tray(seen, sheets, side) for side in SIDES],
        "joint": joint,
        "round_line": round_line,
        "joint_summaries": drawn.joint_summaries,
        "joint_address": reverse("comparisons:sentences", args=[partnership_id]),
        "can": rights_of(seen),
    }
    return render(request, "value_fit/compare.html", values)


@require_GET
def menu(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """What somebody may do with one need or offer: put it, rate it, say that it has no match, and what notes can."""
    seen = comparison_for(identity_of(request), partnership_id)
    require_open(seen)
    note_id = cleaned(NoteForm(request.GET))["note"]
    found = menu_of(seen, comparison(seen.partnership), note_id)
    if found is None:
        raise NotFound
    values = {"menu": found, "partnership_id": partnership_id, "negotiates": seen.may_negotiate()}
    return render(request, "value_fit/_menu.html", values)


def _band(seen: PartnershipInView, compared: Comparison, sheets: dict[Side, Canvas], needing: Side) -> dict[str, Any]:
    bringing = other(needing)
    return {
        "number": 1 if needing == "end" else 2,
        "needing": needing,
        "bringing": bringing,
        "needing_name": seen.organisation(needing).short_name,
        "bringing_name": seen.organisation(bringing).short_name,
        "needing_id": seen.organisation(needing).pk,
        "canvas": sheets[needing],
        "block": NEEDS,
        "is_through": needing in compared.looked_through,
        "may_write": seen.viewer.may(
            Action.WRITE, seen.organisation(needing).pk, locked=bool(sheets[needing].locked_at)
        ),
        "label": _("A need of %(company)s") % {"company": seen.organisation(needing).short_name},
    }


def _tray(seen: PartnershipInView, sheets: dict[Side, Canvas], side: Side) -> dict[str, Any]:
    company = seen.organisation(side)
    return {
        "side": side,
        "name": company.short_name,
        "canvas": sheets[side],
        "block": OFFERS,
        "may_write": seen.viewer.may(Action.WRITE, company.pk, locked=bool(sheets[side].locked_at)),
        "label": _("An offer of %(company)s") % {"company": company.short_name},
    }
