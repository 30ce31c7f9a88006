"""Reads about a comparison, each in a known number of queries however many notes it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet

from partners.base.prepared import Prepared
from partners.canvases.models import Note
from partners.value_fit.compared import (
    NOTE_FIELDS,
    PAIR_FIELDS,
    RATING_FIELDS,
    ComparedNote,
    PairRead,
    RatingRead,
    SentenceRead,
    YesRead,
    match_of,
)
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.value_fit.rules import SIDES, Finding, Gains, Match, Side, Table, Thing, findings, other
from partners.workspaces.models import Organisation, Partnership

NEEDS, OFFERS, TRANSFERS, CREATED, VALUE_CHECK = (
    "desired_value",
    "value_offer",
    "transfer_activities",
    "created_value",
    "value_check",
)
COMPARED_BLOCKS = (NEEDS, OFFERS, TRANSFERS, CREATED, VALUE_CHECK)


def side_of(partnership: Partnership, organisation_id: UUID | None) -> Side | None:
    """Return the side a company stands at in a partnership; None for any other company."""
    sides: dict[UUID, Side] = {partnership.first_id: "start", partnership.second_id: "end"}
    return sides.get(organisation_id) if organisation_id else None


def organisation_at(partnership: Partnership, side: Side) -> Organisation:
    """Return the company at a side of a partnership (with `first` and `second` loaded)."""
    return partnership.first if side == "start" else partnership.second


@dataclass(frozen=True)
class Comparison:
    """Everything a comparison of two sheets holds, read at once: notes by side and block, and what was said of them."""

    partnership: Partnership
    notes: Mapping[Side, Mapping[str, list[ComparedNote]]]
    pairs: list[PairRead]
    unmatched: frozenset[UUID]
    looked_through: frozenset[Side]
    same: list[tuple[UUID, UUID]]
    sentences: list[SentenceRead]

    def needs(self, side: Side) -> list[ComparedNote]:
        """What a side needs, in order."""
        return self.notes[side].get(NEEDS, [])

    def offers(self, side: Side) -> list[ComparedNote]:
        """What a side brings, in order."""
        return self.notes[side].get(OFFERS, [])

    def joint(self, kind: str) -> list[SentenceRead]:
        """The joint sentences of a kind, in order."""
        return [sentence for sentence in self.sentences if sentence.row.kind == kind]

    def is_agreed(self, sentence: SentenceRead) -> bool:
        """Whether both companies said yes to a sentence."""
        return {self.partnership.first_id, self.partnership.second_id} <= sentence.consents

    @cached_property
    def findings(self) -> list[Finding]:
        """All that the comparison finds."""
        return findings(self.table)

    @cached_property
    def table(self) -> Table:
        """The same as the rules take it."""
        matches = [match_of(pair) for pair in self.pairs]
        return Table(
            needs={side: [self.thing(note) for note in self.needs(side)] for side in SIDES},
            offers={side: [self.thing(note) for note in self.offers(side)] for side in SIDES},
            matches=matches,
            looked_through=self.looked_through,
            same=self.same,
            carried=frozenset(self._carried(matches)),
            gains={side: self._gains(side) for side in SIDES},
        )

    def thing(self, note: ComparedNote) -> Thing:
        """A need or an offer as the rules take it."""
        return Thing(
            id=note.pk,
            weight=note.weight or 2,
            is_unmatched=note.pk in self.unmatched,
            is_unconfirmed=note.is_unconfirmed,
        )

    def _carried(self, matches: Iterable[Match]) -> Iterable[UUID]:
        agreed = [match.id for match in matches if match.agreed]
        for sentence in self.joint(JointSentence.Kind.TRANSFER):
            if self.is_agreed(sentence):
                carries = sentence.row.carries
                yield from agreed if carries is None else (UUID(pair) for pair in carries)

    def _gains(self, side: Side) -> Gains:
        """Whom created value is for: by the joint sentences, and until there are any, by the notes on both sheets."""
        joint = self.joint(JointSentence.Kind.CREATED)
        if joint:
            company = organisation_at(self.partnership, side).pk
            created = any(sentence.row.organisation_id == company for sentence in joint)
        else:
            own = self.notes[side].get(CREATED, [])
            theirs = self.notes[other(side)].get(CREATED, [])
            created = any(note.beneficiary == Note.Beneficiary.US for note in own)
            created |= any(note.beneficiary == Note.Beneficiary.PARTNER for note in theirs)
        checks = self.notes[side].get(VALUE_CHECK, [])
        return Gains(created, any(note.verdict == Note.Verdict.POSITIVE for note in checks))


def is_begun(partnership_id: UUID) -> bool:
    """Return whether the two companies have begun to compare: anything has been put together."""
    return Pair.objects.filter(partnership_id=partnership_id, removed_at=None).exists()


def comparison(partnership: Partnership) -> Comparison:
    """Read all that a comparison holds: 4 queries, however many notes; nothing of a sheet that is sealed."""
    notes = _notes(partnership)
    pairs = list(_pairs(partnership, notes))
    declared = _declarations(partnership_id=partnership.pk)
    return compared(partnership, notes, pairs, declared, _sentences(partnership))


def compared(
    partnership: Partnership,
    notes: Mapping[Side, Mapping[str, list[ComparedNote]]],
    pairs: list[PairRead],
    declared: Iterable[Declaration],
    sentences: list[SentenceRead],
) -> Comparison:
    """Return the comparison that these rows of a partnership make."""
    declared = list(declared)
    shown = {note.pk for side in SIDES for found in notes[side].values() for note in found}
    through = {row.organisation_id for row in declared if row.kind == Declaration.Kind.LOOKED_THROUGH}
    return Comparison(
        partnership=partnership,
        notes=notes,
        pairs=pairs,
        unmatched=frozenset(
            row.note_id for row in declared if row.kind == Declaration.Kind.UNMATCHED and row.note_id in shown
        ),
        looked_through=frozenset(side for side in SIDES if organisation_at(partnership, side).pk in through),
        same=[
            (row.note_id, row.other_id)
            for row in declared
            if row.kind == Declaration.Kind.SAME and row.note_id in shown and row.other_id in shown
        ],
        sentences=sentences,
    )


def round_number(partnership: Partnership) -> int:
    """Return which round of comparing a partnership is in: 1 until one has ended."""
    return 1 + Round.objects.filter(partnership=partnership).count()


@Prepared
def _declarations(*, partnership_id: UUID) -> QuerySet[Declaration]:
    return Declaration.objects.filter(partnership_id=partnership_id).order_by("created_at", "pk")


@Prepared
def _notes_read(*, partnership_id: UUID) -> QuerySet[Note, tuple[Any, ...]]:
    wanted = Note.objects.filter(canvas__partnership_id=partnership_id, deleted_at=None, block__in=COMPARED_BLOCKS)
    return wanted.order_by("rank", "pk").values_list(*NOTE_FIELDS)


def _notes(partnership: Partnership) -> dict[Side, dict[str, list[ComparedNote]]]:
    sealed = partnership.sealed_at is not None
    return placed(partnership, [] if sealed else map(ComparedNote._make, _notes_read(partnership_id=partnership.pk)))


def placed(partnership: Partnership, notes: Iterable[ComparedNote]) -> dict[Side, dict[str, list[ComparedNote]]]:
    """Return notes by side and block; those of a company that has left the partnership are left out."""
    found: dict[Side, dict[str, list[ComparedNote]]] = {side: {} for side in SIDES}
    for note in notes:
        if side := side_of(partnership, note.organisation_id):
            found[side].setdefault(note.block, []).append(note)
    return found


@Prepared
def _pairs_read(*, partnership_id: UUID, first_id: UUID, second_id: UUID) -> QuerySet[Pair, tuple[Any, ...]]:
    return (
        Pair.objects.filter(partnership_id=partnership_id, removed_at=None)
        .annotate(
            start=FilteredRelation("ratings", condition=Q(ratings__organisation_id=first_id)),
            end=FilteredRelation("ratings", condition=Q(ratings__organisation_id=second_id)),
        )
        .order_by("created_at", "pk")
        .values_list(
            *PAIR_FIELDS,
            *(f"{side}__{field}" for side in SIDES for field in RATING_FIELDS),
        )
    )


def _pairs(partnership: Partnership, notes: Mapping[Side, Mapping[str, list[ComparedNote]]]) -> Iterable[PairRead]:
    """Pairs whose offer still faces a need of the other side, with their ratings, by one query."""
    first, second = partnership.first_id, partnership.second_id
    return standing_pairs(
        partnership, notes, _pairs_read(partnership_id=partnership.pk, first_id=first, second_id=second)
    )


def standing_pairs(
    partnership: Partnership, notes: Mapping[Side, Mapping[str, list[ComparedNote]]], rows: Iterable[Sequence[Any]]
) -> Iterator[PairRead]:
    """Return the pairs among some rows (`PAIR_FIELDS`, then `RATING_FIELDS` of the first and of the second company)
    that stand now."""
    first, second = partnership.first_id, partnership.second_id
    needs, offers = (
        {note.pk: side for side in SIDES for note in notes[side].get(block, ())} for block in (NEEDS, OFFERS)
    )
    for row in rows:
        pk, offer, need, interest, drawn, at, *said = row
        side, facing = needs.get(need), offers.get(offer)
        if side and facing and side != facing:
            half = len(said) // 2
            start, end = _rating(first, said[:half]), _rating(second, said[half:])
            needing, bringing = (start, end) if side == "start" else (end, start)
            yield PairRead(pk, offer, need, interest, drawn, at, needing, bringing)


def _rating(company: UUID, said: list[Any]) -> RatingRead | None:
    strength, reason, by, stands_in, confirmed, *rest = said
    if strength is None:
        return None
    return RatingRead(company, strength, reason, by, stands_in, stands_in and confirmed is None, *rest)


@Prepared
def _sentences_read(*, partnership_id: UUID) -> QuerySet[Any]:
    return by_yes(JointSentence.objects.filter(partnership_id=partnership_id))


def by_yes(sentences: QuerySet[JointSentence]) -> QuerySet[Any]:
    """Return joint sentences in their order, each once for every yes to it, as these were said, or once without."""
    return (
        sentences.filter(deleted_at=None)
        .select_related("organisation")
        .annotate(yes_of=F("consents__organisation_id"), yes_by=F("consents__by_id"), yes_name=F("consents__by__name"))
        .order_by("kind", "rank", "pk", "consents__created_at", "consents__pk")
    )


def _sentences(partnership: Partnership) -> list[SentenceRead]:
    """Joint sentences with their yeses by one query: at most two rows a sentence."""
    return with_yeses(_sentences_read(partnership_id=partnership.pk))


def with_yeses(rows: Iterable[Any]) -> list[SentenceRead]:
    """Return joint sentences from rows of `by_yes`."""
    found: dict[UUID, SentenceRead] = {}
    for row in rows:
        read = found.setdefault(row.pk, SentenceRead(row))
        if row.yes_of:
            found[row.pk] = replace(read, yeses=(*read.yeses, YesRead(row.yes_of, row.yes_by, row.yes_name or "")))
    return list(found.values())
