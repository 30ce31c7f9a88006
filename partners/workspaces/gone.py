"""What was here and is not any more, for exports and for programs that follow along."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from partners.workspaces.access import Audience, Viewer
from partners.workspaces.models import Membership, Organisation, Partnership


def everybody_seen(audience: Audience) -> QuerySet[Membership]:
    """Return everybody an audience sees, those who left included."""
    everybody = Membership.objects.filter(workspace_id=audience.workspace_id)
    return everybody if audience.people is None else everybody.filter(pk__in=audience.people)


def partnerships_gone(viewer: Viewer, since: datetime) -> QuerySet[Partnership]:
    """Return the partnerships that this person saw and that were removed since a moment.

    An audience names living partnerships only; what somebody with a narrow scope saw is named in their membership.
    """
    gone = Partnership.objects.filter(workspace=viewer.workspace, deleted_at__gte=since)
    if viewer.audience.is_wide:
        return gone
    return gone.filter(pk__in=_named(viewer))


def organisations_gone(viewer: Viewer, since: datetime) -> QuerySet[Organisation]:
    """Return the organisations that this person saw and that were removed since a moment."""
    gone = Organisation.objects.filter(workspace=viewer.workspace, deleted_at__gte=since)
    if viewer.audience.is_wide:
        return gone
    named = Partnership.objects.filter(pk__in=_named(viewer))
    return gone.filter(Q(pk__in=named.values("first_id")) | Q(pk__in=named.values("second_id")))


def _named(viewer: Viewer) -> QuerySet[Partnership, UUID]:
    if viewer.member is None:
        return Partnership.objects.none().values_list("pk", flat=True)
    return viewer.member.partnerships.order_by().values_list("pk", flat=True)
