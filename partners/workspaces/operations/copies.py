"""A workshop's skeleton made again: companies and partnerships, without notes, people or codes."""

from __future__ import annotations

from django.db import transaction

from partners.base.errors import Forbidden
from partners.events import log
from partners.people.models import User
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership, Organisation, Partnership, Workspace
from partners.workspaces.operations.network import record_organisation, record_partnership
from partners.workspaces.operations.sharing import make_code
from partners.workspaces.operations.workshops import create_workspace
from partners.workspaces.rules import Action


def copy_without_notes(*, viewer: Viewer, user: User, title: str) -> Workspace:
    """Return a new workshop of this user with the same companies, partnerships, colours and language (facilitators).

    States start over, and nothing that people wrote on sheets is taken along. Raises `Forbidden` for who does not see
    the whole workshop: a copy would show what is hidden.
    """
    viewer.require(Action.MANAGE)
    if not viewer.audience.is_wide:
        raise Forbidden("")
    source = viewer.workspace
    with transaction.atomic():
        copy, member = create_workspace(
            title=title,
            user=user,
            customer_segment=source.customer_segment,
            about=source.about,
            language=source.language,
            fill_meanings=source.fill_meanings,
            evidence_level=source.evidence_level,
            evidence_months=source.evidence_months,
        )
        with log.change(copy.pk, by=member) as change:
            companies = {
                each.pk: record_organisation(
                    change,
                    copy,
                    name=each.name,
                    is_focal=each.is_focal,
                    short_name=each.short_name,
                    sector=each.sector,
                    profile=each.profile,
                )
                for each in Organisation.objects.filter(workspace=source, deleted_at=None)
            }
            partnerships = [
                record_partnership(change, copy, first=companies[each.first_id], second=companies[each.second_id])
                for each in Partnership.objects.filter(workspace=source, deleted_at=None)
            ]
        focal = next((each for each in companies.values() if each.is_focal), None)
        Membership.objects.filter(pk=member.pk).update(organisation=focal)
        if partnerships:
            make_code(copy, by=member, partnership=partnerships[0])
    return copy
