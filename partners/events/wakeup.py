"""“Workspace W moved”: heard by every process. Carries the workspace's id and nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.db import connection, transaction

CHANNEL = "partners_log"

_listeners: list[Callable[[uuid.UUID], None]] = []


def announce(workspace_id: uuid.UUID) -> None:
    """Wake the viewers of a workspace once the present transaction has committed.

    On PostgreSQL the notice travels with the commit to all processes; otherwise this process's own listeners hear it
    (other processes on the same SQLite file find out by their sweep).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(workspace_id)])
    else:
        transaction.on_commit(lambda: _tell(workspace_id))


def listen(listener: Callable[[uuid.UUID], None]) -> Callable[[], None]:
    """Call `listener(workspace_id)` after commits of this process (no PostgreSQL); returns how to stop listening."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def _tell(workspace_id: uuid.UUID) -> None:
    for listener in _listeners:
        listener(workspace_id)
