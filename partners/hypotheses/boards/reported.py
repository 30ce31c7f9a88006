"""The joint ideas of two companies as their report prints them: how far each is, and what must be true for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from partners.hypotheses.boards.claims import DrawnClaim, draw_claims
from partners.hypotheses.boards.idea import StateDrawn, draw_state
from partners.hypotheses.boards.marks import ORDER
from partners.hypotheses.boards.words import LEVELS, Names, names_of
from partners.hypotheses.queries import IdeaRead, ideas_of
from partners.hypotheses.rules import AT_REST, GAINS, REQUIRED, Slot, Standing, State
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES, Side


@dataclass(frozen=True, slots=True)
class IdeaReported:
    """One idea. `value` is the new value for the customer where its name does not say it; `why` says why it rests."""

    title: str
    value: str
    gains: tuple[tuple[Side, str, str], ...]
    state: StateDrawn
    level: int
    level_words: str
    claims: tuple[DrawnClaim, ...]
    held: int
    why: str

    @property
    def is_alive(self) -> bool:
        """Whether anything is still to be tested or kept fresh."""
        return self.state.state not in AT_REST


def ideas_reported(seen: PartnershipInView) -> list[IdeaReported]:
    """Return the ideas of a partnership for its report, what holds for both first: 1 query without any, else 9.

    Drafts are nobody's news yet; while the sheets are private there is none.
    """
    names = names_of(seen)
    read = [each for each in ideas_of(seen.partnership, today=timezone.localdate()) if each.state is not State.DRAFT]
    return [_reported(each, names) for each in sorted(read, key=lambda each: ORDER.index(each.state))]


def _reported(read: IdeaRead, names: Names) -> IdeaReported:
    words, state = read.row.words, draw_state(read.state, names)
    value = words.get(Slot.NEW_VALUE, "")
    return IdeaReported(
        title=read.row.title,
        value="" if value == read.row.title else value,
        gains=tuple((side, names[side], text) for side in SIDES if (text := words.get(GAINS[side], ""))),
        state=state,
        level=read.level,
        level_words=str(LEVELS[read.level]),
        claims=tuple(claim for claim in draw_claims(read, names) if claim.is_required or claim.must),
        held=sum(read.claims[claim].standing is Standing.SUPPORTED for claim in REQUIRED),
        why=read.row.word_why if read.state in AT_REST else "",
    )
