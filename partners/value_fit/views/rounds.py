"""Rounds of comparing: those that were kept, what moved since one, and starting the next."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods

from partners.base.errors import NotFound
from partners.base.http import pieces
from partners.canvases.forms import cleaned
from partners.canvases.views.frame import place_for
from partners.people.identity import identity_of
from partners.value_fit import operations
from partners.value_fit.access import comparison_for
from partners.value_fit.boards.rounds import draw_round
from partners.value_fit.forms import RoundForm
from partners.value_fit.models import Round
from partners.value_fit.queries import comparison
from partners.value_fit.views.beside import beside, sealed, wants_part


@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """GET: the rounds that were kept, and the form that starts the next. POST: start it (facilitators)."""
    if request.method == "POST":
        return _start(request, partnership_id)
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    seen, values = beside(place)
    kept = list(Round.objects.filter(partnership=seen.partnership).order_by("-number"))
    values |= {"rounds_kept": kept, "now": 1 + len(kept), "may_start": seen.viewer.is_facilitator}
    if wants_part(request):
        return render(request, "value_fit/_rounds.html", values | {"heading": "h2"})
    return render(request, "value_fit/rounds.html", values)


@require_GET
def moved(request: HttpRequest, partnership_id: UUID, number: int) -> HttpResponse:
    """What has moved since a round."""
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    seen, values = beside(place)
    kept = Round.objects.filter(partnership=seen.partnership, number=number).select_related("ended_by").first()
    if kept is None:
        raise NotFound
    values |= {"round": draw_round(seen, comparison(seen.partnership), kept)}
    return render(request, "value_fit/round.html", values)


def _start(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    seen = comparison_for(identity_of(request), partnership_id)
    values = cleaned(RoundForm(request.POST))
    ended = operations.start_round(seen=seen, name=values["name"], after=values["after"])
    if getattr(request, "htmx", False):
        return pieces(render_to_string("value_fit/_round_started.html", {"ended": ended}))
    return redirect("comparisons:moved", partnership_id, ended.number)
