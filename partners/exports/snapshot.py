"""A plain picture of a workshop, or of one sheet, as one person may see it: read piece by piece, in constant memory.

What each value means is said in `docs/format.md`; a change here is a change there and in the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from partners.canvases.access import canvases_seen
from partners.canvases.kinds import KINDS
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.events import reads
from partners.exports.comparisons import comparisons, hides_ratings, open_to
from partners.exports.hypotheses import hypotheses
from partners.exports.outcomes import outcomes
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.gone import everybody_seen
from partners.workspaces.models import Membership, Organisation, Partnership, Workspace
from partners.workspaces.queries import organisations_seen, partnerships_seen

CHUNK = 200
WITHHELD = ("canvases", "comments", "members", "organisations", "partnerships", "thumbs")
"""What may be missing for who does not see the whole workshop. Always all of it: a shorter list would tell."""
PRIVATE = ("canvases", "comments", "thumbs")
"""What is missing for who sees the whole workshop but for sheets that are private until the reveal."""


@dataclass(frozen=True)
class Snapshot:
    """What is written: `canvas` narrows it to one sheet. Its parts are read when they are asked for."""

    viewer: Viewer
    canvas: Canvas | None = None

    @property
    def audience(self) -> Audience:
        """Whose eyes are used."""
        return self.viewer.audience

    @property
    def withheld(self) -> list[str]:
        """The kinds of things of which some may be left out for this person.

        Ratings are named when there are some that they know of and may not read yet: nobody sees all of them.
        """
        kinds = () if self.audience.is_whole else PRIVATE if self.audience.is_wide else WITHHELD
        return sorted([*kinds, "ratings"] if hides_ratings(self._compared) else kinds)

    def as_of(self) -> str:
        """The place in the log; read it first, so that what happens while reading comes after it."""
        return reads.cursor(self.viewer.workspace.pk)

    def workspace(self) -> dict[str, Any]:
        """The workshop itself."""
        return _workspace(self.viewer.workspace)

    def organisations(self) -> Iterator[dict[str, Any]]:
        """The companies; of one sheet, its own and its partner."""
        rows = organisations_seen(self.audience)
        if self.canvas is not None:
            rows = rows.filter(pk__in=_companies(self.canvas))
        return map(_organisation, rows.order_by("-is_focal", "rank", "pk"))

    def partnerships(self) -> Iterator[dict[str, Any]]:
        """The partnerships; of one sheet, the one it belongs to."""
        rows = partnerships_seen(self.audience)
        if self.canvas is not None:
            rows = rows.filter(canvases=self.canvas)
        return map(_partnership, rows.order_by("rank", "pk"))

    def members(self) -> Iterator[dict[str, Any]]:
        """The people, those who left included: notes name them as authors."""
        return map(_member, everybody_seen(self.audience).order_by("created_at", "pk"))

    def canvases(self) -> Iterator[dict[str, Any]]:
        """The sheets, one after the other, each with its blocks, notes and comments."""
        sheets = list(self._canvases())
        notes = groupby(self._notes(sheets).iterator(chunk_size=CHUNK), key=lambda note: note.canvas_id)
        canvas_id, group = next(notes, (None, iter(())))
        for sheet in sheets:
            mine: Iterable[Note] = ()
            if canvas_id == sheet.pk:
                mine = list(group)
                canvas_id, group = next(notes, (None, iter(())))
            yield _canvas(sheet, mine, self.audience)

    def comparisons(self) -> Iterator[dict[str, Any]]:
        """What the companies of each partnership said when they compared; of one sheet, those of its partnership."""
        return comparisons(self._compared)

    def hypotheses(self) -> Iterator[dict[str, Any]]:
        """The joint ideas of each partnership, their tests and what was learned; of one sheet, of its partnership."""
        return hypotheses(self._compared)

    def outcomes(self) -> Iterator[dict[str, Any]]:
        """What the companies of each partnership decided, do next and accepted; of one sheet, of its partnership."""
        return outcomes(self.viewer, self.canvas)

    def notes(self) -> Iterator[Note]:
        """The notes alone, with everything about them loaded, in the order of `canvases`."""
        return self._notes(list(self._canvases())).iterator(chunk_size=CHUNK)

    @cached_property
    def _compared(self) -> list[PartnershipInView]:
        return open_to(self.viewer, self.canvas)

    def _canvases(self) -> QuerySet[Canvas]:
        rows = canvases_seen(self.audience)
        if self.canvas is not None:
            rows = rows.filter(pk=self.canvas.pk)
        return rows.order_by("pk")

    def _notes(self, sheets: list[Canvas]) -> QuerySet[Note]:
        comments = Comment.objects.filter(deleted_at=None)
        thumbs = Thumb.objects.all()
        if self.audience.people is not None:
            comments = comments.filter(Q(author=None) | Q(author_id__in=self.audience.people))
            thumbs = thumbs.filter(member_id__in=self.audience.people)
        return (
            Note.objects.filter(canvas__in=sheets, deleted_at=None)
            .select_related(
                "canvas__organisation",
                "canvas__partnership__first",
                "canvas__partnership__second",
                "author",
                "confirmed_by",
                "source_note__canvas",
            )
            .prefetch_related(
                Prefetch("comments", comments.order_by("created_at", "pk")), Prefetch("thumbs", thumbs.order_by("pk"))
            )
            .order_by("canvas_id", "block", "rank", "pk")
        )


def _companies(canvas: Canvas) -> set[UUID]:
    partnership = canvas.partnership
    return {canvas.organisation_id} | ({partnership.first_id, partnership.second_id} if partnership else set())


def _workspace(workspace: Workspace) -> dict[str, Any]:
    return {
        "id": workspace.pk,
        "title": workspace.title,
        "customer_segment": workspace.customer_segment,
        "about": workspace.about,
        "language": workspace.language,
        "fill_meanings": workspace.fill_meanings,
        "evidence_level": workspace.evidence_level,
        "evidence_months": workspace.evidence_months,
        "archived_at": workspace.archived_at,
        "created_at": workspace.created_at,
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "sector": organisation.sector,
        "profile": organisation.profile,
        "is_focal": organisation.is_focal,
        "created_at": organisation.created_at,
    }


def _partnership(partnership: Partnership) -> dict[str, Any]:
    return {
        "id": partnership.pk,
        "first": partnership.first_id,
        "second": partnership.second_id,
        "state": partnership.state,
        "state_reason": partnership.state_reason,
        "must_leave": partnership.must_leave,
        "sealed_at": partnership.sealed_at,
        "created_at": partnership.created_at,
    }


def _member(member: Membership) -> dict[str, Any]:
    return {
        "id": member.pk,
        "name": member.name,
        "role": member.role,
        "organisation": member.organisation_id,
        "colour": member.colour,
        "is_guest": member.is_guest,
        "left_at": member.removed_at,
        "created_at": member.created_at,
    }


def _canvas(canvas: Canvas, notes: Iterable[Note], audience: Audience) -> dict[str, Any]:
    by_block: dict[str, list[dict[str, Any]]] = {}
    for note in notes:
        by_block.setdefault(note.block, []).append(_note(note, audience))
    return {
        "id": canvas.pk,
        "kind": canvas.kind,
        "template_version": canvas.template_version,
        "organisation": canvas.organisation_id,
        "partnership": canvas.partnership_id,
        "locked_at": canvas.locked_at,
        "created_at": canvas.created_at,
        "blocks": [
            {"key": block.key, "title": str(block.title), "notes": by_block.get(block.key, [])}
            for block in KINDS[canvas.kind].blocks
        ],
    }


def _note(note: Note, audience: Audience) -> dict[str, Any]:
    return {
        "id": note.pk,
        "text": note.text,
        "text_version": note.text_version,
        "rank": note.rank,
        "fill": note.fill,
        "tags": note.tags,
        "weight": note.weight,
        "basis": note.basis,
        "stands_in": note.stands_in,
        "confirmed_by": note.confirmed_by_id,
        "beneficiary": note.beneficiary,
        "verdict": note.verdict,
        "source_note": note.source_note_id if _shows_source(note, audience) else None,
        "target_block": note.target_block,
        "author": note.author_id if audience.sees_person(note.author_id) else None,
        "thumbs": [thumb.member_id for thumb in note.thumbs.all()],
        "comments": [
            {"id": said.pk, "author": said.author_id, "text": said.text, "created_at": said.created_at}
            for said in note.comments.all()
        ],
        "created_at": note.created_at,
        "updated_at": note.updated_at,
    }


def _shows_source(note: Note, audience: Audience) -> bool:
    source = note.source_note
    if source is None or source.deleted_at is not None:
        return False
    return audience.sees_sheet(source.canvas.partnership_id, source.canvas.organisation_id)
