"""Notes over REST: the operations of the pages, with versions instead of merging."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import NotFound
from partners.base.lookups import Holds
from partners.canvases import operations
from partners.canvases.access import CanvasInView, canvas_for, note_for, visible_canvas_ids
from partners.canvases.api.base import SheetListing
from partners.canvases.api.reads import Gone, etag_of, notes_gone, notes_seen
from partners.canvases.api.serializers import BLOCKS, FIELDS, Deletion, NewNote, NoteChanges, NoteOut
from partners.canvases.kinds import KINDS
from partners.canvases.locks import lock_note, lock_sheets
from partners.canvases.models import Canvas, Note
from partners.canvases.operations.places import block_of, require_place
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.api.base import Rows
from partners.workspaces.api.versions import IF_MATCH, as_read
from partners.workspaces.models import FILLS

PLACE = ("canvas", "block", "after")


class NoteRows(Rows):
    """Filters of notes."""

    canvas = filters.UUIDFilter(field_name="canvas_id", label="Notes on this sheet.")
    partnership = filters.UUIDFilter(
        field_name="canvas__partnership_id", label="Notes on both sheets of this partnership."
    )
    organisation = filters.UUIDFilter(
        field_name="canvas__organisation_id", label="Notes on this organisation’s sheets."
    )
    kind = filters.ChoiceFilter(
        field_name="canvas__kind", choices=[(kind.key, kind.title) for kind in KINDS.values()], label="On such sheets."
    )
    block = filters.ChoiceFilter(choices=[(key, key) for key in BLOCKS], label="In this block.")
    tag = filters.CharFilter(method="tagged", label="With this tag.")
    fill = filters.ChoiceFilter(choices=[(fill, fill) for fill in FILLS], label="Of this fill colour.")
    author = filters.UUIDFilter(method="by_author", label="Written by this member.")
    source_note = filters.UUIDFilter(method="taken_from", label="Taken from this business-model note.")

    def tagged(self, rows: QuerySet[Note], name: str, value: str) -> QuerySet[Note]:
        """Keep the notes that carry a tag."""
        return rows.filter(Holds(F("tags"), value))

    def by_author(self, rows: QuerySet[Note], name: str, value: UUID) -> QuerySet[Note]:
        """Keep what one person wrote; nothing for a person whom the asker does not see."""
        return rows.filter(author_id=value) if self._audience.sees_person(value) else rows.none()

    def taken_from(self, rows: QuerySet[Note], name: str, value: UUID) -> QuerySet[Note]:
        """Keep what was taken from one note, if the asker sees that note's sheet."""
        return rows.filter(source_note_id=value, source_note__canvas_id__in=visible_canvas_ids(self._audience))

    @property
    def _audience(self) -> Audience:
        audience: Audience = self.request.parser_context["view"].scope.audience
        return audience


@extend_schema_view(
    list=extend_schema(summary="Notes of a workspace"),
    retrieve=extend_schema(summary="One note"),
    create=extend_schema(summary="Add a note", request=NewNote, responses={201: NoteOut}),
    partial_update=extend_schema(summary="Change a note", request=NoteChanges, parameters=[IF_MATCH]),
    destroy=extend_schema(summary="Delete a note", parameters=[IF_MATCH, Deletion]),
)
class Notes(SheetListing):
    """Stickies, each holding one idea, in the blocks of sheets."""

    queryset = Note.objects.none()
    serializer_class = NoteOut
    filterset_class = NoteRows

    def create(self, request: Request) -> Response:
        """Put a note on a sheet."""
        values = self.values(NewNote)
        sheet = canvas_for(self.identity, values.pop("canvas"))
        _require_carried(sheet.canvas, values["block"], values)
        note_id = values.pop("id", None)
        if not (note_id and Note.objects.filter(pk=note_id).exists()):
            require_place(sheet.canvas, values["block"], values.get("after"))
        note = operations.add_note(sheet=sheet, note_id=note_id, **values)
        return self.answer(sheet.viewer, note.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change a note's text, its place, or what it carries beside the text: all of what is sent, or nothing."""
        sheet, note = note_for(self.identity, id)
        values = self.values(NoteChanges)
        to = self._sheet_for(sheet, values.get("canvas"))
        moves = any(name in values for name in PLACE)
        with self._as_read(sheet.viewer, note, *([to.canvas] if moves else [])):
            self._change(sheet, note, to, values)
        return self.answer(sheet.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Put a note into the trash. When joint ideas rest on it, it asks first (409, `ideas`) unless `confirmed`."""
        sheet, note = note_for(self.identity, id)
        asked = Deletion(data=request.query_params)
        asked.is_valid(raise_exception=True)
        confirmed = asked.validated_data["confirmed"]
        with self._as_read(sheet.viewer, note):
            operations.delete_note(sheet=sheet, note=note, confirmed=confirmed)
        return Response(status=204)

    def seen(self, viewer: Viewer) -> QuerySet[Note]:
        """Return the notes a viewer sees."""
        return notes_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the notes a viewer saw and does not see any more."""
        return notes_gone(viewer, since)

    def viewer_of(self, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of a living note; raises `NotFound`."""
        return note_for(self.identity, thing_id)[0].viewer

    def _sheet_for(self, sheet: CanvasInView, canvas_id: UUID | None) -> CanvasInView:
        if canvas_id is None or canvas_id == sheet.canvas.pk:
            return sheet
        to = canvas_for(self.identity, canvas_id)
        if to.canvas.workspace_id != sheet.canvas.workspace_id:
            raise NotFound
        return to

    def _change(self, sheet: CanvasInView, note: Note, to: CanvasInView, values: dict[str, Any]) -> None:
        look = {name: value for name, value in values.items() if name not in (*PLACE, "text")}
        block = values.get("block", note.block)
        _require_carried(to.canvas, block, look, note)
        if "text" in values:
            operations.edit_note(sheet=sheet, note=note, text=values["text"])
        if look:
            operations.change_look(sheet=sheet, note=note, **look)
        if any(name in values for name in PLACE) and ("after" in values or not _stands(note, to.canvas, block)):
            require_place(to.canvas, block, values.get("after"))
            operations.move_note(sheet=sheet, note=note, to=to, block=block, after=values.get("after"))

    def _as_read(self, viewer: Viewer, note: Note, *places: Canvas) -> AbstractContextManager[None]:
        """One change to a note as it was read; the sheets it moves to are locked before it."""

        def lock() -> str | None:
            lock_sheets(*(canvas.pk for canvas in places))
            lock_note(note.pk, to_move=bool(places))
            now = notes_seen(viewer.audience).filter(pk=note.pk).first()
            return etag_of(now) if now else None

        return as_read(
            self.request,
            lock=lock,
            changed=_("Somebody changed this note since you read it."),
            theirs=lambda: self.written(viewer, [self.row(viewer, note.pk)])[0],
        )


def _require_carried(canvas: Canvas, block: str, look: dict[str, Any], note: Note | None = None) -> None:
    """Raise `ValidationError` for what notes in a block do not carry; what a note has from another block may stay."""
    carried = block_of(canvas, block).fields
    sent = {name: look[name] for name in FIELDS if look.get(name) and name not in carried}
    if foreign := [name for name, value in sent.items() if note is None or value != getattr(note, name)]:
        raise ValidationError({name: [_("Notes in this block do not carry this.")] for name in foreign})


def _stands(note: Note, canvas: Canvas, block: str) -> bool:
    """Whether a note is in a block now: who sends back the sheet and the block as read wishes for no other place."""
    return Note.objects.filter(pk=note.pk, canvas=canvas, block=block).exists()
