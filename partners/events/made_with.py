"""What a thing was made with, whatever became of it since: the log holds what stood before each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.changing import told
from partners.base.errors import Conflict
from partners.events.models import Event

OTHER_WORDS = "other_words"
"""The code of the `Conflict` below."""


def require_made_with(thing_id: UUID, sent: Mapping[str, Any], *, now: Mapping[str, Any], words: str = "") -> None:
    """Raise `Conflict` with both versions when a thing is made again, by its id, with other values than the first time.

    Whoever sends the very same again is not refused, whatever others made of it meanwhile. `now` holds what stands in
    the fields that were `sent`; `words` names the one that the event of its making keeps as its `text`.
    """
    sent, now = told(sent), told(now)
    if sent == now:
        return
    first = now | _first(thing_id, words)
    others = [name for name in sent if sent[name] not in (now[name], first[name])]
    if others:
        raise Conflict(
            _("This was made already, with other words."),
            code=OTHER_WORDS,
            yours={name: sent[name] for name in others},
            theirs={name: now[name] for name in others},
        )


def _first(thing_id: UUID, words: str) -> dict[str, Any]:
    """What stood in the fields that were changed before that happened first, and the words of the making."""
    first: dict[str, Any] = {}
    events = list(Event.objects.filter(thing_id=thing_id).order_by("seq").values_list("data", flat=True))
    for data in events:
        before = data.get("before")
        first = before | first if isinstance(before, dict) else first
    if words and events and "text" in events[0]:
        first[words] = events[0]["text"]
    return first
