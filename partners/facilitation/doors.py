"""Which way in somebody stands at: what a code or link offers, or why it offers nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from partners.base.text import clean_line
from partners.workspaces.models import Invitation, Membership, Organisation, Partnership
from partners.workspaces.operations.sharing import normal_code
from partners.workspaces.queries import invitation_named


@dataclass(frozen=True)
class Door:
    """A way in that works: its partnership and the companies one may join by it."""

    invitation: Invitation
    partnership: Partnership | None
    sides: tuple[tuple[str, Organisation], ...]
    """`start` and `end` with their companies; one of them when the link fixes the side, none for who only watches."""

    @property
    def may_watch(self) -> bool:
        """Whether *just watching* is offered: always, unless a link fixes a company."""
        return self.invitation.organisation_id is None or self.invitation.role == Membership.Role.OBSERVER

    def company(self, side: str) -> Organisation | None:
        """The company at a side, if this door leads there."""
        return dict(self.sides).get(side)


def door(code: str) -> tuple[Door | None, bool]:
    """Return the door behind a code or link, and whether there ever was one: `(None, True)` has ended."""
    code = clean_line(code)
    invitation = invitation_named(code, normal_code(code))
    if invitation is None:
        return None, False
    if invitation.revoked_at or (invitation.expires_at and invitation.expires_at <= timezone.now()):
        return None, True
    partnership = invitation.partnership or invitation.workspace.partnerships.filter(deleted_at=None).first()
    if invitation.kind != Invitation.Kind.DEVICE and (partnership is None or partnership.deleted_at):
        return None, True
    return Door(invitation, partnership, _sides(invitation, partnership)), True


def _sides(invitation: Invitation, partnership: Partnership | None) -> tuple[tuple[str, Organisation], ...]:
    if partnership is None:
        return ()
    both = (("start", partnership.first), ("end", partnership.second))
    if invitation.organisation_id:
        return tuple(side for side in both if side[1].pk == invitation.organisation_id)
    return () if invitation.role == Membership.Role.OBSERVER else both
