"""A note's versions, read from the log alone: who wrote which words when, and what each wording changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.names import initials
from partners.base.words import Run, word_diff
from partners.canvases.access import CanvasInView, canvases_seen_of
from partners.canvases.models import Note
from partners.events.models import Event
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership

NOBODYS_COLOUR = 8
KINDS = ("note_added", "note_edited", "note_moved")


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something, as the reader may know them."""

    name: str
    initials: str
    colour: int


@dataclass(frozen=True, slots=True)
class Version:
    """One wording: what a reader may know of it. `before` is the wording that they saw before it, "" at first."""

    number: int
    text: str
    before: str
    by: Person
    author_id: UUID | None
    at: datetime
    is_merged: bool
    is_undo: bool
    is_now: bool

    @property
    def runs(self) -> Sequence[Run]:
        """The words that stayed, went and came."""
        return word_diff(self.before, self.text) if self.before else [Run("same", self.text)]


def versions_of(sheet: CanvasInView, note: Note) -> list[Version]:
    """Return a note's wordings, the newest first, in three queries at most.

    What was written while the note stood on a sheet that is hidden from the reader is left out: for them the note
    begins with the words that it came with.
    """
    told = list(
        Event.objects.filter(workspace_id=sheet.canvas.workspace_id, thing_id=note.pk, kind__in=KINDS)
        .select_related("actor")
        .order_by("seq")
    )
    seen = {sheet.canvas.pk}
    if others := {event.canvas_id for event in told if event.canvas_id} - seen:
        seen.update(canvases_seen_of(sheet.viewer.audience, others))
    found: list[Version] = []
    number, before = 1, ""
    for event in told:
        number = int(event.data.get("version", number))
        is_shown = event.canvas_id in seen and (event.kind != "note_moved" or _came_with_new_words(event, before))
        if not is_shown:
            continue
        text = str(event.data["text"])
        found.append(
            Version(
                number=number,
                text=text,
                before=before,
                by=person(sheet, event.actor),
                author_id=event.actor_id if sheet.viewer.audience.sees_person(event.actor_id) else None,
                at=event.at,
                is_merged=bool(event.data.get("merged")),
                is_undo=event.undoes is not None,
                is_now=number == note.text_version,
            )
        )
        before = text
    return found[::-1]


def person(sheet: CanvasInView, actor: Membership | None) -> Person:
    """Return who did something: somebody without a name is a former member, who is hidden is nobody in particular."""
    return person_to(sheet.viewer, actor)


def person_to(viewer: Viewer, actor: Membership | None) -> Person:
    """The same, for who looks at no sheet."""
    if actor and not viewer.audience.sees_person(actor.pk):
        return Person(_("somebody"), "·", NOBODYS_COLOUR)
    if actor and actor.name:
        return Person(actor.name, initials(actor.name), actor.colour)
    return Person(_("former member"), "·", NOBODYS_COLOUR)


def _came_with_new_words(event: Event, before: str) -> bool:
    """Whether a move brought words from where the reader does not see them being written."""
    return bool(event.data.get("arrived", True)) and str(event.data["text"]) != before
