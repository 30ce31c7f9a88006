"""Reads of the log."""

from __future__ import annotations

import uuid

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from partners.base.prepared import Prepared
from partners.events.models import LogHead


def cursor(workspace_id: uuid.UUID) -> str:
    """Return the present cursor, `epoch.seq`. Read it first, the state after: late beats early."""
    head = _head.one(workspace_id=workspace_id)
    return f"{head[0].hex}.{head[1]}" if head else f"{uuid.UUID(int=0).hex}.0"


@Prepared
def _head(*, workspace_id: uuid.UUID) -> QuerySet[LogHead, tuple[uuid.UUID, int]]:
    return LogHead.objects.filter(workspace_id=workspace_id).order_by().values_list("epoch", "seq")


def cursor_at(head: LogHead) -> str:
    """Return the cursor of a head that was read already, together with or before everything else."""
    return f"{head.epoch.hex}.{head.seq}"


def number_in(cursor: str) -> int:
    """Return the number of the log that a cursor stands at.

    >>> number_in("00000000000000000000000000000001.57")
    57
    """
    return int(cursor.rpartition(".")[2])


def told_number(name: str) -> Cast:
    """Return a whole number that events keep in their data as what a read can compare it with: a number."""
    return Cast(KT(f"data__{name}"), BigIntegerField())
