"""Accepting a created value, and what follows from it on the two business models (domain reference 3.3).

Both companies have said yes to the sentence by then, so people of either write it on both models: that is what they
agreed to. What nobody has touched since is taken away again with the acceptance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Conflict, Invalid, NotFound
from partners.canvases.models import Note
from partners.events import log
from partners.outcome import events
from partners.outcome.access import require_writing
from partners.outcome.operations.writing import Writing
from partners.outcome.rules import missing
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import JointSentence
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.queries import comparison
from partners.value_fit.rules import Side


@dataclass(frozen=True)
class TakenBack:
    """An acceptance that was taken back, and the notes that stay because somebody has gone on with them."""

    sentence: JointSentence
    left: tuple[Note, ...]


def accept_created_value(*, seen: PartnershipInView, sentence: JointSentence, into: str = "") -> JointSentence:
    """Accept a created value as a candidate to go on with; twice is once.

    With the first one of a partnership each company's Key Partners gains a note that names the other and what it gets.
    `into` is the block of the company it is for in which the value lands; for the customer it lands in both companies'
    Value Propositions, whatever `into` says; empty: nowhere yet. Raises `Invalid` with what is missing.
    """
    require_open(seen)
    by = require_writing(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        sentence = _locked(seen, sentence)
        if sentence.accepted_at is None:
            _require_ready(seen, sentence)
            writing = Writing(change, seen, by)
            notes = [*writing.key_partners(sentence), *(writing.landing(sentence, into) if into else ())]
            record_acceptance(change, sentence, accepted=True, notes=notes)
    return sentence


def put_into_model(*, seen: PartnershipInView, sentence: JointSentence, into: str) -> JointSentence:
    """Put an accepted created value into a block of the company it is for; where it stands already it stays."""
    require_open(seen)
    by = require_writing(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        sentence = _locked(seen, sentence)
        if sentence.accepted_at is None:
            raise Invalid(_("Accept it first: then it can be put into a business model."), code="not_accepted")
        if notes := Writing(change, seen, by).landing(sentence, into):
            change.record(events.CreatedValueLanded(**about(sentence), notes=_ids(notes)))
    return sentence


def take_acceptance_back(*, seen: PartnershipInView, sentence: JointSentence) -> TakenBack:
    """Take an acceptance back, and from the business models what it added and nobody has touched since."""
    require_open(seen)
    by = require_writing(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        sentence = _locked(seen, sentence)
        left: list[Note] = []
        if sentence.accepted_at is not None:
            removed, left = Writing(change, seen, by).take_away(sentence)
            record_acceptance(change, sentence, accepted=False, notes=removed)
    return TakenBack(sentence, tuple(left))


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_acceptance(change: log.Change, sentence: JointSentence, *, accepted: bool, notes: Iterable[Note]) -> None:
    """Write that a created value is accepted, or not any more, and record it with the notes that came or went."""
    sentence.accepted_at = timezone.now() if accepted else None
    sentence.save(update_fields=["accepted_at", "updated_at"])
    change.record(events.CreatedValueAccepted(**about(sentence), accepted=accepted, notes=_ids(notes)))


def locked_sentence(seen: PartnershipInView, sentence_id: UUID) -> JointSentence:
    """Read a created value under the lock of its comparison; raises `NotFound`."""
    lock_comparison(seen)
    sentences = JointSentence.objects.filter(pk=sentence_id, partnership=seen.partnership)
    sentence = sentences.filter(kind=JointSentence.Kind.CREATED).select_related("source_note").first()
    if sentence is None:
        raise NotFound
    return sentence


def is_ready(seen: PartnershipInView, sentence: JointSentence) -> bool:
    """Whether nothing is missing for a created value to be accepted."""
    return not missing(_sides_that_said_yes(seen, sentence), comparison(seen.partnership).table)


def about(sentence: JointSentence) -> dict[str, Any]:
    """What every event about a created value tells."""
    return {"thing_id": sentence.pk, "partnership_id": sentence.partnership_id, "text": sentence.text}


def _locked(seen: PartnershipInView, sentence: JointSentence) -> JointSentence:
    fresh = locked_sentence(seen, sentence.pk)
    if fresh.deleted_at is not None:
        raise Conflict(_("Somebody dropped this sentence."), code="deleted", yours="", theirs="")
    return fresh


def _require_ready(seen: PartnershipInView, sentence: JointSentence) -> None:
    lacking = missing(_sides_that_said_yes(seen, sentence), comparison(seen.partnership).table)
    if lacking:
        raise Invalid(
            _("Both companies say yes first, and at least one pair each way is agreed."),
            code="not_ready",
            missing=[
                {"lacks": each.lacks.value, "organisation": str(seen.organisation(each.side).pk)} for each in lacking
            ],
        )


def _sides_that_said_yes(seen: PartnershipInView, sentence: JointSentence) -> set[Side]:
    companies = sentence.consents.values_list("organisation_id", flat=True)
    return {side for pk in companies if (side := seen.side_of(pk))}


def _ids(notes: Iterable[Note]) -> tuple[str, ...]:
    return tuple(str(note.pk) for note in notes)
