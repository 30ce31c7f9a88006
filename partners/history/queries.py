"""What somebody can undo and redo, read from the log alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max, Min

from partners.events.inverses import inverse_of, undoable
from partners.events.models import Event
from partners.workspaces.models import Membership

LOOKS_BACK = 200
"""How many of one's own changes can be reached."""


@dataclass(frozen=True)
class Step:
    """One change of one's own, and between which numbers it stands. `began` is what an undo or redo goes back to."""

    change: UUID
    first: int
    last: int
    began: Step | None = None

    @property
    def root(self) -> Step:
        """The change as it was first made: that is what people call it."""
        return self.began or self


@dataclass
class Steps:
    """The two piles, the newest last: what can be undone, and undos that can be undone in turn (redone)."""

    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)


def steps_of(member: Membership) -> Steps:
    """Return what somebody can undo and redo now, in one query. Something new ends what could be redone."""
    rows = (
        Event.objects.filter(workspace_id=member.workspace_id, actor=member, kind__in=undoable())
        .order_by()
        .values("change", "undoes")
        .annotate(first=Min("seq"), last=Max("seq"))
        .order_by("-last")[:LOOKS_BACK]
    )
    steps = Steps()
    for row in reversed(rows):
        change, first, last, undoes = row["change"], row["first"], row["last"], row["undoes"]
        if undoes is None:
            steps.undo.append(Step(change, first, last))
            steps.redo.clear()
        elif undone := _taken_from(steps.undo, undoes):
            steps.redo.append(Step(change, first, last, undone.root))
        elif redone := _taken_from(steps.redo, undoes):
            steps.undo.append(Step(change, first, last, redone.root))
    return steps


def events_of(member: Membership, step: Step) -> list[Event]:
    """Return what one step did that can be taken back, in order; an event that stands for all of it stands alone."""
    told = list(
        Event.objects.filter(workspace_id=member.workspace_id, seq__range=(step.first, step.last))
        .filter(change=step.change, kind__in=undoable())
        .order_by("seq")
    )
    return [event for event in told if inverse_of(event.kind).is_whole] or told


def deletion_of(member: Membership, note_id: UUID) -> UUID | None:
    """Return the change in which somebody last deleted a note."""
    told = Event.objects.filter(workspace_id=member.workspace_id, actor=member, thing_id=note_id, kind="note_deleted")
    return told.order_by("-seq").values_list("change", flat=True).first()


def _taken_from(pile: list[Step], change: UUID) -> Step | None:
    for place, step in enumerate(pile):
        if step.change == change:
            return pile.pop(place)
    return None
