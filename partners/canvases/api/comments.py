"""Comments over REST."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import NotFound
from partners.canvases import operations
from partners.canvases.access import note_for
from partners.canvases.api.base import SheetListing
from partners.canvases.api.reads import Gone, comments_gone, comments_seen_in
from partners.canvases.api.serializers import CommentOut, NewComment
from partners.canvases.models import Comment
from partners.workspaces.access import Viewer
from partners.workspaces.api.base import Rows


class CommentRows(Rows):
    """Filters of comments."""

    note = filters.UUIDFilter(field_name="note_id", label="About this note.")
    canvas = filters.UUIDFilter(field_name="note__canvas_id", label="About notes on this sheet.")
    partnership = filters.UUIDFilter(
        field_name="note__canvas__partnership_id", label="About notes on both sheets of this partnership."
    )
    author = filters.UUIDFilter(field_name="author_id", label="By this member.")


@extend_schema_view(
    list=extend_schema(summary="Comments of a workspace"),
    retrieve=extend_schema(summary="One comment"),
    create=extend_schema(summary="Comment on a note", request=NewComment, responses={201: CommentOut}),
    destroy=extend_schema(summary="Take a comment back"),
)
class Comments(SheetListing):
    """What people say about notes."""

    queryset = Comment.objects.none()
    serializer_class = CommentOut
    filterset_class = CommentRows

    def create(self, request: Request) -> Response:
        """Say something about a note."""
        values = self.values(NewComment)
        sheet, note = note_for(self.identity, values["note"])
        made = operations.add_comment(sheet=sheet, note=note, text=values["text"], comment_id=values.get("id"))
        return self.answer(sheet.viewer, made.pk, status=201)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take back a comment of one's own; a facilitator may take down anybody's."""
        sheet, note = note_for(self.identity, self._note_of(id))
        comment = self.row(sheet.viewer, id)
        comment.note = note
        operations.delete_comment(sheet=sheet, comment=comment)
        return Response(status=204)

    def seen(self, viewer: Viewer) -> QuerySet[Comment]:
        """Return the comments a viewer sees."""
        return comments_seen_in(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the comments taken back since."""
        return comments_gone(viewer, since)

    def viewer_of(self, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the note a comment is about; raises `NotFound`."""
        return note_for(self.identity, self._note_of(thing_id))[0].viewer

    def _note_of(self, comment_id: UUID) -> UUID:
        note_id = Comment.objects.filter(pk=comment_id).values_list("note_id", flat=True).first()
        if note_id is None:
            raise NotFound
        return note_id
