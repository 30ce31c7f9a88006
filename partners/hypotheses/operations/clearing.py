"""Taking joint ideas away, when an example is put back as it was delivered."""

from __future__ import annotations

from partners.events import log
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.operations.ideas import record_removal
from partners.workspaces.models import Partnership


def record_clearing(change: log.Change, partnership: Partnership) -> None:
    """Delete a partnership's ideas, with their tests and cards, inside a change."""
    for idea in SynergyHypothesis.objects.filter(partnership=partnership, deleted_at=None):
        record_removal(change, idea, removed=True)
