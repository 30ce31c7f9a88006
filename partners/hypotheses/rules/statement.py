"""The statement of an idea: the phrase with its slots, and what must be true for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from partners.hypotheses.rules.evidence import Claim
from partners.hypotheses.rules.synergy import Gain, Statement
from partners.value_fit.rules import SIDES, Side


class Slot(StrEnum):
    """What stands in the phrase, in its order, and, where people word them themselves, what must be true."""

    INPUT_START = "input_start"
    INPUT_END = "input_end"
    TRANSFER = "transfer"
    SEGMENT = "segment"
    NEW_VALUE = "new_value"
    GAIN_START = "gain_start"
    BLOCK_START = "block_start"
    GAIN_END = "gain_end"
    BLOCK_END = "block_end"
    WHY_NEITHER = "why_neither"
    MUST_CUSTOMER = "must_customer"
    MUST_TRANSFER = "must_transfer"
    MUST_MODEL_START = "must_model_start"
    MUST_MODEL_END = "must_model_end"
    MUST_ENVIRONMENT = "must_environment"


PHRASE = tuple(slot for slot in Slot if not slot.value.startswith("must_"))
INPUTS: Mapping[Side, Slot] = {"start": Slot.INPUT_START, "end": Slot.INPUT_END}
GAINS: Mapping[Side, Slot] = {"start": Slot.GAIN_START, "end": Slot.GAIN_END}
BLOCKS: Mapping[Side, Slot] = {"start": Slot.BLOCK_START, "end": Slot.BLOCK_END}
"""Which block of a side's business model gains: a key of `canvases.kinds.BUSINESS_MODEL`."""
MUST: Mapping[Claim, Slot] = {claim: Slot(f"must_{claim.value}") for claim in Claim}


def stated(words: Mapping[str, str], vanishes_without: Mapping[Side, bool | None]) -> Statement:
    """Return what the synergy test asks of an idea, from the words in its slots.

    >>> stated({"input_start": "brand"}, {}).inputs
    frozenset({'start'})
    """
    return Statement(
        inputs=frozenset(side for side in SIDES if words.get(INPUTS[side])),
        transfer=words.get(Slot.TRANSFER, ""),
        segment=words.get(Slot.SEGMENT, ""),
        new_value=words.get(Slot.NEW_VALUE, ""),
        gains={side: Gain(words.get(GAINS[side], ""), words.get(BLOCKS[side], "")) for side in SIDES},
        vanishes_without={side: says for side, says in vanishes_without.items() if says is not None},
    )
