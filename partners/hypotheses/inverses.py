"""How what was done to joint ideas, tests and learning cards is taken back, on top of what others did since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.changing import kept, still
from partners.base.errors import Conflict, NotFound
from partners.base.merge import merge
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.hypotheses import events
from partners.hypotheses.models import Acceptance, LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.operations import ideas, learning, testing
from partners.hypotheses.operations.fields import CARD_WORDS, SLOT_LIMITS
from partners.hypotheses.rules import Word
from partners.value_fit.access import PartnershipInView, comparison_in, require_open
from partners.value_fit.operations.pairs import lock_comparison
from partners.workspaces.rules import Action


@inverse(events.IdeaAdded, _lazy("wrote down “%(text)s”"), _lazy("wrote down %(count)s joint ideas"))
def delete_idea_again(undoing: Undoing, event: Event) -> None:
    """Delete the idea, where a redo finds it."""
    _seen, idea = _idea(undoing, event)
    if not _gone(undoing, idea) and not _others_went_on(undoing, event, idea):
        ideas.record_removal(undoing.change, idea, removed=True)


@inverse(events.IdeaRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s joint ideas"))
def put_back_idea(undoing: Undoing, event: Event) -> None:
    """Bring the idea back, or delete it again."""
    _seen, idea = _idea(undoing, event)
    if _is_as_i_left_it(undoing, event, idea):
        ideas.record_removal(undoing.change, idea, removed=not event.data["removed"])


@inverse(events.IdeaReworded, _lazy("reworded “%(text)s”"), _lazy("reworded %(count)s joint ideas"))
def put_back_words(undoing: Undoing, event: Event) -> None:
    """Take back my words and keep what others wrote since. The very words of before bring their version back."""
    _seen, idea = _idea(undoing, event)
    if _gone(undoing, idea):
        return
    before, after = event.data["before"], event.data["after"]
    now = {slot: idea.words.get(slot, "") for slot in after}
    back = _merged(before, after, now, limits=SLOT_LIMITS)
    if back == now:
        undoing.leave(_("“%(text)s” says so already.") % {"text": idea})
    version = event.data["version_before"] if idea.version == event.data["version"] and back == before else None
    ideas.record_words(undoing.change, idea, back, merged=now != after, version=version)


@inverse(events.IdeaChanged, _lazy("marked “%(text)s”"), _lazy("marked %(count)s joint ideas"))
def put_back_marks(undoing: Undoing, event: Event) -> None:
    """Put back what still is as I set it."""
    seen, idea = _idea(undoing, event)
    if _gone(undoing, idea):
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
    if _gone(undoing, idea):
        return
    if idea.word == event.data["after"]:
        ideas.record_word(undoing.change, idea, Word(event.data["before"]), event.data["why_before"])
    else:
        undoing.leave(_("Somebody has said otherwise of “%(text)s” since.") % {"text": idea})


@inverse(events.TestDesigned, _lazy("described “%(text)s”"), _lazy("described %(count)s tests"))
def delete_test_again(undoing: Undoing, event: Event) -> None:
    """Delete the test, where a redo finds it."""
    test = _test(undoing, event)
    if not _gone(undoing, test) and not _others_went_on(undoing, event, test):
        testing.record_removal(undoing.change, test, removed=True)


@inverse(events.TestRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s tests"))
def put_back_test(undoing: Undoing, event: Event) -> None:
    """Bring the test back, or delete it again."""
    test = _test(undoing, event)
    if _is_as_i_left_it(undoing, event, test):
        testing.record_removal(undoing.change, test, removed=not event.data["removed"])


@inverse(events.TestChanged, _lazy("changed “%(text)s”"), _lazy("changed %(count)s tests"))
def put_back_test_fields(undoing: Undoing, event: Event) -> None:
    """Put back the fields that still are as I set them; of a started test it shows that its criterion changed."""
    test = _test(undoing, event)
    if _gone(undoing, test):
        return
    mine = still(test, event.data["after"])
    if not mine:
        undoing.leave(_("Somebody has changed “%(text)s” otherwise since.") % {"text": test})
        return
    back = kept(TestCard, {name: event.data["before"][name] for name in mine})
    why = ""
    if test.started_at is not None and "criterion" in back:
        why = _("taken back")
        back["criterion_why"] = "" if back["criterion"] == test.criterion_at_start else why
    testing.record_fields(undoing.change, test, back, why=why)


@inverse(events.TestRan, _lazy("how far “%(text)s” is"), _lazy("how far %(count)s tests are"))
def put_back_run(undoing: Undoing, event: Event) -> None:
    """Take back that a test started or ended."""
    test = _test(undoing, event)
    if _gone(undoing, test):
        return
    if test.run != event.data["after"]:
        undoing.leave(_("Somebody has gone on with “%(text)s” since.") % {"text": test})
        return
    before = event.data["before"]
    started_at = None if before == "designed" else test.started_at or timezone.now()
    ended_at = timezone.now() if before == "ended" else None
    testing.record_run(undoing.change, test, started_at=started_at, ended_at=ended_at)


@inverse(events.TestCounted, _lazy("counted for “%(text)s”"), _lazy("counted for %(count)s tests"))
def put_back_count(undoing: Undoing, event: Event) -> None:
    """Put back how many data points there were."""
    test = _test(undoing, event)
    if _gone(undoing, test):
        return
    if test.points == event.data["after"]:
        testing.record_points(undoing.change, test, event.data["before"])
    else:
        undoing.leave(_("Somebody has counted on for “%(text)s” since.") % {"text": test})


@inverse(events.LearningWritten, _lazy("wrote down “%(text)s”"), _lazy("wrote down %(count)s learning cards"))
def delete_card_again(undoing: Undoing, event: Event) -> None:
    """Delete the card, where a redo finds it."""
    _seen, card = _card(undoing, event)
    if not _gone(undoing, card) and not _others_went_on(undoing, event, card):
        learning.record_removal(undoing.change, card, removed=True)


@inverse(events.LearningRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s learning cards"))
def put_back_card(undoing: Undoing, event: Event) -> None:
    """Bring the card back, or delete it again."""
    _seen, card = _card(undoing, event)
    if _is_as_i_left_it(undoing, event, card):
        learning.record_removal(undoing.change, card, removed=not event.data["removed"])


@inverse(events.LearningChanged, _lazy("changed “%(text)s”"), _lazy("changed %(count)s learning cards"))
def put_back_card_fields(undoing: Undoing, event: Event) -> None:
    """Take back my words and marks, and keep what others wrote since. A yes comes only from people again."""
    _seen, card = _card(undoing, event)
    if _gone(undoing, card):
        return
    before, after = event.data["before"], event.data["after"]
    words = {name: getattr(card, name) for name in after if name in CARD_WORDS}
    back = _merged(before, {name: after[name] for name in words}, words, limits=CARD_WORDS)
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
    if _gone(undoing, card):
        return
    if Acceptance.objects.filter(card=card, organisation_id=company).exists() == given:
        undoing.leave(_("The yes to “%(text)s” is as it was already.") % {"text": card})
    elif given and changed.exists():
        undoing.leave(_("“%(text)s” has been changed since.") % {"text": card})
    else:
        learning.record_acceptance(undoing.change, seen, card, company, by=by, given=given)


def _seen(undoing: Undoing, event: Event) -> PartnershipInView:
    """The partnership of an event, open, locked, and whose ideas this person may write; raises what `access` raises."""
    if event.partnership_id is None:
        raise NotFound
    seen = comparison_in(undoing.viewer, event.partnership_id)
    require_open(seen)
    seen.require_negotiating()
    lock_comparison(seen)
    return seen


def _idea(undoing: Undoing, event: Event) -> tuple[PartnershipInView, SynergyHypothesis]:
    seen = _seen(undoing, event)
    idea = SynergyHypothesis.objects.filter(pk=event.thing_id).first()
    if idea is None:
        raise NotFound
    return seen, idea


def _test(undoing: Undoing, event: Event) -> TestCard:
    _seen(undoing, event)
    test = TestCard.objects.filter(pk=event.thing_id).select_related("hypothesis").first()
    if test is None:
        raise NotFound
    return test


def _card(undoing: Undoing, event: Event) -> tuple[PartnershipInView, LearningCard]:
    seen = _seen(undoing, event)
    card = LearningCard.objects.filter(pk=event.thing_id).select_related("hypothesis").first()
    if card is None:
        raise NotFound
    return seen, card


def _gone(undoing: Undoing, thing: SynergyHypothesis | TestCard | LearningCard) -> bool:
    """Whether a thing was deleted, or its idea; says so."""
    idea = thing if isinstance(thing, SynergyHypothesis) else thing.hypothesis
    if thing.deleted_at is None and idea.deleted_at is None:
        return False
    undoing.leave(_("“%(text)s” has been deleted.") % {"text": thing})
    return True


def _others_went_on(undoing: Undoing, event: Event, thing: SynergyHypothesis | TestCard | LearningCard) -> bool:
    """Whether others have done something with it since, so that it is theirs too; says so."""
    since = Event.objects.filter(workspace=event.workspace_id, seq__gt=event.seq).exclude(actor=event.actor_id)
    if since.filter(thing_id=thing.pk).exists() or since.filter(data__idea=str(thing.pk)).exists():
        undoing.leave(_("Others have gone on with “%(text)s” since.") % {"text": thing})
        return True
    return False


def _is_as_i_left_it(undoing: Undoing, event: Event, thing: SynergyHypothesis | TestCard | LearningCard) -> bool:
    """Whether a thing is deleted as the event says; says so when not."""
    if bool(thing.deleted_at) == event.data["removed"]:
        return True
    undoing.leave(_("Somebody has deleted “%(text)s” or brought it back since.") % {"text": thing})
    return False


def _merged(
    before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, str], *, limits: Mapping[str, int]
) -> dict[str, str]:
    """What stands without my words; raises `Conflict` where others replaced them."""
    back = {}
    for name in after:
        text = merge(after[name], before[name], now[name]).text
        if text is None or len(text) > limits[name]:
            raise Conflict(
                _("Somebody has changed the same words since, so they stay as they are."),
                code="same_words",
                yours=before[name],
                theirs=now[name],
            )
        back[name] = text
    return back
