"""Coming in by a link that was made before."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from partners.base.errors import NotFound
from partners.workspaces.models import Invitation, Membership
from partners.workspaces.operations.people import join_personally, new_guest_pass


def continue_on_device(*, invitation: Invitation) -> tuple[Membership, str]:
    """Use up the link to another device; returns the membership and the token for that browser's cookie.

    Raises `NotFound` when the link was used, has ended, or the person is no longer here.
    """
    with transaction.atomic():
        member = invitation.membership
        alive = Invitation.objects.filter(
            pk=invitation.pk, kind=Invitation.Kind.DEVICE, revoked_at=None, expires_at__gt=timezone.now()
        )
        if member is None or member.removed_at or not alive.update(revoked_at=timezone.now()):
            raise NotFound
        return member, new_guest_pass(member=member)


def arrive_personally(*, invitation: Invitation) -> tuple[Membership, str]:
    """Use up a personal link (workspace, company and partnership loaded); returns the new member and their token.

    Raises `NotFound` when it was used or has ended.
    """
    with transaction.atomic():
        alive = Invitation.objects.filter(
            pk=invitation.pk, kind=Invitation.Kind.PERSONAL, revoked_at=None, expires_at__gt=timezone.now()
        )
        if not alive.update(revoked_at=timezone.now(), name=""):
            raise NotFound
        assert invitation.organisation is not None
        assert invitation.partnership is not None
        member = join_personally(
            workspace=invitation.workspace,
            name=invitation.name,
            organisation=invitation.organisation,
            partnership=invitation.partnership,
        )
        Invitation.objects.filter(pk=invitation.pk).update(membership=member)
        return member, new_guest_pass(member=member)
