"""The secret link by which a calendar program reads somebody's deadlines. Nobody else sees that there is one."""

from __future__ import annotations

from partners.people.models import hashed, new_token
from partners.workspaces.models import CalendarLink, Membership


def make_calendar_link(member: Membership) -> str:
    """Return a new secret; the one before stops working at once. It is kept as a hash, so it is told only now."""
    token = new_token()
    CalendarLink.objects.update_or_create(membership=member, defaults={"token_hash": hashed(token)})
    return token


def end_calendar_link(member: Membership) -> None:
    """Let the link work no more; twice is once."""
    CalendarLink.objects.filter(membership=member).delete()
