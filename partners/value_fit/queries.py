"""Reads about a comparison, each in a known number of queries however many notes it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from partners.base.prepared import Prepared
from partners.canvases.models import Note
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.value_fit.rules import SIDES, Finding, Gains, Match, Said, Side, Table, Thing, findings, other
from partners.workspaces.models import Organisation, Partnership

NEEDS, OFFERS, TRANSFERS, CREATED, VALUE_CHECK = (
    "desired_value",
    "value_offer",
    "transfer_activities",
    "created_value",
    "value_check",
)


def side_of(partnership: Partnership, organisation_id: UUID | None) -> Side | None:
    """Return the side a company stands at in a partnership; None for any other company."""
    sides: dict[UUID, Side] = {partnership.first_id: "start", partnership.second_id: "end"}
    return sides.get(organisation_id) if organisation_id else None


def organisation_at(partnership: Partnership, side: Side) -> Organisation:
    """Return the company at a side of a partnership (with `first` and `second` loaded)."""
    return partnership.first if side == "start" else partnership.second


@dataclass(frozen=True, slots=True)
class RatingRead:
    """A rating as it stands: what was said, by whom, and whether it still fits the words."""

    organisation_id: UUID
    strength: int
    reason: str
    by_id: UUID | None
    stands_in: bool
    is_guess: bool
    taken_down: bool
    offer_version: int
    need_version: int
    from_round: int | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PairRead:
    """A pair that stands now, with the rating of each side (None: has not rated)."""

    id: UUID
    offer_id: UUID
    need_id: UUID
    interest: str
    drawn: int
    updated_at: datetime
    needing: RatingRead | None
    bringing: RatingRead | None

    @property
    def is_settled(self) -> bool:
        """Whether both sides have rated, so that everybody may know what was said."""
        return self.needing is not None and self.bringing is not None


@dataclass(frozen=True, slots=True)
class YesRead:
    """A company's yes to a joint sentence, and who of it said so (None: has been forgotten)."""

    organisation_id: UUID
    by_id: UUID | None
    by: str


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """A joint sentence with the yeses to it as it reads now."""

    row: JointSentence
    yeses: tuple[YesRead, ...] = ()

    @property
    def consents(self) -> frozenset[UUID]:
        """The companies that said yes."""
        return frozenset(yes.organisation_id for yes in self.yeses)


@dataclass(frozen=True)
class Comparison:
    """Everything a comparison of two sheets holds, read at once: notes by side and block, and what was said of them."""

    partnership: Partnership
    notes: Mapping[Side, Mapping[str, list[Note]]]
    pairs: list[PairRead]
    unmatched: frozenset[UUID]
    looked_through: frozenset[Side]
    same: list[tuple[UUID, UUID]]
    sentences: list[SentenceRead]

    def needs(self, side: Side) -> list[Note]:
        """What a side needs, in order."""
        return self.notes[side].get(NEEDS, [])

    def offers(self, side: Side) -> list[Note]:
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
        return Table(
            needs={side: [self.thing(note) for note in self.needs(side)] for side in SIDES},
            offers={side: [self.thing(note) for note in self.offers(side)] for side in SIDES},
            matches=[match_of(pair) for pair in self.pairs],
            looked_through=self.looked_through,
            same=self.same,
            carried=frozenset(self._carried()),
            gains={side: self._gains(side) for side in SIDES},
        )

    def thing(self, note: Note) -> Thing:
        """A need or an offer as the rules take it."""
        return Thing(
            id=note.pk,
            weight=note.weight or 2,
            is_unmatched=note.pk in self.unmatched,
            is_unconfirmed=note.stands_in and note.confirmed_by_id is None,
        )

    def _carried(self) -> Iterable[UUID]:
        agreed = [pair.id for pair in self.pairs if match_of(pair).agreed]
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
    blocks = {note.pk: (side, block) for side in SIDES for block, found in notes[side].items() for note in found}
    pairs = [pair for pair in _pairs(partnership) if _is_across(blocks.get(pair.offer_id), blocks.get(pair.need_id))]
    declared = _declarations(partnership_id=partnership.pk)
    through = {row.organisation_id for row in declared if row.kind == Declaration.Kind.LOOKED_THROUGH}
    return Comparison(
        partnership=partnership,
        notes=notes,
        pairs=pairs,
        unmatched=frozenset(
            row.note_id for row in declared if row.kind == Declaration.Kind.UNMATCHED and row.note_id in blocks
        ),
        looked_through=frozenset(side for side in SIDES if organisation_at(partnership, side).pk in through),
        same=[
            (row.note_id, row.other_id)
            for row in declared
            if row.kind == Declaration.Kind.SAME and row.note_id in blocks and row.other_id in blocks
        ],
        sentences=_sentences(partnership),
    )


def round_number(partnership: Partnership) -> int:
    """Return which round of comparing a partnership is in: 1 until one has ended."""
    return 1 + Round.objects.filter(partnership=partnership).count()


def match_of(pair: PairRead) -> Match:
    """Return a pair as the rules take it."""
    return Match(
        id=pair.id,
        offer=pair.offer_id,
        need=pair.need_id,
        needing=Said(pair.needing.strength, pair.needing.is_guess) if pair.needing else None,
        bringing=Said(pair.bringing.strength, pair.bringing.is_guess) if pair.bringing else None,
        interest=pair.interest,
    )


def _is_across(offer: tuple[Side, str] | None, need: tuple[Side, str] | None) -> bool:
    """Whether an offer of one side still faces a need of the other."""
    return bool(offer and need and offer[1] == OFFERS and need[1] == NEEDS and offer[0] != need[0])


@Prepared
def _declarations(*, partnership_id: UUID) -> QuerySet[Declaration]:
    return Declaration.objects.filter(partnership_id=partnership_id).order_by("created_at", "pk")


@Prepared
def _notes_read(*, partnership_id: UUID) -> QuerySet[Note]:
    blocks = (NEEDS, OFFERS, TRANSFERS, CREATED, VALUE_CHECK)
    wanted = Note.objects.filter(canvas__partnership_id=partnership_id, deleted_at=None, block__in=blocks)
    return wanted.select_related("canvas").order_by("rank", "pk")


def _notes(partnership: Partnership) -> dict[Side, dict[str, list[Note]]]:
    found: dict[Side, dict[str, list[Note]]] = {side: {} for side in SIDES}
    if partnership.sealed_at is not None:
        return found
    for note in _notes_read(partnership_id=partnership.pk):
        if side := side_of(partnership, note.canvas.organisation_id):
            found[side].setdefault(note.block, []).append(note)
    return found


@Prepared
def _pairs_read(*, partnership_id: UUID) -> QuerySet[Pair, tuple[Any, ...]]:
    return (
        Pair.objects.filter(partnership_id=partnership_id, removed_at=None)
        .order_by("created_at", "pk")
        .values_list(
            "pk",
            "offer_id",
            "need_id",
            "interest",
            "drawn",
            "updated_at",
            "need__canvas__organisation_id",
            "ratings__organisation_id",
            "ratings__strength",
            "ratings__reason",
            "ratings__by_id",
            "ratings__stands_in",
            "ratings__confirmed_by_id",
            "ratings__taken_down",
            "ratings__offer_version",
            "ratings__need_version",
            "ratings__from_round",
            "ratings__updated_at",
        )
    )


def _pairs(partnership: Partnership) -> Iterable[PairRead]:
    """Pairs with their ratings by one query: at most two rows a pair."""
    found: dict[UUID, PairRead] = {}
    for row in _pairs_read(partnership_id=partnership.pk):
        pk, offer, need, interest, drawn, at, needing_company, *said = row
        pair = found.setdefault(pk, PairRead(pk, offer, need, interest, drawn, at, None, None))
        if said[0] is not None:
            rating = _rating(said)
            is_needing = rating.organisation_id == needing_company
            found[pk] = replace(pair, needing=rating) if is_needing else replace(pair, bringing=rating)
    return found.values()


def _rating(said: list[Any]) -> RatingRead:
    company, strength, reason, by, stands_in, confirmed, *rest = said
    return RatingRead(company, strength, reason, by, stands_in, stands_in and confirmed is None, *rest)


@Prepared
def _sentences_read(*, partnership_id: UUID) -> QuerySet[Any]:
    return (
        JointSentence.objects.filter(partnership_id=partnership_id, deleted_at=None)
        .select_related("organisation")
        .annotate(yes_of=F("consents__organisation_id"), yes_by=F("consents__by_id"), yes_name=F("consents__by__name"))
        .order_by("kind", "rank", "pk")
    )


def _sentences(partnership: Partnership) -> list[SentenceRead]:
    """Joint sentences with their yeses by one query: at most two rows a sentence."""
    found: dict[UUID, SentenceRead] = {}
    for row in _sentences_read(partnership_id=partnership.pk):
        read = found.setdefault(row.pk, SentenceRead(row))
        if row.yes_of:
            found[row.pk] = replace(read, yeses=(*read.yeses, YesRead(row.yes_of, row.yes_by, row.yes_name or "")))
    return list(found.values())
