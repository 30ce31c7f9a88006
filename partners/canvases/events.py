"""What happens to sheets and notes, as kinds of event. Each holds what its story and its undo need."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.canvases.kinds import KINDS
from partners.events.kinds import Kind, StrOrPromise


@dataclass(frozen=True, kw_only=True)
class CanvasAdded(Kind):
    """A sheet was laid out."""

    kind: ClassVar[str] = "canvas_added"
    thing_type: ClassVar[str] = "canvas"
    stale: ClassVar[tuple[str, ...]] = ("access",)
    wording = _("%(actor)s laid out a new sheet")
    canvas_kind: str


@dataclass(frozen=True, kw_only=True)
class CanvasLocked(Kind):
    """A facilitator locked or unlocked a sheet."""

    kind: ClassVar[str] = "canvas_locked"
    thing_type: ClassVar[str] = "canvas"
    stale: ClassVar[tuple[str, ...]] = ("sheet", "activity")
    locked: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return _("%(actor)s locked a sheet") if data["locked"] else _("%(actor)s unlocked a sheet")


@dataclass(frozen=True, kw_only=True)
class NoteKind(Kind):
    """Shared by the kinds about a note."""

    thing_type: ClassVar[str] = "note"
    stale: ClassVar[tuple[str, ...]] = ("counts", "activity")

    @classmethod
    def words(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().words(data) | {"block": block_title(data.get("block", ""))}


def block_title(key: str) -> str:
    """Return a block's title by its key, whichever kind of canvas it belongs to."""
    return next((str(block.title) for kind in KINDS.values() if (block := kind.block(key))), key)


@dataclass(frozen=True, kw_only=True)
class NoteAdded(NoteKind):
    """A note was put on a sheet."""

    kind: ClassVar[str] = "note_added"
    wording = _("%(actor)s added “%(text)s” to %(block)s")
    block: str
    text: str
    rank: str
    fields: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class NoteEdited(NoteKind):
    """A note's words changed; holds both texts and the version it became.

    `typed` is what its author wrote, where others' words were merged into it: what they type next, they type on that.
    """

    kind: ClassVar[str] = "note_edited"
    wording = _("%(actor)s changed “%(before)s” to “%(text)s”")
    before: str
    text: str
    version: int
    merged: bool = False
    typed: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteLooked(NoteKind):
    """Fields beside the text changed (fill, weight, tags, basis, …); `before` and `after` hold only those."""

    kind: ClassVar[str] = "note_looked"
    wording = _("%(actor)s marked “%(text)s”")
    text: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class NoteMoved(NoteKind):
    """A note got another place; a move between sheets is recorded on each, the first with `arrived=False`.

    `before` and `after` hold the fields that its new block made it carry, a weight say.
    """

    kind: ClassVar[str] = "note_moved"
    text: str
    block: str
    rank: str
    from_canvas: str
    from_block: str
    from_rank: str
    arrived: bool = True
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["block"] == data["from_block"] and data["arrived"]:
            return _("%(actor)s moved “%(text)s” within %(block)s")
        return _("%(actor)s moved “%(text)s” to %(block)s")


@dataclass(frozen=True, kw_only=True)
class NoteDeleted(NoteKind):
    """A note went to the trash."""

    kind: ClassVar[str] = "note_deleted"
    wording = _("%(actor)s deleted “%(text)s”")
    text: str
    block: str


@dataclass(frozen=True, kw_only=True)
class NoteRestored(NoteKind):
    """A note came back from the trash."""

    kind: ClassVar[str] = "note_restored"
    wording = _("%(actor)s brought back “%(text)s”")
    text: str
    block: str


@dataclass(frozen=True, kw_only=True)
class NoteConfirmed(NoteKind):
    """The organisation a note speaks of said so, or took that back."""

    kind: ClassVar[str] = "note_confirmed"
    text: str
    confirmed: bool
    before: str | None = None

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return _("%(actor)s confirmed “%(text)s”") if data["confirmed"] else _("%(actor)s unconfirmed “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class NoteThumbed(NoteKind):
    """Somebody gave a 👍 or took it back."""

    kind: ClassVar[str] = "note_thumbed"
    stale: ClassVar[tuple[str, ...]] = ("activity",)
    text: str
    given: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return _("%(actor)s likes “%(text)s”") if data["given"] else _("%(actor)s took back a 👍 from “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class CommentAdded(NoteKind):
    """Somebody said something about a note. The event is about the note; `comment` is the comment's id."""

    kind: ClassVar[str] = "comment_added"
    stale: ClassVar[tuple[str, ...]] = ("activity", "comments")
    wording = _("%(actor)s said about “%(text)s”: %(said)s")
    text: str
    comment: str
    said: str


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(NoteKind):
    """A comment was taken back."""

    kind: ClassVar[str] = "comment_deleted"
    stale: ClassVar[tuple[str, ...]] = ("activity", "comments")
    wording = _("%(actor)s took back a comment on “%(text)s”")
    text: str
    comment: str
    said: str
