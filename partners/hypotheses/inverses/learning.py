"""Taking back what was done to learning cards, on top of what others did since."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.changing import kept, still
from partners.base.errors import NotFound
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.hypotheses import events
from partners.hypotheses.inverses.shared import is_as_i_left_it, is_gone, merged_back, others_went_on, partnership_of
from partners.hypotheses.models import Acceptance, LearningCard
from partners.hypotheses.operations import learning
from partners.hypotheses.operations.fields import CARD_WORDS
from partners.value_fit.access import PartnershipInView
from partners.workspaces.rules import Action


@inverse(events.LearningWritten, _lazy("wrote down “%(text)s”"), _lazy("wrote down %(count)s learning cards"))
def delete_card_again(undoing: Undoing, event: Event) -> None:
    """Delete the card, where a redo finds it."""
    _seen, card = _card(undoing, event)
    if not is_gone(undoing, card) and not others_went_on(undoing, event, card):
        learning.record_removal(undoing.change, card, removed=True)


@inverse(events.LearningRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s learning cards"))
def put_back_card(undoing: Undoing, event: Event) -> None:
    """Bring the card back, or delete it again."""
    _seen, card = _card(undoing, event)
    if is_as_i_left_it(undoing, event, card):
        learning.record_removal(undoing.change, card, removed=not event.data["removed"])


@inverse(events.LearningChanged, _lazy("changed “%(text)s”"), _lazy("changed %(count)s learning cards"))
def put_back_card_fields(undoing: Undoing, event: Event) -> None:
    """Take back my words and marks, and keep what others wrote since. A yes comes only from people again."""
    _seen, card = _card(undoing, event)
    if is_gone(undoing, card):
        return
    before, after = event.data["before"], event.data["after"]
    words = {name: getattr(card, name) for name in after if name in CARD_WORDS}
    back = merged_back(before, {name: after[name] for name in words}, words, limits=CARD_WORDS)
    mine = still(card, {name: value for name, value in after.items() if name not in words})
    if back == words and not mine:
        undoing.leave(_("Somebody has changed “%(text)s” otherwise since.") % {"text": card})
    fields = back | kept(LearningCard, {name: before[name] for name in mine})
    learning.record_fields(undoing.change, card, fields, merged=any(words[name] != after[name] for name in words))


@inverse(events.LearningAccepted, _lazy("the yes to “%(text)s”"), _lazy("the yes to %(count)s learning cards"))
def put_back_yes(undoing: Undoing, event: Event) -> None:
    """Take my company's yes back, or say it again while the card is the same."""
    seen, card = _card(undoing, event)
    company = UUID(event.data["organisation"])
    by = undoing.viewer.require(Action.AGREE, company)
    given = not event.data["given"]
    changed = Event.objects.filter(thing_id=card.pk, seq__gt=event.seq, kind=events.LearningChanged.kind)
    if is_gone(undoing, card):
        return
    if Acceptance.objects.filter(card=card, organisation_id=company).exists() == given:
        undoing.leave(_("The yes to “%(text)s” is as it was already.") % {"text": card})
    elif given and changed.exists():
        undoing.leave(_("“%(text)s” has been changed since.") % {"text": card})
    else:
        learning.record_acceptance(undoing.change, seen, card, company, by=by, given=given)


def _card(undoing: Undoing, event: Event) -> tuple[PartnershipInView, LearningCard]:
    seen = partnership_of(undoing, event)
    card = LearningCard.objects.filter(pk=event.thing_id).select_related("hypothesis").first()
    if card is None:
        raise NotFound
    return seen, card
