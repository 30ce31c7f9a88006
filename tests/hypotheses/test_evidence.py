"""What learning cards are worth, and when an idea is validated for both."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.hypotheses.rules import (
    MODELS,
    REQUIRED,
    Claim,
    Doubt,
    Learned,
    Outcome,
    Progress,
    Standing,
    State,
    Terms,
    Word,
    holds_until,
    level_of,
    standing_of,
    standings,
    state_of,
)
from partners.value_fit.rules import SIDES
from tests.hypotheses.cards import BOTH, TERMS, TODAY, card, cards, proofs


def state(learned: list[Learned], terms: Terms = TERMS) -> State:
    return state_of(Word.FLAGGED, Progress(learned=len(learned)), standings(learned, terms))


@pytest.mark.parametrize(
    ("fields", "doubts"),
    [
        ({}, set()),
        ({"level": 2}, {Doubt.TOO_WEAK}),
        ({"version": 1}, {Doubt.OTHER_VERSION}),
        ({"days_ago": 181}, set()),  # 1 December, six months ago: the last day that counts
        ({"days_ago": 182}, {Doubt.TOO_OLD}),
        ({"days_ago": -1}, {Doubt.TOO_OLD}),
        ({"accepted": frozenset({"end"})}, {Doubt.NOT_ACCEPTED_BY_START}),
        ({"accepted": frozenset({"start"})}, {Doubt.NOT_ACCEPTED_BY_END}),
        ({"with_costs": False}, {Doubt.WITHOUT_COSTS}),
        (
            {"level": 1, "accepted": frozenset()},
            {Doubt.TOO_WEAK, *{Doubt.NOT_ACCEPTED_BY_START, Doubt.NOT_ACCEPTED_BY_END}},
        ),
    ],
)
def test_a_card_proves_its_claim_only_with_all_of_it(fields: dict[str, Any], doubts: set[Doubt]) -> None:
    found = standing_of(Claim.MODEL_START, [card(Claim.MODEL_START, **fields)], TERMS)
    assert found.standing is (Standing.OPEN if doubts else Standing.SUPPORTED)
    assert found.doubts == doubts


def test_costs_are_asked_of_business_models_only() -> None:
    for claim in Claim:
        found = standing_of(claim, [card(claim, with_costs=False)], TERMS)
        assert (found.standing is Standing.OPEN) == (claim in MODELS.values())


@pytest.mark.parametrize(
    ("level", "accepted", "version", "standing"),
    [
        (2, BOTH, 2, Standing.SUPPORTED),
        (3, BOTH, 2, Standing.REFUTED),
        (4, BOTH, 2, Standing.REFUTED),
        (4, frozenset({"end"}), 2, Standing.DISPUTED),
        (5, BOTH, 1, Standing.SUPPORTED),
    ],
)
def test_a_refutation_weighs_by_its_level(
    level: int, accepted: frozenset[Any], version: int, standing: Standing
) -> None:
    against = card(
        Claim.CUSTOMER, number=2, outcome=Outcome.REFUTES, level=level, accepted=accepted, version=version, days_ago=900
    )
    assert standing_of(Claim.CUSTOMER, [card(Claim.CUSTOMER), against], TERMS).standing is standing


def test_stronger_support_outweighs_a_refutation() -> None:
    against = card(Claim.CUSTOMER, outcome=Outcome.REFUTES)
    assert standing_of(Claim.CUSTOMER, [against, card(Claim.CUSTOMER, level=4)], TERMS).standing is Standing.SUPPORTED


@pytest.mark.parametrize("start", [False, True])
@pytest.mark.parametrize("end", [False, True])
@pytest.mark.parametrize("transfer", [False, True])
@pytest.mark.parametrize("customer", [False, True])
def test_validated_for_both_needs_all_four(*, customer: bool, transfer: bool, start: bool, end: bool) -> None:
    said = zip(REQUIRED, (customer, transfer, start, end), strict=True)
    learned = [card(claim, number=number) for number, (claim, holds) in enumerate(said) if holds]
    expected = {
        (True, True, True, True): State.VALIDATED,
        (True, True, True, False): State.SUPPORTED_START_ONLY,
        (True, True, False, True): State.SUPPORTED_END_ONLY,
    }
    found = state(learned)
    assert found is expected.get((customer, transfer, start, end), State.TESTING if learned else State.FLAGGED)


@pytest.mark.parametrize("side", SIDES)
def test_a_one_sided_comparison_validates_nothing(side: Any) -> None:
    learned = [card(claim) for claim in REQUIRED]
    found = state_of(Word.FLAGGED, Progress(learned=4), standings(learned, TERMS), one_sided=side)
    assert found in (State.SUPPORTED_START_ONLY, State.SUPPORTED_END_ONLY)
    assert found.value == f"supported_{side}_only"


def test_the_threshold_and_the_window_are_the_workspaces() -> None:
    learned = [card(claim, level=4, days_ago=40) for claim in REQUIRED]
    assert state(learned, Terms(2, TODAY, threshold=4, months=2)) is State.VALIDATED
    assert state(learned, Terms(2, TODAY, threshold=5, months=2)) is State.TESTING
    assert state(learned, Terms(2, TODAY, threshold=4, months=1)) is State.TESTING


def test_evidence_ages_by_the_calendar() -> None:
    learned = [card(claim, days_ago=days) for claim, days in zip(REQUIRED, (10, 20, 30, 40), strict=True)]
    claims = standings(learned, TERMS)
    ends = holds_until(claims)
    assert ends == date(2026, 10, 22)  # 21 April and six months, the last day included
    assert state(learned, Terms(2, date(2026, 10, 21))) is State.VALIDATED
    assert state(learned, Terms(2, date(2026, 10, 22))) is State.SUPPORTED_START_ONLY


def test_a_newer_card_holds_a_claim_longer() -> None:
    old, new = card(Claim.CUSTOMER, days_ago=100, level=5), card(Claim.CUSTOMER, days_ago=1, number=2)
    found = standing_of(Claim.CUSTOMER, [new, old], TERMS)
    assert (found.rests_on, found.level) == (new.card, 5)


def test_an_idea_is_as_well_known_as_its_least_known_claim() -> None:
    learned = [card(claim, level=level) for claim, level in zip(REQUIRED, (5, 4, 2, 3), strict=True)]
    assert level_of(standings(learned, TERMS)) == 2
    assert level_of(standings(learned[:3], TERMS)) == 0


@given(cards(), st.sampled_from(REQUIRED))
def test_nothing_is_validated_without_a_full_proof_of_each_claim(learned: list[Learned], claim: Claim) -> None:
    if state(learned) is not State.VALIDATED:
        return
    proofs_of_it = [
        each
        for each in learned
        if each.claim is claim
        and each.outcome is Outcome.SUPPORTS
        and each.level >= 3
        and each.version == 2
        and each.accepted == BOTH
        and date(2025, 11, 30) <= each.observed_on <= TODAY
        and (each.with_costs or claim not in MODELS.values())
    ]
    assert proofs_of_it


@given(proofs())
def test_a_full_proof_validates_whatever_else_is_known(learned: list[Learned]) -> None:
    assert state(learned) is State.VALIDATED


SPOILED: dict[str, dict[str, Any]] = {
    "single-sided": {"accepted": frozenset({"start"})},
    "stand-in": {"accepted": frozenset()},
    "stale": {"version": 1},
    "weak": {"level": 2},
}


@given(proofs(), st.sampled_from(REQUIRED), st.sampled_from(sorted(SPOILED)))
def test_spoiled_evidence_of_one_claim_validates_nothing(learned: list[Learned], claim: Claim, how: str) -> None:
    fields = SPOILED[how]
    spoiled = [
        Learned(
            each.card,
            each.claim,
            each.outcome,
            fields.get("level", each.level),
            fields.get("version", each.version),
            each.observed_on,
            fields.get("accepted", each.accepted),
            each.with_costs,
        )
        if each.claim is claim
        else each
        for each in learned
    ]
    assert state(spoiled) is not State.VALIDATED


@given(cards())
def test_cards_are_read_in_any_order(learned: list[Learned]) -> None:
    assert standings(learned, TERMS) == standings(learned[::-1], TERMS)


@given(cards(), st.sampled_from(REQUIRED))
def test_a_refutation_never_helps(learned: list[Learned], claim: Claim) -> None:
    against = card(claim, outcome=Outcome.REFUTES, level=5, number=99)
    assert state([*learned, against]) is not State.VALIDATED
