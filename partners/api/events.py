"""The log over REST: what happened, for programs that follow along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.rest.filters import NumberFilter
from partners.base.rest.paging import CursorPages
from partners.canvases.access import sealed_among, visible_canvas_ids
from partners.canvases.models import Canvas, Note
from partners.events.kinds import REGISTRY
from partners.events.models import Event
from partners.hypotheses.events import THINGS
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.api.base import Resource

TALK = ("comment_added", "comment_deleted", "note_thumbed")
"""What people say: it exists only for who sees the person."""

PRIVATE = frozenset({"draws", "said", "rated"})
"""Never told: which other notes look different, the words of a comment (read the
comment itself), and what one side said of a pair while the other has not (read the pair itself)."""


OF_PEOPLE = frozenset({"member_id", "owner_start_id", "owner_end_id"})
"""Fields that name a member, in what stood before and after a change."""


class EventOut(serializers.Serializer[Any]):
    """One thing that happened. Numbers rise; where one is left out, something happened that is not for you."""

    seq = serializers.IntegerField(min_value=1)
    workspace = serializers.UUIDField(source="workspace_id")
    change = serializers.UUIDField(help_text="Equal for everything that one action of a person did.")
    kind = serializers.ChoiceField(sorted(REGISTRY))
    thing_type = serializers.CharField()
    thing = serializers.UUIDField(source="thing_id")
    canvas = serializers.UUIDField(source="canvas_id", allow_null=True)
    partnership = serializers.UUIDField(source="partnership_id", allow_null=True)
    actor = serializers.SerializerMethodField(help_text="The member who did it, if you may see them.")
    at = serializers.DateTimeField()
    details = serializers.SerializerMethodField(help_text="What the kind of event tells besides.")

    def get_actor(self, event: Event) -> UUID | None:
        """Who did it, for who may know them."""
        audience: Audience = self.context["viewer"].audience
        return event.actor_id if audience.sees_person(event.actor_id) else None

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_details(self, event: Event) -> dict[str, Any]:
        """What it tells, without what the asker may not see."""
        told = {name: value for name, value in event.data.items() if name not in PRIVATE}
        seen: frozenset[str] | None = self.context["canvases"]
        if seen is not None and "from_canvas" in told and told["from_canvas"] not in seen:
            told |= {"from_canvas": None, "from_block": None, "from_rank": None}
        return told | {name: self._without_hidden_people(told[name]) for name in ("before", "after") if name in told}

    def _without_hidden_people(self, said: Any) -> Any:
        """What stood in some fields, without members whom the asker does not see."""
        if not isinstance(said, dict) or not OF_PEOPLE & said.keys():
            return said
        audience: Audience = self.context["viewer"].audience
        unseen = {name for name in OF_PEOPLE & said.keys() if said[name] and not audience.sees_person(UUID(said[name]))}
        return said | dict.fromkeys(unseen)


class EventRows(filters.FilterSet):
    """Filters of events."""

    workspace = filters.UUIDFilter(method="unfiltered", label="The workspace to look into.")
    after = NumberFilter(field_name="seq", lookup_expr="gt", label="Only what came after this `seq`.")
    kind = filters.ChoiceFilter(choices=[(kind, kind) for kind in sorted(REGISTRY)], label="Of this kind.")
    canvas = filters.UUIDFilter(field_name="canvas_id", label="On this sheet.")
    partnership = filters.UUIDFilter(field_name="partnership_id", label="In this partnership.")
    thing = filters.UUIDFilter(field_name="thing_id", label="About this thing.")

    def unfiltered(self, rows: QuerySet[Event], name: str, value: UUID) -> QuerySet[Event]:
        """Leave the rows as they are: `workspace` is read before."""
        return rows


@extend_schema_view(list=extend_schema(summary="What happened in a workspace"))
class Events(Resource):
    """The log of a workspace."""

    queryset = Event.objects.none()
    serializer_class = EventOut
    filterset_class = EventRows
    pagination_class = CursorPages  # type: ignore[assignment]  # events do not change: there is no `updated_since`
    order = "seq"

    def list(self, request: Request) -> Response:
        """Return what happened, in order, as far as the asker may see it."""
        viewer = self.scope
        page = self.paginate_queryset(self.filter_queryset(events_seen(viewer)))
        whole = viewer.audience.is_whole
        canvases = None if whole else frozenset(str(pk) for pk in visible_canvas_ids(viewer.audience))
        context = {**self.get_serializer_context(), "viewer": viewer, "canvases": canvases}
        return self.get_paginated_response(EventOut(page, many=True, context=context).data)


def events_seen(viewer: Viewer) -> QuerySet[Event]:
    """Return what a viewer may hear of: what happened to things they see now, where they see it."""
    audience = viewer.audience
    rows = Event.objects.filter(workspace=viewer.workspace)
    if audience.sealed:
        private = Canvas.objects.filter(sealed_among(audience), workspace=viewer.workspace)
        on_them = Note.objects.filter(canvas__in=private).values("pk")
        rows = rows.exclude(canvas__in=private).exclude(thing_type="note", thing_id__in=on_them)
        compared = {partnership for partnership, _company in audience.sealed}
        rows = rows.exclude(thing_type__in=THINGS, partnership_id__in=compared)
    if audience.is_wide:
        return rows
    people = audience.people or frozenset()
    canvases = visible_canvas_ids(audience)
    notes = Note.objects.filter(canvas_id__in=canvases).order_by().values("pk")
    on_sheets = Q(canvas_id__in=canvases) & (~Q(kind__in=TALK) | Q(actor=None) | Q(actor_id__in=people))
    on_sheets &= ~Q(thing_type="note") | Q(thing_id__in=notes)  # a note that was taken to a hidden sheet is hidden
    beside = Q(canvas=None) & (
        Q(partnership_id__in=audience.partnerships)
        | Q(thing_type="organisation", thing_id__in=audience.organisations)
        | Q(thing_type="member", thing_id__in=people)
        | Q(thing_type="workspace", partnership=None) & ~Q(kind="sharing_changed")
    )
    return rows.filter(on_sheets | beside)
