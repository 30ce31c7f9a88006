"""How each kind of event is taken back: features register an inverse beside the operations that it uses.

A kind without an inverse (somebody joined, a link was made) is passed over by undo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from partners.events.kinds import Kind
from partners.events.models import Event

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from partners.events.log import Change
    from partners.workspaces.access import Viewer


@dataclass
class Undoing:
    """One undo under way: whose it is, the change that it records into, and why something stays as it is."""

    viewer: Viewer
    change: Change
    left: list[str] = field(default_factory=list)
    held: dict[UUID, Any] = field(default_factory=dict)
    """The things the events are about, read under their locks."""

    def leave(self, why: str) -> None:
        """Leave one thing as it is, and remember to say why."""
        if why not in self.left:
            self.left.append(why)


Take = Callable[[Undoing, Event], None]


@dataclass(frozen=True)
class Inverse:
    """How to take a kind back, and what to call it: `one` knows the event's data, `many` the `count`.

    An event of a kind that `is_whole` stands for all of its change: its inverse takes back what followed from it too.
    """

    take: Take
    one: _StrPromise
    many: _StrPromise
    is_whole: bool = False

    def words(self, event: Event, count: int) -> str:
        """Return what was done, in few words: *moved “Brand”*."""
        if count > 1:
            return str(self.many) % {"count": count}
        text = str(event.data.get("text", ""))
        return str(self.one) % {"text": text if len(text) <= 40 else f"{text[:39]}…"}


_inverses: dict[str, Inverse] = {}


def inverse(kind: type[Kind], one: _StrPromise, many: _StrPromise, *, is_whole: bool = False) -> Callable[[Take], Take]:
    """Register how a kind of event is taken back. It raises a `DomainError` to refuse, and nothing is changed then."""

    def register(take: Take) -> Take:
        _inverses[kind.kind] = Inverse(take, one, many, is_whole)
        return take

    return register


def inverse_of(kind: str) -> Inverse:
    """Return the inverse of a kind named in `undoable`."""
    return _inverses[kind]


def undoable() -> list[str]:
    """Return the kinds that have an inverse."""
    return list(_inverses)
