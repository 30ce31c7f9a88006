"""Presence as pieces of HTML: who is here by company, and who types in which block and note."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template import engines
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from partners.base.names import initials
from partners.events.fragments import FeedScope
from partners.live.presence import Sighting, State


@dataclass(frozen=True)
class Sides:
    """The companies at the two edges of a page, by id and short name; empty where a page has none."""

    start: tuple[UUID, str] | None = None
    end: tuple[UUID, str] | None = None


@dataclass(frozen=True)
class Shown:
    """One person as the list of people draws them."""

    name: str
    initials: str
    colour: int
    is_away: bool


@dataclass(frozen=True)
class Typist:
    """One person typing in a block, in a note of it if the note exists already."""

    member_id: UUID
    name: str
    colour: int
    note_id: UUID | None


def regions(feed: FeedScope, sides: Sides, sightings: Iterable[Sighting]) -> dict[str, tuple[Hashable, ...]]:
    """Return what each region of a feed's pages has to show, by element id, of what its audience may see."""
    seen = [sighting for sighting in sightings if feed.audience.sees_person(sighting.member_id)]
    found: dict[str, Any] = {"people-start": [], "people-end": []}
    for pages in _by_person(seen):
        side = next((side for side in (_side(feed, sides, page) for page in pages) if side), None)
        if side:
            found[side].append(_shown(pages))
    for sighting in seen:
        if sighting.state is State.TYPING and sighting.canvas_id in feed.canvases:
            typist = Typist(sighting.member_id, sighting.name, sighting.colour, sighting.note_id)
            found.setdefault(f"typing-{sighting.canvas_id}-{sighting.block}", []).append(typist)
    return {region: tuple(dict.fromkeys(content)) for region, content in found.items()}


def piece(region: str, content: Any, drawn: int, feed: FeedScope, sides: Sides) -> str:
    """Return the HTML of one region; without content it empties the region."""
    with translation.override(feed.language):
        if region.startswith("people-"):
            return _people(region, content, drawn, sides)
        return _typing(region, content, drawn)


def _by_person(sightings: Iterable[Sighting]) -> Iterable[list[Sighting]]:
    people: dict[UUID, list[Sighting]] = {}
    for sighting in sightings:
        people.setdefault(sighting.member_id, []).append(sighting)
    return people.values()


def _shown(pages: list[Sighting]) -> Shown:
    """One person with all of their pages: away only when they are away on all of them."""
    person = pages[0]
    is_away = all(page.state is State.AWAY for page in pages)
    return Shown(person.name, initials(person.name), person.colour, is_away)


def _side(feed: FeedScope, sides: Sides, person: Sighting) -> str | None:
    """Where a person is listed; people of neither company while they look at this page's sheets, or lead the room."""
    if sides.end and person.organisation_id == sides.end[0]:
        return "people-end"
    of_start = sides.start is None or person.organisation_id == sides.start[0]
    leads = person.organisation_id is None and not feed.canvases
    return "people-start" if of_start or leads or person.canvas_id in feed.canvases else None


def _people(region: str, content: tuple[Shown, ...], drawn: int, sides: Sides) -> str:
    company = sides.end if region == "people-end" else sides.start
    label = _("Here from %(company)s") % {"company": company[1]} if company else _("Here now")
    template = engines["jinja2"].env.get_template("components/people.html")  # type: ignore[attr-defined]
    return str(template.module.people(region, label, content, drawn)).strip()


def _typing(region: str, content: tuple[Typist, ...], drawn: int) -> str:
    """The line under a block. Its spans also mark the notes; `data-member` lets a person's own sheet hide their own."""
    return format_html(
        '<p class="typing" id="{}" data-drawn="{}">{}</p>',
        region,
        drawn,
        format_html_join(
            " ",
            '<span data-note="{}" data-person="{}" data-member="{}">{}</span>',
            (
                (each.note_id or "", each.colour, each.member_id, _("%(name)s is typing here") % {"name": each.name})
                for each in content
            ),
        ),
    )
