"""What the resources of a comparison share: they hang on a partnership, and are gone while it is sealed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import NotFound
from partners.base.rest.paging import CursorPages
from partners.canvases.api.base import SheetListing
from partners.value_fit.access import PartnershipInView, open_comparison_of
from partners.workspaces.access import Viewer


class ComparedRows(filters.FilterSet):
    """The filters of lists that cannot be followed by `updated_since`."""

    workspace = filters.UUIDFilter(
        method="unfiltered", label="The workspace to look into. Needed, unless `partnership` or the token names it."
    )
    partnership = filters.UUIDFilter(field_name="partnership_id", label="Of this partnership.")

    def unfiltered(self, rows: QuerySet[Any], name: str, value: UUID) -> QuerySet[Any]:
        """Leave the rows as they are: `workspace` is read before."""
        return rows


class Compared(SheetListing):
    """A resource of comparisons."""

    def viewer_by(self, name: str, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the workspace of a partnership that may be compared; raises `NotFound`."""
        return self.opened(thing_id).viewer

    def viewer_of(self, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the partnership a thing belongs to; raises `NotFound`."""
        rows = self.model._default_manager.filter(pk=thing_id).order_by()
        partnership_id = next(iter(rows.values_list("partnership_id", flat=True)), None)
        if partnership_id is None:
            raise NotFound
        return self.opened(partnership_id).viewer

    def opened(self, partnership_id: UUID) -> PartnershipInView:
        """Return a partnership that may be compared, as the asker sees it; raises `NotFound`."""
        return open_comparison_of(self.identity, partnership_id)


class Unfollowed(Compared):
    """A resource of comparisons whose rows do not change: its lists have no `updated_since`."""

    pagination_class = CursorPages  # type: ignore[assignment]  # as said above
    filterset_class = ComparedRows

    def list(self, request: Request) -> Response:
        """Return a page of what the asker sees."""
        viewer = self.scope
        page = self.paginate_queryset(self.filter_queryset(self.seen(viewer)))
        return self.get_paginated_response(self.written(viewer, list(page or ())))
