"""What others did to a note's words while somebody was typing: told to the typist, and to whom it was merged with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.base.prepared import Prepared
from partners.base.words import Run, word_diff
from partners.canvases.access import CanvasInView
from partners.canvases.models import Note
from partners.events.models import Event
from partners.events.reads import told_number
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


def changed_since(sheet: CanvasInView, note: Note, version: int) -> Meanwhile | None:
    """Return what happened to a note's words since a version, or None when nothing did."""
    told = _told(note, version)
    return _meanwhile(sheet, told, _base(told, version), note.text) if told and version < note.text_version else None


def merged_edit(sheet: CanvasInView, note: Note, *, typed: str, version: int | None) -> MergedEdit | None:
    """Return how a note's newest words came from those `typed` on a version and others', or None when they did not."""
    if version is None or note.text_version <= version + 1:
        return None  # nobody else wrote in between: the common case, which asks nothing
    told = _told(note, version)
    if not told or not told[-1].data["merged"] or sheet.viewer.member is None:
        return None
    *others, mine = told
    if mine.actor_id != sheet.viewer.member.pk or not others:
        return None
    base = _base(told, version)
    return MergedEdit(_meanwhile(sheet, others, base, mine.data["before"]), _new_in(base, typed), mine.change)


def _told(note: Note, version: int) -> list[Event]:
    """Edits since a version; what was written on another sheet is not told: the reader may not see it."""
    return _edits_since(note_id=note.pk, canvas_id=note.canvas_id, version=version)


@Prepared
def _edits_since(*, note_id: UUID, canvas_id: UUID, version: int) -> QuerySet[Event]:
    edits = Event.objects.filter(thing_id=note_id, kind="note_edited", canvas_id=canvas_id)
    told = edits.annotate(version=told_number("version")).filter(version__gt=version)
    return told.select_related("actor").order_by("seq")


def _base(told: Sequence[Event], version: int) -> str | None:
    first = told[0] if told else None
    return str(first.data["before"]) if first and first.data["version"] == version + 1 else None


def _meanwhile(sheet: CanvasInView, told: Sequence[Event], base: str | None, text: str) -> Meanwhile:
    me = sheet.viewer.member
    others = [event for event in told if me is None or event.actor_id != me.pk]
    names = dict.fromkeys(_name(sheet, event.actor) for event in others)
    return Meanwhile(list(names), _new_in(base, text))


def _name(sheet: CanvasInView, actor: Membership | None) -> str:
    if actor and not sheet.viewer.audience.sees_person(actor.pk):
        return _("somebody")
    return (actor and actor.name) or _("former member")


def _new_in(base: str | None, text: str) -> list[Run]:
    """A wording with what is new in it marked."""
    return [run for run in word_diff(base, text) if run.mark != "gone"] if base is not None else [Run("same", text)]
