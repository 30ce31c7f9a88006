"""The one next action, from counts alone."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from partners.overview.rules import Next, Progress, Side, Step, next_action

NESPRESSO, DELONGHI, BREVILLE = uuid4(), uuid4(), uuid4()
WITH_DELONGHI, WITH_BREVILLE = uuid4(), uuid4()


def tie(
    *, models: tuple[int, int] = (3, 3), sketches: tuple[int, int] = (2, 2), here: tuple[bool, bool] = (True, True),
    state: str = "designing", partner: UUID = DELONGHI, pk: UUID = WITH_DELONGHI, sealed: bool = False,
) -> Progress:  # fmt: skip
    sides = [
        Side(company, models[at], sketches[at], here[at]) for at, company in enumerate((NESPRESSO, partner))
    ]  # fmt: skip
    return Progress(pk, state, *sides, is_sealed=sealed)


def for_facilitator(*ties: Progress) -> Next:
    return next_action(ties, role="facilitator", organisation_id=NESPRESSO)


def for_member_of_delonghi(*ties: Progress) -> Next:
    return next_action(ties, role="member", organisation_id=DELONGHI)


class TestAFacilitator:
    def test_without_partnerships_adds_a_partner(self) -> None:
        assert for_facilitator() == Next(Step.ADD_PARTNER)

    @pytest.mark.parametrize("state", ["parked", "closed"])
    def test_does_not_wait_for_what_sleeps(self, state: str) -> None:
        assert for_facilitator(tie(models=(0, 0), state=state)).step == Step.ADD_PARTNER

    def test_starts_with_the_own_model(self) -> None:
        assert for_facilitator(tie(models=(0, 0), here=(True, False))) == Next(Step.FILL_MODEL, WITH_DELONGHI, "start")

    def test_then_invites_the_other_company(self) -> None:
        assert for_facilitator(tie(models=(3, 0), here=(True, False))) == Next(Step.INVITE, WITH_DELONGHI, "end")

    def test_then_fills_the_other_model(self) -> None:
        assert for_facilitator(tie(models=(3, 0))) == Next(Step.FILL_MODEL, WITH_DELONGHI, "end")

    def test_then_sketches(self) -> None:
        assert for_facilitator(tie(sketches=(0, 2))) == Next(Step.SKETCH, WITH_DELONGHI, "start")
        assert for_facilitator(tie(sketches=(2, 0))) == Next(Step.SKETCH, WITH_DELONGHI, "end")

    def test_then_reads_what_the_other_side_wrote(self) -> None:
        assert for_facilitator(tie()) == Next(Step.READ, WITH_DELONGHI, "end")


class TestAMember:
    def test_starts_on_their_own_side(self) -> None:
        assert for_member_of_delonghi(tie(models=(0, 0))) == Next(Step.FILL_MODEL, WITH_DELONGHI, "end")

    def test_does_not_write_for_who_is_here(self) -> None:
        assert for_member_of_delonghi(tie(models=(0, 3))) == Next(Step.READ, WITH_DELONGHI, "start")

    def test_stands_in_for_who_is_not(self) -> None:
        found = for_member_of_delonghi(tie(models=(0, 3), here=(False, True)))
        assert found == Next(Step.FILL_MODEL, WITH_DELONGHI, "start")

    def test_looks_at_their_own_partnership_first(self) -> None:
        other = tie(models=(0, 0), partner=BREVILLE, pk=WITH_BREVILLE)
        assert for_member_of_delonghi(other, tie(sketches=(2, 0))) == Next(Step.SKETCH, WITH_DELONGHI, "end")


class TestWhoWatches:
    def test_is_led_to_look(self) -> None:
        assert next_action([tie(models=(0, 0))], role="observer", organisation_id=None).step == Step.LOOK

    def test_has_nothing_to_add(self) -> None:
        assert next_action([], role="observer", organisation_id=None) == Next(Step.LOOK)


class TestWhileSketchesArePrivate:
    @pytest.mark.parametrize("role", ["facilitator", "member", "observer"])
    @pytest.mark.parametrize("company", [NESPRESSO, DELONGHI, BREVILLE, None])
    def test_what_the_others_wrote_makes_no_difference(self, role: str, company: UUID | None) -> None:
        own = {NESPRESSO: 0, DELONGHI: 1}.get(company) if company else None
        for mine in (0, 2):
            steps = {
                next_action(
                    [tie(sketches=(mine if own == 0 else first, mine if own == 1 else second), sealed=True)],
                    role=role,
                    organisation_id=company,
                )
                for first in (0, 2)
                for second in (0, 2)
            }
            assert len(steps) == 1

    def test_ones_own_comes_first_and_then_the_reveal(self) -> None:
        assert for_facilitator(tie(sketches=(0, 0), sealed=True)) == Next(Step.SKETCH, WITH_DELONGHI, "start")
        assert for_facilitator(tie(sketches=(2, 0), sealed=True)) == Next(Step.REVEAL, WITH_DELONGHI, "start")
        assert for_member_of_delonghi(tie(sketches=(0, 2), sealed=True)) == Next(Step.WAIT, WITH_DELONGHI, "end")


def compared(own: dict[str, int] | None = None, theirs: dict[str, int] | None = None, **more: Any) -> Progress:
    """A partnership that both have sketched; `own` is Nespresso's side."""
    sides = [
        Side(company, 3, 2, True, **({"needs": 2} | (said or {})))
        for company, said in ((NESPRESSO, own), (DELONGHI, theirs))
    ]
    return Progress(WITH_DELONGHI, "designing", *sides, **more)


class TestOnceBothHaveSketched:
    """What is next from the point of view of somebody from Nespresso, and of a facilitator who belongs there."""

    @pytest.mark.parametrize("role", ["facilitator", "member"])
    @pytest.mark.parametrize(
        ("here", "step", "side", "count"),
        [
            (compared({"pairs_to_rate": 2}), Step.RATE, "start", 2),
            (compared({"pairs_to_rate": 2}, is_decided=True, steps_due=1), Step.RATE, "start", 2),
            (compared({"needs_to_look_at": 1}, steps_due=3), Step.DUE, "start", 3),
            (compared({"needs_to_look_at": 1}, {"needs_to_look_at": 2}), Step.COMPARE, "start", 1),
            (compared({}, {"needs_to_look_at": 2}), Step.COMPARE, "end", 2),
            (compared(must_agree_transfer=True), Step.AGREE, "start", 0),
            (compared(), Step.DECIDE, "start", 0),
            (compared({"needs_to_look_at": 1}, is_decided=True), Step.REPORT, "start", 0),
            (compared({"needs": 0}, {"needs": 0}), Step.READ, "end", 0),
        ],
    )
    def test_is_one_thing(self, here: Progress, step: Step, side: str, count: int, role: str) -> None:
        found = next_action([here], role=role, organisation_id=NESPRESSO)
        assert found == Next(step, WITH_DELONGHI, side, count)

    def test_nobody_rates_for_who_is_here_but_a_facilitator(self) -> None:
        waits = compared({}, {"pairs_to_rate": 1})
        assert next_action([waits], role="member", organisation_id=NESPRESSO).step == Step.DECIDE
        assert for_facilitator(waits) == Next(Step.RATE, WITH_DELONGHI, "end", 1)

    def test_while_it_is_private_it_is_not_compared(self) -> None:
        assert for_facilitator(compared({"needs_to_look_at": 2}, is_sealed=True)).step == Step.REVEAL
