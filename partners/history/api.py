"""What was, over REST: a note's versions, the moments of a sheet, and the notes that stood on it then."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partners.canvases.access import canvas_for, note_for
from partners.canvases.api.serializers import BLOCKS, NoteOut
from partners.canvases.models import TEXT_LIMIT, Note
from partners.history.moments import moments_of, steps_of
from partners.history.past import boards_at
from partners.history.versions import versions_of
from partners.workspaces.api.base import Resource

OF_NOW = ("fill", "tags", "weight", "basis", "beneficiary", "verdict", "target_block")


class VersionOut(serializers.Serializer[Any]):
    """One wording of a note."""

    number = serializers.IntegerField(min_value=1, help_text="The `text_version` that it was.")
    text = serializers.CharField(max_length=TEXT_LIMIT)
    author = serializers.UUIDField(
        source="author_id", allow_null=True, help_text="The member who wrote it, if you may see them."
    )
    at = serializers.DateTimeField()
    merged = serializers.BooleanField(source="is_merged", help_text="Whether it holds what others wrote meanwhile.")


class MomentOut(serializers.Serializer[Any]):
    """A moment of a sheet worth going back to."""

    seq = serializers.IntegerField(min_value=0, help_text="The number of the log it stands for.")
    name = serializers.CharField()
    at = serializers.DateTimeField()
    sort = serializers.ChoiceField(["kept", "round", "seal", "reveal", "restored", "session"])


class NoteThenOut(serializers.Serializer[Any]):
    """A note as it stood on a sheet then."""

    id = serializers.UUIDField(source="pk")
    block = serializers.ChoiceField(BLOCKS)
    rank = serializers.CharField(help_text="Its place: notes of a block stand in the order of rank, as text, then id.")
    text = serializers.CharField(max_length=TEXT_LIMIT)
    text_version = serializers.IntegerField(source="version", min_value=1)
    confirmed_by = serializers.UUIDField(source="confirmed_by_id", allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """What a note carries beside its text is written as it is of the note of now."""
        now = NoteOut().get_fields()
        look = {name: now[name] for name in OF_NOW}
        for name, field in look.items():
            field.source = f"look.{name}"
        return super().get_fields() | look


class Past(Resource):
    """What was. It follows what you may see now."""

    queryset = Note.objects.none()
    serializer_class = VersionOut
    filter_backends = ()
    pagination_class = None  # type: ignore[assignment]  # short lists, whole

    @extend_schema(summary="Versions of a note", responses=VersionOut(many=True))
    def versions(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Return the wordings that a note has had, the newest first, of a note in the trash too."""
        sheet, note = note_for(self.identity, id, deleted=None)
        return Response(VersionOut(versions_of(sheet, note), many=True).data)

    @extend_schema(summary="Moments of a canvas", responses=MomentOut(many=True))
    def moments(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Return the moments of a sheet that have a name, the newest first."""
        sheet = canvas_for(self.identity, id)
        return Response(MomentOut(moments_of(sheet, steps_of(sheet)), many=True).data)

    @extend_schema(
        operation_id="canvases_moment_notes", summary="Notes of a canvas at a moment", responses=NoteThenOut(many=True)
    )
    def moment(self, request: Request, id: UUID, moment: int) -> Response:  # noqa: A002 - the name in the address
        """Return the notes that stood on a sheet at any number of the log, in the order of rank; ahead of it, now."""
        sheet = canvas_for(self.identity, id)
        (board,) = boards_at(sheet, [moment])
        return Response(NoteThenOut(list(board.notes.values()), many=True).data)
