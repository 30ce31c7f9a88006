"""From foreseen errors and repeated requests to answers: the two middlewares every page goes through."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from partners.base.errors import DomainError, TooLarge

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ErrorsMiddleware:
    """Answers every `DomainError` raised by a view: a page, or a message beside the board for htmx."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and "text/html" in request.headers.get("Accept", ""):
            return _answer_not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a foreseen error; anything else surfaces."""
        if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
            error = TooLarge(_("This is more than one request may carry. Send it in smaller parts."))
        return answer_error(request, error) if isinstance(error, DomainError) else None


class CsrfCookieMiddleware:
    """Gives every browser its CSRF cookie with its first page: scripts read it when they send."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            get_token(request)
        return self.get_response(request)


def answer_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a foreseen error the way the asker can show it: a toast for htmx, a page for a person."""
    values: dict[str, Any] = {"error": error, "status": error.status}
    is_htmx = getattr(request, "htmx", False)
    template = "errors/_message.html" if is_htmx else "errors/page.html"
    response = render(request, template, values, status=error.status)
    # Nobody need be asked for to miss something; said only where somebody was, this would tell what exists.
    patch_vary_headers(response, ["Cookie"])
    if is_htmx:
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
        response["X-Reason"] = quote(error.message)  # kept beside the words that could not be sent
    return response


def _answer_not_allowed(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    """Answer whoever types in an address that only takes what a form sends: Django alone would show an empty page."""
    error = DomainError(_("This address takes what a form sends; there is nothing to read."), code="method_not_allowed")
    error.status = response.status_code
    page = answer_error(request, error)
    page["Allow"] = response["Allow"]
    return page


def pieces(*fragments: str, status: int = 200) -> HttpResponse:
    """Answer with the pieces that changed, in the same HTML that the stream sends."""
    return HttpResponse("\n".join(fragments), status=status)


def uuid_or_none(value: str | None) -> uuid.UUID | None:
    """Return a UUID from input, or None when it is not one."""
    try:
        return uuid.UUID(str(value)) if value else None
    except ValueError:
        return None


def body_hash(request: HttpRequest) -> str:
    """Return a fingerprint of what a request asks for: its method, address and body."""
    return hashlib.sha256(
        b"\0".join([(request.method or "").encode(), request.path.encode(), request.body])
    ).hexdigest()
