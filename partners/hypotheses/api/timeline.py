"""The learning timeline over REST: read from cards, rhythm and log, and never written to."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from django_filters.utils import translate_validation
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.rest.paging import ListPages
from partners.hypotheses.across import open_to
from partners.hypotheses.api.base import OnIdea
from partners.hypotheses.api.learning import etag_of as card_etag
from partners.hypotheses.api.rhythm import etag_of as rhythm_etag
from partners.hypotheses.api.serializers.timeline import LineOut
from partners.hypotheses.models import LearningCard
from partners.hypotheses.telling_time import told_line
from partners.hypotheses.timeline import Happening, What, timeline_of
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import Viewer


class LineRows(filters.FilterSet):
    """Filters of a timeline."""

    workspace = filters.UUIDFilter(
        method="unfiltered", label="The workspace to look into. Needed, unless another filter or the token names it."
    )
    partnership = filters.UUIDFilter(method="unfiltered", label="Of this partnership.")
    hypothesis = filters.UUIDFilter(method="unfiltered", label="About this idea.")
    what = filters.ChoiceFilter(
        method="unfiltered", choices=[(what.value, what.value) for what in What], label="Of this kind."
    )

    def unfiltered(self, rows: QuerySet[Any], name: str, value: object) -> QuerySet[Any]:
        """Leave the rows as they are: lines are no rows, and `wants` says which are asked for."""
        return rows

    def wants(self, line: Happening) -> bool:
        """Whether a line is asked for; raises `ValidationError` for what is no filter."""
        asked = self.form.cleaned_data
        idea = line.read.row.pk if line.read else None
        return (
            asked["partnership"] in (None, line.partnership.pk)
            and asked["hypothesis"] in (None, idea)
            and asked["what"] in ("", line.what.value)
        )


@extend_schema_view(list=extend_schema(summary="What was learned in time, the newest first"))
class TimelineLines(OnIdea):
    """What was learned, how ideas went, iterations closed, big questions answered."""

    queryset = LearningCard.objects.none()
    serializer_class = LineOut
    filterset_class = LineRows  # worked out anew: there is no `updated_since`
    pagination_class = ListPages  # type: ignore[assignment]  # as above

    def list(self, request: Request) -> Response:
        """Return a page of the timeline of the partnerships that the asker sees."""
        viewer, asked = self.scope, LineRows(request.query_params, queryset=LearningCard.objects.none())
        if not asked.form.is_valid():
            raise translate_validation(asked.errors)
        lines = timeline_of(open_to(viewer.audience, viewer.workspace), today=timezone.localdate()).lines
        page = self.paginate_queryset([line for line in lines if asked.wants(line)])
        told = [_told(viewer, line) for line in page or ()]
        return self.get_paginated_response(self.written(viewer, told))


def _told(viewer: Viewer, line: Happening) -> dict[str, Any]:
    """A line with the versions of what it holds."""
    told = told_line(PartnershipInView(viewer, line.partnership), line)
    if line.card:
        told["learning"]["etag"] = card_etag(line.card)
    for name, thing in (("iteration", line.iteration), ("question", line.question)):
        if thing:
            told[name]["etag"] = rhythm_etag(thing)
    return told
