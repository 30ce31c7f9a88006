"""The two directions of a comparison: a row for each need with its offers docked in it, and the offers not yet paired.

What is drawn here goes to every reader of one kind. A rating whose other side has not rated is in it only for readers
who may know it; for all others there is just the fact that it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from partners.canvases.drawing import DrawnNote
from partners.value_fit.boards.reader import Reader
from partners.value_fit.boards.words import NEED_STATES, STRENGTHS
from partners.value_fit.compared import ComparedNote, PairRead, RatingRead, match_of
from partners.value_fit.queries import Comparison, organisation_at
from partners.value_fit.rules import SIDES, Side, State, other, state_of


@dataclass(frozen=True, slots=True)
class DrawnRating:
    """What one side says of a pair, as a reader may know it.

    `strength` is None when the side has not rated, or when what it said is not theirs to know.
    """

    side: Side
    organisation_id: UUID
    company: str
    has_rated: bool
    strength: int | None = None
    word: str = ""
    reason: str = ""
    is_guess: bool = False
    taken_down: bool = False
    from_round: int | None = None
    asks_still_right: bool = False


@dataclass(frozen=True, slots=True)
class Dock:
    """An offer docked in a need's row, with what both sides say. `counts_as` is known once both have rated."""

    pair_id: UUID
    offer: DrawnNote
    needing: DrawnRating
    bringing: DrawnRating
    state: str
    counts_as: int | None
    word: str
    interest: str
    same_as: tuple[str, ...]

    @property
    def ratings(self) -> tuple[DrawnRating, DrawnRating]:
        """Both, the first company's first."""
        return (self.needing, self.bringing) if self.needing.side == "start" else (self.bringing, self.needing)

    @property
    def is_guess(self) -> bool:
        """Whether a stand-in's rating is in what counts."""
        return self.needing.is_guess or self.bringing.is_guess

    @property
    def asks_reason(self) -> bool:
        """Whether a reason is asked for: *not*, or the sides differ."""
        return self.state == "differ" or 0 in (self.needing.strength, self.bringing.strength)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need with the offers docked in it. `needing` is the side that needs, `bringing` the other."""

    need: DrawnNote
    needing: Side
    needing_id: UUID
    bringing_id: UUID
    needing_name: str
    bringing_name: str
    state: str
    state_word: str
    is_unmatched: bool
    docks: tuple[Dock, ...]
    same_as: tuple[str, ...]
    third_tag: str
    """The tag of a need for which somebody looks for a third party."""


@dataclass(frozen=True, slots=True)
class TrayOffer:
    """An offer that no need has taken."""

    offer: DrawnNote
    side: Side
    company: str
    other_company: str
    is_unmatched: bool
    state_word: str
    same_as: tuple[str, ...]


def draw_rows(
    compared: Comparison, notes: Mapping[UUID, DrawnNote], reader: Reader, *, only: set[UUID] | None = None
) -> dict[Side, list[NeedRow]]:
    """Return the rows by the side that needs; `only` names the needs that are wanted (None: all)."""
    drawing = _Drawing(compared, notes, reader)
    return {
        side: [
            drawing.row(note, side)
            for note in compared.needs(side)
            if note.pk in notes and (only is None or note.pk in only)
        ]
        for side in SIDES
    }


def draw_tray(
    compared: Comparison, notes: Mapping[UUID, DrawnNote], *, only: set[UUID] | None = None
) -> dict[Side, list[TrayOffer]]:
    """Return the offers that no need has taken, by the side that brings them; `only` as for rows."""
    docked = {pair.offer_id for pair in compared.pairs}
    texts = _texts(compared)
    return {
        side: [
            TrayOffer(
                offer=notes[note.pk],
                side=side,
                company=organisation_at(compared.partnership, side).short_name,
                other_company=organisation_at(compared.partnership, other(side)).short_name,
                is_unmatched=note.pk in compared.unmatched or side in compared.looked_through,
                state_word=_("not asked for")
                if note.pk in compared.unmatched or side in compared.looked_through
                else _("not looked at yet"),
                same_as=tuple(texts[pk] for pk in same_as(compared, note.pk)),
            )
            for note in compared.offers(side)
            if note.pk in notes and note.pk not in docked and (only is None or note.pk in only)
        ]
        for side in SIDES
    }


def same_as(compared: Comparison, note_id: UUID) -> list[UUID]:
    """Return the notes that were said to be the same thing as a note."""
    return [second if first == note_id else first for first, second in compared.same if note_id in (first, second)]


class _Drawing:
    """What every row is drawn from, looked up once."""

    def __init__(self, compared: Comparison, notes: Mapping[UUID, DrawnNote], reader: Reader) -> None:
        self._compared = compared
        self._notes = notes
        self._reader = reader
        self._texts = _texts(compared)
        self._pairs: dict[UUID, list[PairRead]] = {}
        for pair in compared.pairs:
            self._pairs.setdefault(pair.need_id, []).append(pair)

    def row(self, note: ComparedNote, side: Side) -> NeedRow:
        """The row of a need."""
        compared = self._compared
        pairs = self._pairs.get(note.pk, [])
        matches = [match_of(pair) for pair in pairs]
        state = state_of(compared.thing(note), matches, looked_through=side in compared.looked_through)
        needing, bringing = (organisation_at(compared.partnership, at) for at in (side, other(side)))
        return NeedRow(
            need=self._notes[note.pk],
            needing=side,
            needing_id=needing.pk,
            bringing_id=bringing.pk,
            needing_name=needing.short_name,
            bringing_name=bringing.short_name,
            state=state.value,
            state_word=_("not met") if state is State.UNMATCHED else str(NEED_STATES[state]),
            is_unmatched=note.pk in compared.unmatched,
            docks=tuple(self._dock(pair, side) for pair in pairs if pair.offer_id in self._notes),
            same_as=tuple(self._texts[pk] for pk in same_as(compared, note.pk)),
            third_tag=_("third party"),
        )

    def _dock(self, pair: PairRead, side: Side) -> Dock:
        match = match_of(pair)
        counts_as = match.hoped
        return Dock(
            pair_id=pair.id,
            offer=self._notes[pair.offer_id],
            needing=self._rating(pair, pair.needing, side),
            bringing=self._rating(pair, pair.bringing, other(side)),
            state="waiting" if counts_as is None else "differ" if match.differs else "agreed",
            counts_as=counts_as,
            word="" if counts_as is None else str(STRENGTHS[counts_as]),
            interest=pair.interest,
            same_as=tuple(self._texts[pk] for pk in same_as(self._compared, pair.offer_id)),
        )

    def _rating(self, pair: PairRead, rating: RatingRead | None, side: Side) -> DrawnRating:
        company = organisation_at(self._compared.partnership, side)
        drawn = DrawnRating(side, company.pk, company.short_name, has_rated=rating is not None)
        if rating is None:
            return drawn
        here = self._compared.partnership.pk
        if not (pair.is_settled or self._reader.knows_rating_of(company.pk, here, stands_in=rating.stands_in)):
            return drawn
        offer, need = self._notes[pair.offer_id], self._notes[pair.need_id]
        return replace(
            drawn,
            strength=rating.strength,
            word=str(STRENGTHS[rating.strength]),
            reason=rating.reason,
            is_guess=rating.is_guess,
            taken_down=rating.taken_down,
            from_round=rating.from_round,
            asks_still_right=(rating.offer_version, rating.need_version) != (offer.text_version, need.text_version),
        )


def _texts(compared: Comparison) -> dict[UUID, str]:
    return {note.pk: note.text for side in SIDES for notes in compared.notes[side].values() for note in notes}
