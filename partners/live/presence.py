"""Who is here and where they type: told between processes, kept in memory for seconds, never written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection

CHANNEL = "partners_presence"
KEPT_S = 20
"""A page says every 8 seconds that it is still there; missing two in a row, it is not."""
KEPT_AWAY_S = 30 * 60
MOST_PAGES = 20
"""A person may be on so many pages at once; the one longest unheard of is forgotten first."""


class State(StrEnum):
    """What a page says of its reader."""

    HERE = "here"
    TYPING = "typing"
    AWAY = "away"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One page saying where its reader is."""

    workspace_id: UUID
    member_id: UUID
    organisation_id: UUID | None
    name: str
    colour: int
    page: str
    canvas_id: UUID | None
    block: str
    note_id: UUID | None
    state: State


def announce(sighting: Sighting) -> None:
    """Tell every process, this one too. On PostgreSQL by a notice, otherwise only this process hears it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, encode(sighting)])
    else:
        for listener in tuple(_listeners):
            listener(sighting)


def listen(listener: Callable[[Sighting], None]) -> Callable[[], None]:
    """Call `listener` with the sightings of this process (no PostgreSQL); returns how to stop listening."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


_listeners: list[Callable[[Sighting], None]] = []


def encode(sighting: Sighting) -> str:
    """Return a sighting as the payload of a notice (which may have 8,000 bytes)."""
    return json.dumps({name: value for name, value in asdict(sighting).items() if value}, default=str)


def decode(payload: str) -> Sighting:
    """Return the sighting in a notice; raises ValueError or KeyError when it is none."""
    values = json.loads(payload)

    def identified(name: str) -> UUID | None:
        return UUID(values[name]) if name in values else None

    return Sighting(
        workspace_id=UUID(values["workspace_id"]),
        member_id=UUID(values["member_id"]),
        organisation_id=identified("organisation_id"),
        name=values.get("name", ""),
        colour=values["colour"],
        page=values.get("page", ""),
        canvas_id=identified("canvas_id"),
        block=values.get("block", ""),
        note_id=identified("note_id"),
        state=State(values["state"]),
    )


class Present:
    """Who is present in all workspaces, as far as this process has heard. Used by the event loop only."""

    def __init__(self) -> None:
        self._seen: dict[UUID, dict[tuple[UUID, str], tuple[Sighting, float]]] = {}
        """Workspace → (member, page) → what was seen, and until when it counts."""

    def saw(self, sighting: Sighting, now: float) -> bool:
        """Take a sighting in; returns whether it changes what is to be shown."""
        here = self._seen.setdefault(sighting.workspace_id, {})
        key = (sighting.member_id, sighting.page)
        before = here.pop(key, None)
        if sighting.state is State.GONE:
            return before is not None
        pages = [page for page in here if page[0] == sighting.member_id]
        if len(pages) >= MOST_PAGES:
            del here[pages[0]]
        until = now + (KEPT_AWAY_S if sighting.state is State.AWAY else KEPT_S)
        here[key] = (sighting, until)
        return before is None or before[0] != sighting

    def forget_old(self, now: float) -> set[UUID]:
        """Drop what was not renewed; returns the workspaces in which that changes what is to be shown."""
        changed = set()
        for workspace_id, here in list(self._seen.items()):
            old = [key for key, (_, until) in here.items() if until <= now]
            for key in old:
                del here[key]
            if old:
                changed.add(workspace_id)
            if not here:
                del self._seen[workspace_id]
        return changed

    def in_workspace(self, workspace_id: UUID) -> list[Sighting]:
        """Return all sightings in a workspace, in the order of names; a person with two pages has two."""
        sightings = (sighting for sighting, _ in self._seen.get(workspace_id, {}).values())
        return sorted(sightings, key=lambda sighting: (sighting.name, str(sighting.member_id)))


def merged(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return one sighting a person: away only when they are away on all of their pages."""
    people: dict[UUID, Sighting] = {}
    for sighting in sightings:
        known = people.get(sighting.member_id)
        if known is None or known.state is State.AWAY:
            people[sighting.member_id] = sighting
    return list(people.values())
