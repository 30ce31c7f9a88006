"""Several notes as one change: moved, coloured or deleted together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.canvases.access import CanvasInView
from partners.canvases.locks import lock_notes, lock_sheets
from partners.canvases.models import Note
from partners.canvases.operations.asking import ask
from partners.canvases.operations.places import Place
from partners.canvases.operations.steps import as_known, record_deletion, record_look, record_move
from partners.events import log
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action

AT_MOST = 200


def change_many(
    *,
    notes: Sequence[tuple[CanvasInView, Note]],
    do: str,
    to: CanvasInView | None = None,
    block: str = "",
    after: Place = None,
    look: dict[str, Any] | None = None,
    confirmed: bool = False,
) -> list[Note]:
    """Do one thing (`move`, `look` or `delete`) to several notes of one workshop and return them.

    All or nothing where rights are missing; a note that somebody deleted meanwhile is passed over. Raises `Invalid`
    for no notes, too many, or notes of several workshops; before deleting, `Conflict` with a question when something
    rests on one of them (`asking`), unless `confirmed`.
    """
    if do == "move" and to is None:
        raise Invalid(_("Say where the notes should go."), code="no_place")
    by = _writer_of_all(notes)
    done: list[Note] = []
    with log.change(notes[0][0].canvas.workspace_id, by=by) as change:
        if to is not None:
            to.require(Action.WRITE)
            lock_sheets(to.canvas.pk)
        fresh = lock_notes([note.pk for _sheet, note in notes], to_move=do == "move")
        if do == "delete" and not confirmed:
            ask(notes[0][0].viewer, [note.pk for note in fresh.values() if note.deleted_at is None])
        for _sheet, asked in notes:
            if asked.pk not in fresh or fresh[asked.pk].deleted_at:
                continue
            note = as_known(fresh[asked.pk], asked)
            if do == "delete":
                record_deletion(change, note)
            elif do == "move" and to is not None:
                record_move(change, note, to=to, block=block, after=after)
                after = note.pk
            else:
                record_look(change, note, look or {})
            done.append(note)
    return done


def _writer_of_all(notes: Sequence[tuple[CanvasInView, Note]]) -> Membership:
    """Return who may write on all these notes' sheets; raises when there are none, too many, or a right is missing."""
    if not notes:
        raise Invalid(_("Select some notes first."), code="empty")
    if len(notes) > AT_MOST:
        raise Invalid(_("Select at most %(limit)s notes.") % {"limit": AT_MOST}, code="too_many")
    if len({sheet.canvas.workspace_id for sheet, _note in notes}) > 1:
        raise Invalid(_("These notes belong to different workshops."), code="several_workshops")
    writers = [sheet.require(Action.WRITE) for sheet, _note in notes]
    return writers[0]
