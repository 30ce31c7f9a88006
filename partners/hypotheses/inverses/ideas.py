"""Taking back what was done to joint ideas, on top of what others did since."""

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
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.operations import ideas
from partners.hypotheses.operations.fields import SLOT_LIMITS
from partners.hypotheses.rules import Word
from partners.value_fit.access import PartnershipInView


@inverse(events.IdeaAdded, _lazy("wrote down “%(text)s”"), _lazy("wrote down %(count)s joint ideas"))
def delete_idea_again(undoing: Undoing, event: Event) -> None:
    """Delete the idea, where a redo finds it."""
    _seen, idea = _idea(undoing, event)
    if not is_gone(undoing, idea) and not others_went_on(undoing, event, idea):
        ideas.record_removal(undoing.change, idea, removed=True)


@inverse(events.IdeaRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s joint ideas"))
def put_back_idea(undoing: Undoing, event: Event) -> None:
    """Bring the idea back, or delete it again."""
    _seen, idea = _idea(undoing, event)
    if is_as_i_left_it(undoing, event, idea):
        ideas.record_removal(undoing.change, idea, removed=not event.data["removed"])


@inverse(events.IdeaReworded, _lazy("reworded “%(text)s”"), _lazy("reworded %(count)s joint ideas"))
def put_back_words(undoing: Undoing, event: Event) -> None:
    """Take back my words and keep what others wrote since. The very words of before bring their version back."""
    _seen, idea = _idea(undoing, event)
    if is_gone(undoing, idea):
        return
    before, after = event.data["before"], event.data["after"]
    now = {slot: idea.words.get(slot, "") for slot in after}
    back = merged_back(before, after, now, limits=SLOT_LIMITS)
    if back == now:
        undoing.leave(_("“%(text)s” says so already.") % {"text": idea})
    version = event.data["version_before"] if idea.version == event.data["version"] and back == before else None
    ideas.record_words(undoing.change, idea, back, merged=now != after, version=version)


@inverse(events.IdeaChanged, _lazy("marked “%(text)s”"), _lazy("marked %(count)s joint ideas"))
def put_back_marks(undoing: Undoing, event: Event) -> None:
    """Put back what still is as I set it."""
    seen, idea = _idea(undoing, event)
    if is_gone(undoing, idea):
        return
    before, after = event.data["before"], event.data["after"]
    resting = {name: getattr(idea, name) for name in after if name in ideas.RESTS_ON}
    mine = still(idea, {name: value for name, value in after.items() if name not in resting})
    untouched = [name for name, rows in resting.items() if sorted(str(row.pk) for row in rows.all()) == after[name]]
    if not mine and not untouched:
        undoing.leave(_("Somebody has changed “%(text)s” otherwise since.") % {"text": idea})
    ideas.record_fields(undoing.change, idea, kept(SynergyHypothesis, {name: before[name] for name in mine}))
    rests = {name: [UUID(pk) for pk in before[name]] for name in untouched}
    ideas.record_rests(undoing.change, seen, idea, rests)


@inverse(events.IdeaSaid, _lazy("what “%(text)s” is worth"), _lazy("what %(count)s joint ideas are worth"))
def take_back_word(undoing: Undoing, event: Event) -> None:
    """Put back what was said of the idea before."""
    _seen, idea = _idea(undoing, event)
    if is_gone(undoing, idea):
        return
    if idea.word == event.data["after"]:
        ideas.record_word(undoing.change, idea, Word(event.data["before"]), event.data["why_before"])
    else:
        undoing.leave(_("Somebody has said otherwise of “%(text)s” since.") % {"text": idea})


def _idea(undoing: Undoing, event: Event) -> tuple[PartnershipInView, SynergyHypothesis]:
    seen = partnership_of(undoing, event)
    idea = SynergyHypothesis.objects.filter(pk=event.thing_id).first()
    if idea is None:
        raise NotFound
    return seen, idea
