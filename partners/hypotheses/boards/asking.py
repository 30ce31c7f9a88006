"""Who was asked by a personal link to accept a learning card, and whose link somebody came by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.hypotheses.models import Acceptance, AcceptanceRequest, LearningCard
from partners.value_fit.access import PartnershipInView
from partners.workspaces.models import Membership


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Somebody who was asked. `path` is the link's, for who made it; `said_not_yet`: they came, and `why`."""

    id: UUID
    organisation_id: UUID | None
    name: str
    maker: str
    until: datetime | None
    path: str
    said_not_yet: bool
    why: str


def asked_about(seen: PartnershipInView, cards: Iterable[LearningCard]) -> dict[UUID, list[AskedPerson]]:
    """Return who was asked about cards and has not accepted them, by card: one query.

    Whose link waits, and who came and said *not yet* of the card as it reads.
    """
    here = {card.pk: card for card in cards}
    waits = Q(
        invitation__revoked_at=None, invitation__expires_at__gt=timezone.now(), invitation__created_by__removed_at=None
    )
    rows = AcceptanceRequest.objects.filter(waits | Q(not_yet_at__isnull=False), card__in=list(here))
    found: dict[UUID, list[AskedPerson]] = defaultdict(list)
    for row in rows.select_related("invitation__created_by", "invitation__membership"):
        if row.not_yet_at is None or row.revision == here[row.card_id].revision:
            found[row.card_id].append(_person(seen, row))
    return found


def link_words(seen: PartnershipInView, given: Acceptance) -> str:
    """Return by whose link came who accepted a card (`queries.accepted`); nothing when they came otherwise."""
    if not given.came_by_link:  # type: ignore[attr-defined]  # annotated by `queries.accepted`, as are the next three
        return ""
    maker, name = given.link_by_id, given.link_by_name  # type: ignore[attr-defined]  # as above
    side = seen.side_of(given.link_by_company)  # type: ignore[attr-defined]  # as above
    if not name or not seen.viewer.audience.sees_person(maker):
        return _("by a personal link")
    if side is None:
        return _("by a personal link made by %(name)s") % {"name": name}
    words = {"name": name, "company": seen.organisation(side).short_name}
    return _("by a personal link made by %(name)s of %(company)s") % words


def _person(seen: PartnershipInView, row: AcceptanceRequest) -> AskedPerson:
    invitation, reader = row.invitation, seen.viewer.member
    is_mine = reader is not None and invitation.created_by_id == reader.pk and invitation.revoked_at is None
    return AskedPerson(
        id=row.pk,
        organisation_id=invitation.organisation_id,
        name=_name(seen, invitation.membership) if invitation.membership_id else invitation.name,
        maker=_name(seen, invitation.created_by),
        until=invitation.expires_at,
        path=reverse("join-with", args=[invitation.code]) if is_mine else "",
        said_not_yet=row.not_yet_at is not None,
        why=row.why,
    )


def _name(seen: PartnershipInView, member: Membership | None) -> str:
    return member.name if member and seen.viewer.audience.sees_person(member.pk) else ""
