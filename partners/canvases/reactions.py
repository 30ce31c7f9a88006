"""How sheets follow the workshop: a company gets its business model, a partnership its two sheets."""

from __future__ import annotations

from uuid import UUID

from partners.canvases.events import CanvasAdded
from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP, CanvasKind
from partners.canvases.models import Canvas, Note
from partners.events import log
from partners.events.kinds import Kind
from partners.workspaces.events import (
    MemberChanged,
    MemberRemoved,
    OrganisationAdded,
    OrganisationChanged,
    PartnershipAdded,
    WorkspaceChanged,
)
from partners.workspaces.models import Partnership


@log.on(OrganisationAdded)
def give_business_model(change: log.Change, event: Kind) -> None:
    """Lay out the Business Model Canvas of a new organisation."""
    _lay_out(change, BUSINESS_MODEL, Canvas(organisation_id=event.thing_id))


@log.on(PartnershipAdded)
def give_partnership_sheets(change: log.Change, event: Kind) -> None:
    """Lay out the two Partnership Canvases of a new partnership, one from each perspective."""
    partnership = Partnership.objects.get(pk=event.thing_id)
    for organisation_id in (partnership.first_id, partnership.second_id):
        _lay_out(change, PARTNERSHIP, Canvas(organisation_id=organisation_id, partnership=partnership))


def _lay_out(change: log.Change, kind: CanvasKind, canvas: Canvas) -> None:
    canvas.workspace_id = change.workspace_id
    canvas.kind = kind.key
    canvas.template_version = kind.template_version
    canvas.save(force_insert=True)
    change.record(
        CanvasAdded(thing_id=canvas.pk, canvas_id=canvas.pk, partnership_id=canvas.partnership_id, canvas_kind=kind.key)
    )


@log.on(MemberChanged)
@log.on(MemberRemoved)
def redraw_signatures(change: log.Change, event: Kind) -> None:
    """Notes carry their author's initials and colour: draw them anew when those change."""
    if isinstance(event, MemberChanged) and not {"name", "colour"} & set(event.fields):
        return
    change.redraw(Note.objects.filter(author_id=event.thing_id).values_list("pk", flat=True))


@log.on(OrganisationChanged)
def redraw_confirmations(change: log.Change, event: Kind) -> None:
    """Confirmed notes name the company that confirmed."""
    change.redraw(Note.objects.filter(confirmed_by_id=event.thing_id).values_list("pk", flat=True))


@log.on(WorkspaceChanged)
def redraw_fills(change: log.Change, event: Kind) -> None:
    """Coloured notes say what their colour means."""
    if isinstance(event, WorkspaceChanged) and {"fill_meanings", "language"} & event.after.keys():
        notes = Note.objects.filter(canvas__workspace_id=change.workspace_id, deleted_at=None)
        change.redraw(notes.values_list("pk", flat=True))


@log.stamps("note")
def stamp_notes(note_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the notes' pictures."""
    Note.objects.filter(pk__in=note_ids).update(drawn=seq)
