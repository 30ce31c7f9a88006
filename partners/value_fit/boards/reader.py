"""Who a comparison is drawn for: what they may know of a rating whose other side is missing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from partners.workspaces.access import Audience, Viewer
from partners.workspaces.queries import present_in


@dataclass(frozen=True)
class Reader:
    """Everybody with equal values here is sent the same. What they may *do* hangs on the page around the pieces."""

    audience: Audience
    present: frozenset[UUID]
    """The organisations that speak for themselves here: what is said for any other is a guess, and no secret."""

    def knows_rating_of(self, organisation_id: UUID, partnership_id: UUID, *, stands_in: bool = False) -> bool:
        """Whether a company's rating is told before the other side has rated; a stand-in's is told to everybody."""
        return self.audience.speaks_for == organisation_id or partnership_id in self.audience.looks_into or stands_in


def reader_of(viewer: Viewer) -> Reader:
    """Return a viewer as a reader."""
    return Reader(viewer.audience, viewer.present_organisations)


def readers_of(workspace_id: UUID, audiences: list[Audience]) -> list[Reader]:
    """Return audiences as readers, in one query."""
    present = frozenset(present_in(workspace_id).values_list("organisation_id", flat=True).distinct())
    return [Reader(audience, present) for audience in audiences]
