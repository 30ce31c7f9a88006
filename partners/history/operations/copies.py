"""A workshop copied as it stood at a moment, to try something else from there."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from partners.base.errors import Forbidden
from partners.canvases.access import canvas_in, canvases_seen
from partners.canvases.models import Canvas, Note
from partners.canvases.operations.steps import record_added
from partners.events import log
from partners.history.past import Board, boards_at
from partners.people.models import User
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership, Workspace
from partners.workspaces.operations.copies import copy_without_notes
from partners.workspaces.rules import Action


def copy_as_of(*, viewer: Viewer, user: User, title: str, moment: int) -> Workspace:
    """Return a new workshop of this user: the companies of now, and every sheet they see with its notes of then.

    People, comments and ratings are not taken along; notes are by who copies. Raises `Forbidden` for who does not see
    the whole workshop: a copy would show what is hidden, or lack it without saying so.
    """
    viewer.require(Action.MANAGE)
    if not viewer.audience.is_whole:
        raise Forbidden(_("Something here is private to others, so the workshop cannot be copied as of then."))
    with transaction.atomic():
        copy = copy_without_notes(viewer=viewer, user=user, title=title)
        sheets = list(
            canvases_seen(viewer.audience).select_related("organisation", "partnership__first", "partnership__second")
        )
        twins = {_name(canvas): canvas for canvas in _sheets_of(copy)}
        by = Membership.objects.get(workspace=copy, user=user)
        with log.change(copy.pk, by=by) as change:
            for canvas in sheets:
                (board,) = boards_at(canvas_in(viewer, canvas), [moment])
                notes = _notes(board, twins[_name(canvas)], by)
                Note.objects.bulk_create(notes)
                for note in notes:
                    record_added(change, note)
    return copy


def _sheets_of(workspace: Workspace) -> list[Canvas]:
    return list(
        Canvas.objects.filter(workspace=workspace).select_related(
            "organisation", "partnership__first", "partnership__second"
        )
    )


def _name(canvas: Canvas) -> tuple[object, ...]:
    """What a sheet and its twin in the copy have in common: the places of their companies in the list."""
    tie = canvas.partnership
    return (canvas.kind, canvas.organisation.name, tie and (tie.first.name, tie.second.name))


def _notes(board: Board, canvas: Canvas, by: Membership) -> list[Note]:
    return [
        Note(
            canvas=canvas,
            block=then.block,
            rank=then.rank,
            text=then.text,
            author=by,
            stands_in=then.stands_in and then.confirmed_by_id is None,
            **then.look,
        )
        for then in board.notes.values()
    ]
