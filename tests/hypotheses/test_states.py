"""The states of an idea: what they follow from, and every legal and illegal move."""

from __future__ import annotations

import pytest

from partners.hypotheses.rules import (
    REQUIRED,
    Claim,
    Move,
    Outcome,
    Progress,
    State,
    Word,
    is_legal,
    pays_only,
    standings,
    state_of,
    waits_for,
)
from tests.hypotheses.cards import BOTH, TERMS, card

UNKNOWN = standings([], TERMS)
ALL_SEEN = frozenset(REQUIRED)

LEGAL = {
    State.DRAFT: {Move.FLAG, Move.REWORD, Move.RETIRE},
    State.FLAGGED: {Move.REWORD, Move.DESIGN_TEST, Move.PIVOT, Move.RETIRE},
    State.RETIRED: {Move.TAKE_UP},
    State.PIVOTED: set(),
}
"""What people may do; in every other state a test can be started and learned from as well."""
UNDER_TEST = {Move.REWORD, Move.DESIGN_TEST, Move.START_TEST, Move.LEARN, Move.PIVOT, Move.RETIRE}


@pytest.mark.parametrize("state", list(State))
def test_only_these_moves_are_legal(state: State) -> None:
    assert {move for move in Move if is_legal(move, state)} == LEGAL.get(state, UNDER_TEST)


@pytest.mark.parametrize(
    ("tests", "state"),
    [
        (Progress(), State.FLAGGED),
        (Progress(designed=1), State.TEST_DESIGNED),
        (Progress(designed=1, running=1), State.TESTING),
        (Progress(ended=1), State.TESTING),
        (Progress(designed=1, ended=1), State.TESTING),
        (Progress(ended=1, learned=4, claims_learned=ALL_SEEN), State.INCONCLUSIVE),
        (Progress(running=1, learned=4, claims_learned=ALL_SEEN), State.TESTING),
        (Progress(learned=1, claims_learned=frozenset({Claim.CUSTOMER})), State.TESTING),
        (Progress(designed=1, learned=4, claims_learned=ALL_SEEN), State.TESTING),
        (Progress(learned=4, claims_learned=ALL_SEEN), State.INCONCLUSIVE),
        (Progress(learned_before=4), State.TESTING),
        (Progress(designed=1, learned_before=4), State.TESTING),
    ],
)
def test_while_nothing_is_decided_the_tests_say_how_far_it_is(tests: Progress, state: State) -> None:
    assert state_of(Word.FLAGGED, tests, UNKNOWN) is state


@pytest.mark.parametrize("word", [Word.DRAFT, Word.RETIRED, Word.PIVOTED])
def test_what_people_said_of_it_stands_whatever_was_learned(word: Word) -> None:
    proven = standings([card(claim) for claim in REQUIRED], TERMS)
    assert state_of(word, Progress(running=1, learned=4), proven).value == word.value


@pytest.mark.parametrize("claim", REQUIRED)
def test_one_refuted_claim_and_it_did_not_hold(claim: Claim) -> None:
    refuted = standings([card(claim, outcome=Outcome.REFUTES)], TERMS)
    assert state_of(Word.FLAGGED, Progress(running=1, learned=1), refuted) is State.REFUTED


def test_a_refutation_that_one_side_has_not_accepted_decides_nothing() -> None:
    disputed = standings([card(Claim.CUSTOMER, outcome=Outcome.REFUTES, accepted=frozenset({"start"}))], TERMS)
    assert state_of(Word.FLAGGED, Progress(learned=1), disputed) is State.TESTING


def test_the_environment_is_looked_at_and_decides_nothing() -> None:
    against = card(Claim.ENVIRONMENT, outcome=Outcome.REFUTES, level=5, accepted=BOTH)
    known = standings([against, *(card(claim) for claim in REQUIRED)], TERMS)
    assert state_of(Word.FLAGGED, Progress(learned=5), known) is State.VALIDATED


def test_refuted_for_one_it_holds_for_the_other_only() -> None:
    learned = [card(claim) for claim in REQUIRED if claim is not Claim.MODEL_END]
    learned.append(card(Claim.MODEL_END, outcome=Outcome.REFUTES))
    state = state_of(Word.FLAGGED, Progress(learned=4), standings(learned, TERMS))
    assert state is State.SUPPORTED_START_ONLY
    assert (pays_only(state), waits_for(state)) == ("start", Claim.MODEL_END)


def test_what_holds_for_both_or_neither_pays_no_one_side_only() -> None:
    alone = {state for state in State if pays_only(state)}
    assert alone == {State.SUPPORTED_START_ONLY, State.SUPPORTED_END_ONLY}
    assert all((waits_for(state) is None) == (state not in alone) for state in State)
