"""What the resources of joint ideas share: they hang on a partnership, and are changed as they were read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters

from partners.base.errors import NotFound
from partners.base.rest.filters import MomentFilter
from partners.hypotheses.access import idea_for
from partners.value_fit.access import PartnershipInView
from partners.value_fit.api.base import Compared
from partners.value_fit.operations.pairs import lock_comparison
from partners.workspaces.access import Viewer
from partners.workspaces.api.base import Rows
from partners.workspaces.api.versions import as_read


class ChangedRows(Rows):
    """The filters of lists whose rows change with what hangs on them, or with what they hang on."""

    updated_since = MomentFilter(
        field_name="changed_at",
        lookup_expr="gte",
        label="Only what changed since; the answer then also has `deleted` and `as_of`.",
    )


class CardRows(ChangedRows):
    """Filters of what hangs on ideas."""

    partnership = filters.UUIDFilter(field_name="hypothesis__partnership_id", label="Of this partnership.")
    hypothesis = filters.UUIDFilter(field_name="hypothesis_id", label="Of this idea.")


class OfIdeas(Compared):
    """A resource of joint ideas; its model knows its version as `drawn`."""

    followed_by = "changed_at"

    def as_it_was_read(
        self, seen: PartnershipInView, row: Any, etag_of: Callable[[Any], str], changed: str
    ) -> AbstractContextManager[None]:
        """One change to a row as the asker has read it, under the lock of its comparison; else tells what `changed`.

        Who may not write hears that first, and not of a version.
        """
        seen.require_negotiating()

        def lock() -> str:
            lock_comparison(seen)
            return etag_of(self.model._default_manager.get(pk=row.pk))

        return as_read(
            self.request,
            lock=lock,
            changed=changed,
            theirs=lambda: self.written(seen.viewer, [self.row(seen.viewer, row.pk)])[0],
        )


class OnIdea(OfIdeas):
    """A resource whose rows hang on an idea."""

    def scoping_filters(self) -> tuple[str, ...]:
        """An idea names its workspace too."""
        return (*super().scoping_filters(), "hypothesis")

    def viewer_by(self, name: str, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the workspace of a partnership or an idea; raises `NotFound`."""
        if name == "hypothesis":
            return idea_for(self.identity, thing_id)[0].viewer
        return super().viewer_by(name, thing_id)

    def viewer_of(self, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the partnership a card belongs to; raises `NotFound`."""
        rows = self.model._default_manager.filter(pk=thing_id)
        partnership_id = rows.values_list("hypothesis__partnership_id", flat=True).first()
        if partnership_id is None:
            raise NotFound
        return self.opened(partnership_id).viewer
