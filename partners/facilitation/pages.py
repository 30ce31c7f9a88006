"""Pages that a facilitator can send people to, written `partnership/place/side`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.base.errors import NotFound
from partners.base.http import uuid_or_none
from partners.workspaces.access import Viewer, partnership_for
from partners.workspaces.models import Partnership

PLACES = ("models", "sketch", "compare", "outcome")
SIDES = ("start", "end")
_TITLES = {"models": _("Models"), "sketch": _("Sketch"), "compare": _("Compare"), "outcome": _("Outcome")}
_BY_SIDE = {"models": "partnerships:model", "sketch": "partnerships:sheet"}
_WHOLE = {"compare": "comparisons:compare", "outcome": "outcomes:outcome"}


@dataclass(frozen=True)
class Page:
    """A place of a partnership, at one company's side where the place has sides."""

    partnership_id: UUID
    place: str
    side: str

    def __str__(self) -> str:
        return f"{self.partnership_id}/{self.place}/{self.side}"

    @property
    def title(self) -> str:
        """The place's name on screen."""
        return str(_TITLES[self.place])

    @property
    def number(self) -> int:
        """The place's number on screen."""
        return PLACES.index(self.place) + 1

    def is_at(self, text: str) -> bool:
        """Whether some text names this page; Compare and Outcome are the same from either side."""
        there = read_page(text)
        if there is None or (there.partnership_id, there.place) != (self.partnership_id, self.place):
            return False
        return self.place in _WHOLE or there.side == self.side

    def address(self, side: str = "") -> str:
        """Return the page's address; `side` puts the reader's own company first where the place has sides."""
        if name := _BY_SIDE.get(self.place):
            return reverse(name, args=[self.partnership_id, side or self.side])
        return reverse(_WHOLE[self.place], args=[self.partnership_id])


def read_page(text: str) -> Page | None:
    """Return the page that some text names, None when it names none."""
    partnership, _slash, rest = text.partition("/")
    place, _slash, side = rest.partition("/")
    partnership_id = uuid_or_none(partnership)
    if partnership_id is None or place not in PLACES or side not in SIDES:
        return None
    return Page(partnership_id, place, side)


def page_for(viewer: Viewer, text: str) -> tuple[Page, Partnership] | None:
    """Return the page that some text names with its partnership, None when this viewer may not see it."""
    page = read_page(text)
    if page is None:
        return None
    try:
        return page, partnership_for(viewer, page.partnership_id)
    except NotFound:
        return None


def own_side(viewer: Viewer, partnership: Partnership) -> str:
    """Return the reader's own side of a partnership, empty for who belongs to neither company."""
    sides = {partnership.first_id: "start", partnership.second_id: "end"}
    return sides.get(viewer.organisation_id, "") if viewer.organisation_id else ""
