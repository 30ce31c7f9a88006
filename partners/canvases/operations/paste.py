"""Many lines at once: a note per line, and a whole canvas when the text has headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.base.errors import Conflict, Invalid
from partners.base.ordering import ranks_behind
from partners.base.text import clean_text
from partners.canvases.access import CanvasInView
from partners.canvases.kinds import KINDS, CanvasKind
from partners.canvases.locks import lock_sheets
from partners.canvases.models import Canvas, Note
from partners.canvases.operations.places import block_defaults, block_of, make_room
from partners.canvases.operations.steps import record_added
from partners.canvases.operations.words import checked_text
from partners.events import log
from partners.workspaces.rules import Action

ASK_OVER = 50
REFUSE_OVER = 200
_BULLET = re.compile(r"^(?:[-*•–·▪◦]|\(?\d{1,3}[.)])\s+")
_HEADING = re.compile(r"^(?:#+\s*)?(.*?)\s*:?$")
_CELL = re.compile(r'(^|[\t\n])"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
"""A cell between quotes, as spreadsheets put down one that holds line breaks, tabs or quotes."""


@dataclass(frozen=True)
class Pasted:
    """What came of a paste: the notes made, in order."""

    notes: list[Note]


def paste_notes(*, sheet: CanvasInView, block: str, lines: str, confirmed: bool = False) -> Pasted:
    """Make a note of every line; lines under a heading that names a block go to that block. One change for all.

    Raises `Conflict` (code `many_lines`, `count`) over 50 lines unless `confirmed`, `Invalid` over 200; both leave the
    text with the person who pasted it.
    """
    by = sheet.require(Action.WRITE)
    start = block_of(sheet.canvas, block).key
    placed = split_lines(KINDS[sheet.canvas.kind], start, lines)
    if not placed:
        raise Invalid(_("There is nothing to paste."), code="empty")
    if len(placed) > REFUSE_OVER:
        raise Invalid(
            _("These are %(count)s lines; paste at most %(limit)s at once.")
            % {"count": len(placed), "limit": REFUSE_OVER},
            code="too_many_lines",
            count=len(placed),
        )
    if len(placed) > ASK_OVER and not confirmed:
        raise Conflict(
            _("Make %(count)s notes from these lines?") % {"count": len(placed)}, code="many_lines", count=len(placed)
        )
    texts = [(key, checked_text(text)) for key, text in placed]
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        lock_sheets(sheet.canvas.pk)
        make_room(sheet.canvas, adding=len(texts))
        notes = _notes(sheet, texts)
        for note in notes:
            note.author = by
        Note.objects.bulk_create(notes)
        for note in notes:
            record_added(change, note)
    return Pasted(notes)


def split_lines(kind: CanvasKind, start: str, lines: str) -> list[tuple[str, str]]:
    """Return `(block, text)` for every line that says something; headings and bullets are taken off.

    What a spreadsheet put down is read as one: cells of a row stand side by side, each on one line
    (`js/elements/paste.js` reads it the same).

    >>> from partners.canvases.kinds import BUSINESS_MODEL
    >>> split_lines(BUSINESS_MODEL, "channels", "shops\\n\\n## Key Partners\\n- roaster")
    [('channels', 'shops'), ('key_partners', 'roaster')]
    """
    headings = {str(block.title).casefold(): block.key for block in kind.blocks}
    headings |= {key.replace("_", " "): block.key for block in kind.blocks for key in (block.key, *block.aliases)}
    found: list[tuple[str, str]] = []
    block = start
    for line in _CELL.sub(_on_one_line, clean_text(lines)).split("\n"):
        heading = _HEADING.match(line.strip())
        if heading and (named := headings.get(heading[1].replace("_", " ").strip("* :").casefold())):
            block = named
            continue
        text = _BULLET.sub("", " · ".join(cell.strip() for cell in line.split("\t") if cell.strip()))
        if text:
            found.append((block, text))
    return found


def _on_one_line(found: re.Match[str]) -> str:
    before, cell = found.groups()
    if not re.search(r'[\n\t]|""', cell):
        return found[0]  # nothing that a spreadsheet would put between quotes: somebody's own
    return before + re.sub(r"\s*[\n\t]\s*", " ", cell.replace('""', '"'))


def _notes(sheet: CanvasInView, texts: list[tuple[str, str]]) -> list[Note]:
    """New notes behind the last of each block, not saved yet."""
    last = _last_ranks(sheet.canvas)
    ranks = {key: ranks_behind(last.get(key)) for key in {key for key, _text in texts}}
    notes = []
    for key, text in texts:
        note = Note(canvas=sheet.canvas, block=key, text=text, stands_in=sheet.stands_in)
        note.rank = next(ranks[key])
        for name, value in block_defaults(note, block_of(sheet.canvas, key)).items():
            setattr(note, name, value)
        notes.append(note)
    return notes


def _last_ranks(canvas: Canvas) -> dict[str, str]:
    rows = canvas.notes.order_by("rank").values_list("block", "rank")
    return dict(rows)
