"""What every resource over REST shares: who asks, in which workspace, and lists that tell what is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from partners.base.errors import NotFound
from partners.base.http import uuid_or_none
from partners.base.rest.bodies import AlwaysJSON
from partners.base.rest.errors import fields_of
from partners.base.rest.filters import MomentFilter
from partners.base.rest.names import unknown_names
from partners.base.rest.paging import CursorPages, bad_cursor
from partners.people.identity import Identity, identity_of
from partners.workspaces.access import Viewer, viewer_in
from partners.workspaces.gone import sees_otherwise
from partners.workspaces.repeats import known_answer

Gone = tuple[UUID, datetime]

LOOK_BACK = timedelta(seconds=10)
"""How far `as_of` lies back: a change that was being written while a list was read comes again rather than never."""

WHOLE = ("create", "partial_update")
"""What is sent to these may be a whole thing as it was read, and not only what is to become of it."""


class Repeated(Exception):
    """The same request was answered before; carries the answer."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


class Rows(filters.FilterSet):
    """The filters every list has. `workspace` is read before: it says whose eyes are used."""

    workspace = filters.UUIDFilter(
        method="unfiltered", label="The workspace to look into. Needed, unless another filter or the token names it."
    )
    updated_since = MomentFilter(
        field_name="updated_at",
        lookup_expr="gte",
        label="Only what changed since; the answer then also has `deleted` and `as_of`.",
    )

    def unfiltered(self, rows: QuerySet[Any], name: str, value: UUID) -> QuerySet[Any]:
        """Leave the rows as they are."""
        return rows


class SyncPages(CursorPages):
    """Pages of a list that can be followed: with `updated_since`, the first page tells what is gone."""

    def get_paginated_response(self, data: Any) -> Response:
        """Answer with the page, and with `deleted` and `as_of` when changes were asked for."""
        answer = super().get_paginated_response(data)
        answer.data |= getattr(self, "changes", {})
        return answer

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Say what a page looks like."""
        page = super().get_paginated_response_schema(schema)
        page["properties"] |= {
            "deleted": {
                "type": "array",
                "description": "What is gone since `updated_since`; only there, whole, on the first page.",
                "items": {
                    "type": "object",
                    "required": ["id", "deleted_at"],
                    "properties": {
                        "id": {"type": "string", "format": "uuid"},
                        "deleted_at": {"type": "string", "format": "date-time"},
                    },
                },
            },
            "complete": {
                "type": "boolean",
                "description": "This is all you see now: forget what you hold that is not listed. On the first page.",
            },
            "as_of": {
                "type": "string",
                "format": "date-time",
                "description": "What to send as `updated_since` next time, the same on all pages; only with it.",
            },
        }
        return page


class Resource(GenericViewSet[Any]):
    """One kind of thing. Subclasses say what a viewer sees (`seen`), what is gone (`gone`), and what can be done."""

    pagination_class = SyncPages
    filterset_class: type[Rows] = Rows
    lookup_field = "id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    content_negotiation_class = AlwaysJSON
    order = "created_at"
    followed_by = "updated_at"
    """The order of a list of changes: the same field that `updated_since` is about."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check who asks and what they may; raises `Repeated` when this very request was answered before."""
        super().initial(request, *args, **kwargs)
        self._require_followed()
        sent = getattr(request._request, "sent_key", None)
        if sent and (answer := known_answer(request._request, sent)):
            raise Repeated(answer)

    def handle_exception(self, exc: Exception) -> Any:
        """Answer foreseen errors in our shape, and repeated requests as before."""
        if isinstance(exc, Repeated):
            return exc.answer
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Have nobody keep what one person was told: a proxy, or the browser of who comes next."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    @property
    def identity(self) -> Identity:
        """Who asks."""
        return identity_of(self.request._request)

    def seen(self, viewer: Viewer) -> QuerySet[Any]:
        """Return the living things of this kind that a viewer sees, ready to be written out."""
        raise NotImplementedError

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return what a viewer saw and does not see any more."""
        return ()

    @property
    def model(self) -> type[Model]:
        """The kind of thing this is about."""
        rows: QuerySet[Any] = type(self).queryset  # type: ignore[assignment]  # every resource names its rows
        return rows.model

    def viewer_of(self, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the workspace a thing belongs to; raises `NotFound`."""
        rows = self.model._default_manager.filter(pk=thing_id).order_by()  # as in `row`
        found = next(iter(rows.values_list("workspace_id", flat=True)), None)
        if found is None:
            raise NotFound
        return viewer_in(self.identity, found)

    @cached_property
    def scope(self) -> Viewer:
        """The asker as a viewer of the workspace that a list is asked for; raises `NotFound` or `ValidationError`."""
        asked = self.request.query_params
        if "workspace" in asked:
            return viewer_in(self.identity, uuid_from(asked["workspace"], "workspace"))
        for name in self.scoping_filters():
            if name in asked:
                return self.viewer_by(name, uuid_from(asked[name], name))
        if self.identity.only:
            return viewer_in(self.identity, self.identity.only)
        raise ValidationError({"workspace": [_("Say which workspace: ?workspace=…")]})

    def scoping_filters(self) -> tuple[str, ...]:
        """The filters that name a workspace by something in it."""
        return ()

    def viewer_by(self, name: str, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the workspace that such a filter names; raises `NotFound`."""
        raise NotImplementedError

    def row(self, viewer: Viewer, thing_id: UUID) -> Any:
        """Return one thing as this viewer sees it; raises `NotFound`."""
        # There is one at most: working out an order takes longer than finding it.
        found = next(iter(self.seen(viewer).filter(pk=thing_id).order_by()), None)
        if found is None:
            raise NotFound
        return found

    def answer(self, viewer: Viewer, thing_id: UUID, status: int = 200) -> Response:
        """Answer with one thing as it is now, and with its version where things of this kind have one."""
        told = self.written(viewer, [self.row(viewer, thing_id)])[0]
        return Response(told, status=status, headers={"ETag": told["etag"]} if "etag" in told else None)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return rows as JSON values."""
        context = {**self.get_serializer_context(), "viewer": viewer}
        return list(self.get_serializer_class()(rows, many=True, context=context).data)

    def listed(self, viewer: Viewer, rows: QuerySet[Any]) -> Response:
        """Answer with a page of rows after the filters, and with what is gone when changes were asked for."""
        now, since = timezone.now(), self._since()
        page = self.paginate_queryset(self.filter_queryset(rows))
        pages = self.paginator
        assert page is not None
        assert isinstance(pages, SyncPages)
        if since is not None:
            # What goes while somebody turns the pages is told on no page: the next time begins where the first did.
            pages.begun = pages.begun or (now - LOOK_BACK).isoformat()
            pages.changes = {"as_of": _moment(pages.begun)}  # type: ignore[attr-defined]  # for this one answer
            if pages.is_first:
                gone = [{"id": pk, "deleted_at": at} for pk, at in self.gone(viewer, since)]
                more = {"deleted": gone, "complete": self.begins_anew(since)}
                pages.changes |= more  # type: ignore[attr-defined]  # as above
        return self.get_paginated_response(self.written(viewer, list(page)))

    def values(self, serializer: type[Any], *, told_as: type[Any] | None = None) -> dict[str, Any]:
        """Return the checked body of a request; raises `ValidationError`, for unknown names too.

        What makes or changes a thing may also hold what is only told of it (`told_as`, or as this resource tells it).
        """
        read = serializer(data=self.request.data)
        if told_as is None and self.action in WHOLE:
            told_as = self.get_serializer_class()
        unknown = unknown_names(self.request.data, read, told=told_as().fields if told_as else ())
        if not read.is_valid() or unknown:
            raise ValidationError(fields_of(read.errors) | fields_of(unknown))
        return dict(read.validated_data)

    def begins_anew(self, since: datetime) -> bool:
        """Whether who follows this list begins anew: it changed since a moment what they may see at all."""
        if since not in self._anew:
            self._anew[since] = sees_otherwise(self.scope, since)
        return self._anew[since]

    @cached_property
    def _anew(self) -> dict[datetime, bool]:
        return {}

    def _require_followed(self) -> None:
        """Raise `ValidationError` when changes are asked for of a list that tells none."""
        if "updated_since" in self.request.query_params and "updated_since" not in self.filterset_class.base_filters:
            raise ValidationError({"updated_since": [_("What is listed here cannot be followed: read it anew.")]})

    def _since(self) -> datetime | None:
        """Since when changes are asked for, if they are; then the list is in their order.

        Raises `ValidationError` for an empty moment: whoever has lost theirs would take all of the list for changes.
        """
        asked = self.request.query_params.get("updated_since")
        if asked is None:
            return None
        if not asked.strip():
            raise ValidationError({"updated_since": [_("Say since when, as the last answer did: as_of.")]})
        self.order = self.followed_by
        form = self.filterset_class(self.request.query_params, queryset=self.model._default_manager.none()).form
        return form.cleaned_data.get("updated_since") if form.is_valid() else None


class Listing(Resource):
    """A resource that can be listed and read."""

    def list(self, request: Request) -> Response:
        """Return a page of what the asker sees."""
        return self.listed(self.scope, self.seen(self.scope))

    def retrieve(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Return one thing."""
        return self.answer(self.viewer_of(id), id)


def _moment(begun: str) -> datetime:
    """Return the moment in a cursor; raises `ValidationError` when it is none."""
    try:
        found = datetime.fromisoformat(begun)
    except ValueError:
        raise bad_cursor() from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def uuid_from(value: str, name: str) -> UUID:
    """Return the UUID in a query parameter; raises `ValidationError` when it is none."""
    found = uuid_or_none(value)
    if found is None:
        raise ValidationError({name: [_("Enter a valid UUID.")]})
    return found
