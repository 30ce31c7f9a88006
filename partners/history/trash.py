"""What lies in the trash of a workshop, for one reader: what, who put it there and when, and who may bring it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from partners.canvases.access import canvas_in, visible_canvas_ids
from partners.canvases.events import block_title
from partners.canvases.models import Canvas, Note
from partners.events.models import Event
from partners.history.versions import Person, person_to
from partners.workspaces.access import Viewer
from partners.workspaces.models import Organisation, Partnership
from partners.workspaces.rules import Action

REMOVALS = ("note_deleted", "partnership_removed", "organisation_removed")


@dataclass(frozen=True, slots=True)
class Thrown:
    """One thing in the trash. `sort` is note, partnership or organisation; `where` says of a note where it stood."""

    sort: str
    pk: UUID
    words: str
    where: str
    by: Person
    at: datetime
    may_restore: bool


def notes_in_trash(viewer: Viewer) -> QuerySet[Note]:
    """Return the deleted notes of the sheets that somebody sees, the last deleted first."""
    notes = Note.objects.filter(canvas_id__in=visible_canvas_ids(viewer.audience), deleted_at__isnull=False)
    return notes.order_by("-deleted_at", "pk")


def partnerships_in_trash(viewer: Viewer) -> QuerySet[Partnership]:
    """Return the removed partnerships, for who sees the whole workshop."""
    gone = Partnership.objects.filter(workspace=viewer.workspace, deleted_at__isnull=False)
    gone = gone if viewer.audience.is_wide else gone.none()
    return gone.select_related("first", "second").order_by("-deleted_at", "pk")


def organisations_in_trash(viewer: Viewer) -> QuerySet[Organisation]:
    """Return the removed companies, for who sees the whole workshop.

    One whose people are still named somewhere keeps its row when the trash is emptied, without a business model.
    """
    gone = Organisation.objects.filter(workspace=viewer.workspace, deleted_at__isnull=False)
    gone = gone if viewer.audience.is_wide else gone.none()
    models = Canvas.objects.filter(workspace=viewer.workspace, partnership=None)
    return gone.filter(pk__in=models.values("organisation")).order_by("-deleted_at", "pk")


def thrown_notes(viewer: Viewer, notes: Collection[Note]) -> list[Thrown]:
    """Return notes of the trash (with their sheet, its company and partnership loaded), ready to print: two queries."""
    removed = _removed(viewer, [note.pk for note in notes])
    return [
        Thrown(
            sort="note",
            pk=note.pk,
            words=note.text,
            where=f"{note.canvas.organisation.short_name} · {block_title(note.block)}",
            by=_by(viewer, removed.get(note.pk)),
            at=note.deleted_at,
            may_restore=canvas_in(viewer, note.canvas).may(Action.WRITE),
        )
        for note in notes
        if note.deleted_at
    ]


def thrown_others(viewer: Viewer) -> list[Thrown]:
    """Return the partnerships and companies of the trash, ready to print."""
    partnerships, companies = list(partnerships_in_trash(viewer)), list(organisations_in_trash(viewer))
    removed = _removed(viewer, [*(each.pk for each in partnerships), *(each.pk for each in companies)])
    may = viewer.may(Action.MANAGE)
    rows = [
        ("partnership", each.pk, f"{each.first.short_name} – {each.second.short_name}", each.deleted_at)
        for each in partnerships
    ]
    rows += [("organisation", each.pk, each.name, each.deleted_at) for each in companies]
    return [Thrown(sort, pk, words, "", _by(viewer, removed.get(pk)), at, may) for sort, pk, words, at in rows if at]


def _removed(viewer: Viewer, ids: list[UUID]) -> dict[UUID, Event]:
    """The last event by which each thing went into the trash."""
    told = Event.objects.filter(workspace=viewer.workspace, thing_id__in=ids, kind__in=REMOVALS)
    return {event.thing_id: event for event in told.select_related("actor").order_by("seq")} if ids else {}


def _by(viewer: Viewer, event: Event | None) -> Person:
    return person_to(viewer, event.actor if event else None)
