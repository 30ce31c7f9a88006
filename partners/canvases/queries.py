"""Reads about sheets and notes, each in a known number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from partners.base.names import initials
from partners.base.prepared import Prepared
from partners.canvases.events import block_title
from partners.canvases.kinds import WEIGHT_WORDS
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.events.models import Event, IdempotencyKey
from partners.workspaces.access import Audience
from partners.workspaces.models import FILLS, Workspace


@dataclass(frozen=True, slots=True)
class DrawnNote:
    """A note with everything a template prints of it, for one audience; nothing left to look up or decide."""

    id: UUID
    canvas_id: UUID
    block: str
    rank: int
    drawn: int
    text_version: int
    text: str
    fill: str
    fill_name: str
    tags: list[str]
    weight: int | None
    weight_word: str
    is_guess: bool
    stands_in: bool
    confirmed_by: str
    beneficiary: str
    beneficiary_word: str
    verdict: str
    verdict_word: str
    author_name: str
    author_initials: str
    author_colour: int
    author_id: UUID | None
    comments: int
    thumbs: int
    thumb_ids: list[UUID]
    origin: str
    taken: str
    target_block_title: str
    created_at: datetime


@Prepared
def places_on(*, canvas_ids: Collection[UUID]) -> QuerySet[Note, tuple[UUID, UUID, str, int]]:
    """Return what is needed to find the pictures of the living notes of some sheets: id, sheet, block and `drawn`."""
    notes = Note.objects.filter(canvas_id__in=canvas_ids, deleted_at=None)
    return notes.order_by("rank", "pk").values_list("pk", "canvas_id", "block", "drawn")


class NoteRow(NamedTuple):
    """What is read of a note to draw it: values, since making models of it and its joins takes five times as long."""

    pk: UUID
    canvas_id: UUID
    block: str
    rank: int
    drawn: int
    text_version: int
    text: str
    fill: str
    tags: list[str]
    weight: int | None
    basis: str
    stands_in: bool
    confirmed_by: str | None
    beneficiary: str
    verdict: str
    target_block: str
    created_at: datetime
    deleted_at: datetime | None
    author_id: UUID | None
    author_name: str | None
    author_colour: int | None
    source_block: str | None
    source_organisation_id: UUID | None
    source_partnership_id: UUID | None
    joint_partnership_id: UUID | None

    @property
    def is_guess(self) -> bool:
        """As `Note.is_guess`."""
        return self.basis == Note.Basis.GUESS or (self.stands_in and self.confirmed_by is None)


_JOINED = {
    "confirmed_by": "confirmed_by__short_name",
    "author_name": "author__name",
    "author_colour": "author__colour",
    "source_block": "source_note__block",
    "source_organisation_id": "source_note__canvas__organisation_id",
    "source_partnership_id": "source_note__canvas__partnership_id",
    "joint_partnership_id": "joint_sentence__partnership_id",
}
_COLUMNS = [_JOINED.get(name, name) for name in NoteRow._fields]


@Prepared
def _rows(*, note_ids: Collection[UUID]) -> QuerySet[Note, tuple[Any, ...]]:
    return Note.objects.filter(pk__in=note_ids).order_by().values_list(*_COLUMNS)


class NotesRead:
    """Notes with all that is attached to them, read once and drawn for any number of audiences."""

    def __init__(self, note_ids: Collection[UUID], *, deleted: bool = False) -> None:
        found = [NoteRow(*row) for row in _rows(note_ids=note_ids)] if note_ids else []
        rows = (row for row in found if deleted or row.deleted_at is None)
        self._rows = sorted(rows, key=lambda row: (row.rank, row.pk))
        self._attached = _attached([row.pk for row in self._rows])
        self._companies = _companies_of(
            {row.canvas_id for row in self._rows if row.beneficiary not in ("", "customer")}
        )

    def only(self, note_ids: Collection[UUID], canvas_ids: Collection[UUID]) -> NotesRead:
        """Return those of the notes that are named and stand on some sheets."""
        chosen = copy(self)
        chosen._rows = [row for row in self._rows if row.pk in note_ids and row.canvas_id in canvas_ids]
        return chosen

    def as_they_were(self, then: Mapping[UUID, tuple[dict[str, Any], Attached]]) -> NotesRead:
        """Return those that are named, as they were at another time: with other fields, and with what hung on them."""
        past = copy(self)
        rows = (row._replace(**then[row.pk][0]) for row in self._rows if row.pk in then)
        past._rows = sorted(rows, key=lambda row: (row.rank, row.pk))
        past._attached = {pk: attached for pk, (_fields, attached) in then.items()}
        past._companies = _companies_of(
            {row.canvas_id for row in past._rows if row.beneficiary not in ("", "customer")}
        )
        return past

    @property
    def canvas_ids(self) -> set[UUID]:
        """The sheets on which they stand."""
        return {row.canvas_id for row in self._rows}

    def drawn_for(self, audience: Audience, workspace: Workspace) -> list[DrawnNote]:
        """Return the notes as an audience sees them.

        People, comments, 👍 and origins that the audience may not see are left out, not blanked.
        """
        words = _Words(workspace, self._companies)
        return [_drawn(row, self._attached.get(row.pk, _NOTHING), audience, words) for row in self._rows]


@dataclass(frozen=True, slots=True)
class Attached:
    """What hangs on a note: who said something, who likes it, and where it was taken to as what."""

    comments: list[UUID | None]
    thumbs: list[UUID]
    taken: list[tuple[UUID | None, UUID | None, str]]


_NOTHING = Attached([], [], [])


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


class _Words:
    """Translated words of the fields, looked up once a page instead of once a note."""

    def __init__(self, workspace: Workspace, companies: dict[UUID, dict[str, str]]) -> None:
        self.fills = {fill: str(workspace.fill_meanings.get(fill, "")) for fill in FILLS}
        self._companies = companies
        self._block_titles: dict[str, str] = {}
        self.former = _("former member")

    @cached_property
    def weights(self) -> dict[int | None, str]:
        """How much a note weighs, in words."""
        return {None: "", **{weight: str(word) for weight, word in WEIGHT_WORDS.items()}}

    @cached_property
    def taken(self) -> dict[str, str]:
        """What became of a note, by the block in which it was taken."""
        return {"value_offer": _("offered"), "desired_value": _("wanted")}

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """What somebody thinks of a note."""
        return {"": "", **{str(value): str(label) for value, label in Note.Verdict.choices}}

    def block(self, key: str) -> str:
        """A block's title."""
        title = self._block_titles.get(key)
        if title is None:
            title = self._block_titles[key] = block_title(key)
        return title

    def beneficiary(self, row: NoteRow) -> str:
        """Who gains, by name: both sides read the same wall, so never *us* and *partner*."""
        if not row.beneficiary:
            return ""
        if row.beneficiary == Note.Beneficiary.CUSTOMER:
            return _("for the customer")
        return _("for %(company)s") % {"company": self._companies.get(row.canvas_id, {}).get(row.beneficiary, "")}

    def origin(self, row: NoteRow, audience: Audience) -> str:
        """Where a note comes from, for who sees the place: a block of a sheet, or what two companies agreed."""
        if row.joint_partnership_id and row.source_block != "desired_value":
            return (
                _("from What becomes possible together") if audience.sees_partnership(row.joint_partnership_id) else ""
            )
        if row.source_organisation_id is None or row.source_block is None:
            return ""
        is_seen = audience.sees_sheet(row.source_partnership_id, row.source_organisation_id)
        return _("from %(block)s") % {"block": self.block(row.source_block)} if is_seen else ""


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


def _taken_as(attached: Attached, audience: Audience, words: _Words) -> str:
    """What became of a business-model note on the sheets this audience sees: offered, wanted, or both."""
    if not attached.taken:
        return ""
    blocks = {block for partnership_id, by, block in attached.taken if by and audience.sees_sheet(partnership_id, by)}
    return ", ".join(word for block, word in words.taken.items() if block in blocks)


def _drawn(row: NoteRow, attached: Attached, audience: Audience, words: _Words) -> DrawnNote:
    thumb_ids = sorted(person for person in attached.thumbs if audience.sees_person(person))
    hidden = not audience.sees_person(row.author_id)
    name = "" if hidden else row.author_name or words.former
    return DrawnNote(
        id=row.pk,
        canvas_id=row.canvas_id,
        block=row.block,
        rank=row.rank,
        drawn=row.drawn,
        text_version=row.text_version,
        text=row.text,
        fill=row.fill,
        fill_name=words.fills.get(row.fill, ""),
        tags=row.tags,
        weight=row.weight,
        weight_word=words.weights[row.weight],
        is_guess=row.is_guess,
        stands_in=row.stands_in,
        confirmed_by=row.confirmed_by or "",
        beneficiary=row.beneficiary,
        beneficiary_word=words.beneficiary(row),
        verdict=row.verdict,
        verdict_word=words.verdicts[row.verdict],
        author_name=name,
        author_initials=initials(name) if name else "",
        author_colour=8 if hidden or row.author_colour is None else row.author_colour,
        author_id=None if hidden else row.author_id,
        comments=sum(audience.sees_person(person) for person in attached.comments),
        thumbs=len(thumb_ids),
        thumb_ids=thumb_ids,
        origin=words.origin(row, audience),
        taken=_taken_as(attached, audience, words),
        target_block_title=words.block(row.target_block) if row.target_block else "",
        created_at=row.created_at,
    )


def version_made_by(note_id: UUID, key: UUID | None) -> int | None:
    """Return the text version of a note that an earlier request with this idempotency key made, if it is known."""
    made = _made_with(note_id, key)
    return int(made.get("version", 1)) if made else None


def typed_with(note_id: UUID, key: UUID | None) -> str | None:
    """Return the words of a note as an earlier request with this idempotency key sent them, if it is known.

    What others wrote meanwhile is not among them: who typed on had not seen it, and has not taken it out.
    """
    made = _made_with(note_id, key)
    return str(made.get("typed") or made["text"]) if made else None


def _made_with(note_id: UUID, key: UUID | None) -> dict[str, Any] | None:
    if key is None:
        return None
    changes = IdempotencyKey.objects.filter(key=key, change__isnull=False).values_list("change", flat=True)
    told = Event.objects.filter(thing_id=note_id, change__in=list(changes), kind__in=("note_added", "note_edited"))
    return told.order_by("-seq").values_list("data", flat=True).first()
