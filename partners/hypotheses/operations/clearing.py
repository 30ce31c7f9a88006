"""Taking joint ideas and their rhythm away, when an example is put back as it was delivered."""

from __future__ import annotations

from partners.events import log
from partners.hypotheses.models import BigQuestion, Iteration, SynergyHypothesis
from partners.hypotheses.operations import ideas, iterations, questions
from partners.workspaces.models import Partnership


def record_clearing(change: log.Change, partnership: Partnership) -> None:
    """Delete a partnership's iterations, big questions and ideas, with tests and cards, inside a change."""
    for iteration in Iteration.objects.filter(partnership=partnership, deleted_at=None):
        iterations.record_removal(change, iteration, removed=True)
    for question in BigQuestion.objects.filter(partnership=partnership, deleted_at=None):
        questions.record_removal(change, question, removed=True)
    for idea in SynergyHypothesis.objects.filter(partnership=partnership, deleted_at=None):
        ideas.record_removal(change, idea, removed=True)
