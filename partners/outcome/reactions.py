"""How the things of an outcome are numbered when they change."""

from __future__ import annotations

from uuid import UUID

from partners.events import log
from partners.outcome.models import NextStep


@log.stamps("next_step")
def stamp_steps(step_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the steps' pictures."""
    NextStep.objects.filter(pk__in=step_ids).update(drawn=seq)
