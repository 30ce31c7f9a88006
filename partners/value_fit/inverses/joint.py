"""Taking back what was done to joint sentences. A yes that an edit took away comes only from people again."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.changing import kept, still
from partners.base.errors import Conflict, NotFound
from partners.base.merge import merge
from partners.canvases.models import TEXT_LIMIT
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.value_fit import events
from partners.value_fit.access import PartnershipInView, comparison_in, require_open
from partners.value_fit.models import Consent, JointSentence
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.operations.sentences import record_consent, record_edit, record_fields, record_removal
from partners.workspaces.rules import Action


@inverse(events.SentenceAdded, _lazy("suggested “%(text)s”"), _lazy("suggested %(count)s joint sentences"))
def drop_again(undoing: Undoing, event: Event) -> None:
    """Drop the sentence, where a redo finds it."""
    _seen, sentence = _sentence(undoing, event)
    others = Event.objects.filter(thing_id=sentence.pk, seq__gt=event.seq).exclude(actor=event.actor_id)
    if sentence.deleted_at is not None:
        undoing.leave(_("“%(text)s” has been dropped already.") % {"text": sentence})
    elif others.exists():
        undoing.leave(_("Others have gone on with “%(text)s” since.") % {"text": sentence})
    else:
        record_removal(undoing.change, sentence, removed=True)


@inverse(events.SentenceRemoved, _lazy("dropping “%(text)s”"), _lazy("dropping %(count)s joint sentences"))
def put_back(undoing: Undoing, event: Event) -> None:
    """Bring the sentence back, or drop it again."""
    _seen, sentence = _sentence(undoing, event)
    if bool(sentence.deleted_at) == event.data["removed"]:
        record_removal(undoing.change, sentence, removed=not event.data["removed"])
    else:
        undoing.leave(_("Somebody has dropped “%(text)s” or brought it back since.") % {"text": sentence})


@inverse(events.SentenceEdited, _lazy("reworded “%(text)s”"), _lazy("reworded %(count)s joint sentences"))
def put_back_words(undoing: Undoing, event: Event) -> None:
    """Take back my words and keep what others wrote since; raises `Conflict` where theirs replaced mine."""
    _seen, sentence = _standing(undoing, event)
    merged = merge(event.data["text"], event.data["before"], sentence.text).text
    if not merged or len(merged) > TEXT_LIMIT:
        raise Conflict(
            _("Somebody has changed the same words of “%(text)s” since, so it stays as it is.") % {"text": sentence},
            code="same_words",
            yours=event.data["before"],
            theirs=sentence.text,
        )
    if merged == sentence.text:
        undoing.leave(_("“%(text)s” says so already.") % {"text": sentence})
    record_edit(undoing.change, sentence, merged, merged=sentence.text != event.data["text"])


@inverse(events.SentenceChanged, _lazy("marked “%(text)s”"), _lazy("marked %(count)s joint sentences"))
def put_back_fields(undoing: Undoing, event: Event) -> None:
    """Put back the fields that still are as I set them."""
    _seen, sentence = _standing(undoing, event)
    before, after = event.data["before"], event.data["after"]
    if len(still(sentence, after)) == len(after):
        record_fields(undoing.change, sentence, kept(JointSentence, before))
    else:
        undoing.leave(_("Somebody has marked “%(text)s” otherwise since.") % {"text": sentence})


@inverse(events.ConsentGiven, _lazy("the yes to “%(text)s”"), _lazy("the yes to %(count)s joint sentences"))
def put_back_yes(undoing: Undoing, event: Event) -> None:
    """Take my company's yes back, or say it again while the words are the same."""
    seen, sentence = _standing(undoing, event)
    company = UUID(event.data["organisation"])
    member = seen.viewer.require(Action.AGREE, company)
    given = not event.data["given"]
    if given and event.data["text"] != sentence.text:
        undoing.leave(_("“%(text)s” has been reworded since.") % {"text": sentence})
    elif Consent.objects.filter(sentence=sentence, organisation_id=company).exists() == given:
        undoing.leave(_("The yes to “%(text)s” is as it was already.") % {"text": sentence})
    else:
        record_consent(undoing.change, seen, sentence, company, by_id=member.pk, given=given)


def _sentence(undoing: Undoing, event: Event) -> tuple[PartnershipInView, JointSentence]:
    """The sentence of an event, locked, which this person may still see and word; raises what `access` raises."""
    if event.partnership_id is None:
        raise NotFound
    seen = comparison_in(undoing.viewer, event.partnership_id)
    require_open(seen)
    seen.require_negotiating()
    lock_comparison(seen)
    sentence = JointSentence.objects.select_for_update().filter(pk=event.thing_id).first()
    if sentence is None:
        raise NotFound
    return seen, sentence


def _standing(undoing: Undoing, event: Event) -> tuple[PartnershipInView, JointSentence]:
    """The same; raises `Conflict` when it was dropped."""
    seen, sentence = _sentence(undoing, event)
    if sentence.deleted_at is not None:
        raise Conflict(_("Somebody dropped “%(text)s”.") % {"text": sentence}, code="deleted", yours="", theirs="")
    return seen, sentence
