"""Reads for arriving people and the screen in the room."""

from __future__ import annotations

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import Canvas, Note
from partners.facilitation.models import Session
from partners.facilitation.pages import own_side, page_for
from partners.facilitation.rules import block_in_work
from partners.workspaces.access import Viewer
from partners.workspaces.models import Partnership
from partners.workspaces.queries import partnerships_seen


def place_to_start(viewer: Viewer, partnership: Partnership | None = None) -> str:
    """Return the address where somebody who has just come in starts: where the facilitator has them land, else at
    the block in work of their side's model.

    Who sees no partnership (a lone facilitator, say) starts at the workshop's home.
    """
    session = Session.objects.filter(workspace=viewer.workspace).first()
    landing = page_for(viewer, session.landing_page) if session else None
    if landing:
        page, landed = landing
        return page.address(own_side(viewer, landed))
    seen = list(partnerships_seen(viewer.audience))
    own = [each for each in seen if viewer.organisation_id in (each.first_id, each.second_id)]
    partnership = next((each for each in seen if partnership and each.pk == partnership.pk), None)
    chosen = partnership or next(iter(own or seen), None)
    if chosen is None:
        return reverse("workspaces:home", args=[viewer.workspace.pk])
    side = "end" if viewer.organisation_id == chosen.second_id else "start"
    company_id = chosen.second_id if side == "end" else chosen.first_id
    canvas = Canvas.objects.get(kind=BUSINESS_MODEL.key, organisation_id=company_id, partnership=None)
    newest = dict(
        Note.objects.filter(canvas=canvas, deleted_at=None)
        .order_by()
        .values_list("block")
        .annotate(newest=Max("created_at"))
    )
    order = [block.key for block in BUSINESS_MODEL.blocks]
    block = block_in_work(order, newest, now=timezone.now())
    return f"{reverse('partnerships:model', args=[chosen.pk, side])}#b-{canvas.pk}-{block}"
