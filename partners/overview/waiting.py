"""Learning cards that wait for a company's yes: for the reader's own, and for the other one."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse

from partners.hypotheses.models import LearningCard
from partners.hypotheses.rules import Word
from partners.value_fit.reads import in_open
from partners.workspaces.access import Viewer
from partners.workspaces.models import Organisation


@dataclass(frozen=True)
class WaitingCard:
    """A card, its idea, the company whose yes is missing, and where to give it."""

    id: UUID
    title: str
    idea: str
    company: Organisation
    path: str


@dataclass(frozen=True)
class Waiting:
    """What waits for the reader's company, and what waits for the company at the other side."""

    for_us: list[WaitingCard] = field(default_factory=list)
    for_them: list[WaitingCard] = field(default_factory=list)


def waiting_for(viewer: Viewer) -> Waiting:
    """Return the cards of the reader's own partnerships that lack a yes; two queries, none for who is of no company.

    A card on an earlier wording of its idea waits for nobody: it counts no more.
    """
    waiting = Waiting()
    ours = viewer.organisation_id
    if ours is None:
        return waiting
    cards = LearningCard.objects.filter(
        in_open(viewer.audience, "hypothesis__partnership__"),
        deleted_at=None,
        hypothesis__deleted_at=None,
        hypothesis__word=Word.FLAGGED.value,
    )
    loaded = cards.select_related("hypothesis__partnership__first", "hypothesis__partnership__second")
    for card in loaded.prefetch_related("acceptances"):
        idea = card.hypothesis
        partnership = idea.partnership
        if ours not in (partnership.first_id, partnership.second_id) or card.version != idea.version:
            continue
        accepted = {each.organisation_id for each in card.acceptances.all()}
        for company in (partnership.first, partnership.second):
            if company.pk in accepted:
                continue
            path = f"{reverse('ideas:idea', args=[idea.pk])}#card-{card.pk}"
            found = WaitingCard(card.pk, card.title, idea.title, company, path)
            (waiting.for_us if company.pk == ours else waiting.for_them).append(found)
    return waiting
