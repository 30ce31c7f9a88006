"""What was typed on a change of one's own that was not answered yet: known by the key that change was sent with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from partners.events.models import Event, IdempotencyKey


def version_made_by(thing_id: UUID, key: UUID | None, *, kinds: Iterable[str]) -> int | None:
    """Return the version of a thing's words that an earlier request with this idempotency key made, if it is known.

    `kinds` are the events that write its words.
    """
    made = _made_with(thing_id, key, kinds)
    return int(made.get("version", 1)) if made else None


def typed_with(thing_id: UUID, key: UUID | None, *, kinds: Iterable[str]) -> str | None:
    """Return a thing's words as an earlier request with this idempotency key sent them, if it is known.

    What others wrote meanwhile is not among them: who typed on had not seen it, and has not taken it out.
    """
    made = _made_with(thing_id, key, kinds)
    return str(made.get("typed") or made["text"]) if made else None


def _made_with(thing_id: UUID, key: UUID | None, kinds: Iterable[str]) -> dict[str, Any] | None:
    if key is None:
        return None
    changes = IdempotencyKey.objects.filter(key=key, change__isnull=False).values_list("change", flat=True)
    told = Event.objects.filter(thing_id=thing_id, change__in=list(changes), kind__in=list(kinds))
    return told.order_by("-seq").values_list("data", flat=True).first()
