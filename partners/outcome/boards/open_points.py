"""What the comparison leaves open, and a next step could answer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.text import Truncator

from partners.outcome.boards.words import finding_text, suggested_step, title_of
from partners.value_fit.compared import ComparedNote
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, Finding, FindingKind, findings

TO_SETTLE = (
    FindingKind.GAP,
    FindingKind.TRANSFER_GAP,
    FindingKind.OPPOSED,
    FindingKind.UNCONFIRMED,
    FindingKind.PARTLY_MET,
    FindingKind.SURPLUS,
    FindingKind.SHARED_WANT,
    FindingKind.REDUNDANCY,
)
"""What a next step can answer, the most pressing first."""


WORDS_OF_A_NOTE = 200
"""So many characters of a note stand in the step that is suggested for it: a step holds fewer than a note."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something the comparison found that a next step could answer."""

    kind: str
    text: str
    step: str
    note_id: UUID
    is_taken: bool


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """What is open of one kind."""

    title: str
    points: list[OpenPoint]


def open_points(compared: Comparison, taken: set[tuple[str, UUID | None]]) -> list[OpenGroup]:
    """Return what can be settled by its kind, the most pressing first; `taken`: findings and notes a step answers."""
    notes = notes_by_id(compared)
    found: dict[str, list[OpenPoint]] = {}
    open_now = (each for each in findings(compared.table) if each.kind in TO_SETTLE)
    for each in sorted(open_now, key=lambda finding: TO_SETTLE.index(finding.kind)):
        found.setdefault(title_of(each), []).append(_open_point(each, notes, taken))
    return [OpenGroup(title, points) for title, points in found.items()]


def notes_by_id(compared: Comparison) -> dict[UUID, ComparedNote]:
    """Return all notes of a comparison."""
    return {note.pk: note for side in SIDES for found in compared.notes[side].values() for note in found}


def _open_point(finding: Finding, notes: dict[UUID, ComparedNote], taken: set[tuple[str, UUID | None]]) -> OpenPoint:
    note = notes[finding.notes[0]]
    return OpenPoint(
        kind=finding.kind.value,
        text=finding_text(finding, notes),
        step=suggested_step(finding) % {"text": Truncator(note.text).chars(WORDS_OF_A_NOTE)},
        note_id=note.pk,
        is_taken=(finding.kind.value, note.pk) in taken,
    )
