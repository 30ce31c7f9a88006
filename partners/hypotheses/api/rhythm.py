"""The rhythm of testing over REST: iterations with their reviews, and big questions."""

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
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.rest.filters import TruthFilter
from partners.hypotheses import operations
from partners.hypotheses.access import iteration_for, question_for
from partners.hypotheses.api.base import ChangedRows, OfIdeas
from partners.hypotheses.api.serializers.rhythm import (
    IterationChanges,
    IterationOut,
    NewIteration,
    NewQuestion,
    QuestionChanges,
    QuestionOut,
    Review,
)
from partners.hypotheses.models import BigQuestion, Iteration
from partners.hypotheses.reads import iterations_gone, iterations_seen, questions_gone, questions_seen
from partners.hypotheses.telling import told_iteration, told_question
from partners.value_fit.access import PartnershipInView
from partners.value_fit.reads import Gone
from partners.workspaces.access import Viewer
from partners.workspaces.api.versions import IF_MATCH


class RhythmRows(ChangedRows):
    """Filters of iterations."""

    partnership = filters.UUIDFilter(field_name="partnership_id", label="Of this partnership.")


class QuestionRows(RhythmRows):
    """Filters of big questions."""

    open = TruthFilter(method="as_open", label="Without an answer yet, or with one.")

    def as_open(self, rows: QuerySet[BigQuestion], name: str, value: bool) -> QuerySet[BigQuestion]:
        """Keep those that are open, or those that are not."""
        return rows.filter(answer="") if value else rows.exclude(answer="")


@extend_schema_view(
    list=extend_schema(summary="Iterations of a workspace’s partnerships"),
    retrieve=extend_schema(summary="One iteration"),
    create=extend_schema(summary="Plan an iteration", request=NewIteration, responses={201: IterationOut}),
    partial_update=extend_schema(
        summary="Change an iteration", request=IterationChanges, parameters=[IF_MATCH], responses=IterationOut
    ),
    destroy=extend_schema(summary="Delete an iteration", parameters=[IF_MATCH]),
)
class Iterations(OfIdeas):
    """Iterations: one start and one end for the people of both companies."""

    queryset = Iteration.objects.none()
    serializer_class = IterationOut
    filterset_class = RhythmRows

    def create(self, request: Request) -> Response:
        """Plan an iteration; two of a partnership never share a day."""
        values = self.values(NewIteration)
        seen = self.opened(values.pop("partnership"))
        made = operations.plan_iteration(seen=seen, iteration_id=values.pop("id", None), **values)
        return self.answer(seen.viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change an iteration's name or days."""
        seen, iteration = iteration_for(self.identity, id)
        values = self.values(IterationChanges)
        with self._as_read(seen, iteration):
            operations.change_iteration(seen=seen, iteration=iteration, **values)
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Delete an iteration; its tests stay, in none."""
        seen, iteration = iteration_for(self.identity, id)
        with self._as_read(seen, iteration):
            operations.remove_iteration(seen=seen, iteration=iteration)
        return Response(status=204)

    @extend_schema(summary="Bring an iteration back", request=None, responses=IterationOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring back an iteration that was deleted, with its tests, unless another one has taken its days."""
        seen, iteration = iteration_for(self.identity, id, deleted=None)
        operations.remove_iteration(seen=seen, iteration=iteration, removed=False)
        return self.answer(seen.viewer, id)

    @extend_schema(
        summary="Close an iteration with its review", request=Review, parameters=[IF_MATCH], responses=IterationOut
    )
    @action(detail=True, methods=["patch"])
    def review(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Close an iteration with its review, or change the review of a closed one."""
        seen, iteration = iteration_for(self.identity, id)
        values = self.values(Review)
        with self._as_read(seen, iteration):
            operations.close_iteration(seen=seen, iteration=iteration, **values)
        return self.answer(seen.viewer, id)

    @extend_schema(summary="Open an iteration again", parameters=[IF_MATCH], responses={200: IterationOut})
    @review.mapping.delete
    def reopen(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Open a closed iteration again; the words of its review are kept for when it is closed."""
        seen, iteration = iteration_for(self.identity, id)
        with self._as_read(seen, iteration):
            operations.reopen_iteration(seen=seen, iteration=iteration)
        return self.answer(seen.viewer, id)

    def seen(self, viewer: Viewer) -> QuerySet[Iteration]:
        """Return the iterations a viewer sees."""
        return iterations_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the iterations that were deleted."""
        return iterations_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return iterations as this viewer is told of them."""
        told = [
            told_iteration(PartnershipInView(viewer, row.partnership), row)
            | {"workspace": row.partnership.workspace_id, "etag": etag_of(row)}
            for row in rows
        ]
        return super().written(viewer, told)

    def _as_read(self, seen: PartnershipInView, iteration: Iteration) -> AbstractContextManager[None]:
        changed = _("Somebody changed this iteration since you read it.")
        return self.as_it_was_read(seen, iteration, etag_of, changed)


@extend_schema_view(
    list=extend_schema(summary="Big questions of a workspace’s partnerships"),
    retrieve=extend_schema(summary="One big question"),
    create=extend_schema(summary="Ask a big question", request=NewQuestion, responses={201: QuestionOut}),
    partial_update=extend_schema(
        summary="Change or answer a big question",
        request=QuestionChanges,
        parameters=[IF_MATCH],
        responses=QuestionOut,
    ),
    destroy=extend_schema(summary="Delete a big question", parameters=[IF_MATCH]),
)
class Questions(OfIdeas):
    """Big questions: what both must know before they go on, and the joint ideas that bear on it."""

    queryset = BigQuestion.objects.none()
    serializer_class = QuestionOut
    filterset_class = QuestionRows

    def create(self, request: Request) -> Response:
        """Ask a big question."""
        values = self.values(NewQuestion)
        seen = self.opened(values.pop("partnership"))
        made = operations.ask_question(seen=seen, question_id=values.pop("id", None), **values)
        return self.answer(seen.viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Reword it, say which ideas bear on it, answer it; an empty answer opens it again. All, or nothing."""
        seen, question = question_for(self.identity, id)
        values = self.values(QuestionChanges)
        answer = values.pop("answer", None)
        with self._as_read(seen, question):
            if values:
                operations.change_question(seen=seen, question=question, **values)
            if answer is not None:
                operations.answer_question(seen=seen, question=question, answer=answer)
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Delete a big question; the ideas that bear on it stay."""
        seen, question = question_for(self.identity, id)
        with self._as_read(seen, question):
            operations.remove_question(seen=seen, question=question)
        return Response(status=204)

    @extend_schema(summary="Bring a big question back", request=None, responses=QuestionOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring back a big question that was deleted."""
        seen, question = question_for(self.identity, id, deleted=None)
        operations.remove_question(seen=seen, question=question, removed=False)
        return self.answer(seen.viewer, id)

    def seen(self, viewer: Viewer) -> QuerySet[BigQuestion]:
        """Return the big questions a viewer sees."""
        return questions_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the big questions that were deleted."""
        return questions_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return big questions as this viewer is told of them."""
        told = [
            told_question(PartnershipInView(viewer, row.partnership), row)
            | {"workspace": row.partnership.workspace_id, "etag": etag_of(row), "updated_at": row.changed_at}
            for row in rows
        ]
        return super().written(viewer, told)

    def _as_read(self, seen: PartnershipInView, question: BigQuestion) -> AbstractContextManager[None]:
        changed = _("Somebody changed this question since you read it.")
        return self.as_it_was_read(seen, question, etag_of, changed)


def etag_of(thing: Iteration | BigQuestion) -> str:
    """Return the version of an iteration or a big question."""
    return f'"{thing.drawn}"'
