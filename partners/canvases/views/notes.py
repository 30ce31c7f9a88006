"""One note: seen, edited, moved, marked, copied, deleted, brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners.base.errors import Conflict, Invalid, NotFound
from partners.base.merging import versions_in
from partners.canvases import operations
from partners.canvases.access import CanvasInView, canvas_for, note_for
from partners.canvases.drawing import DrawnNote
from partners.canvases.forms import (
    BaseForm,
    DeletionForm,
    EditForm,
    LookForm,
    ManyForm,
    NewNoteForm,
    PasteForm,
    PositionForm,
    cleaned,
)
from partners.canvases.kinds import KINDS
from partners.canvases.models import Note
from partners.canvases.queries import NotesRead, companies
from partners.canvases.views.answers import answer_notes, ask_first, redrawn, sheet_address, undo_toast
from partners.events.typed_on import typed_with, version_made_by
from partners.people.identity import identity_of
from partners.workspaces.meanwhile import Rewordings, changed_since, merged_edit
from partners.workspaces.models import FILLS
from partners.workspaces.rules import Action
from partners.workspaces.views.merged import merged_line

WRITTEN = ("note_added", "note_edited")  # the events that write a note's words


@require_POST
def add(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Put a note on a sheet."""
    sheet = canvas_for(identity_of(request), canvas_id)
    values = cleaned(NewNoteForm(request.POST))
    note = operations.add_note(
        sheet=sheet,
        block=values["block"],
        text=values["text"],
        note_id=values["id"],
        after=values["after"],
        **({"fill": values["fill"] or "plain"} | _look_of(request, sheet, values["like"])),
    )
    return answer_notes(sheet, [note.pk])


@require_POST
def paste(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Make a note of every line."""
    sheet = canvas_for(identity_of(request), canvas_id)
    values = cleaned(PasteForm(request.POST))
    pasted = operations.paste_notes(
        sheet=sheet, block=values["block"], lines=values["lines"], confirmed=values["confirmed"]
    )
    return answer_notes(sheet, [note.pk for note in pasted.notes])


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """GET: the note as it is. POST: new words for it."""
    sheet, found = note_for(identity_of(request), note_id, deleted=False if request.method == "GET" else None)
    if request.method == "GET":
        return answer_notes(sheet, [found.pk])
    values = cleaned(EditForm(request.POST))
    base, base_text = _base(found, values), typed_with(found.pk, values["base_key"], kinds=WRITTEN)
    try:
        edited = operations.edit_note(
            sheet=sheet, note=found, text=values["text"], base_version=base, base_text=base_text
        )
    except Conflict as conflict:
        return _form(request, sheet, found, text=values["text"], error=conflict)
    except Invalid as error:
        return _form(request, sheet, found, text=values["text"], error=error, base_version=base)
    edits = _rewordings(edited)
    merged = merged_edit(sheet.viewer, edits, newest=edited.text_version, typed=values["text"], version=base)
    return answer_notes(sheet, [edited.pk], *merged_line("note", edited.pk, merged, sheet.viewer))


@require_GET
def meanwhile(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """What others have done to the words since those that somebody is typing on; nothing (204) when they have not."""
    sheet, found = note_for(identity_of(request), note_id)
    base = _base(found, cleaned(BaseForm(request.GET)))
    if base is None:
        return HttpResponse(status=204)
    edits = _rewordings(found)
    others = changed_since(sheet.viewer, edits, newest=found.text_version, text=found.text, version=base)
    if others is None:
        return HttpResponse(status=204)
    return render(request, "canvases/_meanwhile.html", {"note": found, "others": others})


@require_GET
def edit(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """The form that takes the note's place while somebody types."""
    sheet, found = note_for(identity_of(request), note_id)
    sheet.require(Action.WRITE)
    return _form(request, sheet, found)


@require_GET
def menu(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Everything that can be done with this note by this person."""
    sheet, found = note_for(identity_of(request), note_id)
    kind = KINDS[sheet.canvas.kind]
    return render(
        request,
        "canvases/_menu.html",
        {
            "note": _drawn(sheet, found),
            "canvas_id": sheet.canvas.pk,
            "blocks": kind.blocks,
            "block": kind.block(found.block),
            "target_blocks": KINDS["bmc"].blocks,
            "fills": _fills(sheet),
            "companies": companies(sheet.canvas),
            "can": {action.value for action in Action if sheet.may(action)},
            "is_thumbed": sheet.viewer.member is not None and found.thumbs.filter(member=sheet.viewer.member).exists(),
        },
    )


@require_POST
def position(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Move the note."""
    identity = identity_of(request)
    sheet, found = note_for(identity, note_id)
    values = cleaned(PositionForm(request.POST))
    other = values["canvas"] and values["canvas"] != found.canvas_id
    to = canvas_for(identity, values["canvas"]) if other else sheet
    if to.canvas.workspace_id != sheet.canvas.workspace_id:
        raise NotFound
    moved = operations.move_note(sheet=sheet, note=found, to=to, block=values["block"], after=values["after"])
    return answer_notes(sheet, redrawn(moved))


@require_POST
def look(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Change fields beside the text."""
    sheet, found = note_for(identity_of(request), note_id)
    changed = operations.change_look(sheet=sheet, note=found, **LookForm(request.POST).look())
    return answer_notes(sheet, [changed.pk])


@require_POST
def copy(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Duplicate the note."""
    sheet, found = note_for(identity_of(request), note_id)
    values = NewNoteForm({"id": request.POST.get("id"), "block": found.block})
    made = operations.copy_note(sheet=sheet, note=found, note_id=cleaned(values)["id"])
    return answer_notes(sheet, [made.pk])


@require_POST
def deletion(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Put the note into the trash; the answer offers to bring it back."""
    sheet, found = note_for(identity_of(request), note_id, deleted=None)
    confirmed = cleaned(DeletionForm(request.POST))["confirmed"]
    try:
        deleted = operations.delete_note(sheet=sheet, note=found, confirmed=confirmed)
    except Conflict as question:
        return ask_first(request, question, [found])
    if confirmed and not _is_htmx(request):
        return redirect(sheet_address(sheet.canvas))
    return answer_notes(sheet, redrawn(deleted), undo_toast([deleted]))


@require_POST
def restoration(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Bring the note back."""
    sheet, found = note_for(identity_of(request), note_id, deleted=None)
    restored = operations.restore_note(sheet=sheet, note=found)
    return answer_notes(sheet, redrawn(restored))


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Move, colour or delete several notes as one."""
    identity = identity_of(request)
    values = cleaned(ManyForm(request.POST))
    ids = [UUID(value) for value in request.POST.getlist("notes") if _is_uuid(value)][: operations.AT_MOST + 1]
    notes = [note_for(identity, note_id) for note_id in dict.fromkeys(ids)]
    if not notes:
        raise NotFound
    to = canvas_for(identity, values["canvas"]) if values["canvas"] else notes[0][0]
    try:
        done = operations.change_many(
            notes=notes,
            do="look" if values["do"] == "fill" else values["do"],
            to=to if values["do"] == "move" else None,
            block=values["block"],
            after=values["after"],
            look={"fill": values["fill"] or "plain"},
            confirmed=values["confirmed"],
        )
    except Conflict as question:
        return ask_first(request, question, [note for _sheet, note in notes])
    if values["confirmed"] and not _is_htmx(request):
        return redirect(sheet_address(notes[0][0].canvas))
    extra = [undo_toast(done)] if values["do"] == "delete" and done else []
    return answer_notes(notes[0][0], redrawn(*done), *extra)


def _form(
    request: HttpRequest,
    sheet: CanvasInView,
    note: Note,
    *,
    text: str | None = None,
    error: Conflict | Invalid | None = None,
    base_version: int | None = None,
) -> HttpResponse:
    template = "canvases/_conflict.html" if isinstance(error, Conflict) else "canvases/_note_form.html"
    values = {
        "note": _drawn(sheet, note),
        "text": note.text if text is None else text,
        "base_version": base_version or note.text_version,
        "error": error,
        "versions": versions_in(error),
        "fills": _fills(sheet),
    }
    return render(request, template, values, status=error.status if error else 200)


def _base(note: Note, values: dict[str, Any]) -> int | None:
    """The version that words were typed on."""
    return version_made_by(note.pk, values["base_key"], kinds=WRITTEN) or values["base_version"]


def _rewordings(note: Note) -> Rewordings:
    """What was written on another sheet is not told: the reader may not see it."""
    return Rewordings(note.pk, "note_edited", note.canvas_id)


def _look_of(request: HttpRequest, sheet: CanvasInView, note_id: UUID | None) -> dict[str, Any]:
    """What another note of the workshop carries beside its words, deleted or not; nothing when it is gone for good."""
    if note_id is None:
        return {}
    try:
        other, note = note_for(identity_of(request), note_id, deleted=None)
    except NotFound:
        return {}
    return operations.look_of(note) if other.canvas.workspace_id == sheet.canvas.workspace_id else {}


def _drawn(sheet: CanvasInView, note: Note) -> DrawnNote:
    viewer = sheet.viewer
    with translation.override(viewer.language):
        (drawn,) = NotesRead([note.pk], deleted=True).drawn_for(viewer.audience, viewer.workspace)
    if viewer.audience.is_whole:
        return drawn
    return replace(drawn, drawn=max(drawn.drawn, viewer.workspace.log_head.seq))  # as in `fragments`: it tells nothing


def _fills(sheet: CanvasInView) -> list[tuple[str, str]]:
    meanings = sheet.viewer.workspace.fill_meanings
    return [(fill, meanings.get(fill, "")) for fill in FILLS]


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
