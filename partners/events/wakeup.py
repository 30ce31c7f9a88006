"""“Workspace W moved”: heard by every process. It carries its id, how far its log reaches, who says so."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from partners.base.statements import Statement
from partners.events.models import Event, LogHead

CHANNEL = "partners_log"
ORIGIN = uuid.uuid4().hex
"""Names this process in its notices, so that it knows its own when they come back."""


class Moved(NamedTuple):
    """What a thread tells its own process: which workspace moved, up to which number (None: perhaps another log)."""

    workspace_id: uuid.UUID
    seq: int | None
    epoch: str = ""
    told: Sequence[Event] = ()
    """What happened in that change, the last of it at `seq`."""
    is_small: bool = False
    """Whether few things look different now."""


Listener = Callable[[Moved], None]

_listeners: list[Listener] = []


def announce(workspace_id: uuid.UUID) -> None:
    """Wake the viewers of a workspace once the present transaction has committed: its log may be another one now.

    On PostgreSQL the notice travels with the commit to all processes. This process's own listeners hear it at once;
    other processes on the same SQLite file find out by their sweep.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(workspace_id)])
    tell(Moved(workspace_id, None))


def announced_by(statement: str, values: list[Any], workspace_id: uuid.UUID) -> tuple[int, str]:
    """Run a statement that ends in `RETURNING seq, epoch` and announce how far the log reaches now; returns both.

    This process is told by `tell`. The others, on PostgreSQL, by the same statement: an edit has a dozen, and each one
    more waits for its turn among the threads (up to half a millisecond beside hundreds of streams).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            told = [CHANNEL, f"{workspace_id} ", f" {ORIGIN}"]
            cursor.execute(_announcing(statement, len(values)).sql(connections[DEFAULT_DB_ALIAS]), [*values, *told])
        else:
            cursor.execute(statement, values)
        row: Any = cursor.fetchone()
    return row[0], LogHead._meta.get_field("epoch").to_python(row[1]).hex


def tell(moved: Moved) -> None:
    """Have this process hear of a change once it has been committed."""
    transaction.on_commit(lambda: _tell(moved))


@cache
def _announcing(statement: str, values: int) -> Statement:
    name = statement.partition(" SET ")[0].lower()
    return Statement(f"{name}, announced", f"{statement}, pg_notify(%s, %s::text || seq || %s::text)", values + 3)


class Notice(NamedTuple):
    """That a workspace moved, and up to which number (None: it may be another log); whether this process said so."""

    workspace_id: uuid.UUID
    seq: int | None
    is_own: bool


def understood(payload: str) -> Notice:
    """Return what a notice says. Raises `ValueError`."""
    workspace_id, *numbered = payload.split(" ")
    if not numbered:
        return Notice(uuid.UUID(workspace_id), None, is_own=False)
    seq, origin = numbered
    return Notice(uuid.UUID(workspace_id), int(seq), is_own=origin == ORIGIN)


def listen(listener: Listener) -> Callable[[], None]:
    """Call the listener after commits of this process, in the thread that commits; returns how to stop listening."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def _tell(moved: Moved) -> None:
    for listener in _listeners:
        listener(moved)
