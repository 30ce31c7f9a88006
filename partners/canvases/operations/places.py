"""A place for a note among its neighbours, under the lock of its sheet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.base.ordering import ROOM_IN_FRONT, rank_between, renumbered
from partners.base.prepared import Prepared
from partners.canvases.events import BlockSpread
from partners.canvases.kinds import DEFAULT_WEIGHT, KINDS, BlockKind
from partners.canvases.models import Canvas, Note
from partners.events import log

NOTES_PER_CANVAS = 500
FIRST = "first"
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


def find_rank(change: log.Change, canvas: Canvas, block: str, after: Place, *, without: UUID | None = None) -> int:
    """Return the rank of a place, renumbering the block when two neighbours have no room between them.

    What lies in the trash keeps its place, to come back to, so it is a neighbour like the others; one that was moved
    away meanwhile means: at the end.
    """
    neighbours = [row for row in _notes_in(canvas_id=canvas.pk, block=block) if row[0] != without]
    index = _index([pk for pk, _rank, _deleted in neighbours], after)
    before = neighbours[index - 1][1] if index else None
    behind = neighbours[index][1] if index < len(neighbours) else None
    rank = rank_between(before, behind)
    if rank is not None:
        return rank
    change.redraw(pk for pk, _old, deleted in neighbours if deleted is None)
    return _spread(change, canvas, block, neighbours[index - 1][0] if index else None, without)


def _spread(change: log.Change, canvas: Canvas, block: str, after: UUID | None, without: UUID | None) -> int:
    """Renumber a block with room after one of its notes (None: in front of all) and return the rank of that room.

    Deleted notes are numbered with the others: they come back to where they stood.
    """
    notes = Note.objects.filter(canvas=canvas, block=block).order_by("rank", "pk").values_list("pk", "rank")
    old = [(pk, rank) for pk, rank in notes if pk != without]
    index = next((place for place, (pk, _rank) in enumerate(old, start=1) if pk == after), 0)
    ranks = renumbered(len(old) + 1, behind=ROOM_IN_FRONT)
    room = ranks.pop(index)
    for (pk, _rank), new in zip(old, ranks, strict=True):
        Note.objects.filter(pk=pk).update(rank=new)
    change.record(
        BlockSpread(
            thing_id=canvas.pk,
            canvas_id=canvas.pk,
            partnership_id=canvas.partnership_id,
            block=block,
            ranks={str(pk): rank for pk, rank in old},
        )
    )
    return room


def stands_at(note: Note, canvas: Canvas, block: str, after: Place) -> bool:
    """Return whether a note is at a place already: on that sheet, in that block, behind that neighbour."""
    if (note.canvas_id, note.block) != (canvas.pk, block):
        return False
    others = [row for row in _notes_in(canvas_id=canvas.pk, block=block) if row[0] != note.pk]
    before = others[: _index([pk for pk, *_more in others], after)]
    ahead = [row for row in others if (row[1], row[0]) < (note.rank, note.pk)]
    return after == note.pk or _living(before) == _living(ahead)


def _living(rows: list[tuple[UUID, int, datetime | None]]) -> int:
    return sum(deleted is None for *_place, deleted in rows)


@Prepared
def _notes_in(*, canvas_id: UUID, block: str) -> QuerySet[Note, tuple[UUID, int, datetime | None]]:
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
