"""What templates print of bands 3 and 4: a sentence with its yeses and pairs, a company's own notes, a whole band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from partners.value_fit.rules import Side


@dataclass(frozen=True, slots=True)
class Yes:
    """Whether a company has said yes to a sentence as it reads now, and who of it; `is_here` whether anybody could."""

    side: Side
    organisation_id: UUID
    company: str
    said: bool
    by: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """A pair that a transfer may carry: in words, whether it is agreed, and whether this transfer carries it."""

    id: UUID
    words: str
    is_agreed: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DrawnSentence:
    """A joint sentence with everything a template prints of it."""

    id: UUID
    kind: str
    list_id: str
    rank: str
    drawn: int
    version: int
    text: str
    yeses: tuple[Yes, ...]
    carries_all: bool
    carries: str
    beneficiary: str
    gain_of: UUID | None
    gain_side: str
    for_whom: str
    target_block: str
    lands_in: str

    @property
    def is_agreed(self) -> bool:
        """Whether both companies said yes."""
        return all(yes.said for yes in self.yeses)


@dataclass(frozen=True, slots=True)
class OwnNote:
    """What a company itself noted in a band's block; `sentence` is the joint sentence begun from it, if one was."""

    id: UUID
    text: str
    for_whom: str
    is_guess: bool
    company: str
    side: Side
    kind: str
    partnership_id: UUID
    sentence: UUID | None


@dataclass(frozen=True, slots=True)
class Own:
    """A company's own notes, drawn; `sheet_words` names where they stand."""

    side: Side
    company: str
    notes: Sequence[SafeString]


@dataclass(frozen=True, slots=True)
class JointBand:
    """A band: own notes at both ends, sentences in the middle, and what this reader may do with them."""

    kind: str
    title: str
    partnership_id: UUID
    list_id: str
    start: Own
    end: Own
    sentences: Sequence[SafeString]
    may: str
    """`negotiate`, and `agree-start` or `agree-end`: style shows the controls by it."""
    companies: Sequence[tuple[UUID, str, Side]]
    absent: Sequence[str]
