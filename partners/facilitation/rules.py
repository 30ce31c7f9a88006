"""Where a newcomer starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

STILL_WARM = timedelta(minutes=15)


def block_in_work(
    fill_order: Sequence[str], last_note_at: Mapping[str, datetime], *, now: datetime, warm: timedelta = STILL_WARM
) -> str:
    """Return the block that a team is working on: the one that got a note last, if that was just now; else the first
    empty one in the order of filling in; else, all being filled, the first.

    >>> block_in_work(["segments", "channels"], {}, now=datetime(2025, 5, 20))
    'segments'
    """
    recent = [(at, block) for block, at in last_note_at.items() if now - at <= warm and block in fill_order]
    if recent:
        return max(recent)[1]
    return next((block for block in fill_order if block not in last_note_at), fill_order[0])
