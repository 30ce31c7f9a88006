"""The stub's side of HTTP: pages, static files, changes, presence and the stream."""

from __future__ import annotations

import contextlib
import mimetypes
import queue
import socket
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.js.pages import JOINED, joined, page, static_file

if TYPE_CHECKING:
    from tests.js.stub import Stub


@dataclass
class Arrived:
    """A changing request that reached the server."""

    path: str
    key: str
    fields: dict[str, str]
    lists: dict[str, list[str]]
    csrf: str


def handler_for(stub: Stub) -> type[Handler]:
    """A request handler tied to a board."""
    return type("BoardHandler", (Handler,), {"board": stub})


class Server(ThreadingHTTPServer):
    """A server that is gone once it is closed: no connection outlives it, and nobody answers for it any more."""

    daemon_threads = False  # those that answer are waited for
    allow_reuse_address = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for request in list(self._open):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers leave without a word; that is no failure."""


class Handler(BaseHTTPRequestHandler):
    board: Stub
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent apart, and the body shall not wait for the head's receipt

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/live/":
            self._stream()
        elif path == JOINED:
            self._send(200, joined(), "text/javascript")
        elif path.startswith("/static/"):
            self.board.files.add(path)
            content = static_file(path.removeprefix("/static/"))
            self._send(200 if content is not None else 404, content or b"", mimetypes.guess_type(path)[0] or "")
        elif path in self.board.bodies:
            self._send(200, self.board.bodies[path].encode())
        else:
            self._send(200, page(self.board).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        lists = parse_qs(body, keep_blank_values=True)
        fields = {name: values[-1] for name, values in lists.items()}
        path = urlsplit(self.path).path
        if path == "/presence/":
            with self.board.moved:
                self.board.presence.append(fields)
                self.board.moved.notify_all()
            self._send(204, b"")
            return
        key = self.headers["Idempotency-Key"] or ""
        status, text = self.board.take(Arrived(path, key, fields, lists, self.headers["X-CSRFToken"] or ""))
        self._send(status, text.encode())

    def _send(self, status: int, content: bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=3600" if self.path.startswith(("/static/", JOINED)) else "no-cache")
        self.send_header("Set-Cookie", "csrftoken=stub-token; Path=/")
        self.send_header("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self'")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        board = self.board
        mine: queue.Queue[str | None] = queue.Queue()
        status = board.stream_status
        cursor = self.headers["Last-Event-ID"] or parse_qs(urlsplit(self.path).query).get("after", [""])[0]
        with board.moved:
            board.connections.append({"cursor": cursor, "status": str(status)})
            if status == 200:
                board.streams.append(mine)
            board.moved.notify_all()
            missed = [] if status != 200 else self._missed(cursor)
        if status != 200:
            self._send(status, b"")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for message in missed:
                self.wfile.write(message.encode())
            self._pump(mine)
        except OSError:
            pass
        finally:
            with board.moved:
                board.streams.remove(mine)
                board.moved.notify_all()

    def _missed(self, cursor: str) -> list[str]:
        epoch, _, seq = cursor.rpartition(".")
        head = f"{self.board.epoch}.{self.board.seq}"
        if epoch != self.board.epoch:
            return [f"id: {head}\nevent: reset\ndata: \n\n"]
        changed = [note.piece() for note in self.board.notes.values() if note.drawn > int(seq)]
        lines = "".join(f"data: {piece}\n" for piece in changed)
        return [f"id: {head}\nevent: board\n{lines}\n"] if changed else [f"id: {head}\nevent: ping\ndata: \n\n"]

    def _pump(self, mine: queue.Queue[str | None]) -> None:
        self.wfile.flush()
        while True:
            try:
                message = mine.get(timeout=0.2)
            except queue.Empty:
                message = ": quiet\n\n"  # finds out that the browser has left
            if message is None:
                return
            self.wfile.write(message.encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing: the tests speak."""
