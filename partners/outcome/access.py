"""Looking up an outcome with permission, and who may write it down.

A partnership is looked up as its comparison is (`value_fit.access`); an outcome is open while the sheets are private.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.base.errors import Forbidden, NotFound
from partners.base.prepared import Prepared
from partners.outcome.models import NextStep
from partners.people.identity import Identity
from partners.value_fit.access import PartnershipInView, comparison_for
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action


def step_for(identity: Identity, step_id: UUID) -> tuple[PartnershipInView, NextStep]:
    """Return a next step, dropped or not, and its partnership; raises `NotFound`."""
    step = _step.one(step_id=step_id)
    if step is None:
        raise NotFound
    return comparison_for(identity, step.partnership_id), step


@Prepared
def _step(*, step_id: UUID) -> QuerySet[NextStep]:
    return NextStep.objects.filter(pk=step_id).order_by().select_related("member", "note__canvas")


def may_write(seen: PartnershipInView) -> bool:
    """Whether somebody may write the outcome down: people of either company, and facilitators."""
    return seen.may_negotiate()


def require_writing(seen: PartnershipInView) -> Membership:
    """Return the member who may write the outcome down; raises `Forbidden`."""
    for pk in seen.organisation_ids:
        if seen.viewer.may(Action.NEGOTIATE, pk):
            return seen.viewer.require(Action.NEGOTIATE, pk)
    if seen.viewer.role == Membership.Role.MEMBER:
        raise Forbidden(_("Only people of the two companies write down what they decide and do."))
    return seen.viewer.require(Action.NEGOTIATE, seen.partnership.first_id)
