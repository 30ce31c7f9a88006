"""Which sheets and notes exist for whom: the one look-up that pages, REST and the stream all use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from partners.base.errors import NotFound
from partners.base.prepared import Prepared
from partners.canvases.models import Canvas, Comment, Note
from partners.people.identity import Identity
from partners.workspaces.access import Audience, Viewer, viewer_in
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action


@dataclass(frozen=True)
class CanvasInView:
    """A sheet that somebody may see, and what they may do on it."""

    viewer: Viewer
    canvas: Canvas

    def may(self, action: Action) -> bool:
        """Whether the viewer may do this on the sheet."""
        return self.viewer.may(action, self.canvas.organisation_id, locked=bool(self.canvas.locked_at))

    def require(self, action: Action) -> Membership:
        """Return the member who may do this; raises `Forbidden`."""
        return self.viewer.require(action, self.canvas.organisation_id, locked=bool(self.canvas.locked_at))

    @property
    def stands_in(self) -> bool:
        """Whether what the viewer writes here is written for an absent organisation, and so a guess."""
        return self.canvas.organisation_id not in self.viewer.present_organisations


@Prepared
def _canvas(*, canvas_id: UUID) -> QuerySet[Canvas]:
    canvases = Canvas.objects.select_related("organisation", "partnership__first", "partnership__second")
    return canvases.filter(pk=canvas_id).order_by()


@Prepared
def _canvases(*, canvas_ids: Collection[UUID]) -> QuerySet[Canvas]:
    return Canvas.objects.select_related("organisation", "partnership").filter(pk__in=canvas_ids).order_by()


@Prepared
def _note(*, note_id: UUID) -> QuerySet[Note]:
    notes = Note.objects.select_related("canvas__organisation", "canvas__partnership", "author")
    return notes.filter(pk=note_id).order_by()


def canvases_seen(audience: Audience) -> QuerySet[Canvas]:
    """Return the sheets an audience may see: its partnerships' sheets and its organisations' models.

    What is private until the reveal is not among them.
    """
    alive = _alive(audience.workspace_id)
    if audience.sealed:
        alive = alive.exclude(sealed_among(audience))
    if audience.is_wide:
        return alive
    return alive.filter(
        Q(partnership_id__in=audience.partnerships) | Q(partnership=None, organisation_id__in=audience.organisations)
    )


def sealed_among(audience: Audience) -> Q:
    """Return the condition that a sheet is private to others; never true for who sees all sheets."""
    pairs = (
        Q(partnership_id=partnership, organisation_id=organisation) for partnership, organisation in audience.sealed
    )
    return reduce(or_, pairs, Q(pk__in=()))


def visible_canvas_ids(audience: Audience) -> frozenset[UUID]:
    """Return the ids of the sheets an audience may see now, for reads of what stands on them: one query.

    A condition on these ids is found sooner, by Django and by the database, than one on a sheet's companies each time.
    """
    living = _living(workspace_id=audience.workspace_id)
    return frozenset(pk for pk, partnership, organisation in living if audience.sees_sheet(partnership, organisation))


@Prepared
def _living(*, workspace_id: UUID) -> QuerySet[Canvas, tuple[UUID, UUID | None, UUID]]:
    return _alive(workspace_id).order_by().values_list("pk", "partnership_id", "organisation_id")


def _alive(workspace_id: UUID) -> QuerySet[Canvas]:
    return Canvas.objects.filter(
        Q(partnership=None) | Q(partnership__deleted_at=None),
        workspace_id=workspace_id,
        organisation__deleted_at=None,
    )


def canvases_seen_of(audience: Audience, canvas_ids: Collection[UUID]) -> dict[UUID, Canvas]:
    """Return those of some sheets that an audience may see, by id."""
    canvases = _canvases(canvas_ids=canvas_ids) if canvas_ids else []
    return {canvas.pk: canvas for canvas in canvases if sees_canvas(audience, canvas)}


def sees_canvas(audience: Audience, canvas: Canvas) -> bool:
    """Whether an audience may see a sheet that has been loaded already (with `partnership` and `organisation`)."""
    if canvas.workspace_id != audience.workspace_id or canvas.organisation.deleted_at:
        return False
    if canvas.partnership_id:
        assert canvas.partnership is not None
        if canvas.partnership.deleted_at:
            return False
    return audience.sees_sheet(canvas.partnership_id, canvas.organisation_id)


def canvas_for(identity: Identity, canvas_id: UUID) -> CanvasInView:
    """Return a sheet this person may see; raises `NotFound`."""
    canvas = _canvas.one(canvas_id=canvas_id)
    if canvas is None:
        raise NotFound
    return canvas_in(viewer_in(identity, canvas.workspace_id), canvas)


def canvas_in(viewer: Viewer, canvas: Canvas) -> CanvasInView:
    """Return a loaded sheet as this viewer sees it; raises `NotFound`."""
    if not sees_canvas(viewer.audience, canvas):
        raise NotFound
    return CanvasInView(viewer, canvas)


def note_for(identity: Identity, note_id: UUID, *, deleted: bool | None = False) -> tuple[CanvasInView, Note]:
    """Return a note this person may see and its sheet; raises `NotFound`.

    `deleted` says whether to take living notes (False), deleted ones (True), or both (None).
    """
    note = _note.one(note_id=note_id)
    if note is None or (deleted is not None and bool(note.deleted_at) != deleted):
        raise NotFound
    return canvas_in(viewer_in(identity, note.canvas.workspace_id), note.canvas), note


def comments_seen(audience: Audience, note: Note) -> QuerySet[Comment]:
    """Return the living comments on a note by people whom this audience may see."""
    comments = Comment.objects.filter(note=note, deleted_at=None).select_related("author")
    return comments if audience.people is None else comments.filter(Q(author=None) | Q(author_id__in=audience.people))
