"""States of an idea: derived from its cards where they can be; people only flag, change, drop and take up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from partners.hypotheses.rules.evidence import MODELS, REQUIRED, Claim, ClaimStanding, Standing, holds_for
from partners.value_fit.rules import SIDES, Side, other


class State(StrEnum):
    """How far an idea is. Source: domain reference 5; there *a* and *b*, here the partnership's first and second."""

    DRAFT = "draft"
    FLAGGED = "flagged"
    TEST_DESIGNED = "test_designed"
    TESTING = "testing"
    SUPPORTED_START_ONLY = "supported_start_only"
    SUPPORTED_END_ONLY = "supported_end_only"
    VALIDATED = "validated"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    RETIRED = "retired"
    PIVOTED = "pivoted"


ONE_SIDED: Mapping[Side, State] = {"start": State.SUPPORTED_START_ONLY, "end": State.SUPPORTED_END_ONLY}
AT_REST = frozenset({State.RETIRED, State.PIVOTED})
"""Dropped, or gone on with as another idea: nothing is tested, and nothing that was learned changes that."""


class Word(StrEnum):
    """The last thing people said of an idea itself."""

    DRAFT = "draft"
    FLAGGED = "flagged"
    RETIRED = "retired"
    PIVOTED = "pivoted"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many test cards an idea has, by how far they are. `learned` counts learning cards on the statement of now."""

    designed: int = 0
    running: int = 0
    ended: int = 0
    learned: int = 0
    learned_before: int = 0
    """Learning cards on earlier versions of the statement."""
    claims_learned: frozenset[Claim] = frozenset()
    """The claims that learning cards on the statement of now speak of, whatever they say."""


def state_of(
    word: Word, progress: Progress, claims: Mapping[Claim, ClaimStanding], *, one_sided: Side | None = None
) -> State:
    """Return the state of an idea. `one_sided`: whom the comparison mostly pays, if it does.

    Source: domain reference 5. Readings: what holds for customer, transfer and one company's model, and not for the
    other's, is *supported* for that company *only*; so is what holds for both while the comparison is one-sided. What
    holds for neither *did not hold* once one of the four claims was refuted. When a card speaks of each of the four
    claims, no test is left to run and nothing is decided, it is *inconclusive*.
    """
    if word is not Word.FLAGGED:
        return State(word.value)
    held = [side for side in SIDES if holds_for(side, claims)]
    if len(held) == len(SIDES):
        return ONE_SIDED[one_sided] if one_sided else State.VALIDATED
    if held:
        return ONE_SIDED[held[0]]
    if any(claims[claim].standing is Standing.REFUTED for claim in REQUIRED):
        return State.REFUTED
    return _under_test(progress)


def _under_test(progress: Progress) -> State:
    if progress.running:
        return State.TESTING
    if progress.learned or progress.learned_before:
        is_through = progress.claims_learned >= set(REQUIRED) and not progress.designed
        return State.INCONCLUSIVE if is_through else State.TESTING
    if progress.ended:  # and what was learned is still to be written down
        return State.TESTING
    return State.TEST_DESIGNED if progress.designed else State.FLAGGED


def pays_only(state: State) -> Side | None:
    """Return the one side for which an idea holds; None when it holds for neither or both.

    >>> pays_only(State.SUPPORTED_END_ONLY), pays_only(State.VALIDATED)
    ('end', None)
    """
    return next((side for side, only in ONE_SIDED.items() if only is state), None)


def waits_for(state: State) -> Claim | None:
    """Return the business model that must still be shown, when an idea holds for one side only."""
    side = pays_only(state)
    return MODELS[other(side)] if side else None


class Move(StrEnum):
    """What people may do with an idea; all else follows from its cards."""

    FLAG = "flag"
    REWORD = "reword"
    DESIGN_TEST = "design_test"
    START_TEST = "start_test"
    LEARN = "learn"
    PIVOT = "pivot"
    RETIRE = "retire"
    TAKE_UP = "take_up"


ALIVE = frozenset(State) - AT_REST
UNDER_TEST = ALIVE - {State.DRAFT}

MOVES: Mapping[Move, frozenset[State]] = {
    Move.FLAG: frozenset({State.DRAFT}),
    Move.REWORD: ALIVE,
    Move.DESIGN_TEST: UNDER_TEST,
    Move.START_TEST: UNDER_TEST - {State.FLAGGED},
    Move.LEARN: UNDER_TEST - {State.FLAGGED},
    Move.PIVOT: UNDER_TEST,
    Move.RETIRE: ALIVE,
    Move.TAKE_UP: frozenset({State.RETIRED}),
}
"""From which states each move is legal. A test can start, or be learned from, once one has been designed."""


def is_legal(move: Move, state: State) -> bool:
    """Whether people may do this with an idea in this state.

    >>> is_legal(Move.RETIRE, State.TESTING), is_legal(Move.PIVOT, State.DRAFT)
    (True, False)
    """
    return state in MOVES[move]
