"""Canvases and their blocks over REST."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import NotFound
from partners.canvases import operations
from partners.canvases.access import canvas_for, canvases_seen
from partners.canvases.api.base import SheetListing
from partners.canvases.api.reads import Gone, blocks_of, canvases_gone, notes_seen
from partners.canvases.api.serializers import BLOCKS, BlockOut, CanvasChanges, CanvasOut, NoteOut, Paste
from partners.canvases.kinds import KINDS
from partners.canvases.models import Canvas
from partners.workspaces.access import Viewer
from partners.workspaces.api.base import Rows

BLOCK = OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, enum=BLOCKS, description="The block's key.")


class CanvasRows(Rows):
    """Filters of sheets."""

    kind = filters.ChoiceFilter(choices=[(kind.key, kind.title) for kind in KINDS.values()], label="Of this kind.")
    organisation = filters.UUIDFilter(field_name="organisation_id", label="Sheets of this organisation.")
    partnership = filters.UUIDFilter(field_name="partnership_id", label="The two sheets of this partnership.")


class BlockRows(CanvasRows):
    """Filters of blocks: those of their sheets."""

    updated_since = None  # type: ignore[assignment]  # left out: blocks do not change, their notes do
    canvas = filters.UUIDFilter(field_name="pk", label="Blocks of this sheet.")


@extend_schema_view(
    list=extend_schema(summary="Canvases of a workspace"),
    retrieve=extend_schema(summary="One canvas with its blocks"),
    partial_update=extend_schema(summary="Lock or unlock a canvas", request=CanvasChanges),
)
class Canvases(SheetListing):
    """Sheets: business models of organisations, and both sides of partnerships."""

    queryset = Canvas.objects.none()
    serializer_class = CanvasOut
    filterset_class = CanvasRows

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Lock a sheet against writing by all but facilitators, or open it again (facilitators)."""
        sheet = canvas_for(self.identity, id)
        operations.lock_sheet(sheet=sheet, **self.values(CanvasChanges))
        return self.answer(sheet.viewer, id)

    @extend_schema(summary="Paste many lines", request=Paste, responses={201: NoteOut(many=True)}, filters=False)
    @action(detail=True, methods=["post"], pagination_class=None)
    def paste(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Make a note of every line, as one change. Over 50 notes asks (409) unless `confirmed`; over 200 refuses."""
        sheet = canvas_for(self.identity, id)
        pasted = operations.paste_notes(sheet=sheet, **self.values(Paste))
        made = notes_seen(sheet.viewer.audience).filter(pk__in=[note.pk for note in pasted.notes])
        rows = NoteOut(made.order_by("block", "rank", "pk"), many=True, context={"viewer": sheet.viewer})
        return Response(rows.data, status=201)

    @extend_schema(summary="Blocks of a canvas", responses=BlockOut(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def blocks(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Return the blocks of a sheet in fill order."""
        canvas = canvas_for(self.identity, id).canvas
        return Response(BlockOut(blocks_of([canvas])[canvas.pk], many=True).data)

    @extend_schema(summary="One block of a canvas", responses=BlockOut, parameters=[BLOCK])
    @action(detail=True, methods=["get"], url_path="blocks/<slug:key>", url_name="block")
    def block(self, request: Request, id: UUID, key: str) -> Response:  # noqa: A002 - the name in the address
        """Return one block of a sheet."""
        canvas = canvas_for(self.identity, id).canvas
        found = next((block for block in blocks_of([canvas])[canvas.pk] if block["key"] == key), None)
        if found is None:
            raise NotFound
        return Response(BlockOut(found).data)

    def seen(self, viewer: Viewer) -> QuerySet[Canvas]:
        """Return the sheets a viewer sees."""
        return canvases_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the sheets that went with their partnership or organisation."""
        return canvases_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Canvas]) -> list[Any]:
        """Return sheets with their blocks."""
        return list(CanvasOut(rows, many=True, context={"viewer": viewer, "blocks": blocks_of(rows)}).data)


@extend_schema_view(list=extend_schema(summary="Blocks of a workspace", responses=BlockOut(many=True)))
class Blocks(SheetListing):
    """All blocks of all sheets, sheet by sheet in fill order; a page holds whole sheets."""

    queryset = Canvas.objects.none()
    serializer_class = BlockOut
    filterset_class = BlockRows

    def seen(self, viewer: Viewer) -> QuerySet[Canvas]:
        """Return the sheets whose blocks a viewer sees."""
        return canvases_seen(viewer.audience)

    def written(self, viewer: Viewer, rows: list[Canvas]) -> list[Any]:
        """Return the blocks of some sheets."""
        blocks = blocks_of(rows)
        return list(BlockOut([block for canvas in rows for block in blocks[canvas.pk]], many=True).data)
