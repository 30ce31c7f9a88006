"""The address of streams: who may open one, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http.request import validate_host

from partners.base.errors import NotFound
from partners.live.doors import asked_in
from partners.live.stream import Line, Stream
from partners.live.wire import AT_ONCE
from partners.live.workers import Unavailable

if TYPE_CHECKING:
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

    from partners.live.hub import Hub

MOST_STREAMS = 40
"""Open streams a person may have; browsers open six to a host, so this is many devices."""


class Refused(Exception):
    """No stream for this request, and the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Streams:
    """The ASGI callable behind `/live/{workspace}/`; outside Django's middleware, so it asks for itself."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        try:
            stream = await self._admitted(scope, send)
        except Refused as refusal:
            empty = [(b"content-length", b"0")]
            await send({"type": "http.response.start", "status": refusal.status, "headers": empty, "trailers": False})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            await stream.run(receive)

    async def _admitted(self, scope: HTTPScope, send: ASGISendCallable) -> Stream:
        asked = asked_in(scope) if _is_for_us(scope) else None
        if asked is None:
            raise Refused(404)
        if scope["method"] != "GET":
            raise Refused(405)
        if self._hub.is_ending:
            raise Refused(503)
        doubts = self._hub.doubts_in(asked.workspace_id)
        try:
            admitted = await self._hub.admit(asked)
        except NotFound:
            raise Refused(404) from None
        except Unavailable:
            raise Refused(503) from None
        if self._hub.streams_of(admitted) >= MOST_STREAMS:
            raise Refused(429)
        return Stream(self._hub, asked, admitted, doubts, _line(scope, send))


def _line(scope: HTTPScope, send: ASGISendCallable) -> Line:
    at_once: Any = (scope.get("extensions") or {}).get(AT_ONCE)
    return Line(send, at_once["write"]) if at_once else Line(send)


def _is_for_us(scope: HTTPScope) -> bool:
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return validate_host(name.lower().removesuffix("."), settings.ALLOWED_HOSTS)
