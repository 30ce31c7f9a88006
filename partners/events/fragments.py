"""From “these things changed” to HTML: features register how their things are drawn, the live stream asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from partners.workspaces.models import Workspace

ACCESS = "access"
"""A kind of event with this among its `stale` topics changes who may see what."""


class Audience(Protocol):
    """What a group of people may see of one workspace (`workspaces.access.Audience`)."""

    @property
    def key(self) -> str:
        """Equal for equal audiences."""
        ...

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden from them."""
        ...

    @property
    def sealed(self) -> frozenset[tuple[UUID, UUID]]:
        """Whose sheet, as (partnership, organisation), is private until the reveal and hidden from them."""
        ...

    @property
    def speaks_for(self) -> UUID | None:
        """The organisation they belong to."""
        ...

    @property
    def looks_into(self) -> frozenset[UUID]:
        """Partnerships whose hidden ratings they see."""
        ...

    def sees_partnership(self, partnership_id: UUID | None) -> bool:
        """Whether a partnership exists for them."""
        ...

    def sees_sheet(self, partnership_id: UUID | None, organisation_id: UUID) -> bool:
        """Whether they see what an organisation wrote in a partnership (None: its business model)."""
        ...

    def sees_organisation(self, organisation_id: UUID | None) -> bool:
        """Whether an organisation exists for them."""
        ...

    def sees_person(self, member_id: UUID | None) -> bool:
        """Whether a person exists for them."""
        ...


@dataclass(frozen=True)
class FeedScope:
    """What one kind of open page shows: everybody with an equal scope gets the same messages, rendered once.

    `canvases` are the sheets on the page that the audience may see; `visible` all sheets it may see (None: all).
    """

    workspace_id: UUID
    canvases: frozenset[UUID]
    topics: frozenset[str]
    audience: Audience
    language: str
    visible: frozenset[UUID] | None = None
    compared: frozenset[UUID] = frozenset()
    """The partnerships whose comparison is on the page, open ones that the audience may see."""
    of: UUID | None = None
    """The partnership that the page belongs to, where no sheet of it tells."""

    def sees_canvas(self, canvas_id: UUID) -> bool:
        """Whether a sheet exists for this audience, on the page or not."""
        return self.visible is None or canvas_id in self.visible


Wanted = Mapping[FeedScope, Collection[UUID]]
Fragments = Callable[["Workspace", Wanted, int], Mapping[FeedScope, list[str]]]
"""`(workspace, thing ids by feed, upto)` → pieces of HTML by feed as they are now: an upsert for what is on the feed's
canvases, a removal (`<del data-gone=… data-drawn=upto>`) for what is not, or not any more. All feeds at once, so that
what changed is read once; `workspace` comes with its `log_head`."""

_fragments: dict[str, Fragments] = {}


def register(thing_type: str, fragments: Fragments) -> None:
    """Say how things of a type are drawn for the stream."""
    _fragments[thing_type] = fragments


def drawn(thing_type: str, workspace: Workspace, wanted: Wanted, upto: int) -> Mapping[FeedScope, list[str]]:
    """Return the pieces for some things of a type; nothing for a type that is never drawn on a sheet."""
    fragments = _fragments.get(thing_type)
    return fragments(workspace, wanted, upto) if fragments and wanted else {}


class Happening(Protocol):
    """What of an event decides what has to be drawn anew."""

    @property
    def kind(self) -> str:
        """Its kind."""
        ...

    @property
    def thing_type(self) -> str:
        """What it is about."""
        ...

    @property
    def thing_id(self) -> UUID:
        """Which one it is about."""
        ...

    @property
    def partnership_id(self) -> UUID | None:
        """Where it happened."""
        ...

    @property
    def draws(self) -> Collection[UUID | str] | None:
        """Which notes look different because of it."""
        ...


Told = Mapping[FeedScope, Sequence[Happening]]
Composed = Callable[["Workspace", Told, int], Mapping[FeedScope, list[str]]]
"""`(workspace, what happened by feed, upto)` → pieces of a board that is composed of many things: for it, what a
change redraws cannot be told from the thing alone."""

_composed: list[Composed] = []


def register_composed(board: Composed) -> None:
    """Say how a board that is composed of many things follows what happens; it is asked for feeds with `compared`."""
    _composed.append(board)


def composed(workspace: Workspace, told: Told, upto: int) -> Mapping[FeedScope, list[str]]:
    """Return the pieces of composed boards."""
    pieces: dict[FeedScope, list[str]] = {}
    for board in _composed if told else ():
        for feed, found in board(workspace, told, upto).items():
            pieces.setdefault(feed, []).extend(found)
    return pieces
