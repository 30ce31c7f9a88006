"""Both sheets in the report, as lists by block."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from partners.canvases.kinds import PARTNERSHIP, WEIGHT_WORDS, BlockKind
from partners.canvases.models import Note
from partners.value_fit.access import PartnershipInView, sheets_of
from partners.value_fit.compared import ComparedNote
from partners.value_fit.rules import SIDES, Side, other
from partners.workspaces.models import Organisation

INTENT = "intent"


@dataclass(frozen=True, slots=True)
class Line:
    """A note in the report: its words, and what is said about it in few."""

    text: str
    marks: tuple[str, ...] = ()
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A block of a sheet as a list."""

    title: str
    subtitle: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One company's Partnership Canvas; `is_private` while it is hidden from the reader."""

    side: Side
    company: str
    is_private: bool
    intent: list[Line]
    parts: list[SheetPart]


def sheets_listed(seen: PartnershipInView) -> list[Sheet]:
    """Return both sheets as the reader may see them: 2 queries."""
    canvases = sheets_of(seen)
    by_place: dict[tuple[UUID, str], list[Note]] = {}
    notes = Note.objects.filter(canvas__in=[canvas.pk for canvas in canvases.values()], deleted_at=None)
    for note in notes.order_by("rank", "pk"):
        by_place.setdefault((note.canvas_id, note.block), []).append(note)
    found = []
    for side in SIDES:
        owner, partner = seen.organisation(side), seen.organisation(other(side))
        canvas = canvases.get(side)
        blocks = {
            block.key: [line_of(note, owner, partner) for note in by_place.get((canvas.pk, block.key), [])]
            for block in PARTNERSHIP.blocks
            if canvas is not None
        }
        names = {"owner": owner.short_name, "partner": partner.short_name}
        parts = [_part(block, blocks[block.key], names) for block in PARTNERSHIP.blocks if blocks.get(block.key)]
        found.append(
            Sheet(
                side=side,
                company=owner.name,
                is_private=canvas is None,
                intent=blocks.get(INTENT, []),
                parts=[part for part in parts if part.title != _title(INTENT)],
            )
        )
    return found


def line_of(note: Note | ComparedNote, owner: Organisation, partner: Organisation) -> Line:
    """Return a note of a company's sheet as a line."""
    gains = {
        Note.Beneficiary.CUSTOMER: _("for the customer"),
        Note.Beneficiary.US: _("for %(company)s") % {"company": owner.short_name},
        Note.Beneficiary.PARTNER: _("for %(company)s") % {"company": partner.short_name},
    }
    marks = (
        str(WEIGHT_WORDS[note.weight]) if note.weight else "",
        gains.get(Note.Beneficiary(note.beneficiary), "") if note.beneficiary else "",
        str(Note.Verdict(note.verdict).label) if note.verdict else "",
    )
    return Line(note.text, tuple(mark for mark in marks if mark), note.is_guess)


def _part(block: BlockKind, lines: list[Line], names: dict[str, str]) -> SheetPart:
    return SheetPart(str(block.title), str(block.subtitle) % names if block.subtitle else "", lines)


def _title(key: str) -> str:
    block = PARTNERSHIP.block(key)
    return str(block.title) if block else ""
