"""Taking back one's own last change, and doing it again: ordinary changes, which everybody sees at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from partners.base.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from partners.canvases.inverses import hold_notes
from partners.events import log
from partners.events.inverses import Undoing, inverse_of
from partners.events.kinds import Kind
from partners.events.models import Event
from partners.history.queries import Step, deletion_of, events_of, steps_of
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership


class Stuck(Conflict):
    """A step that cannot be taken back; `change` names it, so that one can go on to the one before it."""

    def __init__(self, reason: DomainError, change: UUID) -> None:
        super().__init__(reason.message, code=reason.code, **reason.details)
        self.status = reason.status
        self.change = change


@dataclass(frozen=True)
class Undone:
    """What was taken back, in few words; the notes that look different now; and what stays as it is, and why.

    `told` is what happened by it.
    """

    what: str
    notes: frozenset[UUID]
    left: tuple[str, ...]
    told: tuple[Kind, ...]


def undo(
    *, viewer: Viewer, before: UUID | None = None, deleted: UUID | None = None, only: UUID | None = None
) -> Undone:
    """Take back one's newest change that still stands, as one change; what others did since stays.

    `before` goes past a change that could not be taken back to the one before it; `deleted` asks for the change in
    which one deleted that note, `only` for that change and no other. Raises `Invalid` when there is nothing, `Stuck`
    with the reason when it cannot be.
    """
    with transaction.atomic():
        member = _member(viewer)
        pile = steps_of(member).undo
        if deleted is not None:
            only = deletion_of(member, deleted)
        if deleted is not None or only is not None:
            pile = [step for step in pile if step.change == only]
        return _take_back(viewer, member, _last(pile, before, _("There is nothing to undo.")))


def redo(*, viewer: Viewer, before: UUID | None = None) -> Undone:
    """Do again what one has just undone, as long as one did nothing new since; raises as `undo` does."""
    with transaction.atomic():
        member = _member(viewer)
        pile = steps_of(member).redo
        return _take_back(viewer, member, _last(pile, before, _("There is nothing to redo.")))


def _member(viewer: Viewer) -> Membership:
    """The person, locked: the same step is never taken twice, however fast somebody is on two devices."""
    if viewer.member is None:
        raise Forbidden(_("You are here to watch, so this is read only for you."))
    list(Membership.objects.select_for_update(no_key=True).filter(pk=viewer.member.pk).order_by().values_list("pk"))
    return viewer.member


def _last(pile: list[Step], before: UUID | None, nothing: str) -> Step:
    place = next((place for place, step in enumerate(pile) if step.change == before), len(pile))
    if not pile[:place]:
        raise Invalid(nothing, code="nothing")
    return pile[place - 1]


def _take_back(viewer: Viewer, member: Membership, step: Step) -> Undone:
    told = events_of(member, step)
    try:
        with log.change(member.workspace_id, by=member, undoes=step.change) as change:
            undoing = Undoing(viewer, change, held=dict(hold_notes(told)))
            for event in reversed(told):
                inverse_of(event.kind).take(undoing, event)
            if not change.events:
                raise Conflict(" ".join(undoing.left) or _("This has been taken back already."), code="gone_on")
    except NotFound:
        hidden = Invalid(_("What you did there is gone, or no longer shared with you."), code="hidden")
        raise Stuck(hidden, step.change) from None
    except DomainError as reason:
        raise Stuck(reason, step.change) from reason
    notes = {event.thing_id for event in change.events if event.thing_type == "note"}
    drawn = {note_id for event in change.events for note_id in event.draws}
    return Undone(
        what=_words(events_of(member, step.root)),
        notes=frozenset(notes | drawn | change.redrawn),
        left=tuple(undoing.left),
        told=tuple(change.events),
    )


def _words(told: list[Event]) -> str:
    """What a change did, in few words; a move to another sheet is told twice and counts once."""
    named = [event for event in told if event.data.get("arrived", True)]
    return inverse_of(named[0].kind).words(named[0], len(named))
