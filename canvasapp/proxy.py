"""Who is calling, when a trusted proxy stands in between."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase


class ClientAddressMiddleware:
    """Gives the request its client's own address, so that limits count people and not the proxy.

    Only the last address of `X-Forwarded-For` was written by our proxy; what stands before it anybody may have sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.TRUSTED_PROXY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        written = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        with suppress(ValueError):  # the proxy itself is asking, or it says nothing: its own address stands
            request.META["REMOTE_ADDR"] = str(ip_address(written))
        return self.get_response(request)
