"""What happened to one idea: its lines in the log, with its tests and cards, as sentences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.names import initials
from partners.events.kinds import REGISTRY
from partners.events.models import Event
from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard
from partners.workspaces.access import Audience

AT_MOST = 60
NOBODYS_COLOUR = 8
CARDS = (TestCard, LearningCard)


@dataclass(frozen=True, slots=True)
class Told:
    """One happening, ready to print."""

    sentence: str
    at: datetime
    initials: str
    colour: int


def story_of(idea: SynergyHypothesis, audience: Audience) -> list[Told]:
    """Return what happened to an idea, the newest first: 3 queries. Deleted tests and cards are part of it."""
    ids: Collection[UUID] = [idea.pk]
    for table in CARDS:
        ids = [*ids, *table._default_manager.filter(hypothesis=idea).values_list("pk", flat=True)]
    events = Event.objects.filter(workspace_id=audience.workspace_id, thing_id__in=ids, kind__in=REGISTRY)
    return [_told(event, audience) for event in events.select_related("actor").order_by("-seq")[:AT_MOST]]


def _told(event: Event, audience: Audience) -> Told:
    actor = event.actor
    is_known = actor is not None and bool(actor.name) and audience.sees_person(actor.pk)
    name = actor.name if actor and is_known else _("somebody")
    return Told(
        sentence=REGISTRY[event.kind].sentence(name, event.data),
        at=event.at,
        initials=initials(name) if is_known else "·",
        colour=actor.colour if actor and is_known else NOBODYS_COLOUR,
    )
