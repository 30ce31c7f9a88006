"""The synergy test and its remove-one check, and what an idea is called that fails it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partners.hypotheses.rules import Check, Gain, Label, Statement, synergy_test

MORNINGS = Statement(
    inputs=frozenset({"start", "end"}),
    transfer="joint launches in appliance shops",
    segment="households that buy small appliances",
    new_value="machine and coffee found in one place",
    gains={"start": Gain("new members per machine", "revenue_streams"), "end": Gain("sell-out +15 %", "channels")},
    vanishes_without={"start": True, "end": True},
)
"""Co-branded machines sold in appliance shops win pod members (domain reference, 10a, H1)."""

CHEAPER = {"start": Gain("cost per repair", "cost_structure"), "end": Gain("repair cost", "cost_structure")}


def test_the_whole_phrase_is_a_synergy() -> None:
    result = synergy_test(MORNINGS)
    assert result.is_synergy
    assert result.missing == ()


@pytest.mark.parametrize(
    ("lacking", "changes", "label"),
    [
        (Check.INPUT_START, {"inputs": frozenset({"end"})}, Label.EXCHANGE),
        (Check.INPUT_END, {"inputs": frozenset({"start"})}, Label.EXCHANGE),
        (Check.TRANSFER, {"transfer": ""}, Label.EXCHANGE),
        (Check.SEGMENT, {"segment": ""}, Label.EXCHANGE),
        (Check.NEW_VALUE, {"new_value": ""}, Label.EXCHANGE),
        (Check.GAIN_START, {"gains": {**MORNINGS.gains, "start": Gain("more", "")}}, Label.EXCHANGE),
        (Check.GAIN_END, {"gains": {**MORNINGS.gains, "end": Gain("", "channels")}}, Label.EXCHANGE),
        (Check.VANISHES_WITHOUT_START, {"vanishes_without": {"start": False, "end": True}}, Label.COMPLEMENT),
        (Check.VANISHES_WITHOUT_END, {"vanishes_without": {"start": True}}, Label.COMPLEMENT),
        (Check.NEW_VALUE, {"new_value": "", "gains": CHEAPER}, Label.EFFICIENCY),
    ],
)
def test_one_thing_missing_is_named(lacking: Check, changes: dict[str, Any], label: Label) -> None:
    result = synergy_test(replace(MORNINGS, **changes))
    assert result.missing == (lacking,)
    assert result.label is label


def test_nothing_said_yet_is_plain_trade() -> None:
    result = synergy_test(Statement())
    assert result.label is Label.EXCHANGE
    assert result.missing == tuple(Check)
