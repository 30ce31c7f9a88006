"""What a facilitator does to a whole sheet."""

from __future__ import annotations

from django.utils import timezone

from partners.canvases.access import CanvasInView
from partners.canvases.events import CanvasLocked
from partners.canvases.models import Canvas
from partners.events import log
from partners.workspaces.rules import Action


def lock_sheet(*, sheet: CanvasInView, locked: bool) -> Canvas:
    """Lock a sheet against writing by all but facilitators, or open it again."""
    by = sheet.require(Action.LOCK)
    canvas = sheet.canvas
    with log.change(canvas.workspace_id, by=by) as change:
        if bool(canvas.locked_at) != locked:
            canvas.locked_at = timezone.now() if locked else None
            canvas.save(update_fields=["locked_at", "updated_at"])
            change.record(
                CanvasLocked(
                    thing_id=canvas.pk, canvas_id=canvas.pk, partnership_id=canvas.partnership_id, locked=locked
                )
            )
    return canvas
