"""Exports as addresses of the REST interface; pages link to the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from partners.canvases.access import canvas_for
from partners.exports.formats import comparison_tables, csv, hypothesis_table, json
from partners.exports.snapshot import Snapshot
from partners.workspaces.access import viewer_in
from partners.workspaces.api.base import Resource
from partners.workspaces.models import Workspace
from partners.workspaces.rules import Action

NAME_LENGTH = 60
CSV = "text/csv; charset=utf-8"


class ExportOut(serializers.Serializer[Any]):
    """A document in our own format; `docs/format.md` and its JSON Schema say all about it."""

    format = serializers.ChoiceField([json.FORMAT])
    version = serializers.IntegerField(min_value=1, max_value=json.VERSION)
    scope = serializers.ChoiceField(["workspace", "canvas"])
    as_of = serializers.CharField(help_text="The place in the log, `epoch.seq`.")
    exported_at = serializers.DateTimeField()
    withheld = serializers.ListField(child=serializers.CharField(), help_text="What may be left out for you.")
    workspace = serializers.DictField()
    organisations = serializers.ListField(child=serializers.DictField())
    partnerships = serializers.ListField(child=serializers.DictField())
    members = serializers.ListField(child=serializers.DictField())
    canvases = serializers.ListField(child=serializers.DictField())
    comparisons = serializers.ListField(child=serializers.DictField())
    hypotheses = serializers.ListField(child=serializers.DictField())
    outcomes = serializers.ListField(child=serializers.DictField())


class Exports(Resource):
    """A workshop or a sheet as a file."""

    queryset = Workspace.objects.none()
    serializer_class = ExportOut
    filter_backends = ()
    pagination_class = None  # type: ignore[assignment]  # a file has no pages

    @extend_schema(summary="Export a workspace", responses=ExportOut)
    def workspace(self, request: Request, id: UUID) -> StreamingHttpResponse:  # noqa: A002 - the name in the address
        """Return everything of a workshop that you may see, as one JSON document."""
        snapshot = self._snapshot(id)
        return _file(json.written(snapshot), "application/json", f"{_name(snapshot)}.json")

    @extend_schema(summary="Export a canvas", responses=ExportOut)
    def canvas(self, request: Request, id: UUID) -> StreamingHttpResponse:  # noqa: A002 - the name in the address
        """Return one sheet in the same format as a whole workshop."""
        sheet = canvas_for(self.identity, id)
        sheet.viewer.require(Action.EXPORT)
        snapshot = Snapshot(sheet.viewer, sheet.canvas)
        return _file(json.written(snapshot), "application/json", f"{_name(snapshot)}.json")

    @extend_schema(
        summary="All notes as a table",
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "One row per note, with a heading.")},
    )
    def notes(self, request: Request, id: UUID) -> StreamingHttpResponse:  # noqa: A002 - the name in the address
        """Return all notes of a workshop that you may see, for a spreadsheet."""
        snapshot = self._snapshot(id)
        return _file(csv.written(snapshot), CSV, f"{_name(snapshot)}-notes.csv")

    @extend_schema(
        summary="All pairs as a table",
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "One row per pair, a column per company.")},
    )
    def matches(self, request: Request, id: UUID) -> StreamingHttpResponse:  # noqa: A002 - the name in the address
        """Return the pairs of a workshop that you may see, with what you may know of their ratings."""
        snapshot = self._snapshot(id)
        return _file(comparison_tables.matches(snapshot), CSV, f"{_name(snapshot)}-matches.csv")

    @extend_schema(
        summary="All findings as a table",
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "One row per finding, a column per company.")},
    )
    def findings(self, request: Request, id: UUID) -> StreamingHttpResponse:  # noqa: A002 - the name in the address
        """Return what the comparisons of a workshop show, recomputed now."""
        snapshot = self._snapshot(id)
        return _file(comparison_tables.found(snapshot), CSV, f"{_name(snapshot)}-findings.csv")

    @extend_schema(
        summary="All joint ideas as a table",
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "One row per idea, columns per company.")},
    )
    def hypotheses(self, request: Request, id: UUID) -> StreamingHttpResponse:  # noqa: A002 - the name in the address
        """Return the joint ideas of a workshop that you may see, as they stand today."""
        snapshot = self._snapshot(id)
        return _file(hypothesis_table.written(snapshot), CSV, f"{_name(snapshot)}-hypotheses.csv")

    def _snapshot(self, workspace_id: UUID) -> Snapshot:
        viewer = viewer_in(self.identity, workspace_id)
        viewer.require(Action.EXPORT)
        return Snapshot(viewer)


def _name(snapshot: Snapshot) -> str:
    """Return a file name that every system takes: letters and digits of the title, and of a sheet its company."""
    words = snapshot.viewer.workspace.title
    if snapshot.canvas is not None:
        words = f"{words} {snapshot.canvas.organisation.short_name} {snapshot.canvas.kind}"
    return slugify(words, allow_unicode=True)[:NAME_LENGTH].strip("-_") or "workshop"


def _file(pieces: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse((piece.encode() for piece in pieces), content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer
