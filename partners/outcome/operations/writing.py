"""What an accepted created value writes on the two business models, and takes away again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.errors import Forbidden, Invalid
from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import TEXT_LIMIT, Canvas, Note
from partners.canvases.operations.places import find_rank, make_room
from partners.canvases.operations.steps import record_added, record_deletion, record_restoration
from partners.events import log
from partners.events.models import Event
from partners.outcome.rules import in_one_text, needs_met
from partners.value_fit.access import PartnershipInView
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import NEEDS, Comparison, comparison
from partners.value_fit.rules import SIDES, Side, other
from partners.workspaces.models import Membership

KEY_PARTNERS, FOR_THE_CUSTOMER = "key_partners", "value_propositions"
TOUCHED = ("note_edited", "note_looked", "note_moved", "note_confirmed", "comment_added")
"""Who did any of this to a note has gone on with it."""


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
            self._add(canvas, block, sentence.text, sentence, source_id=sentence.source_note_id, basis=Note.Basis.GUESS)
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
        return self._add(self._model(side), KEY_PARTNERS, text, sentence, source_id=needs[0].pk, basis=Note.Basis.KNOWN)

    def _add(
        self, canvas: Canvas, block: str, text: str, sentence: JointSentence, *, source_id: UUID | None, basis: str
    ) -> Note:
        self._may_write_on(canvas)
        make_room(canvas)
        note = Note(
            canvas=canvas,
            block=block,
            text=text,
            basis=basis,
            source_note_id=source_id,
            joint_sentence=sentence,
            author=self.by,
            rank=find_rank(canvas, block, None),
        )
        note.save(force_insert=True)
        record_added(self.change, note)
        return note

    def _model(self, side: Side) -> Canvas:
        return self.models[self.seen.organisation(side).pk]

    def _may_write_on(self, canvas: Canvas) -> None:
        if canvas.locked_at and not self.seen.viewer.is_facilitator:
            raise Forbidden(_("The facilitator has locked one of the business models."))


def landed_of(sentence: JointSentence) -> Any:
    """Return the living notes by which a created value stands on business models."""
    notes = Note.objects.filter(joint_sentence=sentence, deleted_at=None).exclude(source_note__block=NEEDS)
    return notes.select_related("canvas").order_by("canvas_id", "rank", "pk")


def _key_notes(seen: PartnershipInView) -> Any:
    """The living notes that name the companies on each other's models because of acceptances here."""
    notes = Note.objects.filter(joint_sentence__partnership=seen.partnership, deleted_at=None)
    return notes.filter(source_note__block=NEEDS).select_related("canvas").order_by("canvas_id", "rank", "pk")
