"""Created values as candidates to go on with: what they lack, and where they stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import Note
from partners.outcome.boards.decisions import Yes
from partners.outcome.boards.words import block_title, gain_words, landed_words, missing_words
from partners.outcome.rules import missing
from partners.value_fit.access import PartnershipInView
from partners.value_fit.compared import SentenceRead
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import NEEDS, Comparison
from partners.value_fit.rules import SIDES, Side

USUAL = ("revenue_streams", "channels", "customer_segments", "key_resources", "cost_structure")
"""Where created value for a company usually lands (domain reference 3.3); these come first in the choice."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A created value and how far it is: what it lacks, whether it was accepted, where it stands now."""

    id: UUID
    text: str
    gain: str
    side: Side | None
    said_yes: tuple[Yes, ...]
    lacks: tuple[str, ...]
    is_accepted: bool
    landed: tuple[str, ...]
    can_land: bool
    block: str
    """The block that somebody has said it changes; empty: nobody has."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be accepted."""
        return not self.lacks


def draw_candidates(seen: PartnershipInView, compared: Comparison) -> list[Candidate]:
    """Return the created values with how far they are: 1 query beside what was compared; none while it is private."""
    if seen.partnership.sealed_at is not None:
        return []
    sentences = compared.joint(JointSentence.Kind.CREATED)
    landed: dict[UUID, list[Note]] = {}
    if any(each.row.accepted_at for each in sentences):
        notes = Note.objects.filter(joint_sentence__partnership=seen.partnership, deleted_at=None)
        for note in notes.select_related("canvas__organisation", "source_note").order_by("created_at", "pk"):
            if note.joint_sentence_id:
                landed.setdefault(note.joint_sentence_id, []).append(note)
    return [_candidate(seen, compared, each, landed.get(each.row.pk, [])) for each in sentences]


def blocks() -> list[tuple[str, str]]:
    """The blocks of a business model as a choice, the usual ones first."""
    keys: Sequence[str] = [*USUAL, *(block.key for block in BUSINESS_MODEL.blocks if block.key not in USUAL)]
    return [(key, block_title(key)) for key in keys]


def _candidate(seen: PartnershipInView, compared: Comparison, read: SentenceRead, landed: list[Note]) -> Candidate:
    row = read.row
    yes = tuple(
        Yes(side, company.pk, company.short_name, company.pk in read.consents)
        for side in SIDES
        for company in (seen.organisation(side),)
    )
    lacking = missing([each.side for each in yes if each.given], compared.table)
    stands = [note for note in landed if note.source_note is None or note.source_note.block != NEEDS]
    side = seen.side_of(row.organisation_id)
    wanted = 1 if side else 2
    return Candidate(
        id=row.pk,
        text=row.text,
        gain=gain_words(row),
        side=side,
        said_yes=yes,
        lacks=tuple(missing_words(each, seen) for each in lacking),
        is_accepted=row.accepted_at is not None,
        landed=tuple(landed_words(note) for note in landed),
        can_land=len({note.canvas_id for note in stands}) < wanted,
        block=row.target_block,
    )
