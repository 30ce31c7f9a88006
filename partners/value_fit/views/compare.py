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
from partners.canvases.models import Canvas, Note
from partners.canvases.views.frame import Place, frame_values, place_for
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView, comparison_for, require_open, sheets_of
from partners.value_fit.boards.joint import draw_bands
from partners.value_fit.boards.reader import reader_of
from partners.value_fit.boards.rows import DrawnRating
from partners.value_fit.forms import NoteForm
from partners.value_fit.fragments import Sight, notes_of
from partners.value_fit.queries import NEEDS, OFFERS, Comparison, comparison, organisation_at
from partners.value_fit.rules import SIDES, Side, other
from partners.workspaces.rules import Action

TOPICS = ("compare",)


@require_GET
def compare(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The four bands, the tray and the figures; while the sheets are private, only that they are."""
    place = place_for(request, partnership_id)
    seen = PartnershipInView(place.viewer, place.partnership)
    if place.partnership.sealed_at is not None:
        values = frame_values(place, "compare", place.rail_side, [], topics=TOPICS)
        return render(request, "value_fit/sealed.html", values)
    sheets = sheets_of(seen)
    values = frame_values(place, "compare", place.rail_side, list(sheets.values()), topics=TOPICS, compares=True)
    compared = comparison(place.partnership)
    sight = Sight(compared, notes_of(compared), place.viewer.workspace, _number(place))
    with translation.override(place.viewer.language):
        drawn = sight.draw(reader_of(place.viewer))
        joint = draw_bands(seen, compared, sight.upto)
    values |= {
        "drawn": drawn,
        "bands": [_band(seen, compared, sheets, needing) for needing in reversed(SIDES)],
        "trays": [_tray(seen, sheets, side) for side in SIDES],
        "joint": joint,
        "joint_summaries": drawn.joint_summaries,
        "joint_address": reverse("comparisons:sentences", args=[partnership_id]),
        "can": rights(seen),
    }
    return render(request, "value_fit/compare.html", values)


@require_GET
def menu(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """What somebody may do with one need or offer: put it, rate it, say that it has no match, and what notes can."""
    seen = comparison_for(identity_of(request), partnership_id)
    require_open(seen)
    note_id = cleaned(NoteForm(request.GET))["note"]
    compared = comparison(seen.partnership)
    side = next((side for side in SIDES for note in _shown(compared, side) if note.pk == note_id), None)
    if side is None:
        raise NotFound
    note = next(note for note in _shown(compared, side) if note.pk == note_id)
    is_need = note.block == NEEDS
    there = compared.offers(other(side)) if is_need else compared.needs(other(side))
    taken = {(pair.offer_id, pair.need_id): pair for pair in compared.pairs}
    own = own_rating(seen, side if is_need else other(side), other(side) if is_need else side)
    values = {
        "seen": seen,
        "partnership_id": partnership_id,
        "note": note,
        "is_need": is_need,
        "company": organisation_at(seen.partnership, side),
        "partner": organisation_at(seen.partnership, other(side)),
        "options": [each for each in there if ((each.pk, note.pk) if is_need else (note.pk, each.pk)) not in taken],
        "pairs": [(pair, _text(compared, pair.need_id)) for (offer, _need), pair in taken.items() if offer == note.pk],
        "own": own,
        "notes_for": _notes_for(seen, compared, note.pk),
        "is_unmatched": note.pk in compared.unmatched,
        "same": [
            (each, (note.pk, each.pk) in compared.same or (each.pk, note.pk) in compared.same)
            for each in (compared.needs(other(side)) if is_need else compared.offers(other(side)))
        ],
        "may_write": seen.viewer.may(Action.WRITE, note.canvas.organisation_id, locked=bool(note.canvas.locked_at)),
        "may_confirm": note.stands_in and seen.viewer.may(Action.CONFIRM, note.canvas.organisation_id),
        "can": rights(seen),
    }
    return render(request, "value_fit/_menu.html", values)


def rights(seen: PartnershipInView) -> dict[str, str]:
    """Return, as the sides with spaces between, what the reader may do: style shows the controls by it.

    `rates` says for whom they rate (their own company, or an absent one), `notes_for` for whom else they may write
    down what it says, `agrees` for whom they say yes.
    """
    may = seen.viewer.may
    company = {side: seen.organisation(side).pk for side in SIDES}
    rates = [side for side in SIDES if may(Action.RATE, company[side])]
    own = [side for side in rates if side == seen.mine or company[side] not in seen.viewer.present_organisations]
    return {
        "negotiates": "yes" if seen.may_negotiate() else "",
        "rates": " ".join(own),
        "notes_for": " ".join(side for side in rates if side not in own),
        "agrees": " ".join(side for side in SIDES if may(Action.AGREE, company[side])),
    }


def own_rating(seen: PartnershipInView, needing: Side, bringing: Side) -> DrawnRating | None:
    """Return an empty rating of the company that the reader rates for, the needing one first; None for nobody."""
    sides = rights(seen)["rates"].split()
    side = next((side for side in (seen.mine, needing, bringing) if side and side in sides), None)
    if side is None:
        return None
    return _unrated(seen, side)


def _unrated(seen: PartnershipInView, side: Side) -> DrawnRating:
    company = seen.organisation(side)
    return DrawnRating(side, company.pk, company.short_name, has_rated=False)


def _notes_for(seen: PartnershipInView, compared: Comparison, note_id: UUID) -> list[dict[str, Any]]:
    """The pairs of a note, with an empty rating of each company that a facilitator may write down for."""
    sides = [side for side in SIDES if side in rights(seen)["notes_for"].split()]
    return [
        {
            "pair": pair,
            "offer": _text(compared, pair.offer_id),
            "need": _text(compared, pair.need_id),
            "rating": _unrated(seen, side),
        }
        for pair in compared.pairs
        if note_id in (pair.offer_id, pair.need_id)
        for side in sides
    ]


def _text(compared: Comparison, note_id: UUID) -> str:
    return next(note.text for side in SIDES for note in _shown(compared, side) if note.pk == note_id)


def _shown(compared: Comparison, side: Side) -> list[Note]:
    return [*compared.needs(side), *compared.offers(side)]


def _number(place: Place) -> int:
    """The number of the log that the page is read at."""
    return int(place.cursor.rpartition(".")[2])


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
