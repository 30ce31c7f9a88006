"""The page of one idea, and its parts as answers to what was written on them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from partners.base.http import pieces
from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.views.frame import Place, frame_values, place_for
from partners.hypotheses.access import idea_for
from partners.hypotheses.boards.idea import draw_idea
from partners.hypotheses.boards.words import importance_words, slot_words
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.models.ideas import SLOT_LIMIT, TITLE_LIMIT, WHY_LIMIT
from partners.hypotheses.models.testing import DOES_LIMIT, SAYS_LIMIT
from partners.hypotheses.rules import Slot
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView, comparison_for
from partners.value_fit.views.beside import wants_part
from partners.workspaces.views.shell import is_on_this_computer_only, site_address

TOPICS = ("ideas", "outcome", "compare", "sharing")
LIMITS = {"slot": SLOT_LIMIT, "title": TITLE_LIMIT, "why": WHY_LIMIT, "does": DOES_LIMIT, "says": SAYS_LIMIT}


@require_GET
def idea(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """An idea: its sentence, what must be true, its tests, what was learned, its story.

    `?edit=words` opens the sentence, `?edit=title` its name, for editing in place. A deleted one says so and offers the
    way back; while the sheets are private there is none.
    """
    partnership_id = partnership_of(idea_id)
    if partnership_id is not None:
        place = place_for(request, partnership_id)
        if place.partnership.sealed_at is not None and not wants_part(request):
            return sealed(request, place)
    return whole(request, idea_id, editing=request.GET.get("edit", "")[:40])


def whole(request: HttpRequest, idea_id: UUID, *, status: int = 200, **values: Any) -> HttpResponse:
    """Answer with the whole page."""
    seen, found = idea_for(identity_of(request), idea_id, deleted=None)
    page = frame_of(place_for(request, found.partnership_id))
    page |= page_values(seen, found) | _site(request) | values
    return render(request, "hypotheses/idea.html", page, status=status)


def part(
    request: HttpRequest, idea_id: UUID, name: str, *beside: str, status: int = 200, **values: Any
) -> HttpResponse:
    """Answer with a part of the page to htmx; to a browser without scripts with the page, or the way back to it.

    `beside` it goes what is told elsewhere on the page.
    """
    if not getattr(request, "htmx", False):
        if status == 200:
            return redirect("ideas:idea", idea_id)
        return whole(request, idea_id, status=status, **values)
    seen, found = idea_for(identity_of(request), idea_id, deleted=None)
    page = {"workspace": seen.viewer.workspace, "partnership": seen.partnership, **_site(request)}
    page |= page_values(seen, found) | values
    return pieces(render_to_string(f"hypotheses/_{name}.html", page, request), *beside, status=status)


def _site(request: HttpRequest) -> dict[str, Any]:
    """What links that are sent to others are printed with."""
    return {"site": site_address(request), "only_here": is_on_this_computer_only(request)}


def page_values(seen: PartnershipInView, found: SynergyHypothesis) -> dict[str, Any]:
    """What the page and its parts print."""
    board = draw_idea(seen, found)
    return {
        "board": board,
        "idea": board.idea,
        "names": board.names,
        **form_words(seen, board.names),
        "editing": "",
        "mistake": None,
        "typed": {},
        "base": {},
    }


def form_words(seen: PartnershipInView, names: Any) -> dict[str, Any]:
    """What forms about ideas print: labels, choices, limits."""
    return {
        "slot_labels": {slot.value: slot_words(slot, names) for slot in Slot},
        "blocks": [(block.key, str(block.title)) for block in BUSINESS_MODEL.blocks],
        "importances": [(str(value), words) for value, words in importance_words().items()],
        "limits": LIMITS,
    }


def frame_of(place: Place) -> dict[str, Any]:
    """The frame around a page of ideas: they belong to place 4."""
    return frame_values(place, "outcome", "start", [], topics=TOPICS)


def sealed(request: HttpRequest, place: Place) -> HttpResponse:
    """Say on a page that both sheets are private; it opens anew when they are revealed."""
    return render(request, "hypotheses/sealed.html", frame_of(place))


def partnership_of(idea_id: UUID) -> UUID | None:
    """Return the partnership of an idea, without asking whether somebody may know of it."""
    return SynergyHypothesis.objects.filter(pk=idea_id).values_list("partnership_id", flat=True).first()


def open_place(request: HttpRequest, partnership_id: UUID) -> tuple[Place, PartnershipInView]:
    """Return a partnership with its frame, for pages that only who may write there opens. Raises `Forbidden`."""
    seen = comparison_for(identity_of(request), partnership_id)
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is None:
        seen.require_negotiating()
    return place, seen
