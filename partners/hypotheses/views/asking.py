"""Asking somebody of a company, by a personal link, to accept a learning card; and ending such a link."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from partners.base.errors import Invalid, NotFound
from partners.hypotheses import operations
from partners.hypotheses.forms import AskingForm, cleaned
from partners.hypotheses.models import AcceptanceRequest
from partners.hypotheses.views.page import part
from partners.hypotheses.views.within import learning_in


@require_POST
def asking(request: HttpRequest, idea_id: UUID, card_id: UUID) -> HttpResponse:
    """Make the link; it stands beside the card, for who made it to copy and send."""
    seen, card = learning_in(request, idea_id, card_id)
    values = cleaned(AskingForm(request.POST))
    try:
        operations.ask_to_accept(seen=seen, card=card, organisation_id=values["organisation"], name=values["name"])
    except Invalid as mistake:
        at = f"{card_id}-{values['organisation']}"
        typed = {"asked_name": values["name"]}
        return part(
            request, idea_id, "cards", status=mistake.status, editing=f"asking-{at}", typed=typed, mistake=mistake
        )
    return part(request, idea_id, "cards")


@require_POST
def ending(request: HttpRequest, idea_id: UUID, card_id: UUID, request_id: UUID) -> HttpResponse:
    """End a link that nobody has used yet."""
    seen, card = learning_in(request, idea_id, card_id)
    found = AcceptanceRequest.objects.filter(pk=request_id, card=card).select_related("card", "invitation").first()
    if found is None:
        raise NotFound
    operations.end_request(seen=seen, request=found)
    return part(request, idea_id, "cards")
