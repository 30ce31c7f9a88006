"""What else is done with a note over REST: 👍, confirming, taking, copying, bringing back."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import Invalid, NotFound
from partners.canvases import operations
from partners.canvases.access import CanvasInView, canvas_in, note_for
from partners.canvases.api.notes import Notes
from partners.canvases.api.serializers import Copy, NoteOut, Taking
from partners.canvases.kinds import PARTNERSHIP
from partners.canvases.models import Canvas
from partners.workspaces.access import partnership_for


class NotesAndMore(Notes):
    """Stickies, each holding one idea, in the blocks of sheets."""

    @extend_schema(methods=["put"], summary="Give a 👍", request=None, responses=NoteOut)
    @extend_schema(methods=["delete"], summary="Take a 👍 back", responses={200: NoteOut})
    @action(detail=True, methods=["put", "delete"])
    def thumb(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Give your 👍, or take it back; doing so twice is doing it once."""
        sheet, note = note_for(self.identity, id)
        operations.give_thumb(sheet=sheet, note=note, given=request.method == "PUT")
        return self.answer(sheet.viewer, id)

    @extend_schema(methods=["put"], summary="Confirm a note", request=None, responses=NoteOut)
    @extend_schema(methods=["delete"], summary="Take a confirmation back", responses={200: NoteOut})
    @action(detail=True, methods=["put", "delete"])
    def confirmation(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Say, as somebody of the organisation it speaks of, that a note is so; or take that back."""
        sheet, note = note_for(self.identity, id)
        operations.confirm_note(sheet=sheet, note=note, confirmed=request.method == "PUT")
        return self.answer(sheet.viewer, id)

    @extend_schema(summary="Take a note: we want this, we can offer this", request=Taking, responses={201: NoteOut})
    @action(detail=True, methods=["post"])
    def taking(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Make the linked note on a Partnership Canvas of yours, out of a business-model note."""
        source, note = note_for(self.identity, id)
        values = self.values(Taking)
        into = self._own_sheet(source, values["partnership"], values.get("organisation"))
        made = operations.take_note(source=source, note=note, into=into, note_id=values.get("id"))
        return self.answer(source.viewer, made.pk, status=201)

    @extend_schema(summary="Copy a note", request=Copy, responses={201: NoteOut})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Put a copy right after a note; 👍 and comments stay with the first."""
        sheet, note = note_for(self.identity, id)
        made = operations.copy_note(sheet=sheet, note=note, note_id=self.values(Copy).get("id"))
        return self.answer(sheet.viewer, made.pk, status=201)

    @extend_schema(summary="Bring a note back", request=None, responses=NoteOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring a deleted note back to its old place."""
        sheet, note = note_for(self.identity, id, deleted=None)
        operations.restore_note(sheet=sheet, note=note)
        return self.answer(sheet.viewer, id)

    def _own_sheet(self, source: CanvasInView, partnership_id: UUID, organisation_id: UUID | None) -> CanvasInView:
        viewer = source.viewer
        partnership = partnership_for(viewer, partnership_id)
        owner = organisation_id or viewer.organisation_id
        if owner not in (partnership.first_id, partnership.second_id):
            message = _("Say for which of the two companies.")
            raise Invalid(message, fields={"organisation": [message]})
        canvas = (
            Canvas.objects.filter(kind=PARTNERSHIP.key, partnership=partnership, organisation_id=owner)
            .select_related("organisation", "partnership__first", "partnership__second")
            .first()
        )
        if canvas is None:
            raise NotFound
        return canvas_in(viewer, canvas)
