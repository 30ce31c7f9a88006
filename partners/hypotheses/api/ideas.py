"""Joint ideas over REST: the operations of the pages, with versions instead of merging."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.hypotheses import operations
from partners.hypotheses.access import idea_for
from partners.hypotheses.across import read_across
from partners.hypotheses.api.base import ChangedRows, OfIdeas
from partners.hypotheses.api.serializers.ideas import GoingOn, IdeaChanges, IdeaOut, NewIdea, Why
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.reads import ideas_gone, ideas_seen
from partners.hypotheses.rules import State
from partners.hypotheses.telling import told_idea
from partners.value_fit.access import PartnershipInView
from partners.value_fit.reads import Gone
from partners.workspaces.access import Viewer
from partners.workspaces.api.versions import IF_MATCH


class IdeaRows(ChangedRows):
    """Filters of joint ideas."""

    partnership = filters.UUIDFilter(field_name="partnership_id", label="Of this partnership.")
    state = filters.ChoiceFilter(
        choices=[(state.value, state.value) for state in State], method="in_state", label="In this state today."
    )

    def in_state(self, rows: QuerySet[SynergyHypothesis], name: str, value: str) -> QuerySet[SynergyHypothesis]:
        """Keep those that are in a state; which one follows from their cards."""
        found = read_across(rows, today=timezone.localdate())
        return rows.filter(pk__in=[idea.row.pk for idea in found if idea.state.value == value])


@extend_schema_view(
    list=extend_schema(summary="Joint ideas of a workspace"),
    retrieve=extend_schema(summary="One joint idea"),
    create=extend_schema(summary="Write a joint idea down", request=NewIdea, responses={201: IdeaOut}),
    partial_update=extend_schema(
        summary="Change a joint idea", request=IdeaChanges, parameters=[IF_MATCH], responses=IdeaOut
    ),
    destroy=extend_schema(summary="Delete a joint idea", parameters=[IF_MATCH]),
)
class Ideas(OfIdeas):
    """Joint ideas to test: what two companies may be able to do only together, and how far each is today."""

    queryset = SynergyHypothesis.objects.none()
    serializer_class = IdeaOut
    filterset_class = IdeaRows

    def create(self, request: Request) -> Response:
        """Write a joint idea down, worth a test or as a draft; what fails the synergy test is kept and named."""
        values = self.values(NewIdea)
        seen = self.opened(values.pop("partnership"))
        made = operations.add_idea(
            seen=seen,
            idea_id=values.pop("id", None),
            words=values.pop("words", {}),
            flagged=not values.pop("draft"),
            sentence_id=values.pop("sentence", None),
            **values,
        )
        return self.answer(seen.viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Reword the sentence, which is another version of it, or change what is said beside it: all, or nothing."""
        seen, idea = idea_for(self.identity, id)
        values = self.values(IdeaChanges)
        words = values.pop("words", None)
        with self._as_read(seen, idea):
            if words:
                operations.reword_idea(seen=seen, idea=idea, words=words)
            if values:
                operations.change_idea(seen=seen, idea=idea, **values)
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Delete a joint idea with its tests and learning cards."""
        seen, idea = idea_for(self.identity, id)
        with self._as_read(seen, idea):
            operations.remove_idea(seen=seen, idea=idea)
        return Response(status=204)

    @extend_schema(summary="Bring a joint idea back", request=None, responses=IdeaOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring back a joint idea that was deleted, with its tests and learning cards."""
        seen, idea = idea_for(self.identity, id, deleted=None)
        operations.remove_idea(seen=seen, idea=idea, removed=False)
        return self.answer(seen.viewer, id)

    @extend_schema(summary="Flag a draft", request=None, responses=IdeaOut)
    @action(detail=True, methods=["post"])
    def flag(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Say that a draft is worth a test."""
        seen, idea = idea_for(self.identity, id)
        operations.flag_idea(seen=seen, idea=idea)
        return self.answer(seen.viewer, id)

    @extend_schema(summary="Drop a joint idea", request=Why, responses=IdeaOut)
    @action(detail=True, methods=["post"])
    def retirement(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Drop a joint idea and say why; it stays, with its cards, and can be taken up again."""
        seen, idea = idea_for(self.identity, id)
        operations.retire_idea(seen=seen, idea=idea, why=self.values(Why)["why"])
        return self.answer(seen.viewer, id)

    @extend_schema(summary="Take a joint idea up again", request=None, responses=IdeaOut)
    @action(detail=True, methods=["post"], url_path="taking-up")
    def taking_up(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take up again a joint idea that was dropped."""
        seen, idea = idea_for(self.identity, id)
        operations.take_idea_up(seen=seen, idea=idea)
        return self.answer(seen.viewer, id)

    @extend_schema(summary="Go on with another idea", request=GoingOn, responses={201: IdeaOut})
    @action(detail=True, methods=["post"])
    def pivot(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Go on with another idea: the answer is the new one, a draft with the words of this one, which rests now."""
        seen, idea = idea_for(self.identity, id)
        values = self.values(GoingOn)
        made = operations.pivot_idea(seen=seen, idea=idea, why=values["why"], idea_id=values.get("id"))
        return self.answer(seen.viewer, made.pk, status=201)

    def seen(self, viewer: Viewer) -> QuerySet[SynergyHypothesis]:
        """Return the joint ideas a viewer sees."""
        return ideas_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the joint ideas that were deleted."""
        return ideas_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return joint ideas as this viewer is told of them, as they stand today."""
        told = [
            told_idea(PartnershipInView(viewer, idea.row.partnership), idea)
            | {
                "workspace": idea.row.partnership.workspace_id,
                "etag": etag_of(idea.row),
                "updated_at": idea.row.changed_at,  # type: ignore[attr-defined]  # annotated by `ideas_seen`
            }
            for idea in read_across(rows, today=timezone.localdate())
        ]
        return super().written(viewer, told)

    def _as_read(self, seen: PartnershipInView, idea: SynergyHypothesis) -> AbstractContextManager[None]:
        changed = _("Somebody changed this idea since you read it.")
        return self.as_it_was_read(seen, idea, etag_of, changed)


def etag_of(idea: SynergyHypothesis) -> str:
    """Return the version of what people say of an idea; its tests and learning cards have their own."""
    return f'"{idea.version}-{idea.drawn}"'
