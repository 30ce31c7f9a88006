"""Tables for spreadsheets, with nothing that one could run; and all notes as one of them, a row per note."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from partners.canvases.events import block_title
from partners.canvases.models import Note
from partners.exports.snapshot import Snapshot

COLUMNS = (
    "company",
    "block",
    "partnership",
    "text",
    "fill",
    "tags",
    "weight",
    "basis",
    "stands_in",
    "confirmed_by",
    "beneficiary",
    "verdict",
    "target_block",
    "author",
    "comments",
    "thumbs",
    "created_at",
    "updated_at",
    "id",
)
BYTE_ORDER_MARK = "\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class _Line:
    """A file for `csv.writer` that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        """Return what would be written."""
        return line


def written(snapshot: Snapshot) -> Iterator[str]:
    """Return all notes line by line."""
    return table(COLUMNS, (_row(note, snapshot) for note in snapshot.notes()))


def table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Return a table line by line, its heading first, with cells that a spreadsheet shows and never runs."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + str(writer.writerow([safe_cell(name) for name in columns]))
    for row in rows:
        yield str(writer.writerow([safe_cell(value) for value in row]))


def safe_cell(value: Any) -> str:
    """Return a value as text that a spreadsheet shows and never runs.

    >>> safe_cell("=1+1"), safe_cell("plain\\x00"), safe_cell(None)
    ("'=1+1", 'plain', '')
    """
    text = "" if value is None else str(value)
    shown = _CONTROL.sub("", text)
    return f"'{shown}" if text.startswith(_RUNS) or shown.startswith(_RUNS) else shown


def _row(note: Note, snapshot: Snapshot) -> list[Any]:
    canvas, partnership = note.canvas, note.canvas.partnership
    author = note.author if snapshot.audience.sees_person(note.author_id) else None
    meaning = snapshot.viewer.workspace.fill_meanings.get(note.fill, "")
    return [
        canvas.organisation.name,
        block_title(note.block),
        f"{partnership.first.short_name} – {partnership.second.short_name}" if partnership else "",
        note.text,
        f"{note.fill}: {meaning}" if meaning else note.fill,
        ", ".join(note.tags),
        note.weight,
        note.basis,
        "yes" if note.stands_in else "",
        note.confirmed_by.name if note.confirmed_by else "",
        note.beneficiary,
        note.verdict,
        block_title(note.target_block) if note.target_block else "",
        author.name if author else "",
        len(note.comments.all()),
        len(note.thumbs.all()),
        note.created_at.isoformat(timespec="seconds"),
        note.updated_at.isoformat(timespec="seconds"),
        note.pk,
    ]
