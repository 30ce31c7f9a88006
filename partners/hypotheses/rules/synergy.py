"""The synergy test: whether an idea is one that neither company can do alone, and what it is called if not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from partners.value_fit.rules import Side

COSTS = "cost_structure"


class Check(StrEnum):
    """One thing that must hold of a synergy, in the order of the phrase; the last two are the remove-one check."""

    INPUT_START = "input_start"
    INPUT_END = "input_end"
    TRANSFER = "transfer"
    SEGMENT = "segment"
    NEW_VALUE = "new_value"
    GAIN_START = "gain_start"
    GAIN_END = "gain_end"
    VANISHES_WITHOUT_START = "vanishes_without_start"
    VANISHES_WITHOUT_END = "vanishes_without_end"


class Label(StrEnum):
    """What an idea is."""

    SYNERGY = "synergy"
    EXCHANGE = "exchange"
    EFFICIENCY = "efficiency"
    COMPLEMENT = "complement"


@dataclass(frozen=True, slots=True)
class Gain:
    """A measurable change in one block of a company's business model; empty: not said yet."""

    text: str = ""
    block: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether it says what changes, and where."""
        return bool(self.text and self.block)


@dataclass(frozen=True, slots=True)
class Statement:
    """An idea as far as the synergy test asks: what each side brings, how, for whom, and what changes where.

    `inputs` are the sides that bring something. `vanishes_without` holds the answers to *would it vanish without what
    this side brings?*. Sides that are missing have not said yet.
    """

    inputs: frozenset[Side] = frozenset()
    transfer: str = ""
    segment: str = ""
    new_value: str = ""
    gains: Mapping[Side, Gain] = field(default_factory=dict)
    vanishes_without: Mapping[Side, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SynergyTest:
    """What the test says: each check, and what the idea is as it stands."""

    checks: Mapping[Check, bool]
    label: Label

    @property
    def is_synergy(self) -> bool:
        """Whether all of it holds."""
        return self.label is Label.SYNERGY

    @property
    def missing(self) -> tuple[Check, ...]:
        """What does not hold, in the order of the phrase."""
        return tuple(check for check in Check if not self.checks[check])


def synergy_test(statement: Statement) -> SynergyTest:
    """Return what an idea is, and why. Source: domain reference 5, *Synergy test* and its remove-one check.

    The source names three labels for what is no synergy. Reading, the first that fits:

    - no new value for a named customer: `efficiency` when all that is gained is cost, else `exchange`;
    - a side brings nothing or gains nothing, or nothing says how it gets across: `exchange`;
    - nobody has said that it vanishes without either side: `complement`.

    >>> synergy_test(Statement()).label.value
    'exchange'
    """
    gained = {side: gain for side, gain in statement.gains.items() if gain.is_stated}
    checks = {
        Check.INPUT_START: "start" in statement.inputs,
        Check.INPUT_END: "end" in statement.inputs,
        Check.TRANSFER: bool(statement.transfer),
        Check.SEGMENT: bool(statement.segment),
        Check.NEW_VALUE: bool(statement.new_value),
        Check.GAIN_START: "start" in gained,
        Check.GAIN_END: "end" in gained,
        Check.VANISHES_WITHOUT_START: statement.vanishes_without.get("start", False),
        Check.VANISHES_WITHOUT_END: statement.vanishes_without.get("end", False),
    }
    lacking = {check for check, holds in checks.items() if not holds}
    if not lacking:
        label = Label.SYNERGY
    elif lacking & {Check.SEGMENT, Check.NEW_VALUE}:
        label = Label.EFFICIENCY if gained and all(gain.block == COSTS for gain in gained.values()) else Label.EXCHANGE
    elif lacking <= {Check.VANISHES_WITHOUT_START, Check.VANISHES_WITHOUT_END}:
        label = Label.COMPLEMENT
    else:
        label = Label.EXCHANGE
    return SynergyTest(MappingProxyType(checks), label)
