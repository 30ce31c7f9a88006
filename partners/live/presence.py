"""What pages say of their readers, and how processes tell each other; never written down. `present` remembers it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db import connection

CHANNEL = "partners_presence"
ALL_PAGES = "*"
ASKS = "asks"


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
    """Which open page: a name it gave itself when it was loaded, so that a reload is another page."""
    canvas_id: UUID | None
    block: str
    note_id: UUID | None
    state: State
    word: int = field(default=0, compare=False)
    """Counts what the page has said: words may overtake each other on the way."""
    age: float = field(default=0, compare=False)
    """How many seconds ago it was said, when a process passes on what it has heard."""


def announce(*sightings: Sighting) -> None:
    """Tell every process, this one too. On PostgreSQL by notices, otherwise only this process hears it."""
    if connection.vendor == "postgresql":
        payloads = [encode(sighting) for sighting in sightings]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, payload) FROM unnest(%s) AS payload", [CHANNEL, payloads])
        return
    for sighting in sightings:
        for listener in tuple(_listeners):
            listener(sighting)


def announce_left(workspace_id: UUID, member_id: UUID) -> None:
    """Tell every process that somebody is not in a workspace any more, on whichever page they were."""
    announce(
        Sighting(
            workspace_id=workspace_id,
            member_id=member_id,
            organisation_id=None,
            name="",
            colour=1,
            page=ALL_PAGES,
            canvas_id=None,
            block="",
            note_id=None,
            state=State.GONE,
        )
    )


def listen(listener: Callable[[Sighting], None]) -> Callable[[], None]:
    """Call `listener` with the sightings of this process (no PostgreSQL); returns how to stop listening."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


_listeners: list[Callable[[Sighting], None]] = []


def encode(sighting: Sighting) -> str:
    """Return a sighting as the payload of a notice (which may have 8,000 bytes)."""
    return json.dumps({name: value for name, value in asdict(sighting).items() if value}, default=str)


def question(asker: str) -> str:
    """Return the payload by which a process that has just begun to listen asks the others whom they know to be here."""
    return json.dumps({ASKS: asker})


def asker_in(payload: str) -> str | None:
    """Return which process asks in a notice, None when it is no question; raises ValueError when it is nothing."""
    values = json.loads(payload)
    return str(values[ASKS]) if ASKS in values else None


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
        word=values.get("word", 0),
        age=values.get("age", 0),
    )
