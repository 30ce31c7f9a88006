"""Taking companies and partnerships out of the network, and bringing them back from the trash. Rows stay."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Conflict, Invalid
from partners.events import log
from partners.events.models import Event
from partners.workspaces import events
from partners.workspaces.access import Viewer
from partners.workspaces.models import Organisation, Partnership
from partners.workspaces.rules import Action


def remove_organisation(*, viewer: Viewer, organisation: Organisation) -> Organisation:
    """Take a company out of the network with its partnerships (facilitators); the focal one stays."""
    by = viewer.require(Action.MANAGE)
    if organisation.is_focal:
        raise Invalid(_("Our own company stays; the network is built around it."), code="focal")
    with log.change(viewer.workspace.pk, by=by) as change:
        its = Q(first=organisation) | Q(second=organisation)
        for partnership in Partnership.objects.filter(its, deleted_at=None).select_related("first", "second"):
            _record(change, partnership, gone=True)
        _record(change, organisation, gone=True)
    return organisation


def remove_partnership(*, viewer: Viewer, partnership: Partnership) -> Partnership:
    """Take a partnership and its two sheets away (facilitators)."""
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        if partnership.deleted_at is None:
            _record(change, partnership, gone=True)
    return partnership


def restore_organisation(*, viewer: Viewer, organisation: Organisation) -> Organisation:
    """Bring a company back from the trash, and the partnerships that went with it (facilitators)."""
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        if organisation.deleted_at is None:
            return organisation
        _record(change, organisation, gone=False)
        bar_to = _bars(viewer.workspace.pk)
        for partnership in _went_with(organisation):
            if not bar_to(partnership):
                _record(change, partnership, gone=False)
    return organisation


def restore_partnership(*, viewer: Viewer, partnership: Partnership) -> Partnership:
    """Bring a partnership and its two sheets back from the trash (facilitators).

    Raises `Conflict` while one of its companies is in the trash, or when the two have a new partnership.
    """
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        if partnership.deleted_at is not None:
            if bar := _bars(viewer.workspace.pk)(partnership):
                raise Conflict(bar, code="barred")
            _record(change, partnership, gone=False)
    return partnership


def _record(change: log.Change, thing: Organisation | Partnership, *, gone: bool) -> None:
    """Take a thing away, or bring it back, inside an open change."""
    thing.deleted_at = timezone.now() if gone else None
    thing.save(update_fields=["deleted_at", "updated_at"])
    if isinstance(thing, Organisation):
        of_company = events.OrganisationRemoved if gone else events.OrganisationRestored
        change.record(of_company(thing_id=thing.pk, name=thing.short_name))
    else:
        of_two = events.PartnershipRemoved if gone else events.PartnershipRestored
        first, second = thing.first.short_name, thing.second.short_name
        change.record(of_two(thing_id=thing.pk, partnership_id=thing.pk, first=first, second=second))


def _went_with(organisation: Organisation) -> list[Partnership]:
    """The partnerships that were taken away together with a company, by the same change."""
    told = Event.objects.filter(thing_id=organisation.pk, kind=events.OrganisationRemoved.kind).order_by("-seq")[:1]
    went = Event.objects.filter(
        workspace=organisation.workspace_id, change__in=told.values("change"), kind=events.PartnershipRemoved.kind
    )
    gone = Partnership.objects.filter(pk__in=went.values("thing_id"), deleted_at__isnull=False)
    return list(gone.select_related("first", "second").order_by("rank", "pk"))


def _bars(workspace_id: UUID) -> Callable[[Partnership], str]:
    """Why a partnership cannot come back, as things stand now; nothing when it can."""
    gone = set(
        Organisation.objects.filter(workspace=workspace_id, deleted_at__isnull=False).values_list("pk", flat=True)
    )
    living = Partnership.objects.filter(workspace=workspace_id, deleted_at=None)
    tied = {frozenset(pair) for pair in living.values_list("first_id", "second_id")}

    def bar_to(partnership: Partnership) -> str:
        for company in (partnership.first, partnership.second):
            if company.pk in gone:
                return _("Bring %(name)s back first.") % {"name": company.short_name}
        if {partnership.first_id, partnership.second_id} in tied:
            return _("These two companies have a partnership here already.")
        return ""

    return bar_to
