"""Logs for people and their tools: a line an event on standard error, with the id of its request."""

from __future__ import annotations

import logging
import logging.config
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, ASGISendEvent, HTTPScope

    Application = Callable[[HTTPScope, ASGIReceiveCallable, ASGISendCallable], Awaitable[None]]

request_id: ContextVar[str] = ContextVar("request_id", default="-")
log = logging.getLogger("canvasapp.request")

# Parts of an address that open doors: whoever reads the logs must not be able to walk through.
SECRET_PARTS = frozenset({"code", "key", "token", "uidb36"})
GIVEN_ID = re.compile(r"[\w.-]{1,64}")
HEADER = "X-Request-ID"


def configure(config: dict[str, Any]) -> None:
    """What Django calls as `LOGGING_CONFIG`; `config` is `{"level": "INFO"}`."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request_id": {"()": RequestIdFilter}},
            "formatters": {"line": {"()": LineFormatter}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": config["level"]},
            "loggers": {
                # Every answer already has its line below: Django's own is kept for what went wrong inside.
                "django.request": {"level": "ERROR"},
                "uvicorn.error": {"level": "WARNING"},
            },
        }
    )


class RequestIdFilter(logging.Filter):
    """Puts the present request's id on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class LineFormatter(logging.Formatter):
    """`2026-05-01T09:30:00Z INFO  canvasapp.request 3f9c… GET /workshops/ 200 12 ms`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s %(request_id)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - their name
        """The moment in UTC, whatever the zone of the computer."""
        return time.strftime(datefmt or "", time.gmtime(record.created))


class RequestIdMiddleware:
    """Names each request, logs how it went, and tells its name to the client as `X-Request-ID`.

    The proxy's own id is kept when there is a trusted proxy, so that both logs can be read side by side.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        name = _name(request.headers.get(HEADER, ""))
        # Never set back: Django logs a failed answer after the middleware, and the thread's next request sets its own.
        request_id.set(name)
        response = self.get_response(request)
        response.headers[HEADER] = name
        milliseconds = (time.perf_counter() - started) * 1000
        log.info("%s %s %s %.0f ms", request.method, _address(request), response.status_code, milliseconds)
        return response


async def named(
    application: Application, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """Have an ASGI callable answer; what Django has not named and logged is named and logged as pages are.

    Streams never come to Django, nor does what is refused before. A stream is logged when it ends.
    """
    started, status = time.perf_counter(), 0
    own = HEADER.lower().encode()
    name = _name(next((value.decode("latin-1") for key, value in scope["headers"] if key == own), ""))
    request_id.set(name)

    async def send_named(event: ASGISendEvent) -> None:
        nonlocal status
        if event["type"] == "http.response.start" and not any(key == own for key, _value in event["headers"]):
            status = event["status"]
            event["headers"] = [*event["headers"], (own, name.encode())]
        await send(event)

    try:
        await application(scope, receive, send_named)
    finally:
        if status:
            milliseconds = (time.perf_counter() - started) * 1000
            log.info("%s %s %s %.0f ms", scope["method"], _printable(scope["path"]), status, milliseconds)


def _name(given: str) -> str:
    """What a request is called: as a trusted proxy has named it, or anew."""
    return given if settings.TRUSTED_PROXY and GIVEN_ID.fullmatch(given) else secrets.token_hex(6)


def _address(request: HttpRequest) -> str:
    """The path without its question mark's words, and without what would let a reader of the log in."""
    path = request.path
    match = request.resolver_match
    for name, value in (match.kwargs if match else {}).items():
        if name in SECRET_PARTS:
            path = path.replace(str(value), "…")
    return _printable(path)


def _printable(path: str) -> str:
    return path if path.isprintable() else path.encode("unicode_escape").decode("ascii")
