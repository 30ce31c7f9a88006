"""Workspaces over REST."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import Forbidden
from partners.people.models import User
from partners.workspaces import operations
from partners.workspaces.access import Viewer, viewer_in
from partners.workspaces.api.base import Gone, Listing, Rows
from partners.workspaces.api.serializers import NewWorkspace, WorkspaceChanges, WorkspaceOut
from partners.workspaces.models import Workspace
from partners.workspaces.queries import memberships_of


class WorkspaceRows(Rows):
    """The list of one's own workshops needs no other filter."""

    workspace = None


@extend_schema_view(
    list=extend_schema(summary="Your workspaces"),
    retrieve=extend_schema(summary="One workspace"),
    create=extend_schema(summary="Make a workspace", request=NewWorkspace, responses={201: WorkspaceOut}),
    partial_update=extend_schema(summary="Change a workspace", request=WorkspaceChanges),
    destroy=extend_schema(summary="Delete a workspace"),
)
class Workspaces(Listing):
    """Workshops that the asker belongs to, as a facilitator, member, observer or guest."""

    queryset = Workspace.objects.none()
    serializer_class = WorkspaceOut
    filterset_class = WorkspaceRows

    def list(self, request: Request) -> Response:
        """Return a page of the asker's own workshops."""
        mine = {member.workspace_id: member for member in memberships_of(self.identity)}
        self.memberships = mine
        return self.listed(None, Workspace.objects.filter(pk__in=mine))  # type: ignore[arg-type]  # many eyes, one list

    def create(self, request: Request) -> Response:
        """Make a workshop as its facilitator."""
        if self.identity.only:
            raise Forbidden(_("This token is for one workspace only."))
        if not isinstance(request.user, User):
            raise Forbidden(_("A guest cannot make a workshop: sign in first."))
        made = operations.new_workshop(user=request.user, **self.values(NewWorkspace))
        return self.answer(viewer_in(self.identity, made.workspace.pk), made.workspace.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change a workshop's settings (facilitators)."""
        viewer = self.viewer_of(id)
        values = self.values(WorkspaceChanges)
        archived = values.pop("archived", None)
        with transaction.atomic():
            if values or archived is None:
                operations.change_workspace(viewer=viewer, **values)
            if archived is not None:
                operations.archive_workspace(viewer=viewer, archived=archived)
        return self.answer(viewer_in(self.identity, id), id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take a workshop away from everybody (facilitators)."""
        operations.delete_workspace(viewer=self.viewer_of(id))
        return Response(status=204)

    def begins_anew(self, since: datetime) -> bool:
        """Return False: a workshop that somebody enters or leaves says so itself."""
        return False

    def viewer_of(self, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of this workspace."""
        return viewer_in(self.identity, thing_id)

    def seen(self, viewer: Viewer) -> QuerySet[Workspace]:
        """Return the workshop itself."""
        assert viewer.member is not None
        self.memberships = {viewer.workspace.pk: viewer.member}
        return Workspace.objects.filter(pk=viewer.workspace.pk)

    def gone(self, viewer: Viewer | None, since: datetime) -> Iterable[Gone]:
        """Return the workshops that were taken away from everybody; who was taken out of one hears nothing more."""
        gone = memberships_of(self.identity, deleted=True)
        moments = [(member.workspace_id, member.workspace.deleted_at) for member in gone]
        return [(pk, at) for pk, at in moments if at and at >= since]

    def get_serializer_context(self) -> dict[str, Any]:
        """Add who the asker is in each workshop."""
        return {**super().get_serializer_context(), "memberships": getattr(self, "memberships", {})}
