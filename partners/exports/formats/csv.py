"""Tables for spreadsheets, with nothing that one could run; and all notes as one of them, a row per note."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, count
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
# Some spreadsheets read the wide forms as the plain ones, and over what takes no room.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNSEEN = re.compile(r"^[\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]+")
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
    """Return a table line by line, its heading first, with cells that a spreadsheet shows and never runs.

    Columns of one name (two companies may have one) are told apart.
    """
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + str(writer.writerow([safe_cell(name) for name in told_apart(columns)]))
    for row in rows:
        yield str(writer.writerow([safe_cell(value) for value in row]))


def told_apart(columns: Iterable[str]) -> list[str]:
    """Return headings of which no two are the same: a program would read one column for the other.

    >>> told_apart(["text", "Acme", "Acme", "Acme (2)"])
    ['text', 'Acme', 'Acme (2)', 'Acme (2) (2)']
    """
    found: list[str] = []
    for name in columns:
        numbered = (f"{name} ({number})" for number in count(2))
        found.append(next(each for each in chain([name], numbered) if each not in found))
    return found


def safe_cell(value: Any) -> str:
    """Return a value as text that a spreadsheet shows and never runs.

    >>> safe_cell("=1+1"), safe_cell("plain\\x00"), safe_cell(None)
    ("'=1+1", 'plain', '')
    """
    text = "" if value is None else str(value)
    shown = _CONTROL.sub("", text)
    read = _UNSEEN.sub("", shown)
    return f"'{shown}" if any(each.startswith(_RUNS) for each in (text, shown, read)) else shown


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
