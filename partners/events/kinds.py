"""The vocabulary of the log: every kind of event is a small typed class with a docstring.

A feature's `events.py` declares its kinds by subclassing `Kind`; they register themselves by `kind`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeAlias
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import Truncator

StrOrPromise: TypeAlias = str | Promise
QUOTED = 60
"""Characters of somebody's words that a sentence quotes."""

REGISTRY: dict[str, type[Kind]] = {}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One happening. Subclasses add what the story and the undo need as plain JSON values.

    `canvas_id` and `partnership_id` say where it happened (None: the workspace itself). `draws` names the notes whose
    picture it changes besides the thing itself. `stale` names the topics whose regions must be fetched again. `wording`
    is its story as a sentence with places for `actor` and its own fields; where that depends on them, override `says`.
    """

    kind: ClassVar[str] = ""
    thing_type: ClassVar[str] = ""
    stale: ClassVar[tuple[str, ...]] = ()
    wording: ClassVar[StrOrPromise] = ""

    thing_id: UUID
    canvas_id: UUID | None = None
    partnership_id: UUID | None = None
    draws: tuple[UUID, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.kind:
            if cls.kind in REGISTRY:
                raise RuntimeError(f"two kinds of event are called {cls.kind}")
            REGISTRY[cls.kind] = cls

    def data(self) -> dict[str, Any]:
        """Return the subclass's own fields as JSON values, stored on the event."""
        own = {field.name for field in fields(Kind)}
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in own}

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        """Return what happened as a sentence for people, e.g. *Ana moved “Club feeling” to Channels*."""
        return str(cls.says(data)) % (cls.words(data) | {"actor": actor})

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        """Return the sentence with its places still open."""
        return cls.wording

    @classmethod
    def words(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Return what stands in the places; long words are cut short."""
        return {
            name: Truncator(value).chars(QUOTED) if isinstance(value, str) else value for name, value in data.items()
        }
