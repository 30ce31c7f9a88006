"""What the comparison comes to: the fit grid, and the arithmetic behind each number."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from partners.canvases.views.frame import place_for
from partners.value_fit.boards.grid import FILTERS, SORTS, Cell, draw_grid
from partners.value_fit.boards.sums import draw_sums
from partners.value_fit.boards.words import STRENGTHS
from partners.value_fit.queries import comparison
from partners.value_fit.rules import RULE_VERSION
from partners.value_fit.views.beside import beside, sealed, wants_part


@require_GET
def grid(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Every need against every offer, both directions."""
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    seen, values = beside(place)
    sort, chosen = request.GET.get("sort", ""), request.GET.get("filter", "")
    sort, chosen = sort if sort in SORTS else "sheet", chosen if chosen in FILTERS else "all"
    values |= {
        "directions": draw_grid(seen, comparison(seen.partnership), sort=sort, chosen=chosen),
        "sorts": SORTS,
        "sort": sort,
        "filters": FILTERS,
        "chosen": chosen,
        "legend": _legend(),
    }
    return render(request, "value_fit/grid.html", values)


@require_GET
def sums(request: HttpRequest, partnership_id: UUID, what: str) -> HttpResponse:
    """One number written out: as the popover's content for htmx, else as a page."""
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    seen, values = beside(place)
    values |= {"arithmetic": draw_sums(seen, comparison(seen.partnership), what), "rule_version": RULE_VERSION}
    if wants_part(request):
        return render(request, "value_fit/_sums.html", values | {"heading": "h2"})
    return render(request, "value_fit/sums.html", values)


def _legend() -> list[tuple[Cell, str]]:
    """What cells look like, and what that means."""
    mostly = str(STRENGTHS[2])
    return [
        (Cell("both", _("both say:"), mostly, 2), _("both companies rated alike")),
        (Cell("differ", _("differ, counts as"), mostly, 2), _("they rated differently: the lower counts")),
        (Cell("guess", _("our guess:"), mostly, 2), _("said for an absent company: not agreed")),
        (Cell("waiting", "", _("waiting")), _("one company has rated, the other not yet")),
        (Cell("rated", "", _("rated")), _("the other company has rated: yours is awaited")),
    ]
