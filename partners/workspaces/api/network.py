"""Organisations and partnerships over REST."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.rest.filters import TruthFilter
from partners.workspaces import operations
from partners.workspaces.access import Viewer, organisation_for, partnership_for, viewer_in
from partners.workspaces.api.base import Gone, Listing, Rows
from partners.workspaces.api.serializers import (
    NewOrganisation,
    NewPartnership,
    OrganisationChanges,
    OrganisationOut,
    PartnershipChanges,
    PartnershipOut,
)
from partners.workspaces.gone import emptied_since, organisations_gone, partnerships_gone
from partners.workspaces.models import Organisation, Partnership
from partners.workspaces.queries import organisations_seen, partnerships_seen


class OrganisationRows(Rows):
    """Filters of organisations."""

    is_focal = TruthFilter(label="Only the organisation the network is built around, or only the others.")


class PartnershipRows(Rows):
    """Filters of partnerships."""

    state = filters.ChoiceFilter(choices=Partnership.State.choices, label="Where it stands.")
    organisation = filters.UUIDFilter(method="of_organisation", label="With this organisation on either side.")

    def of_organisation(self, rows: QuerySet[Partnership], name: str, value: UUID) -> QuerySet[Partnership]:
        """Keep those of one organisation."""
        return rows.filter(Q(first_id=value) | Q(second_id=value))


@extend_schema_view(
    list=extend_schema(summary="Organisations of a workspace"),
    retrieve=extend_schema(summary="One organisation"),
    create=extend_schema(summary="Add an organisation", request=NewOrganisation, responses={201: OrganisationOut}),
    partial_update=extend_schema(summary="Change an organisation", request=OrganisationChanges),
    destroy=extend_schema(summary="Remove an organisation"),
)
class Organisations(Listing):
    """The companies and bodies of a network."""

    queryset = Organisation.objects.none()
    serializer_class = OrganisationOut
    filterset_class = OrganisationRows

    def create(self, request: Request) -> Response:
        """Add an organisation with its business model (facilitators)."""
        values = self.values(NewOrganisation)
        viewer = viewer_in(self.identity, values.pop("workspace"))
        made = operations.add_organisation(viewer=viewer, **values)
        return self.answer(viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change what is said about an organisation (its own people and facilitators)."""
        viewer = self.viewer_of(id)
        organisation = organisation_for(viewer, id)
        operations.change_organisation(viewer=viewer, organisation=organisation, **self.values(OrganisationChanges))
        return self.answer(viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take an organisation out of the network with its partnerships (facilitators); the focal one stays."""
        viewer = self.viewer_of(id)
        operations.remove_organisation(viewer=viewer, organisation=organisation_for(viewer, id))
        return Response(status=204)

    def seen(self, viewer: Viewer) -> QuerySet[Organisation]:
        """Return the organisations a viewer sees."""
        return organisations_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> list[Gone]:
        """Return the organisations removed since."""
        return _moments(organisations_gone(viewer, since), emptied_since(viewer, "organisation", since))


@extend_schema_view(
    list=extend_schema(summary="Partnerships of a workspace"),
    retrieve=extend_schema(summary="One partnership"),
    create=extend_schema(summary="Add a partnership", request=NewPartnership, responses={201: PartnershipOut}),
    partial_update=extend_schema(summary="Change a partnership", request=PartnershipChanges),
    destroy=extend_schema(summary="Remove a partnership"),
)
class Partnerships(Listing):
    """What ties two organisations of a network."""

    queryset = Partnership.objects.none()
    serializer_class = PartnershipOut
    filterset_class = PartnershipRows

    def create(self, request: Request) -> Response:
        """Tie two organisations, with a sheet for each side (facilitators)."""
        values = self.values(NewPartnership)
        viewer = viewer_in(self.identity, values["workspace"])
        made = operations.add_partnership(
            viewer=viewer,
            first=organisation_for(viewer, values["first"]),
            second=organisation_for(viewer, values["second"]),
        )
        return self.answer(viewer_in(self.identity, values["workspace"]), made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change a partnership's state and its reasons (facilitators and the two companies' people)."""
        viewer = self.viewer_of(id)
        partnership = partnership_for(viewer, id)
        operations.change_partnership(viewer=viewer, partnership=partnership, **self.values(PartnershipChanges))
        return self.answer(viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take a partnership and its two sheets away (facilitators)."""
        viewer = self.viewer_of(id)
        operations.remove_partnership(viewer=viewer, partnership=partnership_for(viewer, id))
        return Response(status=204)

    @extend_schema(summary="Make both sides private until the reveal", request=None, responses=PartnershipOut)
    @action(detail=True, methods=["post"])
    def seal(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Hide each side's Partnership Canvas from the other (facilitators); twice is once."""
        return self._sealing(operations.seal, id)

    @extend_schema(summary="Reveal both sides at once", request=None, responses=PartnershipOut)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Open both Partnership Canvases (facilitators); who comes second finds them open."""
        return self._sealing(operations.reveal, id)

    @extend_schema(summary="Look at what is private", request=None, responses=PartnershipOut)
    @action(detail=True, methods=["post"])
    def look(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """See both sides before the reveal: for facilitators of no organisation; everybody is told."""
        return self._sealing(operations.look_into, id)

    def _sealing(self, act: Callable[[Viewer, Partnership], Partnership], partnership_id: UUID) -> Response:
        viewer = self.viewer_of(partnership_id)
        act(viewer, partnership_for(viewer, partnership_id))
        return self.answer(viewer, partnership_id)

    def seen(self, viewer: Viewer) -> QuerySet[Partnership]:
        """Return the partnerships a viewer sees."""
        return partnerships_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> list[Gone]:
        """Return the partnerships removed since."""
        return _moments(partnerships_gone(viewer, since), emptied_since(viewer, "partnership", since))


def _moments(gone: QuerySet[Any], emptied: dict[UUID, datetime]) -> list[Gone]:
    moments = emptied | dict(gone.values_list("pk", "deleted_at"))
    return sorted(moments.items(), key=lambda row: (row[1], row[0]))
