"""REST answers to foreseen errors: one body, `{"error": {"code", "message", …}}`, and never a 500 for bad input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from partners.base.errors import DomainError, NotFound, TooLarge


def error_body(code: str, message: str, **details: Any) -> dict[str, Any]:
    """Return the body of an error answer."""
    return {"error": {"code": code, "message": message, **details}}


def answer_json_error(error: DomainError) -> JsonResponse:
    """Answer a foreseen error outside REST framework's own views."""
    return JsonResponse(error_body(error.code, error.message, **error.details), status=error.status)


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler: foreseen errors in our shape, everything else surfaces."""
    if isinstance(error, Http404):
        error = NotFound()
    elif isinstance(error, RequestDataTooBig | TooManyFieldsSent):
        error = TooLarge(_("This is more than one request may carry. Send it in smaller parts."))
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, DomainError):
        set_rollback()
        return Response(error_body(error.code, error.message, **error.details), status=error.status)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    if isinstance(error, exceptions.ValidationError):
        fields = fields_of(error.detail)
        body = error_body("invalid", _("Some fields cannot be taken as they are."), fields=fields)
        return Response(body, status=422)
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]  # set by the view
    return Response(error_body(_code(error), str(error.detail)), status=error.status_code, headers=headers)


def fields_of(detail: Any) -> dict[str, list[str]]:
    """Return REST framework's nested errors as messages by field; a field inside a field has a dotted name.

    >>> fields_of({"tags": {1: ["Too long."]}, "non_field_errors": ["No object."]})
    {'tags.1': ['Too long.'], 'body': ['No object.']}
    """
    fields: dict[str, list[str]] = {}
    for path, message in _messages(detail, ()):
        name = ".".join("body" if part == "non_field_errors" else part for part in path) or "body"
        fields.setdefault(name, []).append(message)
    return fields


def _messages(detail: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _messages(inner, (*path, str(name)))
    elif isinstance(detail, list | tuple):
        for place, inner in enumerate(detail):
            deeper = (*path, str(place)) if isinstance(inner, dict | list | tuple) else path
            yield from _messages(inner, deeper)
    else:
        yield path, str(detail)


def _code(error: exceptions.APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code
