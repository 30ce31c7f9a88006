"""Rounds over REST: those that have ended, and starting the next."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from partners.value_fit import operations
from partners.value_fit.api.base import Unfollowed
from partners.value_fit.api.serializers.results import NewRound, RoundOut
from partners.value_fit.models import Round
from partners.value_fit.reads import rounds_seen
from partners.value_fit.telling import told_round
from partners.workspaces.access import Viewer


@extend_schema_view(
    list=extend_schema(summary="Rounds that have ended"),
    retrieve=extend_schema(summary="One round"),
    create=extend_schema(summary="Start the next round", request=NewRound, responses={201: RoundOut}),
)
class Rounds(Unfollowed):
    """Rounds of comparing that were kept under a name."""

    queryset = Round.objects.none()
    serializer_class = RoundOut

    def create(self, request: Request) -> Response:
        """Keep how the comparison stands and start the next round (facilitators); answers with the round kept."""
        values = self.values(NewRound)
        seen = self.opened(values.pop("partnership"))
        ended = operations.start_round(seen=seen, **values)
        return self.answer(seen.viewer, ended.pk, status=201)

    def seen(self, viewer: Viewer) -> QuerySet[Round]:
        """Return the rounds a viewer sees."""
        return rounds_seen(viewer.audience)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return rounds with companies named instead of sides."""
        told = [told_round(viewer.audience, row) | {"workspace": row.partnership.workspace_id} for row in rows]
        return super().written(viewer, told)
