"""What others did to words while somebody was typing: told to the typist, and to whom it was merged with.

Notes, joint sentences, next steps and reasons share it: each hands in the events that changed its words, every one of
which says what stood there `before`, which `version` it made, and whether it was `merged`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.base.prepared import Prepared
from partners.base.words import Run, word_diff
from partners.events.models import Event
from partners.events.reads import told_number
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Who else changed the words (empty: only oneself, elsewhere), and how they read then, with what was new."""

    who: list[str]
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class MergedEdit:
    """An edit that was put together with others'. `typed` is what its author typed, `change` what undoes it."""

    others: Meanwhile
    typed: list[Run]
    change: UUID


@dataclass(frozen=True, slots=True)
class Rewordings:
    """What reworded something: events of a kind; of a note those on one sheet, for its others may be hidden."""

    thing_id: UUID
    kind: str
    canvas_id: UUID | None = None

    def since(self, version: int) -> list[Event]:
        """Return them since a version, in order."""
        if self.canvas_id is None:
            return _told(thing_id=self.thing_id, kind=self.kind, version=version)
        return _told_on(thing_id=self.thing_id, kind=self.kind, version=version, canvas_id=self.canvas_id)


def changed_since(viewer: Viewer, edits: Rewordings, *, newest: int, text: str, version: int) -> Meanwhile | None:
    """Return what happened to words since a version, or None when nothing did; `newest` is their version, as `text`."""
    told = edits.since(version)
    return _meanwhile(viewer, told, _base(told, version), text) if told and version < newest else None


def merged_edit(
    viewer: Viewer, edits: Rewordings, *, newest: int, typed: str, version: int | None
) -> MergedEdit | None:
    """Return how the `newest` words came from those `typed` on a version and others', or None when they did not."""
    if version is None or newest <= version + 1:
        return None  # nobody else wrote in between: the common case, which asks nothing
    told = edits.since(version)
    if not told or not told[-1].data["merged"] or viewer.member is None:
        return None
    *others, mine = told
    if mine.actor_id != viewer.member.pk or not others:
        return None
    base = _base(told, version)
    return MergedEdit(_meanwhile(viewer, others, base, mine.data["before"]), _new_in(base, typed), mine.change)


@Prepared
def _told(*, thing_id: UUID, kind: str, version: int) -> QuerySet[Event]:
    return _since(Event.objects.filter(thing_id=thing_id, kind=kind), version)


@Prepared
def _told_on(*, thing_id: UUID, kind: str, version: int, canvas_id: UUID) -> QuerySet[Event]:
    return _since(Event.objects.filter(thing_id=thing_id, kind=kind, canvas_id=canvas_id), version)


def _since(edits: QuerySet[Event], version: int) -> QuerySet[Event]:
    told = edits.annotate(version=told_number("version")).filter(version__gt=version)
    return told.select_related("actor").order_by("seq")


def _base(told: Sequence[Event], version: int) -> str | None:
    first = told[0] if told else None
    return str(first.data["before"]) if first and first.data["version"] == version + 1 else None


def _meanwhile(viewer: Viewer, told: Sequence[Event], base: str | None, text: str) -> Meanwhile:
    me = viewer.member
    others = [event for event in told if me is None or event.actor_id != me.pk]
    names = dict.fromkeys(_name(viewer, event.actor) for event in others)
    return Meanwhile(list(names), _new_in(base, text))


def _name(viewer: Viewer, actor: Membership | None) -> str:
    if actor and not viewer.audience.sees_person(actor.pk):
        return _("somebody")
    return (actor and actor.name) or _("former member")


def _new_in(base: str | None, text: str) -> list[Run]:
    """A wording with what is new in it marked."""
    return [run for run in word_diff(base, text) if run.mark != "gone"] if base is not None else [Run("same", text)]
