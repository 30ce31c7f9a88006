"""Pages of rows by a cursor: nothing is skipped or repeated while others write."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

AT_MOST = 500
USUALLY = 100


class CursorPages(BasePagination):
    """Rows in the order of one field, then id; `next` is the address of the following page, or null.

    A view's `order` names the field; it must not go down while somebody reads, as the time of the last change does.
    `begun` is what the first page noted for the ones that follow; the cursor carries it to them.
    """

    begun: str | None = None

    limit_description = gettext_lazy("How many to send at once, 100 when nothing is said.")
    cursor_description = gettext_lazy("Where the page begins, as said by the page before in `next`.")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page asked for; raises `ValidationError` for a cursor or limit that makes no sense."""
        self.request = request
        self.order: str = view.order
        limit = _limit(request.query_params.get("limit"))
        if (cursor := request.query_params.get("cursor")) is not None:
            queryset, self.begun = _behind(queryset, self.order, cursor)
        ordered = queryset.order_by(self.order, "pk")
        try:
            rows = list(ordered[: limit + 1])
        except (DjangoValidationError, OverflowError, ValueError):
            raise bad_cursor() from None
        self.next_row: Model | None = rows[limit - 1] if len(rows) > limit else None
        return rows[:limit]

    @property
    def is_first(self) -> bool:
        """Whether this is the first page."""
        return "cursor" not in self.request.query_params

    def get_paginated_response(self, data: Any) -> Response:
        """Answer with the page."""
        return Response({"next": self.next_address(), "results": data})

    def next_address(self) -> str | None:
        """The address of the following page."""
        if self.next_row is None:
            return None
        value = getattr(self.next_row, self.order)
        place = [value if isinstance(value, int) else value.isoformat(), str(self.next_row.pk)]
        noted = [*place, self.begun] if self.begun else place
        cursor = base64.urlsafe_b64encode(json.dumps(noted).encode()).decode()
        return str(replace_query_param(self.request.build_absolute_uri(), "cursor", cursor))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Say what a page looks like."""
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {"type": "string", "format": "uri", "nullable": True, "description": "The following page."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Say what a page is asked for with."""
        limit = {"type": "integer", "minimum": 1, "maximum": AT_MOST, "default": USUALLY}
        return [
            {"name": "limit", "in": "query", "description": str(self.limit_description), "schema": limit},
            {
                "name": "cursor",
                "in": "query",
                "description": str(self.cursor_description),
                "schema": {"type": "string"},
            },
        ]


class ListPages(CursorPages):
    """Rows that are worked out anew for each answer, the newest first by their `at`, then by `id`.

    What happens while somebody reads comes before the first page, so nothing is skipped or repeated.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page asked for; raises `ValidationError` for a cursor or limit that makes no sense."""
        self.request = request
        limit = _limit(request.query_params.get("limit"))
        cursor = request.query_params.get("cursor")
        before = _place(cursor) if cursor is not None else None
        rows = [row for row in queryset if before is None or (row.at, row.id) < before][: limit + 1]
        self.last = rows[limit - 1] if len(rows) > limit else None
        return rows[:limit]

    def next_address(self) -> str | None:
        """The address of the following page."""
        if self.last is None:
            return None
        place = json.dumps([self.last.at.isoformat(), self.last.id])
        cursor = base64.urlsafe_b64encode(place.encode()).decode()
        return str(replace_query_param(self.request.build_absolute_uri(), "cursor", cursor))


def _place(cursor: str) -> tuple[datetime, str]:
    try:
        at, name = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        place = datetime.fromisoformat(at), str(name)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise bad_cursor() from None
    if place[0].tzinfo is None:
        raise bad_cursor()
    return place


def _limit(sent: str | None) -> int:
    if sent is None:
        return USUALLY
    if not (sent.isascii() and sent.isdigit() and len(sent) <= 9 and int(sent) >= 1):
        raise ValidationError({"limit": [_("A whole number from 1 to %(limit)s, please.") % {"limit": AT_MOST}]})
    return min(int(sent), AT_MOST)


def _behind(queryset: QuerySet[Any], order: str, cursor: str) -> tuple[QuerySet[Any], str | None]:
    try:
        value, pk, *begun = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        rows = queryset.filter(Q(**{f"{order}__gt": value}) | Q(**{order: value, "pk__gt": pk}))
        return rows, str(begun[0]) if begun else None
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, DjangoValidationError):
        raise bad_cursor() from None


def bad_cursor() -> ValidationError:
    """What is said of a cursor that no page gave."""
    return ValidationError({"cursor": [_("This is not a cursor that a page gave.")]})
