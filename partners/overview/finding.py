"""Find: companies, notes, comments and what two companies wrote together, each with its address, as far as an audience
may see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from partners.canvases.access import canvases_seen
from partners.canvases.events import block_title
from partners.canvases.models import Canvas, Comment, Note
from partners.overview.finding_together import Found, written_together
from partners.workspaces.access import Audience
from partners.workspaces.models import Organisation, Partnership
from partners.workspaces.queries import organisations_seen, partnerships_seen

AT_MOST = 100


def find(audience: Audience, wanted: str) -> list[Found]:
    """Return what holds all the words, wherever they stand in it: companies first, then notes, then comments, then what
    two companies wrote together.

    Compared in Python, since SQLite knows upper and lower case of plain English letters only. Eleven queries.
    """
    words = wanted.casefold().split()
    if not words:
        return []
    sheets = _Sheets(audience)
    found = [_company(each) for each in organisations_seen(audience) if _holds(_said_of(each), words)]
    for kind, rows in (("note", _notes(sheets)), ("comment", _comments(audience, sheets))):
        found += [sheets.found(kind, row) for row in rows if _holds(row.searched, words)]
    found += [each for each, searched in written_together(audience) if _holds(searched, words)]
    return found[:AT_MOST]


class _Row(NamedTuple):
    """Words on a sheet: the note they belong to, where it stands, what is shown and what is searched."""

    note_id: UUID
    canvas_id: UUID
    block: str
    text: str
    searched: str


class _Sheets:
    """The sheets an audience may see, and the address of each."""

    def __init__(self, audience: Audience) -> None:
        partnerships = list(partnerships_seen(audience))
        self.canvases = {each.pk: each for each in canvases_seen(audience).select_related("organisation")}
        self._addresses = {pk: sheet_address(canvas, partnerships) for pk, canvas in self.canvases.items()}

    def found(self, kind: str, row: _Row) -> Found:
        """What was found, with the way to the note."""
        company = self.canvases[row.canvas_id].organisation.short_name
        return Found(
            kind, row.text, block_title(row.block), company, f"{self._addresses[row.canvas_id]}#note-{row.note_id}"
        )


def _notes(sheets: _Sheets) -> Iterator[_Row]:
    notes = Note.objects.filter(canvas_id__in=sheets.canvases, deleted_at=None)
    rows = notes.order_by("canvas", "block", "rank", "pk").values_list("pk", "canvas_id", "block", "text", "tags")
    for pk, canvas_id, block, text, tags in rows:
        yield _Row(pk, canvas_id, block, text, f"{text} {' '.join(tags)}")


def _comments(audience: Audience, sheets: _Sheets) -> Iterator[_Row]:
    said = Comment.objects.filter(note__canvas_id__in=sheets.canvases, note__deleted_at=None, deleted_at=None)
    if audience.people is not None:
        said = said.filter(Q(author=None) | Q(author_id__in=audience.people))
    rows = said.order_by("created_at", "pk").values_list("note_id", "note__canvas_id", "note__block", "text")
    for note_id, canvas_id, block, text in rows:
        yield _Row(note_id, canvas_id, block, text, text)


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _said_of(company: Organisation) -> str:
    return f"{company.name} {company.short_name} {company.sector} {company.profile}"


def _company(company: Organisation) -> Found:
    address = reverse("workspaces:organisations", args=[company.workspace_id])
    return Found("company", company.name, company.sector, company.short_name, f"{address}#company-{company.pk}")


def sheet_address(canvas: Canvas, partnerships: list[Partnership]) -> str:
    """The page that shows a sheet; a model stands on the pages of all its company’s partnerships: the first one."""
    company = canvas.organisation_id
    for each in partnerships:
        if canvas.partnership_id in (None, each.pk) and company in (each.first_id, each.second_id):
            place = "model" if canvas.partnership_id is None else "sheet"
            side = "start" if company == each.first_id else "end"
            return reverse(f"partnerships:{place}", args=[each.pk, side])
    return reverse("workspaces:organisations", args=[canvas.workspace_id])
