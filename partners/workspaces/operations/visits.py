"""When somebody was last here: so that they can be told what happened since."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from partners.workspaces.models import Membership

PAUSE = timedelta(minutes=30)
"""Who opens nothing for so long and then comes back is here on another visit."""
A_WHILE = timedelta(minutes=1)


def note_visit(member: Membership, *, now: datetime | None = None) -> None:
    """Note that somebody opens a page: written once a minute at most, and told in `member` too.

    When they were away, the end of their last visit is kept until they come again after another pause.
    """
    now = now or timezone.now()
    before = member.last_seen_at
    if before is not None and now - before < A_WHILE:
        return
    member.last_seen_at = now
    if before is not None and now - before >= PAUSE:
        member.last_visit_at = before
    Membership.objects.filter(pk=member.pk).update(last_seen_at=member.last_seen_at, last_visit_at=member.last_visit_at)
