"""What happened, for one audience: the log as sentences, without anything that points at what is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partners.base.names import initials
from partners.canvases.access import visible_canvas_ids
from partners.canvases.models import Note
from partners.events.kinds import REGISTRY
from partners.events.models import Event
from partners.hypotheses.events import THINGS
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.rules import Action

NOBODYS_COLOUR = 8
OPEN_TO_ALL = ("workspace",)
OF_A_PARTNERSHIP = (*THINGS, "decision", "next_step")
"""What two companies say and decide together: told to all who see their partnership."""


@dataclass(frozen=True)
class Story:
    """One happening, ready to print."""

    sentence: str
    at: datetime
    name: str
    initials: str
    colour: int

    @property
    def day(self) -> date:
        """The day it happened, for headings."""
        return self.at.date()


def events_seen(audience: Audience) -> QuerySet[Event]:
    """Return the events an audience may know of, the newest first.

    An event is left out when its sheet, partnership, actor or thing is hidden; one about a note also when the sheet
    that the note stands on *now* is hidden, and one about a comparison while a sheet of it is. A type of thing that
    nobody has thought about here is hidden from all who do not see the whole workshop.
    """
    canvases = visible_canvas_ids(audience)
    notes = Note.objects.filter(canvas_id__in=canvases).values("pk")
    seen = Event.objects.filter(workspace_id=audience.workspace_id)
    seen = seen.filter(Q(canvas=None) | Q(canvas_id__in=canvases))
    seen = seen.filter(~Q(thing_type="note") | Q(thing_id__in=notes))
    if audience.sealed:
        private = {partnership for partnership, _company in audience.sealed}
        seen = seen.exclude(thing_type__in=THINGS, partnership_id__in=private)
    if not audience.is_wide:
        seen = seen.filter(Q(partnership=None) | Q(partnership_id__in=audience.partnerships))
        seen = seen.filter(Q(actor=None) | Q(actor_id__in=audience.people))
        seen = seen.filter(
            Q(thing_type__in=OPEN_TO_ALL)
            | Q(thing_type="note")
            | Q(thing_type__in=OF_A_PARTNERSHIP, partnership_id__in=audience.partnerships)
            | Q(thing_type="canvas", thing_id__in=canvases)
            | Q(thing_type="organisation", thing_id__in=audience.organisations)
            | Q(thing_type="partnership", thing_id__in=audience.partnerships)
            | Q(thing_type="member", thing_id__in=audience.people)
        )
    return seen.select_related("actor").order_by("-seq")


def told(viewer: Viewer) -> QuerySet[Event]:
    """Return the events worth telling somebody.

    Not what merely follows from another, nor a move a second time, nor where the wall was sent; codes and links
    matter to facilitators only.
    """
    seen = (
        events_seen(viewer.audience)
        .exclude(kind__in=("canvas_added", "emptied"))
        .exclude(kind="note_moved", data__arrived=False)
    )
    if viewer.may(Action.MANAGE):
        return seen.exclude(kind="sharing_changed", data__what="room_follows")
    return seen.exclude(kind="sharing_changed")


def stories(events: Iterable[Event]) -> list[Story]:
    """Return events as sentences in the reader's language; people without a name are former members."""
    return [_story(event) for event in events if event.kind in REGISTRY]


def _story(event: Event) -> Story:
    actor = event.actor
    name = actor.name if actor and actor.name else _("former member")
    data: dict[str, Any] = event.data
    return Story(
        sentence=REGISTRY[event.kind].sentence(name, data),
        at=event.at,
        name=name,
        initials=initials(name) if actor and actor.name else "·",
        colour=actor.colour if actor and actor.name else NOBODYS_COLOUR,
    )
