"""Learning cards over REST: written, changed, accepted by each company for itself; and the library of experiments."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.hypotheses import operations
from partners.hypotheses.access import idea_for, learning_for
from partners.hypotheses.api.base import CardRows, OnIdea
from partners.hypotheses.api.serializers.cards import (
    AcceptingLearning,
    LearningChanges,
    LearningOut,
    LibraryOut,
    NewLearning,
)
from partners.hypotheses.experiments import EXPERIMENTS
from partners.hypotheses.models import LearningCard
from partners.hypotheses.reads import cards_gone, cards_seen
from partners.hypotheses.telling import told_card
from partners.value_fit.access import PartnershipInView
from partners.value_fit.reads import Gone
from partners.workspaces.access import Viewer
from partners.workspaces.api.base import Resource
from partners.workspaces.api.versions import IF_MATCH


@extend_schema_view(
    list=extend_schema(summary="Learning cards of a workspace’s joint ideas"),
    retrieve=extend_schema(summary="One learning card"),
    create=extend_schema(summary="Write down what was learned", request=NewLearning, responses={201: LearningOut}),
    partial_update=extend_schema(
        summary="Change a learning card", request=LearningChanges, parameters=[IF_MATCH], responses=LearningOut
    ),
    destroy=extend_schema(summary="Delete a learning card", parameters=[IF_MATCH]),
)
class Learnings(OnIdea):
    """What was learned about joint ideas."""

    queryset = LearningCard.objects.none()
    serializer_class = LearningOut
    filterset_class = CardRows

    def create(self, request: Request) -> Response:
        """Write down what was learned; it speaks of the sentence as it was when the earliest of its tests started."""
        values = self.values(NewLearning)
        seen, idea = idea_for(self.identity, values.pop("hypothesis"))
        made = operations.write_card(seen=seen, idea=idea, card_id=values.pop("id", None), **values)
        return self.answer(seen.viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Change a learning card; both companies’ yes to the one before falls away."""
        seen, card = learning_for(self.identity, id)
        values = self.values(LearningChanges)
        with self._as_read(seen, card):
            operations.change_card(seen=seen, card=card, **values)
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Delete a learning card."""
        seen, card = learning_for(self.identity, id)
        with self._as_read(seen, card):
            operations.remove_card(seen=seen, card=card)
        return Response(status=204)

    @extend_schema(summary="Bring a learning card back", request=None, responses=LearningOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring back a learning card that was deleted."""
        seen, card = learning_for(self.identity, id, deleted=None)
        operations.remove_card(seen=seen, card=card, removed=False)
        return self.answer(seen.viewer, id)

    @extend_schema(methods=["put"], summary="Accept a learning card", request=AcceptingLearning, responses=LearningOut)
    @extend_schema(methods=["delete"], summary="Take an acceptance back", responses={200: LearningOut})
    @action(detail=True, methods=["put", "delete"], url_path="acceptances/<uuid:organisation>")
    def acceptance(self, request: Request, id: UUID, organisation: UUID) -> Response:  # noqa: A002 - as above
        """Accept what was learned for one's own company, or take that back; nobody can for another."""
        seen, card = learning_for(self.identity, id)
        given = request.method == "PUT"
        revision = self.values(AcceptingLearning).get("revision") if given else None
        operations.accept_card(seen=seen, card=card, organisation_id=organisation, given=given, revision=revision)
        return self.answer(seen.viewer, id)

    def seen(self, viewer: Viewer) -> QuerySet[LearningCard]:
        """Return the learning cards a viewer sees."""
        return cards_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the learning cards that were deleted."""
        return cards_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return learning cards as this viewer is told of them."""
        told = [
            told_card(PartnershipInView(viewer, row.hypothesis.partnership), row)
            | {"workspace": row.hypothesis.partnership.workspace_id, "etag": etag_of(row)}
            for row in rows
        ]
        return super().written(viewer, told)

    def _as_read(self, seen: PartnershipInView, card: LearningCard) -> AbstractContextManager[None]:
        return self.as_it_was_read(seen, card, etag_of, _("Somebody changed this card since you read it."))


class Experiments(Resource):
    """The library of experiments."""

    queryset = LearningCard.objects.none()
    serializer_class = LibraryOut
    filter_backends = ()
    pagination_class = None  # type: ignore[assignment]  # one answer has no pages

    @extend_schema(summary="Ways of finding out")
    def retrieve(self, request: Request) -> Response:
        """Return the kinds of experiments, with what each is good for, takes, and can reach."""
        return Response(LibraryOut({"results": EXPERIMENTS}).data)


def etag_of(card: LearningCard) -> str:
    """Return the version of a learning card, its acceptances included."""
    return f'"{card.revision}-{card.drawn}"'
