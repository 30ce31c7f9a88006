"""Next steps over REST: the operations of the pages, with versions instead of merging."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import NotFound
from partners.base.rest.filters import TruthFilter
from partners.outcome import operations
from partners.outcome.access import require_writing, step_for
from partners.outcome.api.base import OfPartnership
from partners.outcome.api.serializers import NewStep, StepChanges, StepOut
from partners.outcome.models import NextStep
from partners.outcome.operations.shared import lock_outcome
from partners.outcome.reads import steps_gone, steps_seen
from partners.outcome.telling import told_step
from partners.value_fit.access import PartnershipInView
from partners.value_fit.reads import Gone
from partners.workspaces.access import Viewer
from partners.workspaces.api.base import Rows
from partners.workspaces.api.versions import IF_MATCH, as_read


class StepRows(Rows):
    """Filters of next steps."""

    partnership = filters.UUIDFilter(field_name="partnership_id", label="Of this partnership.")
    member = filters.UUIDFilter(field_name="member_id", label="To be done by this member.")
    done = TruthFilter(field_name="done_at", lookup_expr="isnull", exclude=True, label="Done, or not yet.")
    due = filters.DateFilter(field_name="by_when", lookup_expr="lte", label="To be done by this day or earlier.")


@extend_schema_view(
    list=extend_schema(summary="Next steps of a workspace"),
    retrieve=extend_schema(summary="One next step"),
    create=extend_schema(summary="Write a next step down", request=NewStep, responses={201: StepOut}),
    partial_update=extend_schema(
        summary="Change a next step", request=StepChanges, parameters=[IF_MATCH], responses=StepOut
    ),
    destroy=extend_schema(summary="Drop a next step", parameters=[IF_MATCH]),
)
class Steps(OfPartnership):
    """What two companies do next: what, who, by when."""

    queryset = NextStep.objects.none()
    serializer_class = StepOut
    filterset_class = StepRows

    def create(self, request: Request) -> Response:
        """Write a next step down, at the end of its partnership's list."""
        values = self.values(NewStep)
        seen = self.opened(values.pop("partnership"))
        made = operations.add_step(
            seen=seen, step_id=values.pop("id", None), note_id=values.pop("note", None), **values
        )
        return self.answer(seen.viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Reword a step, say who does it and by when, tick it, or give it another place."""
        seen, step = self._found(id)
        values = self.values(StepChanges)
        done, after = values.pop("done", None), values.pop("after", None)
        with self._as_read(seen, step):
            if values:
                operations.change_step(seen=seen, step=step, **values)
            if done is not None:
                operations.tick_step(seen=seen, step=step, done=done)
            if after is not None:
                _require_place(step, after)
                operations.move_step(seen=seen, step=step, after=None if after == "first" else after)
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Drop a next step."""
        seen, step = self._found(id)
        with self._as_read(seen, step):
            operations.remove_step(seen=seen, step=step)
        return Response(status=204)

    @extend_schema(summary="Bring a next step back", request=None, responses=StepOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring back a next step that was dropped."""
        seen, step = step_for(self.identity, id)
        operations.remove_step(seen=seen, step=step, removed=False)
        return self.answer(seen.viewer, id)

    def seen(self, viewer: Viewer) -> QuerySet[NextStep]:
        """Return the next steps a viewer sees."""
        return steps_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the next steps that were dropped."""
        return steps_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return next steps as this viewer is told of them."""
        told = [
            told_step(PartnershipInView(viewer, row.partnership), row)
            | {"workspace": row.partnership.workspace_id, "etag": etag_of(row)}
            for row in rows
        ]
        return super().written(viewer, told)

    def _found(self, step_id: UUID) -> tuple[PartnershipInView, NextStep]:
        seen, step = step_for(self.identity, step_id)
        if step.deleted_at is not None:
            raise NotFound
        require_writing(seen)  # who may not write hears that, and not first of a version
        return seen, step

    def _as_read(self, seen: PartnershipInView, step: NextStep) -> AbstractContextManager[None]:
        """One change to a next step as it was read."""

        def lock() -> str:
            lock_outcome(seen)
            return etag_of(NextStep.objects.only("what_version", "drawn").get(pk=step.pk))

        return as_read(
            self.request,
            lock=lock,
            changed=_("Somebody changed this step since you read it."),
            theirs=lambda: self.written(seen.viewer, [self.row(seen.viewer, step.pk)])[0],
        )


def etag_of(step: NextStep) -> str:
    """Return the version of everything told of a next step."""
    return f'"{step.what_version}-{step.drawn}"'


def _require_place(step: NextStep, after: UUID | str) -> None:
    """Raise `ValidationError` when a place is behind a step that is not of this partnership, dropped or not."""
    if after != "first" and not NextStep.objects.filter(pk=after, partnership=step.partnership_id).exists():
        raise ValidationError({"after": [_("There is no such step in this list.")]})
