"""What a comparison is made of, as it was read: notes, pairs with their ratings, joint sentences.

Notes and pairs are values, since a page reads hundreds: making models of them takes longer than all that it does next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from partners.canvases.models import Note
from partners.value_fit.models import JointSentence
from partners.value_fit.rules import Match, Said

NOTE_FIELDS = (
    "pk",
    "canvas__organisation_id",
    "canvas__locked_at",
    "block",
    "text",
    "text_version",
    "drawn",
    "weight",
    "basis",
    "stands_in",
    "confirmed_by_id",
    "beneficiary",
    "verdict",
)
"""What is read of a note to make a `ComparedNote`."""
PAIR_FIELDS = ("pk", "offer_id", "need_id", "interest", "drawn", "updated_at")
RATING_FIELDS = (
    "strength",
    "reason",
    "by_id",
    "stands_in",
    "confirmed_by_id",
    "taken_down",
    "offer_version",
    "need_version",
    "from_round",
    "updated_at",
)
"""What is read of a pair, and of each of its two ratings, to make a `PairRead`."""


class ComparedNote(NamedTuple):
    """A note on one of the two sheets; `organisation_id` says whose sheet, `locked_at` since when it is closed."""

    pk: UUID
    organisation_id: UUID
    locked_at: datetime | None
    block: str
    text: str
    text_version: int
    drawn: int
    weight: int | None
    basis: str
    stands_in: bool
    confirmed_by_id: UUID | None
    beneficiary: str
    verdict: str

    @property
    def is_guess(self) -> bool:
        """As `Note.is_guess`."""
        return self.basis == Note.Basis.GUESS or self.is_unconfirmed

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a stand-in wrote it and its company has not confirmed it."""
        return self.stands_in and self.confirmed_by_id is None


class RatingRead(NamedTuple):
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


class PairRead(NamedTuple):
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
