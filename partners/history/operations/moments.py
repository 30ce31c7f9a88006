"""Moments of a sheet: kept under a name, and brought back on top of what others do meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.errors import Invalid, NotFound
from partners.base.merge import merge
from partners.base.text import clean_line
from partners.canvases.access import CanvasInView, canvas_in
from partners.canvases.locks import lock_notes, lock_sheets
from partners.canvases.models import TEXT_LIMIT, Comment, Note
from partners.canvases.operations.places import block_of
from partners.canvases.operations.steps import (
    LOOK_FIELDS,
    record_deletion,
    record_edit,
    record_look,
    record_move,
    record_restoration,
)
from partners.events import log
from partners.history.events import MomentKept, MomentRestored
from partners.history.past import Board, NoteThen, boards_at
from partners.workspaces.access import Viewer
from partners.workspaces.rules import Action

NAME_LIMIT = 80


def keep_moment(*, sheet: CanvasInView, name: str, moment: int | None = None) -> str:
    """Give a moment of a sheet (None: now) a name and return it; raises `Invalid` without one."""
    by = sheet.require(Action.COMMENT)
    line = clean_line(name)
    if not line or len(line) > NAME_LIMIT:
        message = _("Give it a name of at most %(limit)s characters.") % {"limit": NAME_LIMIT}
        raise Invalid(message, code="name", fields={"name": [message]})
    canvas = sheet.canvas
    with log.change(canvas.workspace_id, by=by) as change:
        change.record(
            MomentKept(
                thing_id=canvas.pk,
                canvas_id=canvas.pk,
                partnership_id=canvas.partnership_id,
                name=line,
                moment=moment,
            )
        )
    return line


def keep_moment_of_all(*, viewer: Viewer, name: str) -> None:
    """Give this moment of every sheet of a workshop a name (facilitators), before much is changed at once."""
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        change.record(MomentKept(thing_id=viewer.workspace.pk, name=name))


@dataclass
class Restored:
    """What bringing a moment back did: which notes changed, and what stays as it is, and why."""

    notes: set[UUID] = field(default_factory=set)
    left: list[str] = field(default_factory=list)


def restore_moment(*, sheet: CanvasInView, moment: int, seen: int) -> Restored:
    """Put a sheet back as it stood at a number of the log, as one change that can be undone.

    `seen` is the number up to which the person knew the sheet when they decided: what others did after it stays, and
    is merged. What people say of notes (👍, comments, confirmations) is theirs and is not put back.
    """
    by = sheet.require(Action.WRITE)
    canvas = sheet.canvas
    with log.change(canvas.workspace_id, by=by) as change:
        notes = _hold(sheet, moment)
        then, known = boards_at(sheet, [moment, seen])
        before = len(change.events)
        change.record(
            MomentRestored(thing_id=canvas.pk, canvas_id=canvas.pk, partnership_id=canvas.partnership_id, moment=moment)
        )
        putting = _Putting(sheet, change, notes, then, known)
        putting.take_away()
        putting.put_back()
        if len(change.events) == before + 1:
            change.events.clear()  # nothing came of it, so there is nothing to tell
    return putting.done


def _hold(sheet: CanvasInView, moment: int) -> dict[UUID, Note]:
    """Lock and return what stands on the sheet or stood there."""
    canvas = sheet.canvas
    (then,) = boards_at(sheet, [moment])
    ids = {*then.notes, *Note.objects.filter(canvas=canvas, deleted_at=None).order_by().values_list("pk", flat=True)}
    sheets = {canvas.pk, *Note.objects.filter(pk__in=ids).order_by().values_list("canvas_id", flat=True)}
    lock_sheets(*sheets)
    return lock_notes(ids, to_move=True)


class _Putting:
    """One moment being brought back: `then` is wanted, `known` is what the person saw when they asked for it."""

    def __init__(
        self, sheet: CanvasInView, change: log.Change, notes: dict[UUID, Note], then: Board, known: Board
    ) -> None:
        self.done = Restored()
        self._sheet = sheet
        self._change = change
        self._notes = notes
        self._then = then.notes
        self._known = known.notes
        said = Comment.objects.filter(note__in=notes, deleted_at=None).order_by().values_list("note_id", "pk")
        self._spoken_of_since = {
            note_id for note_id, pk in said if note_id in known.notes and pk not in known.notes[note_id].comments
        }

    def take_away(self) -> None:
        """Delete what did not stand there, first: a full sheet gets room. What others added or changed since stays."""
        for pk, note in self._notes.items():
            known = self._known.get(pk)
            if pk in self._then or known is None or not self._is_here(note):
                continue
            if _is_like(note, known) and pk not in self._spoken_of_since:
                record_deletion(self._change, note)
                self.done.notes.add(pk)
            else:
                self._leave(_("“%(text)s” has just been changed, so it stays."), note)

    def put_back(self) -> None:
        """Bring back what stood there: out of the trash, then with words, looks and place."""
        came = {pk for pk in self._then if (note := self._notes.get(pk)) and self._comes_back(note)}
        for pk, then in self._then.items():
            note, known = self._notes.get(pk), self._known.get(pk)
            if note is None or not (pk in came or self._is_here(note)):
                continue
            if pk in came or known is not None:
                before = len(self._change.events)
                self._put(note, then, known or _as_it_is(note))
                if pk in came or len(self._change.events) > before:
                    self.done.notes.add(pk)
            elif not _is_like(note, then):
                self._leave(_("“%(text)s” has just been brought back, so it stays as it is."), note)

    def _put(self, note: Note, then: NoteThen, known: NoteThen) -> None:
        now = _as_it_is(note)
        look = {name: value for name, value in then.look.items() if now.look[name] == known.look[name]}
        if not self._is_here(note) or (_place(note) != _place(then) and _place(note) == _place(known)):
            record_move(self._change, note, to=self._sheet, block=then.block, rank=then.rank)
        needed = block_of(note.canvas, note.block).fields  # it may stand in another block than then
        record_look(self._change, note, {name: value for name, value in look.items() if value or name not in needed})
        merged = merge(known.text, then.text, note.text).text
        if merged and len(merged) <= TEXT_LIMIT:
            record_edit(self._change, note, merged, merged=note.text != known.text)
        else:
            self._leave(_("Somebody has just changed the same words of “%(text)s”, so they stay."), note)

    def _comes_back(self, note: Note) -> bool:
        """Bring a note back from the trash, or see that it may come from another sheet; False when it stays away."""
        if self._is_here(note):
            return False
        if note.pk in self._known:
            self._leave(_("“%(text)s” has just been taken away, so it stays away."), note)
            return False
        comes_home = note.canvas_id != self._sheet.canvas.pk
        if comes_home and not self._may_leave(note):
            self._leave(_("“%(text)s” stands on another sheet now, where you cannot take it away."), note)
            return False
        if note.deleted_at is not None:
            record_restoration(self._change, note, to_move=comes_home)
        return True

    def _may_leave(self, note: Note) -> bool:
        try:
            return canvas_in(self._sheet.viewer, note.canvas).may(Action.WRITE)
        except NotFound:
            return False  # the sheet has been taken away

    def _is_here(self, note: Note) -> bool:
        return note.deleted_at is None and note.canvas_id == self._sheet.canvas.pk

    def _leave(self, why: str, note: Note) -> None:
        self.done.left.append(why % {"text": note})


def _as_it_is(note: Note) -> NoteThen:
    look: dict[str, Any] = {name: getattr(note, name) for name in LOOK_FIELDS}
    return NoteThen(
        note.pk,
        note.canvas_id,
        note.block,
        note.rank,
        note.text,
        note.text_version,
        look,
        note.stands_in,
        note.confirmed_by_id,
        note.deleted_at is None,
    )


def _place(note: Note | NoteThen) -> tuple[str, str]:
    return (note.block, note.rank)


def _is_like(note: Note, then: NoteThen) -> bool:
    now = _as_it_is(note)
    return (now.text, _place(now), now.look) == (then.text, _place(then), then.look)
