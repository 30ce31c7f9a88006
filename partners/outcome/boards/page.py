"""Place 4 as one person sees it, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.utils import timezone

from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import Note
from partners.outcome.access import may_write
from partners.outcome.boards.words import (
    block_title,
    finding_text,
    finding_title,
    gain_words,
    landed_words,
    missing_words,
    name_of,
    suggested_step,
)
from partners.outcome.models import Assent, Decision, NextStep
from partners.outcome.rules import is_late, missing
from partners.value_fit.access import PartnershipInView
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import NEEDS, Comparison, SentenceRead, comparison
from partners.value_fit.rules import SIDES, Finding, FindingKind, Side, findings
from partners.workspaces.queries import members_seen
from partners.workspaces.rules import Action

USUAL = ("revenue_streams", "channels", "customer_segments", "key_resources", "cost_structure")
"""Where created value for a company usually lands (domain reference 3.3); these come first in the choice."""
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


@dataclass(frozen=True, slots=True)
class Yes:
    """What one company says of something: whether it said yes, through whom, and whether the reader may say it."""

    side: Side
    organisation_id: UUID
    company: str
    given: bool
    name: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DrawnDecision:
    """The decision as it stands; `verdict` is empty until there is one."""

    verdict: str
    words: str
    why: str
    version: int
    name: str
    at: datetime | None
    assents: tuple[Yes, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether both companies agree to it."""
        return bool(self.verdict) and all(each.given for each in self.assents)


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """A next step, ready to print."""

    id: UUID
    what: str
    version: int
    who: str
    side: Side | None
    by_when: date | None
    is_late: bool
    is_done: bool
    origin: str
    rank: int
    drawn: int
    list_id: str
    up: UUID | Literal[""] | None = None
    """Behind which step it goes to move up one place (empty: to the head); None: it stands there."""
    down: UUID | None = None


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


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something the comparison found that a next step could answer."""

    kind: str
    title: str
    text: str
    step: str
    note_id: UUID
    is_taken: bool


@dataclass(frozen=True)
class OutcomeBoard:
    """Everything of place 4."""

    seen: PartnershipInView
    decision: DrawnDecision
    steps: list[DrawnStep]
    candidates: list[Candidate]
    open_points: list[OpenPoint]
    may_write: bool
    names: list[str]
    """Who can be named in a next step."""
    blocks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_sealed(self) -> bool:
        """Whether the sheets are private until the reveal, so that nothing of them is here."""
        return self.seen.partnership.sealed_at is not None

    @property
    def has_accepted(self) -> bool:
        """Whether a created value has been accepted before."""
        return any(each.is_accepted for each in self.candidates)

    def step(self, step_id: UUID) -> DrawnStep | None:
        """One of the steps."""
        return next((each for each in self.steps if each.id == step_id), None)


def draw_outcome(seen: PartnershipInView) -> OutcomeBoard:
    """Return place 4 as somebody sees it: 9 queries, however much there is."""
    compared = comparison(seen.partnership)
    steps = steps_of(seen)
    candidates = draw_candidates(seen, compared)
    taken = {(step.finding, step.note_id) for step in steps}
    return OutcomeBoard(
        seen=seen,
        decision=draw_decision(seen),
        steps=_in_order([draw_step(seen, step) for step in steps]),
        candidates=candidates,
        open_points=_open_points(compared, taken),
        may_write=may_write(seen),
        names=[each.name for each in members_seen(seen.viewer.audience) if each.name],
        blocks=_blocks(),
    )


def draw_decision(seen: PartnershipInView) -> DrawnDecision:
    """Return the decision as it stands: 2 queries."""
    audience = seen.viewer.audience
    decision = Decision.objects.filter(partnership=seen.partnership).select_related("by").first()
    said: dict[UUID, Assent] = {}
    if decision is not None:
        assents = Assent.objects.filter(decision=decision).select_related("by")
        said = {each.organisation_id: each for each in assents}
    now = decision or Decision()
    return DrawnDecision(
        verdict=now.verdict,
        words=now.get_verdict_display() if now.verdict else "",
        why=now.why,
        version=now.why_version,
        name=name_of(now.by, audience) if decision else "",
        at=now.decided_at,
        assents=tuple(_assent(seen, side, said) for side in SIDES),
    )


def steps_of(seen: PartnershipInView) -> list[NextStep]:
    """Return the next steps in order: 1 query."""
    steps = NextStep.objects.filter(partnership=seen.partnership, deleted_at=None)
    return list(steps.select_related("member", "note__canvas").order_by("rank", "pk"))


def draw_step(seen: PartnershipInView, step: NextStep) -> DrawnStep:
    """Return a step (with `member` and `note__canvas` loaded) as somebody sees it."""
    member = step.member
    return DrawnStep(
        id=step.pk,
        what=step.what,
        version=step.what_version,
        who=name_of(member, seen.viewer.audience) if member else step.who,
        side=seen.side_of(member.organisation_id) if member else _side_called(seen, step.who),
        by_when=step.by_when,
        is_late=step.done_at is None and is_late(step.by_when, today=timezone.localdate()),
        is_done=step.done_at is not None,
        origin=_origin(seen, step),
        rank=step.rank,
        drawn=step.drawn,
        list_id=f"{step.partnership_id}:steps",
    )


def _in_order(steps: list[DrawnStep]) -> list[DrawnStep]:
    """Say of each step behind which other it goes when it is moved up or down."""
    ids = [step.id for step in steps]
    return [
        replace(
            step,
            up=None if at == 0 else "" if at == 1 else ids[at - 2],
            down=ids[at + 1] if at + 1 < len(ids) else None,
        )
        for at, step in enumerate(steps)
    ]


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


def notes_by_id(compared: Comparison) -> dict[UUID, Note]:
    """Return all notes of a comparison."""
    return {note.pk: note for side in SIDES for found in compared.notes[side].values() for note in found}


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


def _assent(seen: PartnershipInView, side: Side, said: dict[UUID, Assent]) -> Yes:
    company = seen.organisation(side)
    given = said.get(company.pk)
    return Yes(
        side,
        company.pk,
        company.short_name,
        given is not None,
        name_of(given.by, seen.viewer.audience) if given else "",
        seen.viewer.may(Action.AGREE, company.pk),
    )


def _open_points(compared: Comparison, taken: set[tuple[str, UUID | None]]) -> list[OpenPoint]:
    notes = notes_by_id(compared)
    found = [each for each in findings(compared.table) if each.kind in TO_SETTLE]
    found.sort(key=lambda each: TO_SETTLE.index(each.kind))
    return [_open_point(each, notes, taken) for each in found]


def _open_point(finding: Finding, notes: dict[UUID, Note], taken: set[tuple[str, UUID | None]]) -> OpenPoint:
    note = notes[finding.notes[0]]
    return OpenPoint(
        kind=finding.kind.value,
        title=finding_title(finding.kind),
        text=finding_text(finding, notes),
        step=suggested_step(finding.kind) % {"text": note.text},
        note_id=note.pk,
        is_taken=(finding.kind.value, note.pk) in taken,
    )


def _origin(seen: PartnershipInView, step: NextStep) -> str:
    """What a step answers, for who sees the note: *nobody offers this: funding for pre-training*."""
    if step.finding not in [kind.value for kind in FindingKind]:
        return ""
    title, note = finding_title(FindingKind(step.finding)), step.note
    if note is None or not seen.viewer.audience.sees_sheet(note.canvas.partnership_id, note.canvas.organisation_id):
        return title
    return f"{title}: {note.text}"


def _side_called(seen: PartnershipInView, who: str) -> Side | None:
    """The side of a company that is named as who does something."""
    for side in SIDES:
        company = seen.organisation(side)
        if who and who.casefold() in (company.name.casefold(), company.short_name.casefold()):
            return side
    return None


def _blocks() -> list[tuple[str, str]]:
    """The blocks of a business model as a choice, the usual ones first."""
    keys: Sequence[str] = [*USUAL, *(block.key for block in BUSINESS_MODEL.blocks if block.key not in USUAL)]
    return [(key, block_title(key)) for key in keys]
