"""A past sheet, drawn by the templates of the present one, and how two moments of it differ."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partners.canvases.access import CanvasInView
from partners.canvases.boards import DrawnSheet, lay_out
from partners.canvases.drawing import Attached
from partners.canvases.fragments import past_note_html
from partners.canvases.models import Comment
from partners.canvases.queries import NotesRead
from partners.history.past import Board, NoteThen
from partners.history.rules import Change, Changed
from partners.workspaces.models import Organisation

Mark = tuple[str, str]


def draw(sheet: CanvasInView, board: Board, moment: str, marks: Mapping[UUID, Mark] | None = None) -> DrawnSheet:
    """Return a sheet as it was: to be looked at only. `moment` names it on the page; `marks` say how notes differ.

    What other sheets made of its notes (*offered*, *wanted*) is left out: it is no part of the sheet.
    """
    viewer, canvas = sheet.viewer, sheet.canvas
    by_place: dict[tuple[UUID, str], list[SafeString]] = {}
    with translation.override(viewer.language):
        notes = NotesRead(board.notes, deleted=True).as_they_were(_then(board))
        for note in notes.drawn_for(viewer.audience, viewer.workspace):
            piece = past_note_html(note, moment, (marks or {}).get(note.id))
            by_place.setdefault((canvas.pk, note.block), []).append(piece)
        return lay_out(canvas, by_place, viewer.workspace, canvas.partnership)


def marks_for(changed: list[Changed], *, is_after: bool) -> dict[UUID, Mark]:
    """Return what to say on the notes of the earlier board (`is_after` False) or of the later one."""
    words = _words()
    shown = (Change.ADDED, Change.CHANGED, Change.MOVED) if is_after else (Change.REMOVED, Change.CHANGED, Change.MOVED)
    return {each.pk: (each.change.value, words[each.change]) for each in changed if each.change in shown}


def _words() -> dict[Change, str]:
    return {
        Change.ADDED: _("added"),
        Change.REMOVED: _("gone later"),
        Change.CHANGED: _("changed"),
        Change.MOVED: _("moved"),
    }


def _then(board: Board) -> dict[UUID, tuple[dict[str, object], Attached]]:
    companies = {note.confirmed_by_id for note in board.notes.values() if note.confirmed_by_id}
    named = Organisation.objects.filter(pk__in=companies) if companies else Organisation.objects.none()
    names = dict(named.order_by().values_list("pk", "short_name"))
    said = {comment for note in board.notes.values() for comment in note.comments}
    authors = _authors(said)
    return {pk: (_fields(note, names), _attached(note, authors)) for pk, note in board.notes.items()}


def _authors(comments: set[UUID]) -> dict[UUID, UUID | None]:
    if not comments:
        return {}
    return dict(Comment.objects.filter(pk__in=comments).order_by().values_list("pk", "author_id"))


def _fields(note: NoteThen, names: Mapping[UUID, str]) -> dict[str, object]:
    return note.look | {
        "canvas_id": note.canvas_id,
        "block": note.block,
        "rank": note.rank,
        "text": note.text,
        "text_version": note.version,
        "confirmed_by": names.get(note.confirmed_by_id) if note.confirmed_by_id else None,
        "deleted_at": None,
    }


def _attached(note: NoteThen, authors: Mapping[UUID, UUID | None]) -> Attached:
    said = [authors[comment] for comment in note.comments if comment in authors]
    return Attached(said, sorted(note.thumbs), [])
