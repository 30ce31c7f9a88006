"""A learning card as who is asked by a personal link reads it, before they have come in."""

from __future__ import annotations

from django.utils import timezone

from partners.hypotheses.boards.learning import DrawnCard, draw_cards
from partners.hypotheses.boards.words import names_of
from partners.hypotheses.models import AcceptanceRequest
from partners.hypotheses.queries import read
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import viewer_as


def draw_request(asked: AcceptanceRequest) -> DrawnCard:
    """Return the card of a request that is open (`asked.request_named`), as who made the link may show it."""
    idea, maker = asked.card.hypothesis, asked.invitation.created_by
    assert maker is not None
    maker.workspace = asked.invitation.workspace
    seen = PartnershipInView(viewer_as(maker), idea.partnership)
    [found] = read([idea], idea.partnership, today=timezone.localdate())
    return next(card for card in draw_cards(seen, found, names_of(seen), {}) if card.id == asked.card_id)
