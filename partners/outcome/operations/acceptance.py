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

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import TEXT_LIMIT, Canvas, Note
from partners.canvases.operations.places import find_rank, make_room
from partners.canvases.operations.steps import record_added, record_deletion, record_restoration
from partners.events import log
from partners.events.models import Event
from partners.outcome import events
from partners.outcome.access import require_writing
from partners.outcome.rules import in_one_text, missing, needs_met
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import JointSentence
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.queries import NEEDS, Comparison, comparison
from partners.value_fit.rules import SIDES, Side, other
from partners.workspaces.models import Membership

KEY_PARTNERS, FOR_THE_CUSTOMER = "key_partners", "value_propositions"
TOUCHED = ("note_edited", "note_looked", "note_moved", "note_confirmed", "comment_added")
"""Who did any of this to a note has gone on with it."""


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


class Writing:
    """Writes on both companies' business models, which are locked for it; raises `Forbidden` for a locked sheet."""

    def __init__(self, change: log.Change, seen: PartnershipInView, by: Membership | None) -> None:
        self.change, self.seen, self.by = change, seen, by
        models = Canvas.objects.filter(
            organisation_id__in=seen.organisation_ids, kind=BUSINESS_MODEL.key, partnership=None
        )
        locked = models.select_for_update(of=("self",)).select_related("organisation").order_by("pk")
        self.models: dict[UUID, Canvas] = {canvas.organisation_id: canvas for canvas in locked}

    def key_partners(self, sentence: JointSentence) -> list[Note]:
        """Name each company on the other's model, unless another acceptance of this partnership has done so."""
        accepted = JointSentence.objects.filter(partnership=self.seen.partnership, accepted_at__isnull=False)
        if accepted.exclude(pk=sentence.pk).exists():
            return []
        compared = comparison(self.seen.partnership)
        named = set(_key_notes(self.seen).values_list("canvas_id", flat=True))
        sides = [side for side in SIDES if self._model(side).pk not in named]
        return [note for side in sides if (note := self._partner_note(compared, side, sentence))]

    def landing(self, sentence: JointSentence, into: str) -> list[Note]:
        """Put a created value where it changes a business model; where it stands already it is not put again."""
        if BUSINESS_MODEL.block(into) is None:
            raise Invalid(_("A business model has no such block."), code="unknown_block")
        if sentence.organisation_id:
            places = [(self.models[sentence.organisation_id], into)]
        else:
            places = [(self._model(side), FOR_THE_CUSTOMER) for side in SIDES]
        there = set(landed_of(sentence).values_list("canvas_id", flat=True))
        return [
            self._add(canvas, block, sentence.text, sentence, source=sentence.source_note, basis=Note.Basis.GUESS)
            for canvas, block in places
            if canvas.pk not in there
        ]

    def take_away(
        self, sentence: JointSentence, *, only: Iterable[UUID] | None = None
    ) -> tuple[list[Note], list[Note]]:
        """Delete what was added for a sentence and nobody has touched; returns what is gone and what is left.

        The notes on Key Partners go with the last acceptance of the partnership. `only` narrows it to some notes.
        """
        others = JointSentence.objects.filter(partnership=self.seen.partnership, accepted_at__isnull=False)
        notes = list(landed_of(sentence))
        if not others.exclude(pk=sentence.pk).exists():
            notes += _key_notes(self.seen)
        if only is not None:
            wanted = set(only)
            notes = [note for note in notes if note.pk in wanted]
        touched = set(
            Event.objects.filter(thing_id__in=[note.pk for note in notes], kind__in=TOUCHED)
            .order_by()
            .values_list("thing_id", flat=True)
        )
        gone = [note for note in notes if note.pk not in touched]
        for note in gone:
            self._may_write_on(note.canvas)
            record_deletion(self.change, note)
        return gone, [note for note in notes if note.pk in touched]

    def bring_back(self, note_ids: Iterable[UUID]) -> list[Note]:
        """Bring notes back that `take_away` has deleted."""
        deleted = Note.objects.filter(pk__in=list(note_ids), deleted_at__isnull=False, canvas__in=self.models.values())
        notes = list(deleted.select_related("canvas").order_by("canvas_id", "rank", "pk"))
        for note in notes:
            self._may_write_on(note.canvas)
            record_restoration(self.change, note)
        return notes

    def _partner_note(self, compared: Comparison, side: Side, sentence: JointSentence) -> Note | None:
        met = needs_met(compared.table, side)
        needs = [need for need in compared.needs(side) if need.pk in met]
        if not needs:
            return None
        partner = self.seen.organisation(other(side)).short_name
        text = in_one_text(partner, [need.text for need in needs], TEXT_LIMIT)
        return self._add(self._model(side), KEY_PARTNERS, text, sentence, source=needs[0], basis=Note.Basis.KNOWN)

    def _add(
        self, canvas: Canvas, block: str, text: str, sentence: JointSentence, *, source: Note | None, basis: str
    ) -> Note:
        self._may_write_on(canvas)
        make_room(canvas)
        note = Note(
            canvas=canvas,
            block=block,
            text=text,
            basis=basis,
            source_note=source,
            joint_sentence=sentence,
            author=self.by,
            rank=find_rank(self.change, canvas, block, None),
        )
        note.save(force_insert=True)
        record_added(self.change, note)
        return note

    def _model(self, side: Side) -> Canvas:
        return self.models[self.seen.organisation(side).pk]

    def _may_write_on(self, canvas: Canvas) -> None:
        if canvas.locked_at and not self.seen.viewer.is_facilitator:
            raise Forbidden(_("The facilitator has locked one of the business models."))


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


def landed_of(sentence: JointSentence) -> Any:
    """Return the living notes by which a created value stands on business models."""
    notes = Note.objects.filter(joint_sentence=sentence, deleted_at=None).exclude(source_note__block=NEEDS)
    return notes.select_related("canvas").order_by("canvas_id", "rank", "pk")


def about(sentence: JointSentence) -> dict[str, Any]:
    """What every event about a created value tells."""
    return {"thing_id": sentence.pk, "partnership_id": sentence.partnership_id, "text": sentence.text}


def _key_notes(seen: PartnershipInView) -> Any:
    """The living notes that name the companies on each other's models because of acceptances here."""
    notes = Note.objects.filter(joint_sentence__partnership=seen.partnership, deleted_at=None)
    return notes.filter(source_note__block=NEEDS).select_related("canvas").order_by("canvas_id", "rank", "pk")


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
