"""Reads about sheets and notes, each in a known number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from partners.base.prepared import Prepared
from partners.canvases.drawing import NOTHING, Attached, DrawnNote, NoteRow, Words, drawn
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.workspaces.access import Audience
from partners.workspaces.models import Workspace


@Prepared
def places_on(*, canvas_ids: Collection[UUID]) -> QuerySet[Note, tuple[UUID, UUID, str, int]]:
    """Return what is needed to find the pictures of the living notes of some sheets: id, sheet, block and `drawn`."""
    notes = Note.objects.filter(canvas_id__in=canvas_ids, deleted_at=None)
    return notes.order_by("rank", "pk").values_list("pk", "canvas_id", "block", "drawn")


JOINED = {
    "confirmed_by": "confirmed_by__short_name",
    "author_name": "author__name",
    "author_colour": "author__colour",
    "source_block": "source_note__block",
    "source_organisation_id": "source_note__canvas__organisation_id",
    "source_partnership_id": "source_note__canvas__partnership_id",
    "joint_partnership_id": "joint_sentence__partnership_id",
}
_COLUMNS = [JOINED.get(name, name) for name in NoteRow._fields]


@Prepared
def _rows(*, note_ids: Collection[UUID]) -> QuerySet[Note, tuple[Any, ...]]:
    return Note.objects.filter(pk__in=note_ids).order_by().values_list(*_COLUMNS)


class NotesRead:
    """Notes with all that is attached to them, read once and drawn for any number of audiences."""

    def __init__(self, note_ids: Collection[UUID], *, deleted: bool = False) -> None:
        found = [NoteRow(*row) for row in _rows(note_ids=note_ids)] if note_ids else []
        rows = [row for row in found if deleted or row.deleted_at is None]
        self._hold(rows, _attached([row.pk for row in rows]))

    @classmethod
    def of(cls, found: Iterable[tuple[NoteRow, Attached]]) -> NotesRead:
        """Return notes that are known already, with what is attached to each."""
        known = list(found)
        notes = cls(())
        notes._hold([row for row, _attached in known], {row.pk: attached for row, attached in known})
        return notes

    def _hold(self, rows: list[NoteRow], attached: dict[UUID, Attached]) -> None:
        self._rows = sorted(rows, key=lambda row: (row.rank, row.pk))
        self._attached = attached
        self._companies = _companies_of({row.canvas_id for row in rows if row.beneficiary not in ("", "customer")})

    def __iter__(self) -> Iterator[tuple[NoteRow, Attached]]:
        return ((row, self._attached.get(row.pk, NOTHING)) for row in self._rows)

    def only(self, note_ids: Collection[UUID], canvas_ids: Collection[UUID]) -> NotesRead:
        """Return those of the notes that are named and stand on some sheets."""
        chosen = copy(self)
        chosen._rows = [row for row in self._rows if row.pk in note_ids and row.canvas_id in canvas_ids]
        return chosen

    def as_they_were(self, then: Mapping[UUID, tuple[dict[str, Any], Attached]]) -> NotesRead:
        """Return those that are named, as they were at another time: with other fields, and with what hung on them."""
        there = (row for row in self._rows if row.pk in then)
        return self.of((row._replace(**then[row.pk][0]), then[row.pk][1]) for row in there)

    @property
    def numbers(self) -> dict[UUID, int]:
        """The log's number that last changed how each looks, in the order of the notes."""
        return {row.pk: row.drawn for row in self._rows}

    @property
    def canvas_ids(self) -> set[UUID]:
        """The sheets on which they stand."""
        return {row.canvas_id for row in self._rows}

    def drawn_for(self, audience: Audience, workspace: Workspace) -> list[DrawnNote]:
        """Return the notes as an audience sees them.

        People, comments, 👍 and origins that the audience may not see are left out, not blanked.
        """
        words = Words(workspace, self._companies)
        return [drawn(row, self._attached.get(row.pk, NOTHING), audience, words) for row in self._rows]


@Prepared
def _said_about(*, note_ids: Collection[UUID]) -> QuerySet[Comment, tuple[Any, ...]]:
    nobody, nothing = Cast(Value(None), UUIDField()), Value("")  # two NULLs in a row would be texts to PostgreSQL
    comments = Comment.objects.filter(note_id__in=note_ids, deleted_at=None).order_by()
    thumbs = Thumb.objects.filter(note_id__in=note_ids).order_by()
    taken = Note.objects.filter(
        source_note_id__in=note_ids, deleted_at=None, canvas__partnership__deleted_at=None
    ).order_by()
    return comments.values_list("note_id", "author_id", nobody, Value("comment"), nothing).union(
        thumbs.values_list("note_id", "member_id", nobody, Value("thumb"), nothing),
        taken.values_list(
            "source_note_id", "canvas__partnership_id", "canvas__organisation_id", Value("taken"), "block"
        ),
        all=True,
    )


def _attached(note_ids: list[UUID]) -> dict[UUID, Attached]:
    """Read comments, 👍 and takings of some notes in one query."""
    found: dict[UUID, Attached] = {}
    for note_id, who, by, what, block in _said_about(note_ids=note_ids) if note_ids else ():
        attached = found.setdefault(note_id, Attached([], [], []))
        match what:
            case "comment":
                attached.comments.append(who)
            case "thumb":
                attached.thumbs.append(who)
            case _:
                attached.taken.append((who, by, block))
    return found


def companies(canvas: Canvas) -> list[tuple[str, str]]:
    """Return who `us` and `partner` are on a Partnership Canvas, by short name; nothing on a business model."""
    partnership = canvas.partnership
    if partnership is None:
        return []
    first, second = partnership.first, partnership.second
    ours, theirs = (first, second) if canvas.organisation_id == first.pk else (second, first)
    return [(Note.Beneficiary.US, ours.short_name), (Note.Beneficiary.PARTNER, theirs.short_name)]


def _companies_of(canvas_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    if not canvas_ids:
        return {}
    canvases = Canvas.objects.filter(pk__in=canvas_ids).select_related("partnership__first", "partnership__second")
    return {canvas.pk: dict(companies(canvas)) for canvas in canvases}
