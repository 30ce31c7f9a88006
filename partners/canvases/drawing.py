"""How a note is drawn: from the values that are read of it to the words that a template prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.names import initials
from partners.canvases.events import block_title
from partners.canvases.kinds import WEIGHT_WORDS
from partners.canvases.models import Note
from partners.workspaces.access import Audience
from partners.workspaces.models import FILLS, Workspace


@dataclass(frozen=True, slots=True)
class DrawnNote:
    """A note with everything a template prints of it, for one audience; nothing left to look up or decide."""

    id: UUID
    canvas_id: UUID
    block: str
    rank: str
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


class NoteRow(NamedTuple):
    """What is read of a note to draw it: values, since making models of it and its joins takes five times as long."""

    pk: UUID
    canvas_id: UUID
    block: str
    rank: str
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


@dataclass(frozen=True, slots=True)
class Attached:
    """What hangs on a note: who said something, who likes it, and where it was taken to as what."""

    comments: list[UUID | None]
    thumbs: list[UUID]
    taken: list[tuple[UUID | None, UUID | None, str]]


NOTHING = Attached([], [], [])


class Words:
    """Translated words of the fields, looked up once a page instead of once a note, and only those that it needs."""

    def __init__(self, workspace: Workspace, companies: dict[UUID, dict[str, str]]) -> None:
        self.fills = {fill: str(workspace.fill_meanings.get(fill, "")) for fill in FILLS}
        self._companies = companies
        self._block_titles: dict[str, str] = {}
        self._weights: dict[int | None, str] = {None: ""}

    @cached_property
    def former(self) -> str:
        """An author who is gone."""
        return _("former member")

    def weight(self, weight: int | None) -> str:
        """How much a note weighs, in words."""
        word = self._weights.get(weight)
        if word is None:
            assert weight is not None
            word = self._weights[weight] = str(WEIGHT_WORDS[weight])
        return word

    @cached_property
    def taken(self) -> dict[str, str]:
        """What became of a note, by the block in which it was taken."""
        return {"value_offer": _("offered"), "desired_value": _("wanted")}

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """What somebody thinks of a note."""
        return {str(value): str(label) for value, label in Note.Verdict.choices}

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


def drawn(row: NoteRow, attached: Attached, audience: Audience, words: Words) -> DrawnNote:
    """Return a note as an audience sees it: who and what it may not see is left out, not blanked."""
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
        weight_word=words.weight(row.weight),
        is_guess=row.is_guess,
        stands_in=row.stands_in,
        confirmed_by=row.confirmed_by or "",
        beneficiary=row.beneficiary,
        beneficiary_word=words.beneficiary(row),
        verdict=row.verdict,
        verdict_word=row.verdict and words.verdicts[row.verdict],
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


def _taken_as(attached: Attached, audience: Audience, words: Words) -> str:
    """What became of a business-model note on the sheets this audience sees: offered, wanted, or both."""
    if not attached.taken:
        return ""
    blocks = {block for partnership_id, by, block in attached.taken if by and audience.sees_sheet(partnership_id, by)}
    return ", ".join(word for block, word in words.taken.items() if block in blocks)
