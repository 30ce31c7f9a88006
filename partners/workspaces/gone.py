"""What was here and is not any more, for exports and for programs that follow along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from partners.events.models import Event
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.events import (
    MemberChanged,
    MemberJoined,
    OrganisationRestored,
    PartnershipRemoved,
    PartnershipRestored,
    PartnershipRevealed,
    PartnershipSealed,
    SealedSheetsLooked,
)
from partners.workspaces.models import Membership, Organisation, Partnership

RIGHTS = frozenset({"organisation", "partnerships", "role", "scope"})
"""What of a member says what they see."""
OPENED_OR_CLOSED = (PartnershipSealed.kind, PartnershipRevealed.kind, PartnershipRestored.kind)


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


def sees_otherwise(viewer: Viewer, since: datetime) -> bool:
    """Return whether it changed since a moment what this person may see at all: one query.

    Their own side or rights did, or they asked to look at what is private; a partnership was sealed, revealed or came
    back, or a company did. Who sees named partnerships only also sees companies and people by them: these come and go
    with a partnership, and with other people's sides.
    """
    if viewer.member is None:
        return False
    mine = Q(kind__in=(MemberJoined.kind, MemberChanged.kind), thing_id=viewer.member.pk)
    mine |= Q(kind=SealedSheetsLooked.kind, actor=viewer.member)
    if viewer.audience.is_wide:
        mine |= Q(kind__in=(OrganisationRestored.kind, *OPENED_OR_CLOSED))
    else:
        mine |= Q(kind=MemberChanged.kind)
        mine |= Q(kind__in=(PartnershipRemoved.kind, *OPENED_OR_CLOSED), thing_id__in=_named(viewer))
    rows = Event.objects.filter(mine, workspace=viewer.workspace, at__gte=since).order_by()
    told = rows.values_list("kind", "data")
    return any(kind != MemberChanged.kind or not RIGHTS.isdisjoint(data["fields"]) for kind, data in told)


def still_there(since: datetime) -> Q:
    """Return the condition that something was there at a moment as far as its own deletion goes."""
    return Q(deleted_at=None) | Q(deleted_at__gte=since)


def organisations_gone(viewer: Viewer, since: datetime) -> QuerySet[Organisation]:
    """Return the organisations that this person saw and that were removed since a moment."""
    gone = Organisation.objects.filter(workspace=viewer.workspace, deleted_at__gte=since)
    if viewer.audience.is_wide:
        return gone
    named = Partnership.objects.filter(pk__in=_named(viewer))
    return gone.filter(Q(pk__in=named.values("first_id")) | Q(pk__in=named.values("second_id")))


def emptied_since(
    viewer: Viewer, thing_type: str, since: datetime, *, seen_canvases: Iterable[UUID] = ()
) -> dict[UUID, datetime]:
    """Return what went for good since a moment when the trash was emptied, of what this person could see.

    Of what stood on a sheet that is still there: what was on one of `seen_canvases`.
    """
    left = Event.objects.filter(workspace=viewer.workspace, kind="emptied", thing_type=thing_type)
    rows = left.filter(data__gone_at__gte=moment_text(since)).order_by().values_list("thing_id", "data")
    seen = {str(canvas_id) for canvas_id in seen_canvases}
    is_wide = viewer.audience.is_wide
    return {
        thing_id: datetime.fromisoformat(data["gone_at"])
        for thing_id, data in rows
        if data.get("canvas") in seen or (is_wide and data.get("was_open"))
    }


def moment_text(at: datetime) -> str:
    """Return a moment as text that sorts as moments do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _named(viewer: Viewer) -> QuerySet[Partnership, UUID]:
    if viewer.member is None:
        return Partnership.objects.none().values_list("pk", flat=True)
    return viewer.member.partnerships.order_by().values_list("pk", flat=True)
