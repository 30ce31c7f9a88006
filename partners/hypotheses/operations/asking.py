"""Asking one named person of a company, by a personal link, to accept a learning card; and what they say by it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Invalid, NotFound
from partners.base.text import clean_line, clean_text
from partners.events import log
from partners.hypotheses import events
from partners.hypotheses.asked import closed
from partners.hypotheses.models import AcceptanceRequest, LearningCard
from partners.hypotheses.models.testing import SAYS_LIMIT
from partners.hypotheses.operations.learning import about, accept_card
from partners.hypotheses.operations.shared import locked_card
from partners.value_fit.access import PartnershipInView, comparison_in, require_open
from partners.workspaces.access import viewer_as
from partners.workspaces.models import Membership, Organisation
from partners.workspaces.operations.arrivals import arrive_personally
from partners.workspaces.operations.people import NAME_LIMIT
from partners.workspaces.operations.sharing import record_end, record_personal_link
from partners.workspaces.rules import Action

AT_MOST = 10
"""So many links of a card wait at once."""


def ask_to_accept(
    *, seen: PartnershipInView, card: LearningCard, organisation_id: UUID, name: str
) -> AcceptanceRequest:
    """Make a personal link by which somebody of a company accepts a card without an account.

    For facilitators, and for people of that very company: nobody else can bring about its yes. Raises `Invalid` without
    a name or when the company has accepted it already, `NotFound`, `Conflict`.
    """
    if organisation_id not in seen.organisation_ids:
        raise NotFound
    by = seen.viewer.require(Action.ASK, organisation_id)
    require_open(seen)
    company = _company(seen, organisation_id)
    name = _name(name, company)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        card = locked_card(seen, card)
        if card.acceptances.filter(organisation_id=organisation_id).exists():
            message = _("%(company)s has accepted it already.") % {"company": company.short_name}
            raise Invalid(message, code="accepted", fields={"name": [message]})
        waiting = card.requests.filter(invitation__revoked_at=None, invitation__expires_at__gt=timezone.now())
        if waiting.count() >= AT_MOST:
            message = _("%(count)s links wait already: end one first.") % {"count": AT_MOST}
            raise Invalid(message, code="too_many_links", fields={"name": [message]})
        invitation = record_personal_link(change, partnership=seen.partnership, organisation=company, name=name)
        request = AcceptanceRequest.objects.create(card=card, invitation=invitation)
        change.record(_asked(card, company, asked=True))
    return request


def end_request(*, seen: PartnershipInView, request: AcceptanceRequest) -> AcceptanceRequest:
    """End a personal link that nobody has used; who may make one may. Twice is once."""
    company = _company(seen, request.invitation.organisation_id)
    by = seen.viewer.require(Action.ASK, company.pk)
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        card = locked_card(seen, request.card)
        request.invitation.refresh_from_db()
        if request.invitation.revoked_at is None:
            record_end(change, request.invitation)
            change.record(_asked(card, company, asked=False))
    return request


def answer_request(
    *, request: AcceptanceRequest, accepts: bool, revision: int | None = None, why: str = ""
) -> tuple[Membership, str]:
    """Come in by a personal link (as `asked.request_named` finds it), and accept the card or say *not yet*, and why.

    Returns the new member and the token for their cookie. Raises `NotFound` when the link has ended, and `Conflict`
    when the card says something else than the `revision` that was read; then nobody came, and the link goes on working.
    """
    if closed(request):
        raise NotFound
    with transaction.atomic():
        member, token = arrive_personally(invitation=request.invitation)
        seen = comparison_in(viewer_as(member), request.card.hypothesis.partnership_id)
        require_open(seen)
        assert member.organisation_id is not None
        if accepts:
            accept_card(seen=seen, card=request.card, organisation_id=member.organisation_id, revision=revision)
        else:
            _defer(seen, request, by=member, why=clean_text(why)[:SAYS_LIMIT])
        return member, token


def _defer(seen: PartnershipInView, request: AcceptanceRequest, *, by: Membership, why: str) -> None:
    with log.change(seen.partnership.workspace_id, by=by) as change:
        card = locked_card(seen, request.card)
        request.not_yet_at, request.revision, request.why = timezone.now(), card.revision, why
        request.save(update_fields=["not_yet_at", "revision", "why", "updated_at"])
        company = _company(seen, by.organisation_id)
        change.record(
            events.AcceptanceDeferred(**about(card), organisation=str(company.pk), company=company.short_name, why=why)
        )


def _asked(card: LearningCard, company: Organisation, *, asked: bool) -> events.AcceptanceAsked:
    return events.AcceptanceAsked(**about(card), organisation=str(company.pk), company=company.short_name, asked=asked)


def _company(seen: PartnershipInView, organisation_id: UUID | None) -> Organisation:
    side = seen.side_of(organisation_id)
    if side is None:
        raise NotFound
    return seen.organisation(side)


def _name(name: str, company: Organisation) -> str:
    line = clean_line(name)
    if not line:
        message = _("Say whom of %(company)s you ask.") % {"company": company.short_name}
        raise Invalid(message, code="empty", fields={"name": [message]})
    return line[:NAME_LIMIT]
