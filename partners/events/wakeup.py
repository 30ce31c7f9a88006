"""“Workspace W moved”: heard by every process. Carries the workspace's id and how far its log reaches, nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection, transaction

from partners.base.statements import Statement

CHANNEL = "partners_log"

Listener = Callable[[uuid.UUID, int | None], None]

_listeners: list[Listener] = []


def announce(workspace_id: uuid.UUID) -> None:
    """Wake the viewers of a workspace once the present transaction has committed: its log may be another one now.

    On PostgreSQL the notice travels with the commit to all processes. This process's own listeners hear it at once;
    other processes on the same SQLite file find out by their sweep.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(workspace_id)])
    transaction.on_commit(lambda: _tell(workspace_id, None))


def announced_by(statement: str, values: list[Any], workspace_id: uuid.UUID) -> int:
    """Run a statement that ends in `RETURNING seq` and announce how far the log reaches now; returns that.

    On PostgreSQL it is told by the same statement: an edit has a dozen, and each one more waits for its turn among the
    threads (up to half a millisecond beside hundreds of streams).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_announcing(statement, len(values)).sql(), [*values, CHANNEL, f"{workspace_id} "])
        else:
            cursor.execute(statement, values)
        row: Any = cursor.fetchone()
    seq: int = row[0]
    transaction.on_commit(lambda: _tell(workspace_id, seq))
    return seq


@cache
def _announcing(statement: str, values: int) -> Statement:
    return Statement(
        f"{statement.partition(' SET ')[0].lower()}, announced",
        f"{statement}, pg_notify(%s, %s::text || seq)",
        values + 2,
    )


def understood(payload: str) -> tuple[uuid.UUID, int | None]:
    """Return what a notice says: which workspace, and how far its log reaches. Raises `ValueError`."""
    workspace_id, _, seq = payload.partition(" ")
    return uuid.UUID(workspace_id), int(seq) if seq else None


def listen(listener: Listener) -> Callable[[], None]:
    """Call `listener(workspace_id, seq)` after commits of this process; returns how to stop listening."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def _tell(workspace_id: uuid.UUID, seq: int | None) -> None:
    for listener in _listeners:
        listener(workspace_id, seq)
