"""The idempotency key of the request being served: stored with the change it made, in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from partners.events.models import IdempotencyKey

KEPT = timedelta(days=30)
"""A browser sends nothing by itself that has waited longer than that (`js/htmx/outbox/queue.js`)."""
CLEARED_EVERY = 100
CLEARED_AT_ONCE = 500
"""More than came since the last time, so that what is kept never grows beyond its days."""


@dataclass
class SentKey:
    """The key that came with a request, and a fingerprint of the request; `row` once it was kept with a change."""

    key: uuid.UUID
    body_hash: str
    row: int | None = None


_present: ContextVar[SentKey | None] = ContextVar("idempotency_key", default=None)


@contextmanager
def sent_with(key: SentKey) -> Iterator[None]:
    """Keep this key with whatever change is recorded inside."""
    token = _present.set(key)
    try:
        yield
    finally:
        _present.reset(token)


def keeping(owner: uuid.UUID, change: uuid.UUID) -> IdempotencyKey | None:
    """Return what is kept of the present request's key, if it has one, for the log to write within the change.

    A request that makes several changes keeps its key with the first. Writing raises `IntegrityError` when the same
    person's same key is being used at this very moment by another request; nothing of this one is kept then.
    """
    sent = _present.get()
    if sent is None:
        return None
    return IdempotencyKey(owner=str(owner), key=sent.key, body_hash=sent.body_hash, change=change)


def kept(row: IdempotencyKey) -> None:
    """Say that it has been written: the request's answer goes there."""
    sent = _present.get()
    if sent is not None:
        sent.row = row.pk
        _present.set(None)


def clear_old(newest: int) -> None:
    """Forget keys that are past their time, now and then: at every hundredth key, of which `newest` is the number.

    They are looked for among the oldest numbers, which needs no index and costs the same however many there are.
    """
    if newest % CLEARED_EVERY:
        return
    oldest = IdempotencyKey.objects.order_by("pk")[:CLEARED_AT_ONCE].values_list("pk", "created_at")
    until = timezone.now() - KEPT
    IdempotencyKey.objects.filter(pk__in=[number for number, made in oldest if made <= until]).delete()
