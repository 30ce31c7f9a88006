"""What others did since somebody was last here: in sentences, what belongs together as one, with the way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.canvases.access import canvases_seen
from partners.canvases.models import Canvas
from partners.events.models import Event
from partners.overview.finding import sheet_address
from partners.overview.stories import Story, stories, told
from partners.workspaces.access import Viewer
from partners.workspaces.models import Partnership

AT_MOST = 5
READ = 200


@dataclass(frozen=True)
class News:
    """The newest of some happenings alike, how many more there are, and where it can be seen ("": nowhere)."""

    story: Story
    more: str
    href: str


@dataclass(frozen=True)
class AllNews:
    """A handful of what is new, and whether there is more of it."""

    shown: list[News]
    has_more: bool


def told_since_visit(viewer: Viewer) -> QuerySet[Event]:
    """Return what others did since this person was last here, the newest first; nothing on somebody's first visit."""
    member = viewer.member
    if member is None or member.last_visit_at is None:
        return told(viewer).none()
    return told(viewer).filter(at__gt=member.last_visit_at).exclude(actor=member)


def news_for(viewer: Viewer, partnerships: list[Partnership]) -> AllNews | None:
    """Return what is new to somebody; None when nothing is. Three queries at most, none on a first visit."""
    if viewer.member is None or viewer.member.last_visit_at is None:
        return None
    events = list(told_since_visit(viewer)[: READ + 1])
    if not events:
        return None
    groups = _alike(events[:READ])
    shown = list(islice(groups.values(), AT_MOST))
    sheets = _sheets(viewer, shown)
    found = [_news(group, sheets, partnerships) for group in shown]
    has_more = len(groups) > AT_MOST or len(events) > READ or any(len(group) > 1 for group in shown)
    return AllNews(found, has_more)


def sheet_links(sheets: Iterable[Canvas]) -> list[tuple[str, str]]:
    """Return the words for sheets (with their companies loaded) and the address of each one's moments."""
    return [(_sheet_name(each), reverse("history:moments", args=[each.pk])) for each in sheets]


def _alike(events: list[Event]) -> dict[tuple[Any, ...], list[Event]]:
    """The same thing done by the same person in the same place: the newest group first."""
    groups: dict[tuple[Any, ...], list[Event]] = {}
    for event in events:
        groups.setdefault((event.actor_id, event.kind, event.canvas_id, event.partnership_id), []).append(event)
    return groups


def _sheets(viewer: Viewer, groups: list[list[Event]]) -> dict[UUID, Canvas]:
    ids = {group[0].canvas_id for group in groups if group[0].canvas_id}
    if not ids:
        return {}
    seen = canvases_seen(viewer.audience).filter(pk__in=ids).select_related("organisation", "partnership")
    return {canvas.pk: canvas for canvas in seen}


def _news(group: list[Event], sheets: dict[UUID, Canvas], partnerships: list[Partnership]) -> News:
    event = group[0]
    (story,) = stories([event])
    others = len(group) - 1
    more = (
        ngettext("and %(num)s more like this", "and %(num)s more like this", others) % {"num": others} if others else ""
    )
    return News(story, more, _href(event, sheets, partnerships))


def _href(event: Event, sheets: dict[UUID, Canvas], partnerships: list[Partnership]) -> str:
    sheet = sheets.get(event.canvas_id) if event.canvas_id else None
    if sheet is not None:
        place = sheet_address(sheet, partnerships)
        return f"{place}#note-{event.thing_id}" if event.thing_type == "note" else place
    if event.partnership_id and event.partnership_id in {each.pk for each in partnerships}:
        return reverse("comparisons:compare", args=[event.partnership_id])
    return ""


def _sheet_name(canvas: Canvas) -> str:
    owner, tie = canvas.organisation, canvas.partnership
    if tie is None:
        return _("%(company)s: business model") % {"company": owner.short_name}
    partner = tie.second if owner.pk == tie.first_id else tie.first
    return _("%(company)s: sketch with %(partner)s") % {"company": owner.short_name, "partner": partner.short_name}
