"""Value fit as arithmetic: what counts as agreed, how far needs are met, and what the comparison finds.

Source: domain reference 5 (“Value fit, synergy and evidence”), whose readings are built as written. Everything here is
pure: ids and numbers in, ids and numbers out. `docs/value_fit.md` explains it in prose with a worked example.
"""

from partners.value_fit.rules.findings import Finding, FindingKind, findings
from partners.value_fit.rules.scores import Coverage, Scores, Term, scores
from partners.value_fit.rules.table import (
    SIDES,
    Gains,
    Match,
    Said,
    Side,
    State,
    Table,
    Thing,
    is_looked_at,
    other,
    state_of,
)

RULE_VERSION = "fit-2"
"""Grows when a rule here changes what the same input comes to; REST tells it beside every number."""

__all__ = [
    "RULE_VERSION",
    "SIDES",
    "Coverage",
    "Finding",
    "FindingKind",
    "Gains",
    "Match",
    "Said",
    "Scores",
    "Side",
    "State",
    "Table",
    "Term",
    "Thing",
    "findings",
    "is_looked_at",
    "other",
    "scores",
    "state_of",
]
