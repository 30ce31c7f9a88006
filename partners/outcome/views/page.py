"""Place 4: the page, and its parts as answers to what was written on them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from partners.base.http import pieces
from partners.canvases.views.frame import frame_values, place_for
from partners.hypotheses.boards.panel import draw_panel
from partners.outcome.boards.page import draw_outcome
from partners.outcome.models import STEP_LIMIT, WHO_LIMIT, WHY_LIMIT, Decision
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView, comparison_for

TOPICS = ("outcome", "compare", "ideas")


@require_GET
def outcome(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Minutes of a meeting: the decision, next steps, and beside them what becomes possible together.

    `?edit=` opens one thing for editing in place: `why`, or the id of a step.
    """
    return whole(request, partnership_id, editing=request.GET.get("edit", "")[:40])


def whole(request: HttpRequest, partnership_id: UUID, *, status: int = 200, **values: Any) -> HttpResponse:
    """Answer with the whole page."""
    place = place_for(request, partnership_id)
    page = frame_values(place, "outcome", "start", [], topics=TOPICS)
    seen = PartnershipInView(place.viewer, place.partnership)
    page |= page_values(seen) | {"panel": draw_panel(seen)} | values
    return render(request, "outcome/outcome.html", page, status=status)


def part(
    request: HttpRequest, partnership_id: UUID, name: str, *beside: str, status: int = 200, **values: Any
) -> HttpResponse:
    """Answer with a part of the page to htmx; to a browser without scripts with the page, or the way back to it.

    `beside` it goes what is told elsewhere on the page.
    """
    if not getattr(request, "htmx", False):
        if status == 200:
            return redirect("outcomes:outcome", partnership_id)
        return whole(request, partnership_id, status=status, **values)
    seen = comparison_for(identity_of(request), partnership_id)
    page = {"workspace": seen.viewer.workspace, "partnership": seen.partnership, **page_values(seen), **values}
    drawn = render_to_string(f"outcome/_{name}.html", page, request)
    return pieces(drawn, *beside, status=status)


def page_values(seen: PartnershipInView) -> dict[str, Any]:
    """What the page and its parts print."""
    return {
        "board": draw_outcome(seen),
        "verdicts": Decision.Verdict.choices,
        "limits": {"why": WHY_LIMIT, "step": STEP_LIMIT, "who": WHO_LIMIT},
        "editing": "",
        "mistake": None,
        "typed": {},
        "left": (),
    }
