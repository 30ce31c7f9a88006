"""What changed in a joint sentence since a company said yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.base.words import Run, word_diff
from partners.value_fit.access import PartnershipInView
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import words_agreed_by, words_at_first


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
        if (before := words_agreed_by(sentence, company.pk)) is not None:
            since = _("What changed since %(company)s said yes") % {"company": company.short_name}
            return _changed(since, before, sentence.text)
    return _changed(_("What changed since it was begun"), words_at_first(sentence), sentence.text)


def _changed(since: str, before: str, after: str) -> Changed:
    return Changed(since, word_diff(before, after), before == after)
