"""Django's pages behind an ASGI server: a fixed number of threads, none of which ever waits for a client.

The whole body is read before a thread is taken, and the whole answer is made before it is sent, so neither a stalled
upload nor a slow download keeps others from being served.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from partners.live.workers import Workers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

THREADS = 8
BODY_LIMIT = 2 * 1024 * 1024
PATIENCE_S = 30.0
# A body somewhat over the limit is read to its end and thrown away: a client that is still sending would not read the
# answer, and see a broken connection instead of the reason.
DISCARD_LIMIT = 16 * 1024 * 1024


class Refused(Exception):
    """The body cannot be taken; carries the status and what to tell the person."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class Gone(Exception):
    """The client went away before its request was whole."""


class Pages:
    """An ASGI callable around a WSGI application."""

    def __init__(self, application: WSGIApplication, threads: int = THREADS, patience_s: float = PATIENCE_S) -> None:
        self._application = application
        self._workers = Workers(threads, "page")
        self._patience_s = patience_s

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        try:
            body = await _whole_body(scope, receive, self._patience_s)
        except Gone:
            return
        except Refused as refusal:
            answer = _refusal(scope, refusal)
        else:
            context = contextvars.Context()
            answer = await self._workers.run(context.run, _serve, self._application, _environ(scope, body))
        await send(
            {"type": "http.response.start", "status": answer.status, "headers": answer.headers, "trailers": False}
        )
        await send({"type": "http.response.body", "body": b"".join(answer.chunks), "more_body": False})

    def close(self) -> None:
        """Let the threads finish and give back their database connections. May block."""
        self._workers.close()


@dataclass
class Answer:
    """What the application answered, complete."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)


async def _whole_body(scope: HTTPScope, receive: ASGIReceiveCallable, patience_s: float) -> bytes:
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if announced.isdigit() and int(announced) > DISCARD_LIMIT:
        raise _too_large()
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(patience_s):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Gone
                size += len(message["body"])
                if size <= BODY_LIMIT:
                    chunks.append(message["body"])
                elif size > DISCARD_LIMIT:
                    raise _too_large()
                if not message.get("more_body"):
                    break
    except TimeoutError:
        raise Refused(408, "too_slow", _("The request took too long to arrive. Please try again.")) from None
    if size > BODY_LIMIT:
        raise _too_large()
    return b"".join(chunks)


def _too_large() -> Refused:
    return Refused(413, "too_large", _("This is more than one request may carry (2 MB). Please send less at once."))


def _refusal(scope: HTTPScope, refusal: Refused) -> Answer:
    """The reason, as JSON for programs and as a bare page for people: nothing of Django has seen the request."""
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    if scope["path"].startswith("/api/") or b"application/json" in accept:
        kind = b"application/json"
        text = json.dumps({"error": {"code": refusal.code, "message": refusal.message}})
    else:
        kind = b"text/html; charset=utf-8"
        words = escape(refusal.message)
        text = f'<!doctype html><html lang="en"><title>{words}</title><main><h1>{words}</h1></main></html>'
    body = text.encode()
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    ]
    return Answer(refusal.status, headers, [body])


def _environ(scope: HTTPScope, body: bytes) -> dict[str, Any]:
    """The request in WSGI's words. Header names with an underscore are dropped: they could pose as another header."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", "").encode().decode("latin-1"),
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        if name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            name = f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        if name in environ:
            value = f"{environ[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{value}"
        environ[name] = value
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _serve(application: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """Run the application in this thread to the end of its answer."""
    answer = Answer()

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        answer.status = int(status.split(" ", 1)[0])
        answer.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return answer.chunks.append

    chunks: Iterable[bytes] = application(environ, start_response)
    try:
        answer.chunks.extend(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    return answer
