"""Somebody asked by a personal link to accept a learning card: finding what they are asked, and whether it still is."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from partners.base.prepared import Prepared
from partners.base.text import clean_line
from partners.hypotheses.models import Acceptance, AcceptanceRequest
from partners.workspaces.access import viewer_as
from partners.workspaces.models import Invitation
from partners.workspaces.rules import Action


class Closed(StrEnum):
    """Why nothing can be said by a link."""

    USED = "used"
    ENDED = "ended"
    DELETED = "deleted"
    PRIVATE = "private"
    ACCEPTED = "accepted"


def request_named(code: str) -> AcceptanceRequest | None:
    """Return what somebody is asked by a link, whether it works or not; None when there never was such a link."""
    found = _request.one(code=clean_line(code))
    if found:
        found.card.hypothesis.partnership.workspace = found.invitation.workspace
        found.invitation.partnership = found.card.hypothesis.partnership
    return found


def closed(request: AcceptanceRequest) -> Closed | None:
    """Return why a request (as found here) cannot be answered by its link now; None when it can."""
    invitation, card = request.invitation, request.card
    partnership = card.hypothesis.partnership
    if invitation.membership_id:
        return Closed.USED
    is_over = invitation.revoked_at is not None or (invitation.expires_at or timezone.now()) <= timezone.now()
    if is_over or partnership.deleted_at is not None or not _may_still_be_asked(invitation):
        return Closed.ENDED
    if card.deleted_at is not None or card.hypothesis.deleted_at is not None:
        return Closed.DELETED
    if partnership.sealed_at is not None:
        return Closed.PRIVATE
    accepted = Acceptance.objects.filter(card=card).values_list("organisation_id", flat=True)
    return Closed.ACCEPTED if invitation.organisation_id in accepted else None


def _may_still_be_asked(invitation: Invitation) -> bool:
    """Whether who made the link is here, sees the partnership, and might make it now."""
    maker = invitation.created_by
    if maker is None or maker.removed_at is not None:
        return False
    maker.workspace = invitation.workspace
    viewer = viewer_as(maker)
    return viewer.may(Action.ASK, invitation.organisation_id) and viewer.audience.sees_partnership(
        invitation.partnership_id
    )


@Prepared
def _request(*, code: str) -> QuerySet[AcceptanceRequest]:
    asked = AcceptanceRequest.objects.filter(invitation__code=code, invitation__workspace__deleted_at=None)
    return asked.order_by().select_related(
        "card__hypothesis__partnership__first",
        "card__hypothesis__partnership__second",
        "invitation__workspace",
        "invitation__organisation",
        "invitation__created_by__organisation",
        "invitation__membership",
    )
