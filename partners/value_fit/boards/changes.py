"""What changed in a joint sentence since a company said yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.words import Run, word_diff
from partners.events.models import Event
from partners.value_fit.access import PartnershipInView
from partners.value_fit.models import JointSentence


@dataclass(frozen=True, slots=True)
class Changed:
    """The change in runs of words, and since when, in words."""

    since: str
    runs: Sequence[Run]
    is_same: bool


def what_changed(seen: PartnershipInView, sentence: JointSentence) -> Changed:
    """Compare the words of now with those that the reader's company said yes to last.

    For who belongs to neither company the first one's, then the second one's; while nobody has said yes, with the words
    that the sentence was begun with.
    """
    own = seen.mine
    for side in [own] if own else ["start", "end"]:
        company = seen.organisation("start" if side == "start" else "end")
        if (before := _words_agreed_by(sentence, company.pk)) is not None:
            since = _("What changed since %(company)s said yes") % {"company": company.short_name}
            return _changed(since, before, sentence.text)
    return _changed(_("What changed since it was begun"), _words_at_first(sentence), sentence.text)


def _changed(since: str, before: str, after: str) -> Changed:
    return Changed(since, word_diff(before, after), before == after)


def _words_agreed_by(sentence: JointSentence, organisation_id: UUID) -> str | None:
    """The words that a company said yes to last, from the log; None when it never has."""
    if sentence.consents.filter(organisation_id=organisation_id).exists():
        return sentence.text
    reworded = Event.objects.filter(thing_id=sentence.pk, kind="sentence_edited").order_by("-seq")
    told = reworded.values_list("data", flat=True)
    return next((data["before"] for data in told if str(organisation_id) in data["consents"]), None)


def _words_at_first(sentence: JointSentence) -> str:
    """The words that it was begun with, from the log; those of now when the log does not tell."""
    told = Event.objects.filter(thing_id=sentence.pk, kind="sentence_added").order_by("seq").first()
    return str(told.data["text"]) if told else sentence.text
