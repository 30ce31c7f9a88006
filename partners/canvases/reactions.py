"""How sheets follow the workshop: a company gets its business model, a partnership its two sheets."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from partners.canvases.events import CanvasAdded, NoteMoved, NoteRestored
from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP, CanvasKind
from partners.canvases.locks import hold_partnership, lock_all
from partners.canvases.models import Canvas, Comment, Note
from partners.events import log
from partners.events.kinds import Kind
from partners.workspaces.events import (
    MemberChanged,
    MemberRemoved,
    OrganisationAdded,
    OrganisationChanged,
    PartnershipAdded,
    PartnershipRemoved,
    PartnershipRestored,
    PartnershipRevealed,
    PartnershipSealed,
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
    change.redraw(lock_all(Note.objects.filter(author_id=event.thing_id)))


@log.on(OrganisationChanged)
def redraw_company_names(change: log.Change, event: Kind) -> None:
    """Confirmed notes name the company that confirmed, created value the company that gains."""
    names_it = Q(canvas__partnership__first=event.thing_id) | Q(canvas__partnership__second=event.thing_id)
    gains = ~Q(beneficiary__in=("", Note.Beneficiary.CUSTOMER)) & names_it
    change.redraw(lock_all(Note.objects.filter(Q(confirmed_by_id=event.thing_id) | gains)))


@log.on(PartnershipRemoved)
@log.on(PartnershipRestored)
def redraw_what_was_taken(change: log.Change, event: Kind) -> None:
    """Notes of a business model say *offered* and *wanted* only of partnerships that are there."""
    taken = Note.objects.filter(canvas__partnership=event.thing_id, deleted_at=None, source_note__isnull=False)
    change.redraw(lock_all(Note.objects.filter(pk__in=taken.values("source_note"))))


@log.on(PartnershipSealed)
@log.on(PartnershipRevealed)
def redraw_what_was_taken_in_private(change: log.Change, event: Kind) -> None:
    """*Offered* and *wanted* come from sheets that are hidden or open from now on."""
    hold_partnership(event.thing_id)
    redraw_what_was_taken(change, event)


@log.on(NoteRestored)
@log.on(NoteMoved)
def tell_what_was_said_of_it(change: log.Change, event: Kind) -> None:
    """Programs that follow along hear again of the comments on a note that came back, or came from another sheet."""
    if isinstance(event, NoteMoved) and event.from_canvas == str(event.canvas_id):
        return
    Comment.objects.filter(note=event.thing_id).update(updated_at=timezone.now())


@log.on(NoteMoved)
def redraw_what_came_from_it(change: log.Change, event: Kind) -> None:
    """A taken note says from which block it came."""
    change.redraw(lock_all(Note.objects.filter(source_note_id=event.thing_id)))


@log.on(WorkspaceChanged)
def redraw_fills(change: log.Change, event: Kind) -> None:
    """Coloured notes say what their colour means."""
    if isinstance(event, WorkspaceChanged) and {"fill_meanings", "language"} & event.after.keys():
        change.redraw(lock_all(Note.objects.filter(canvas__workspace_id=change.workspace_id, deleted_at=None)))


log.stamps("note", Note)
