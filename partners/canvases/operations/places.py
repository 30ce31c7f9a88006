"""A place for a note among its neighbours, under the lock of its sheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Subquery
from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.base.ordering import rank_between
from partners.base.prepared import Prepared
from partners.canvases.kinds import DEFAULT_WEIGHT, KINDS, BlockKind
from partners.canvases.models import Canvas, Note

NOTES_PER_CANVAS = 500
LONGEST_RANK = 1_000
"""Digits of a rank: some 3,000 notes, each put between a note and the one that came before; an index holds no more."""
FIRST = "first"
NOBODY = UUID(int=0)
Place = UUID | str | None
"""Where in a block: after this note, `"first"`, or None for the end."""


def block_of(canvas: Canvas, key: str) -> BlockKind:
    """Return a block of this kind of sheet; raises `Invalid` when it has none of that name."""
    block = KINDS[canvas.kind].block(key)
    if block is None:
        raise Invalid(_("This sheet has no such block."), code="unknown_block", fields={"block": [key[:40]]})
    return block


def make_room(canvas: Canvas, adding: int = 1) -> None:
    """Raise `Invalid` when a sheet would hold more notes than anybody can read."""
    ((standing,),) = _how_many(canvas_id=canvas.pk) or [(0,)]
    if standing + adding > NOTES_PER_CANVAS:
        raise Invalid(
            _("A sheet holds at most %(limit)s notes. Put some together, or delete what is settled.")
            % {"limit": NOTES_PER_CANVAS},
            code="canvas_full",
        )


@Prepared
def _how_many(*, canvas_id: UUID) -> QuerySet[Note, tuple[int]]:
    living = Note.objects.filter(canvas_id=canvas_id, deleted_at=None).order_by()
    return living.values("canvas").annotate(number=Count("pk")).values_list("number")


def find_rank(canvas: Canvas, block: str, after: Place, *, without: UUID | None = None) -> str:
    """Return the rank of a place; raises `Invalid` in the one place where more was put than anybody reads.

    What lies in the trash keeps its place, to come back to, so it is a neighbour like the others; one that was moved
    away meanwhile means: at the end.
    """
    before, behind = _around(canvas, block, after, without or NOBODY)
    rank = rank_between(before, behind)
    if len(rank) > LONGEST_RANK:
        raise Invalid(_("So much was put here that no more fits. Put it elsewhere in the block."), code="crowded")
    return rank


def require_place(canvas: Canvas, block: str, after: Place) -> None:
    """Raise `Invalid` when a place is behind a note that does not lie in this block, in the trash or not."""
    if isinstance(after, UUID) and not Note.objects.filter(pk=after, canvas=canvas, block=block).exists():
        message = _("There is no such note in this block.")
        raise Invalid(message, fields={"after": [message]})


def _around(canvas: Canvas, block: str, after: Place, without: UUID) -> tuple[str | None, str | None]:
    """The ranks on both sides of a place, however many notes stand or have stood there."""
    here: dict[str, Any] = {"canvas_id": canvas.pk, "block": block, "without": without}
    if after == FIRST:
        return None, next(iter(_first(**here)), (None,))[0]
    if isinstance(after, UUID) and (found := _from(**here, note_id=after)):
        (before,), *behind = found
        return before, behind[0][0] if behind else None
    return next(iter(_last(**here)), (None,))[0], None


@Prepared
def _first(*, canvas_id: UUID, block: str, without: UUID) -> QuerySet[Note, tuple[str]]:
    return _ranks(canvas_id, block, without).order_by("rank")[:1]


@Prepared
def _last(*, canvas_id: UUID, block: str, without: UUID) -> QuerySet[Note, tuple[str]]:
    return _ranks(canvas_id, block, without).order_by("-rank")[:1]


@Prepared
def _from(*, canvas_id: UUID, block: str, without: UUID, note_id: UUID) -> QuerySet[Note, tuple[str]]:
    ranks = _ranks(canvas_id, block, without)
    return ranks.filter(rank__gte=Subquery(ranks.filter(pk=note_id).order_by())).order_by("rank")[:2]


def _ranks(canvas_id: UUID, block: str, without: UUID) -> QuerySet[Note, tuple[str]]:
    return Note.objects.filter(canvas_id=canvas_id, block=block).exclude(pk=without).values_list("rank")


def free_rank(canvas: Canvas, block: str, rank: str, *, of: Note) -> str:
    """Return a rank that a note had, or one just in front of what has it now."""
    others = [row[1] for row in _notes_in(canvas_id=canvas.pk, block=block) if row[0] != of.pk]
    if rank not in others:
        return rank
    return rank_between(max((other for other in others if other < rank), default=None), rank)


def stands_at(note: Note, canvas: Canvas, block: str, after: Place) -> bool:
    """Return whether a note is at a place already: on that sheet, in that block, behind that neighbour."""
    if (note.canvas_id, note.block) != (canvas.pk, block):
        return False
    others = [row for row in _notes_in(canvas_id=canvas.pk, block=block) if row[0] != note.pk]
    before = others[: _index([pk for pk, *_more in others], after)]
    ahead = [row for row in others if (row[1], row[0]) < (note.rank, note.pk)]
    return after == note.pk or _living(before) == _living(ahead)


def _living(rows: list[tuple[UUID, str, datetime | None]]) -> int:
    return sum(deleted is None for *_place, deleted in rows)


@Prepared
def _notes_in(*, canvas_id: UUID, block: str) -> QuerySet[Note, tuple[UUID, str, datetime | None]]:
    notes = Note.objects.filter(canvas_id=canvas_id, block=block)
    return notes.order_by("rank", "pk").values_list("pk", "rank", "deleted_at")


def _index(neighbours: list[UUID], after: Place) -> int:
    if after == FIRST:
        return 0
    return next((place + 1 for place, pk in enumerate(neighbours) if pk == after), len(neighbours))


def block_defaults(note: Note, block: BlockKind) -> dict[str, object]:
    """Return what a note must carry in this block and does not yet: a weight, a beneficiary."""
    needed: dict[str, object] = {}
    if "weight" in block.fields and note.weight is None:
        needed["weight"] = DEFAULT_WEIGHT
    if "beneficiary" in block.fields and not note.beneficiary:
        needed["beneficiary"] = Note.Beneficiary.CUSTOMER
    if "verdict" in block.fields and not note.verdict:
        needed["verdict"] = Note.Verdict.NEUTRAL
    return needed
