"""Synergy hypotheses as arithmetic: what a synergy is, what evidence is worth, what holds for both, what is next.

Source: domain reference 5 (“Value fit, synergy and evidence”), whose readings are built as written. Everything here is
pure: values in, values out, and today is passed in. `docs/hypotheses.md` explains it in prose.
"""

from partners.hypotheses.rules.evidence import (
    MODELS,
    NOT_ACCEPTED,
    REQUIRED,
    Claim,
    ClaimStanding,
    Doubt,
    Learned,
    Outcome,
    Standing,
    Terms,
    holds_for,
    holds_until,
    level_of,
    standing_of,
    standings,
)
from partners.hypotheses.rules.priority import Candidate, Quadrant, Reason, in_order, quadrant, why_first
from partners.hypotheses.rules.statement import BLOCKS, GAINS, INPUTS, MUST, PHRASE, Slot, stated
from partners.hypotheses.rules.states import (
    AT_REST,
    MOVES,
    ONE_SIDED,
    Move,
    Progress,
    State,
    Word,
    is_legal,
    pays_only,
    state_of,
    waits_for,
)
from partners.hypotheses.rules.synergy import Check, Gain, Label, Statement, SynergyTest, synergy_test

RULE_VERSION = "synergy-1"
"""Grows when a rule here changes what the same input comes to; REST tells it beside every state."""

__all__ = [
    "AT_REST",
    "BLOCKS",
    "GAINS",
    "INPUTS",
    "MODELS",
    "MOVES",
    "MUST",
    "NOT_ACCEPTED",
    "ONE_SIDED",
    "PHRASE",
    "REQUIRED",
    "RULE_VERSION",
    "Candidate",
    "Check",
    "Claim",
    "ClaimStanding",
    "Doubt",
    "Gain",
    "Label",
    "Learned",
    "Move",
    "Outcome",
    "Progress",
    "Quadrant",
    "Reason",
    "Slot",
    "Standing",
    "State",
    "Statement",
    "SynergyTest",
    "Terms",
    "Word",
    "holds_for",
    "holds_until",
    "in_order",
    "is_legal",
    "level_of",
    "pays_only",
    "quadrant",
    "standing_of",
    "standings",
    "state_of",
    "stated",
    "synergy_test",
    "waits_for",
    "why_first",
]
