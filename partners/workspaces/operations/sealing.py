"""Private until reveal: a partnership's two sheets are written apart from each other, and opened both at once."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Forbidden, Invalid
from partners.events import log
from partners.workspaces import events
from partners.workspaces.access import Viewer
from partners.workspaces.models import Partnership, SealedLook
from partners.workspaces.rules import Action


def seal(viewer: Viewer, partnership: Partnership) -> Partnership:
    """Make a partnership's two Partnership Canvases private until the reveal (facilitators).

    Twice is once. What was looked into under an earlier seal has to be asked for anew.
    """
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        if _locked(partnership).sealed_at is None:
            partnership.sealed_at = timezone.now()
            partnership.save(update_fields=["sealed_at", "updated_at"])
            partnership.looks.all().delete()
            change.record(events.PartnershipSealed(**_about(partnership)))
    return partnership


def reveal(viewer: Viewer, partnership: Partnership) -> Partnership:
    """Open both sheets at once (facilitators). Who comes second, even at the same moment, finds it done: no error."""
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        if _locked(partnership).sealed_at is not None:
            partnership.sealed_at = None
            partnership.save(update_fields=["sealed_at", "updated_at"])
            change.record(events.PartnershipRevealed(**_about(partnership)))
    return partnership


def look_into(viewer: Viewer, partnership: Partnership) -> Partnership:
    """Show a facilitator of no organisation what is private in a partnership; everybody is told that they look.

    Raises `Forbidden` for everybody else: who belongs to a company would see the other's cards.
    """
    by = viewer.require(Action.MANAGE)
    if viewer.organisation_id is not None:
        raise Forbidden(
            _("You belong to one of the companies. Only a facilitator who belongs to none may look."), code="partial"
        )
    with log.change(viewer.workspace.pk, by=by) as change:
        _locked(partnership)
        _look, is_new = SealedLook.objects.get_or_create(partnership=partnership, member=by)
        if is_new:
            change.record(events.SealedSheetsLooked(**_about(partnership)))
    return partnership


def _locked(partnership: Partnership) -> Partnership:
    """Wait for others who seal or reveal, and take over how it is now; raises `Invalid` for one that is gone."""
    now = Partnership.objects.select_for_update(no_key=True).only("sealed_at", "deleted_at").get(pk=partnership.pk)
    if now.deleted_at:
        raise Invalid(_("This partnership has been taken away."), code="gone")
    partnership.sealed_at = now.sealed_at
    return partnership


def _about(partnership: Partnership) -> dict[str, Any]:
    return {
        "thing_id": partnership.pk,
        "partnership_id": partnership.pk,
        "first": partnership.first.short_name,
        "second": partnership.second.short_name,
    }
