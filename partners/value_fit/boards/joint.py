"""Bands 3 and 4: each company's own notes, and between them the joint sentences that both may agree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import Note
from partners.value_fit.access import PartnershipInView
from partners.value_fit.boards.figures import Counted
from partners.value_fit.boards.joint_parts import Carried, DrawnSentence, JointBand, Own, OwnNote, Yes
from partners.value_fit.boards.kept import KeptTemplate
from partners.value_fit.boards.reader import Reader, reader_of
from partners.value_fit.compared import ComparedNote, SentenceRead, match_of
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import CREATED, TRANSFERS, Comparison, organisation_at, side_of
from partners.value_fit.rules import SIDES, Side
from partners.workspaces.rules import Action

BLOCKS = {JointSentence.Kind.TRANSFER.value: TRANSFERS, JointSentence.Kind.CREATED.value: CREATED}
TITLES = {
    JointSentence.Kind.TRANSFER.value: gettext_lazy("How it gets across"),
    JointSentence.Kind.CREATED.value: gettext_lazy("What becomes possible together"),
}
SUMMED_UP = 3
"""More sentences than these are counted in a closed band's line."""

_sentence = KeptTemplate("value_fit/_joint_sentence.html", limit=2_000)
_own_note = KeptTemplate("value_fit/_joint_own_note.html", limit=2_000)


class JointDrawing:
    """Draws what is joint for one kind of reader; `drawn` is the log number up to which it was read."""

    def __init__(self, compared: Comparison, reader: Reader, drawn: int) -> None:
        self._compared = compared
        self._partnership = compared.partnership
        self._reader = reader
        self._drawn = drawn
        self._texts = {
            note.pk: note.text for blocks in compared.notes.values() for own in blocks.values() for note in own
        }

    def band(self, kind: str, *, may: str) -> JointBand:
        """A whole band, for the page; `may` is what `joint_rights` says."""
        partnership = self._partnership
        companies = [(organisation_at(partnership, side), side) for side in SIDES]
        return JointBand(
            kind=kind,
            title=str(TITLES[kind]),
            partnership_id=partnership.pk,
            list_id=f"{partnership.pk}:{kind}",
            start=self._own(kind, "start"),
            end=self._own(kind, "end"),
            sentences=[self.piece(sentence) for sentence in self._compared.joint(kind)],
            may=may,
            companies=[(company.pk, company.short_name, side) for company, side in companies],
            absent=[company.short_name for company, _side in companies if company.pk not in self._reader.present],
        )

    def read(self, sentence_id: UUID) -> SentenceRead | None:
        """A sentence as it was read; None when it has been dropped."""
        return next((read for read in self._compared.sentences if read.row.pk == sentence_id), None)

    def pieces(self, sentence_ids: Collection[UUID]) -> list[str]:
        """The present picture of some sentences, for the stream and for answers: each as it stands, or its removal,
        and of the notes that they were begun from."""
        standing = {read.row.pk: read for read in self._compared.sentences}
        found = [str(self.piece(standing[pk])) for pk in sentence_ids if pk in standing]
        gone = [pk for pk in sentence_ids if pk not in standing]
        found += [f'<del data-gone="sentence-{pk}" data-drawn="{self._drawn}"></del>' for pk in gone]
        return found + [str(self.own_note(note, kind, side)) for note, kind, side in self._sources(sentence_ids)]

    def piece(self, read: SentenceRead) -> SafeString:
        """One sentence as it stands on every page of the audience."""
        return _sentence.html(self._drawn, sentence=replace(self.sentence(read), drawn=0))

    def sentence(self, read: SentenceRead) -> DrawnSentence:
        """One sentence with all its words."""
        row = read.row
        gain_side = side_of(self._partnership, row.organisation_id)
        block = BUSINESS_MODEL.block(row.target_block) if row.target_block else None
        return DrawnSentence(
            id=row.pk,
            kind=row.kind,
            list_id=f"{row.partnership_id}:{row.kind}",
            rank=row.rank,
            drawn=self._drawn,
            version=row.text_version,
            text=row.text,
            yeses=tuple(self._yes(read, side) for side in SIDES),
            carries_all=row.carries is None,
            carries=self._carries(row) if row.kind == JointSentence.Kind.TRANSFER else "",
            beneficiary=row.beneficiary,
            gain_of=row.organisation_id,
            gain_side=gain_side or "",
            for_whom=_("for %(company)s") % {"company": organisation_at(self._partnership, gain_side).short_name}
            if gain_side
            else _("for the customer")
            if row.kind == JointSentence.Kind.CREATED
            else "",
            target_block=row.target_block,
            lands_in=str(block.title) if block else "",
        )

    def carried(self, row: JointSentence) -> list[Carried]:
        """The pairs that a transfer may carry, for its menu."""
        if row.kind != JointSentence.Kind.TRANSFER:
            return []
        agreed = {pair.id for pair in self._compared.pairs if match_of(pair).agreed}
        chosen = None if row.carries is None else set(row.carries)
        return [
            Carried(
                id=pair.id,
                words=f"{self._texts[pair.offer_id]} → {self._texts[pair.need_id]}",
                is_agreed=pair.id in agreed,
                is_chosen=pair.id in agreed if chosen is None else str(pair.id) in chosen,
            )
            for pair in self._compared.pairs
        ]

    def own_note(self, note: ComparedNote, kind: str, side: Side) -> SafeString:
        """One of a company's own notes, with the control that begins a joint sentence from it."""
        begun = next((read.row.pk for read in self._compared.joint(kind) if read.row.source_note_id == note.pk), None)
        own = OwnNote(
            id=note.pk,
            text=note.text,
            for_whom=self._beneficiary(note, side),
            is_guess=note.is_guess,
            company=organisation_at(self._partnership, side).short_name,
            side=side,
            kind=kind,
            partnership_id=self._partnership.pk,
            sentence=begun,
        )
        return _own_note.html(self._drawn, own=own)

    def _own(self, kind: str, side: Side) -> Own:
        notes = self._compared.notes[side].get(BLOCKS[kind], [])
        return Own(
            side,
            organisation_at(self._partnership, side).short_name,
            [self.own_note(note, kind, side) for note in notes],
        )

    def _sources(self, sentence_ids: Collection[UUID]) -> list[tuple[ComparedNote, str, Side]]:
        """The notes that some sentences were begun from, dropped ones as well, with their band and side."""
        rows = JointSentence.objects.filter(pk__in=sentence_ids).exclude(source_note=None).order_by()
        begun = dict(rows.values_list("source_note_id", "kind"))
        return [
            (note, begun[note.pk], side)
            for side in SIDES
            for block in BLOCKS.values()
            for note in self._compared.notes[side].get(block, [])
            if note.pk in begun
        ]

    def _beneficiary(self, note: ComparedNote, side: Side) -> str:
        if not note.beneficiary:
            return ""
        if note.beneficiary == Note.Beneficiary.CUSTOMER:
            return _("for the customer")
        gains = side if note.beneficiary == Note.Beneficiary.US else ("end" if side == "start" else "start")
        return _("for %(company)s") % {"company": organisation_at(self._partnership, gains).short_name}

    def _yes(self, read: SentenceRead, side: Side) -> Yes:
        company = organisation_at(self._partnership, side)
        said = next((yes for yes in read.yeses if yes.organisation_id == company.pk), None)
        knows = said is not None and self._reader.audience.sees_person(said.by_id)
        return Yes(
            side=side,
            organisation_id=company.pk,
            company=company.short_name,
            said=said is not None,
            by=said.by if said and knows else "",
            is_here=company.pk in self._reader.present,
        )

    def _carries(self, row: JointSentence) -> str:
        if row.carries is None:
            return _("carries all agreed pairs")
        chosen = [pair for pair in self._compared.pairs if str(pair.id) in row.carries]
        if not chosen:
            return _("carries no pair yet")
        named = ", ".join(Truncator(self._texts[pair.offer_id]).chars(40) for pair in chosen[:SUMMED_UP])
        if len(chosen) > SUMMED_UP:
            named += ngettext(" and %(count)s more", " and %(count)s more", len(chosen) - SUMMED_UP) % {
                "count": len(chosen) - SUMMED_UP
            }
        return _("carries: %(offers)s") % {"offers": named}


def draw_bands(seen: PartnershipInView, compared: Comparison, drawn: int) -> dict[str, JointBand]:
    """Return both bands for one reader's page, by kind: `transfer` and `created`."""
    drawing, may = JointDrawing(compared, reader_of(seen.viewer), drawn), joint_rights(seen)
    return {kind: drawing.band(kind, may=may) for kind in JointSentence.Kind.values}


def joint_rights(seen: PartnershipInView) -> str:
    """Return what a reader may do with what is joint: `negotiate`, and the sides for which they may say yes."""
    agrees = [f"agree-{side}" for side in SIDES if seen.viewer.may(Action.AGREE, seen.organisation(side).pk)]
    return " ".join((["negotiate"] if seen.may_negotiate() else []) + agrees)


def draw_joint_summary(compared: Comparison, kind: str) -> list[Counted]:
    """Return a closed band's line: each sentence and how far it is; many are counted."""
    sentences = compared.joint(kind)
    if not sentences:
        noted = any(compared.notes[side].get(BLOCKS[kind]) for side in SIDES)
        return [Counted(_("nothing joint yet, but notes on the sheets") if noted else _("nothing noted yet"))]
    if len(sentences) > SUMMED_UP:
        agreed = sum(compared.is_agreed(read) for read in sentences)
        words = _("%(agreed)s of %(all)s agreed") % {"agreed": agreed, "all": len(sentences)}
        return [Counted(words, "ok" if agreed == len(sentences) else "")]
    return [_summed_up(compared, read) for read in sentences]


def _summed_up(compared: Comparison, read: SentenceRead) -> Counted:
    text = Truncator(read.row.text).chars(48)
    if compared.is_agreed(read):
        return Counted(_("%(text)s: agreed") % {"text": text}, "ok")
    companies = [organisation_at(compared.partnership, side) for side in SIDES]
    awaited = ", ".join(company.short_name for company in companies if company.pk not in read.consents)
    return Counted(_("%(text)s: waiting for %(companies)s") % {"text": text, "companies": awaited})
