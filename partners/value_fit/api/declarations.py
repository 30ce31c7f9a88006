"""Declarations over REST: no match for this, we have looked at everything, these two are the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import NotFound
from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView
from partners.value_fit.api.base import ComparedRows, Unfollowed
from partners.value_fit.api.serializers.pairs import DeclarationOut, NewDeclaration
from partners.value_fit.models import Declaration
from partners.value_fit.reads import declarations_seen
from partners.value_fit.telling import told_declaration
from partners.workspaces.access import Viewer


class DeclarationRows(ComparedRows):
    """Filters of declarations."""

    kind = filters.ChoiceFilter(choices=Declaration.Kind.choices, label="Of this kind.")
    organisation = filters.UUIDFilter(field_name="organisation_id", label="About this organisation.")
    note = filters.UUIDFilter(method="about", label="About this note.")

    def about(self, rows: QuerySet[Declaration], name: str, value: UUID) -> QuerySet[Declaration]:
        """Keep those about a note, on either side of *the same*."""
        return rows.filter(Q(note_id=value) | Q(other_id=value))


@extend_schema_view(
    list=extend_schema(summary="Declarations of a workspace"),
    retrieve=extend_schema(summary="One declaration"),
    create=extend_schema(summary="Declare something", request=NewDeclaration, responses={201: DeclarationOut}),
    destroy=extend_schema(summary="Take a declaration back"),
)
class Declarations(Unfollowed):
    """What people declare beside the pairs."""

    queryset = Declaration.objects.none()
    serializer_class = DeclarationOut
    filterset_class = DeclarationRows

    def create(self, request: Request) -> Response:
        """Say that a note has no match or is the same as another, or that a company has looked at everything."""
        values = self.values(NewDeclaration)
        seen = self.opened(values["partnership"])
        _declare(seen, values["kind"], values.get("organisation"), values.get("note"), values.get("other"))
        return self.answer(seen.viewer, self._standing(seen, values), status=201)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take a declaration back; whoever could make it can."""
        said: Declaration = self.row(self.viewer_of(id), id)
        _declare(
            self.opened(said.partnership_id), said.kind, said.organisation_id, said.note_id, said.other_id, stands=False
        )
        return Response(status=204)

    def seen(self, viewer: Viewer) -> QuerySet[Declaration]:
        """Return the declarations a viewer sees."""
        return declarations_seen(viewer.audience)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return declarations as this viewer is told of them."""
        told = [told_declaration(viewer.audience, row) | {"workspace": row.partnership.workspace_id} for row in rows]
        return super().written(viewer, told)

    def _standing(self, seen: PartnershipInView, values: dict[str, Any]) -> UUID:
        """The declaration that says so now; *the same* is kept first company first, whichever was named first."""
        rows = Declaration.objects.filter(partnership=seen.partnership, kind=values["kind"])
        if values["kind"] == Declaration.Kind.LOOKED_THROUGH:
            rows = rows.filter(organisation_id=values["organisation"])
        elif values["kind"] == Declaration.Kind.UNMATCHED:
            rows = rows.filter(note_id=values["note"])
        else:
            both = (values["note"], values["other"])
            rows = rows.filter(note_id__in=both, other_id__in=both)
        found = rows.values_list("pk", flat=True).first()
        if found is None:  # taken back in this moment
            raise NotFound
        return found


def _declare(
    seen: PartnershipInView,
    kind: str,
    organisation_id: UUID | None,
    note_id: UUID | None,
    other_id: UUID | None,
    *,
    stands: bool = True,
) -> None:
    if kind == Declaration.Kind.LOOKED_THROUGH:
        assert organisation_id is not None
        operations.declare_looked_through(seen=seen, organisation_id=organisation_id, stands=stands)
        return
    assert note_id is not None
    if kind == Declaration.Kind.UNMATCHED:
        operations.declare_unmatched(seen=seen, note_id=note_id, stands=stands)
    else:
        assert other_id is not None
        operations.declare_same(seen=seen, first_id=note_id, second_id=other_id, stands=stands)
