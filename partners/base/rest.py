"""One shape for every REST error: `{"error": {"code", "message", "fields"?, …}}`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from partners.base.errors import DomainError


def error_body(code: str, message: str, **details: Any) -> dict[str, Any]:
    """Return the body of an error answer."""
    return {"error": {"code": code, "message": message, **details}}


def answer_json_error(error: DomainError) -> JsonResponse:
    """Answer a foreseen error outside REST framework's own views."""
    return JsonResponse(error_body(error.code, error.message, **error.details), status=error.status)


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler: foreseen errors in our shape, everything else surfaces."""
    if isinstance(error, DomainError):
        set_rollback()
        return Response(error_body(error.code, error.message, **error.details), status=error.status)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, RequestDataTooBig):
        return Response(error_body("too_large", "This is more than one request may carry."), status=413)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if isinstance(error, exceptions.ValidationError):
        return Response(
            error_body("invalid", "Some fields cannot be taken as they are.", fields=error.get_full_details()),
            status=422,
            headers=headers,
        )
    return Response(error_body(_code(error), str(error.detail)), status=error.status_code, headers=headers)


def _code(error: exceptions.APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code
