"""Members over REST. People come in by codes and links, never by this door."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from partners.workspaces import operations
from partners.workspaces.access import Viewer, organisation_for, partnership_for
from partners.workspaces.api.base import Gone, Listing, Rows
from partners.workspaces.api.serializers import MemberChanges, MemberOut
from partners.workspaces.gone import everybody_seen
from partners.workspaces.models import Membership
from partners.workspaces.queries import members_seen


class MemberRows(Rows):
    """Filters of members."""

    organisation = filters.UUIDFilter(field_name="organisation_id", label="People of this organisation.")
    role = filters.ChoiceFilter(choices=Membership.Role.choices, label="People of this role.")


@extend_schema_view(
    list=extend_schema(summary="Members of a workspace"),
    retrieve=extend_schema(summary="One member"),
    partial_update=extend_schema(summary="Change a member", request=MemberChanges),
    destroy=extend_schema(summary="Remove a member, or leave"),
)
class Members(Listing):
    """The people in a workshop now."""

    queryset = Membership.objects.none()
    serializer_class = MemberOut
    filterset_class = MemberRows

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change a side, a role, a scope (facilitators), or one's own name and colour."""
        viewer = self.viewer_of(id)
        member = self.row(viewer, id)
        values: dict[str, Any] = self.values(MemberChanges)
        if values.get("organisation") is not None:
            values["organisation"] = organisation_for(viewer, values["organisation"])
        if "partnerships" in values:
            values["partnerships"] = [partnership_for(viewer, named) for named in set(values["partnerships"])]
        operations.change_member(viewer=viewer, member=member, **values)
        return self.answer(self.viewer_of(id), id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take somebody out (facilitators), or leave oneself."""
        viewer = self.viewer_of(id)
        member = self.row(viewer, id)
        if viewer.member is not None and viewer.member.pk == member.pk:
            operations.leave(viewer=viewer)
        else:
            operations.remove_member(viewer=viewer, member=member)
        return Response(status=204)

    def seen(self, viewer: Viewer) -> QuerySet[Membership]:
        """Return the people a viewer sees."""
        return members_seen(viewer.audience).prefetch_related("partnerships")

    def gone(self, viewer: Viewer, since: datetime) -> list[Gone]:
        """Return who left since."""
        left = everybody_seen(viewer.audience).filter(removed_at__gte=since).order_by("removed_at", "pk")
        return cast(list[Gone], list(left.values_list("pk", "removed_at")))
