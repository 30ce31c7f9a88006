"""Everything somebody can do to a note, the two steps through it, and how a sheet stands after that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.canvases.operations.steps import LOOK_FIELDS
from partners.events.models import LogHead
from partners.history.operations import Undone, redo, undo
from partners.workspaces.models import Membership
from tests.factories import Cast

Act = Callable[[Cast, Note], object]
State = dict[str, object]


def on(cast: Cast, note: Note, who: Membership | None = None) -> dict[str, Any]:
    """A note, fresh, and its sheet as somebody sees it: what most operations take."""
    fresh = Note.objects.select_related("canvas", "author").get(pk=note.pk)
    return {"sheet": cast.seen(who or cast.ana, fresh.canvas), "note": fresh}


def back(cast: Cast, who: Membership | None = None, **how: UUID) -> Undone:
    """Undo, as Ana when nobody else is named."""
    return undo(viewer=cast.viewer(who or cast.ana), **how)


def again(cast: Cast, who: Membership | None = None) -> Undone:
    """Redo, as Ana when nobody else is named."""
    return redo(viewer=cast.viewer(who or cast.ana))


def head(cast: Cast) -> int:
    """The log's number of now."""
    return LogHead.objects.get(workspace=cast.workspace).seq


def address(canvas: Canvas, more: str = "") -> str:
    """A page about a sheet's past."""
    return f"/canvases/{canvas.pk}/moments/{more}"


def texts(canvas: Canvas) -> list[str]:
    """What stands on a sheet now, in order."""
    notes = Note.objects.filter(canvas=canvas, deleted_at=None).order_by("block", "rank", "pk")
    return list(notes.values_list("text", flat=True))


def state(cast: Cast) -> list[State]:
    """Everything that undo may change, of every note; ranks as order only."""
    notes = Note.objects.filter(canvas__workspace=cast.workspace).order_by("canvas", "block", "rank", "pk")
    return [
        {
            "note": note.pk,
            "place": (note.canvas_id, note.block),
            "text": note.text,
            "look": [getattr(note, name) for name in LOOK_FIELDS],
            "is_there": note.deleted_at is None,
            "confirmed": note.confirmed_by_id,
            "thumbs": sorted(note.thumbs.values_list("member", flat=True)),
            "comments": list(note.comments.filter(deleted_at=None).values_list("text", flat=True)),
        }
        for note in notes
    ]


def comment_gone(cast: Cast, note: Note) -> None:
    """A comment that was made and taken back."""
    comment = sheets.add_comment(**on(cast, note), text="Since when?")
    sheets.delete_comment(sheet=cast.seen(cast.ana, note.canvas), comment=comment)


ACTS: dict[str, Act] = {
    "add": lambda cast, note: cast.note("Another"),
    "edit": lambda cast, note: sheets.edit_note(**on(cast, note), text="Brand and name"),
    "mark": lambda cast, note: sheets.change_look(**on(cast, note), fill="sun", tags=["core"], weight=3),
    "move": lambda cast, note: sheets.move_note(
        **on(cast, note), to=cast.seen(cast.ana, note.canvas), block="channels"
    ),
    "move within the block": lambda cast, note: sheets.move_note(
        **on(cast, note), to=cast.seen(cast.ana, note.canvas), block=note.block, after="first"
    ),
    "delete": lambda cast, note: sheets.delete_note(**on(cast, note)),
    "thumb": lambda cast, note: sheets.give_thumb(**on(cast, note)),
    "confirm": lambda cast, note: sheets.confirm_note(**on(cast, note)),
    "comment": lambda cast, note: sheets.add_comment(**on(cast, note), text="Since when?"),
    "several at once": lambda cast, note: sheets.change_many(
        notes=[
            (cast.seen(cast.ana, each.canvas), each)
            for each in Note.objects.filter(block="key_resources").select_related("canvas").order_by("rank")
        ],
        do="move",
        to=cast.seen(cast.ana, note.canvas),
        block="channels",
    ),
}
