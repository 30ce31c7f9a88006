"""Taking an outcome back, when an example is put back as it was delivered."""

from __future__ import annotations

from partners.events import log
from partners.outcome.models import Decision, NextStep
from partners.outcome.operations import decisions, steps
from partners.workspaces.models import Partnership


def record_clearing(change: log.Change, partnership: Partnership) -> None:
    """Take a partnership's decision and its reason back and drop its next steps, inside a change."""
    for step in NextStep.objects.filter(partnership=partnership, deleted_at=None):
        steps.record_removal(change, step, removed=True)
    for decision in Decision.objects.filter(partnership=partnership):
        decisions.record_verdict(change, decision, "", None)
        decisions.record_reason(change, decision, "", merged=False)
