"""Place 4 as one person sees it, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from partners.outcome.access import may_write
from partners.outcome.boards.candidates import Candidate, blocks, draw_candidates
from partners.outcome.boards.decisions import DrawnDecision, draw_decision
from partners.outcome.boards.open_points import OpenGroup, open_points
from partners.outcome.boards.steps import DrawnStep, draw_step, in_order, paired_notes, steps_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.queries import comparison
from partners.workspaces.queries import members_seen


@dataclass(frozen=True)
class OutcomeBoard:
    """Everything of place 4."""

    seen: PartnershipInView
    decision: DrawnDecision
    steps: list[DrawnStep]
    candidates: list[Candidate]
    open_points: list[OpenGroup]
    may_write: bool
    names: list[str]
    """Who can be named in a next step."""
    blocks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_sealed(self) -> bool:
        """Whether the sheets are private until the reveal, so that nothing of them is here."""
        return self.seen.partnership.sealed_at is not None

    @property
    def has_accepted(self) -> bool:
        """Whether a created value has been accepted before."""
        return any(each.is_accepted for each in self.candidates)

    def step(self, step_id: UUID) -> DrawnStep | None:
        """One of the steps."""
        return next((each for each in self.steps if each.id == step_id), None)


def draw_outcome(seen: PartnershipInView) -> OutcomeBoard:
    """Return place 4 as somebody sees it: 9 queries, however much there is."""
    compared = comparison(seen.partnership)
    steps = steps_of(seen)
    candidates = draw_candidates(seen, compared)
    paired = paired_notes(compared)
    taken = {(step.finding, step.note_id) for step in steps}
    return OutcomeBoard(
        seen=seen,
        decision=draw_decision(seen),
        steps=in_order([draw_step(seen, step, paired=paired) for step in steps]),
        candidates=candidates,
        open_points=open_points(compared, taken),
        may_write=may_write(seen),
        names=[each.name for each in members_seen(seen.viewer.audience) if each.name],
        blocks=blocks(),
    )
