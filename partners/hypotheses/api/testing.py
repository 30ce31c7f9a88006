"""Tests of joint ideas over REST: described, started, counted, ended."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.hypotheses import operations
from partners.hypotheses.access import idea_for, idea_test_for
from partners.hypotheses.api.base import CardRows, OnIdea
from partners.hypotheses.api.serializers.cards import RUNS, Count, NewTest, TestChanges, TestOut
from partners.hypotheses.models import TestCard
from partners.hypotheses.reads import tests_gone, tests_seen
from partners.hypotheses.telling import told_test
from partners.value_fit.access import PartnershipInView
from partners.value_fit.reads import Gone
from partners.workspaces.access import Viewer
from partners.workspaces.api.versions import IF_MATCH

BY_RUN = {
    "designed": Q(started_at=None),
    "running": Q(started_at__isnull=False, ended_at=None),
    "ended": Q(ended_at__isnull=False),
}


class TestRows(CardRows):
    """Filters of tests."""

    __test__ = False  # no test class, whatever its name

    run = filters.ChoiceFilter(choices=[(run, run) for run in RUNS], method="so_far", label="How far it is.")
    iteration = filters.UUIDFilter(method="within", label="In this iteration.")
    due = filters.DateFilter(field_name="due_on", lookup_expr="lte", label="To be done by this day or earlier.")

    def so_far(self, rows: QuerySet[TestCard], name: str, value: str) -> QuerySet[TestCard]:
        """Keep those that are so far."""
        return rows.filter(BY_RUN[value])

    def within(self, rows: QuerySet[TestCard], name: str, value: UUID) -> QuerySet[TestCard]:
        """Keep those of an iteration; a deleted one has none."""
        return rows.filter(iteration=value, iteration__deleted_at=None)


@extend_schema_view(
    list=extend_schema(summary="Tests of a workspace’s joint ideas"),
    retrieve=extend_schema(summary="One test"),
    create=extend_schema(summary="Describe a test", request=NewTest, responses={201: TestOut}),
    partial_update=extend_schema(
        summary="Change a test", request=TestChanges, parameters=[IF_MATCH], responses=TestOut
    ),
    destroy=extend_schema(summary="Delete a test", parameters=[IF_MATCH]),
)
class Tests(OnIdea):
    """Tests of joint ideas."""

    queryset = TestCard.objects.none()
    serializer_class = TestOut
    filterset_class = TestRows

    def create(self, request: Request) -> Response:
        """Describe a test of a joint idea, with what would prove it right."""
        values = self.values(NewTest)
        seen, idea = idea_for(self.identity, values.pop("hypothesis"))
        made = operations.design_test(seen=seen, idea=idea, test_id=values.pop("id", None), **values)
        return self.answer(seen.viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change a test; once it has started, another criterion asks for a reason, and stays visible."""
        seen, test = idea_test_for(self.identity, id)
        values = self.values(TestChanges)
        with self._as_read(seen, test):
            operations.change_test(seen=seen, test=test, **values)
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Delete a test; what was learned from it stays."""
        seen, test = idea_test_for(self.identity, id)
        with self._as_read(seen, test):
            operations.remove_test(seen=seen, test=test)
        return Response(status=204)

    @extend_schema(summary="Bring a test back", request=None, responses=TestOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring back a test that was deleted."""
        seen, test = idea_test_for(self.identity, id, deleted=None)
        operations.remove_test(seen=seen, test=test, removed=False)
        return self.answer(seen.viewer, id)

    @extend_schema(summary="Start a test", request=None, responses=TestOut)
    @action(detail=True, methods=["put"])
    def start(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Start a test: what would prove it right is fixed now."""
        seen, test = idea_test_for(self.identity, id)
        operations.start_test(seen=seen, test=test)
        return self.answer(seen.viewer, id)

    @extend_schema(methods=["put"], summary="End a test", request=None, responses=TestOut)
    @extend_schema(methods=["delete"], summary="Let a test go on", responses={200: TestOut})
    @action(detail=True, methods=["put", "delete"])
    def end(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """End a test that runs, or let it go on."""
        seen, test = idea_test_for(self.identity, id)
        operations.end_test(seen=seen, test=test, ended=request.method == "PUT")
        return self.answer(seen.viewer, id)

    @extend_schema(summary="Count data points", request=Count, responses=TestOut)
    @action(detail=True, methods=["put"])
    def count(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Say how many data points of a running test have come in."""
        seen, test = idea_test_for(self.identity, id)
        operations.count_points(seen=seen, test=test, points=self.values(Count)["points"])
        return self.answer(seen.viewer, id)

    def seen(self, viewer: Viewer) -> QuerySet[TestCard]:
        """Return the tests a viewer sees."""
        return tests_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the tests that were deleted."""
        return tests_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return tests as this viewer is told of them."""
        told = [
            told_test(PartnershipInView(viewer, row.hypothesis.partnership), row)
            | {"workspace": row.hypothesis.partnership.workspace_id, "etag": etag_of(row)}
            for row in rows
        ]
        return super().written(viewer, told)

    def _as_read(self, seen: PartnershipInView, test: TestCard) -> AbstractContextManager[None]:
        return self.as_it_was_read(seen, test, etag_of, _("Somebody changed this test since you read it."))


def etag_of(test: TestCard) -> str:
    """Return the version of a test."""
    return f'"{test.drawn}"'
