"""What stands on sheets, as pieces of HTML: the same for pages, answers and the stream, drawn once per audience.

A piece is kept under the note, its `drawn` number, the log's epoch, the audience and the language: together they decide
how it looks, so a page of notes that somebody has seen before costs one light query.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString
from jinja2 import Template

from partners.base.kept import Kept
from partners.canvases.access import canvases_seen, canvases_seen_of
from partners.canvases.drawing import DrawnNote
from partners.canvases.models import Note
from partners.canvases.queries import NotesRead, places_on
from partners.canvases.reading import notes_after, notes_now
from partners.events import fragments
from partners.events.fragments import FeedScope, Wanted
from partners.workspaces.access import Audience
from partners.workspaces.models import Workspace

_drawings: Kept[str] = Kept()
_newest: Kept[tuple[DrawnNote, str]] = Kept(1_000)
"""What was last printed of a note, and how: another audience to whom it looks the same gets the same."""


def note_html(note: DrawnNote) -> SafeString:
    """Return a note as it stands on every page of its audience."""
    return SafeString(_note_macro()(note))  # our own template, which escapes


def past_note_html(note: DrawnNote, moment: str, mark: tuple[str, str] | None = None) -> SafeString:
    """Return a note as it was, under the name of a moment on the page: to be looked at only."""
    return SafeString(_note_macro()(note, moment, mark))  # our own template, which escapes


def _note_macro() -> Callable[..., str]:
    return _macro_in(cast(Any, get_template("canvases/_note.html")).template, translation.get_language())


@lru_cache(maxsize=64)
def _macro_in(template: Template, _language: str) -> Callable[..., str]:
    """The macro with its words in the present language; called it takes a third of rendering a template each time."""
    macro: Callable[..., str] = template.make_module().drawn  # type: ignore[attr-defined]  # a name in it
    return macro


def gone_html(note_id: UUID, drawn: int) -> str:
    """Return the removal of a note, as of a log number."""
    return f'<del data-gone="note-{note_id}" data-drawn="{drawn}"></del>'


def board_pieces(
    canvas_ids: Collection[UUID], audience: Audience, workspace: Workspace
) -> dict[tuple[UUID, str], list[SafeString]]:
    """Return the drawn notes of some sheets by (canvas, block), in order; at most 4 queries, 1 when all are known."""
    head = workspace.log_head.seq  # from before the notes are read
    rows = places_on(canvas_ids=canvas_ids)
    look = _look(audience, workspace)
    kept = {pk: (piece, number) for pk, _, _, number in rows if (piece := _drawings.get((pk, number, look)))}
    drawn = {pk: _as_of(head, piece, number, audience) for pk, (piece, number) in kept.items()}
    if len(drawn) < len(rows):
        drawn |= _draw(notes_now([row[0] for row in rows if row[0] not in drawn], workspace), audience, workspace, head)
    found: dict[tuple[UUID, str], list[SafeString]] = {}
    for pk, canvas_id, block, _number in rows:
        if pk in drawn:
            found.setdefault((canvas_id, block), []).append(drawn[pk])
    return found


def note_pieces(
    note_ids: Iterable[UUID], audience: Audience, workspace: Workspace, seen: Collection[UUID] = ()
) -> dict[UUID, str]:
    """Return the present picture of some notes for an audience: each as it stands, or its removal.

    Of a note on a sheet that is hidden from them there is nothing at all: a removal would tell that it exists. `seen`
    names sheets of which it was asked just now that the audience may see them.
    """
    head = workspace.log_head.seq
    ids = set(note_ids)
    changed_at = workspace.log_head.moved_to
    there = notes_now(ids, workspace) if changed_at is None else notes_after(changed_at, ids, workspace)
    visible = {*seen, *canvases_seen_of(audience, there.canvas_ids.difference(seen))}
    found: dict[UUID, str] = dict(_draw(there.only(ids, visible), audience, workspace, head))
    if missing := sorted(ids - found.keys()):
        rows = Note.objects.filter(pk__in=missing).order_by()
        rows_seen = rows.annotate(shown=Exists(canvases_seen(audience).filter(pk=OuterRef("canvas"))))
        known = {pk: (drawn, shown) for pk, drawn, shown in rows_seen.values_list("pk", "drawn", "shown")}
        numbers = {note_id: known.get(note_id, (0, True)) for note_id in missing}
        found |= {note_id: gone_html(note_id, number) for note_id, (number, shown) in numbers.items() if shown}
    return found


def stream_pieces(workspace: Workspace, wanted: Wanted, upto: int) -> dict[FeedScope, list[str]]:
    """Return what each feed must hear about some notes; a note that left its sheets is a removal."""
    asked = {note_id for note_ids in wanted.values() for note_id in note_ids}
    notes = notes_after(upto, asked, workspace)
    pieces = {}
    for feed, note_ids in wanted.items():
        here = notes.only(note_ids, feed.canvases)
        with translation.override(feed.language):
            found: dict[UUID, str] = dict(_draw(here, cast(Audience, feed.audience), workspace, upto))
        gone = sorted(set(note_ids) - found.keys())
        pieces[feed] = [*found.values(), *(gone_html(note_id, upto) for note_id in gone)]
    return pieces


def _draw(notes: NotesRead, audience: Audience, workspace: Workspace, head: int) -> dict[UUID, SafeString]:
    """The pieces of notes that have been read: kept ones, and the others drawn now and kept.

    `head` is the log's number from before the notes were read.
    """
    look = _look(audience, workspace)
    numbers = notes.numbers
    pieces = {pk: _drawings.get((pk, number, look)) for pk, number in numbers.items()}
    if missing := [pk for pk, piece in pieces.items() if piece is None]:
        for note in notes.only(missing, notes.canvas_ids).drawn_for(audience, workspace):
            piece = pieces[note.id] = _printed(note)
            _drawings.keep((note.id, note.drawn, look), piece)
    return {pk: _as_of(head, piece, numbers[pk], audience) for pk, piece in pieces.items() if piece is not None}


def _printed(note: DrawnNote) -> str:
    key = (note.id, translation.get_language())
    newest = _newest.get(key)
    if newest is None or newest[0] != note:
        newest = note, str(_note_macro()(note))
        _newest.keep(key, newest)
    return newest[1]


def _as_of(head: int, piece: str, drawn: int, audience: Audience) -> SafeString:
    """Return a piece under a number that tells nothing to those from whom something is hidden.

    Its own number would: a business-model note grows newer when it is taken to a hidden sheet, and looks the same. How
    new the picture is, is all that a page needs to know.
    """
    if drawn < head and not audience.is_whole:
        piece = piece.replace(f'data-drawn="{drawn}"', f'data-drawn="{head}"', 1)
    return SafeString(piece)  # from our own template, which escapes


def _look(audience: Audience, workspace: Workspace) -> str:
    """What decides, beside the note and its number, how it looks."""
    return f"{workspace.log_head.epoch.hex} {audience.key} {translation.get_language()}"  # hashed once, unlike a tuple


fragments.register("note", stream_pieces)
