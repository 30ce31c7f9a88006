"""What a room screen prints of each place: sheets, a comparison, an outcome; or that it is private until reveal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partners.canvases.access import canvases_seen
from partners.canvases.boards import draw_sheets
from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP
from partners.canvases.models import Canvas
from partners.canvases.views.frame import MARK_TOPICS
from partners.facilitation.pages import Page, page_for
from partners.outcome.boards.decisions import draw_decision
from partners.outcome.boards.steps import draw_step, steps_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.boards.figures import draw_figures
from partners.value_fit.boards.reader import reader_of
from partners.value_fit.boards.wall import draw_wall
from partners.value_fit.fragments import notes_of
from partners.value_fit.queries import comparison
from partners.workspaces.access import Viewer
from partners.workspaces.models import Organisation, Partnership

REGIONS = {
    "compare": ("compare", "counts", "organisations", "session"),
    "outcome": ("outcome", "organisations", "members"),
}
"""Places that a wall shows as one region, with the topics on which it fetches it anew; sheets follow by the stream."""


@dataclass(frozen=True)
class Shown:
    """The page that a room screen is at, with its partnership."""

    page: Page
    partnership: Partnership

    @property
    def is_region(self) -> bool:
        """Whether it is fetched anew as a whole when something changes."""
        return self.page.place in REGIONS

    @property
    def companies(self) -> list[Organisation]:
        """The companies whose sheets it shows: one at a time in Models, both in all other places."""
        both = [self.partnership.first, self.partnership.second]
        return both if self.page.place != "models" else [both[self.page.side == "end"]]


def shown_to(viewer: Viewer) -> Shown | None:
    """Return where the facilitator sent the screens, if this screen may see it."""
    found = page_for(viewer, viewer.workspace.room_page)
    return Shown(*found) if found else None


def is_open(viewer: Viewer, shown: Shown) -> bool:
    """Whether the wall may show it: nothing that two sketches say while they are private. An outcome is for all."""
    if shown.page.place == "outcome":
        return True
    partnership_id = None if shown.page.place == "models" else shown.partnership.pk
    return all(viewer.audience.sees_sheet(partnership_id, company.pk) for company in shown.companies)


def wall_values(viewer: Viewer, shown: Shown) -> dict[str, Any]:
    """Return what the page shown prints, and its title."""
    values: dict[str, Any] = {
        "partnership": shown.partnership,
        "title": shown.page.title,
        "number": shown.page.number,
        "topics": REGIONS.get(shown.page.place, ()),
        "credit": PARTNERSHIP.credit,
    }
    if not is_open(viewer, shown):
        return values | {"face_down": True}
    return values | _PLACES[shown.page.place](viewer, shown)


def _sheets(viewer: Viewer, shown: Shown) -> dict[str, Any]:
    is_model = shown.page.place == "models"
    kind = BUSINESS_MODEL if is_model else PARTNERSHIP
    found: dict[Any, Canvas] = {
        canvas.organisation_id: canvas
        for canvas in canvases_seen(viewer.audience)
        .select_related("organisation")
        .filter(
            kind=kind.key,
            organisation__in=shown.companies,
            partnership=None if is_model else shown.partnership,
        )
    }
    canvases = [found[company.pk] for company in shown.companies]
    return {
        "sheets": draw_sheets(canvases, viewer.audience, viewer.workspace, partnership=shown.partnership),
        "canvases": [canvas.pk for canvas in canvases],
        "topics": MARK_TOPICS,
        "can_on": {canvas.pk: "" for canvas in canvases},
        "fills": [],
        "credit": kind.credit,
    }


def _compared(viewer: Viewer, shown: Shown) -> dict[str, Any]:
    compared = comparison(shown.partnership)
    notes = notes_of(compared).drawn_for(viewer.audience, viewer.workspace)
    return {
        "region": "facilitation/_wall_compare.html",
        "wall": draw_wall(compared, notes, reader_of(viewer)),
        "figures": draw_figures(compared),
    }


def _outcome(viewer: Viewer, shown: Shown) -> dict[str, Any]:
    seen = PartnershipInView(viewer, shown.partnership)
    steps = [draw_step(seen, step) for step in steps_of(seen)]
    return {
        "region": "facilitation/_wall_outcome.html",
        "decision": draw_decision(seen),
        "steps": sorted(steps, key=lambda step: step.is_done),
    }


_PLACES: dict[str, Callable[[Viewer, Shown], dict[str, Any]]] = {
    "models": _sheets,
    "sketch": _sheets,
    "compare": _compared,
    "outcome": _outcome,
}
