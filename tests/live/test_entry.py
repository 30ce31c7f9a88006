import http.client
import json
import logging
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from canvasapp.asgi import Entry, pages_of_django
from canvasapp.logging import LineFormatter, RequestIdFilter
from canvasapp.pages import BODY_LIMIT, Pages
from tests.factories import crowd
from tests.live.conftest import Scene
from tests.live.listening import Server, wait_until
from tests.patience import PATIENCE_S

CROWD = 16


def ask(
    server: Server, method: str = "GET", path: str = "/healthz", body: bytes = b"", **headers: str
) -> tuple[int, bytes]:
    """Status and body of one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    connection.request(method, path, body or None, {"Host": "localhost"} | headers)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def half_sent(server: Server, length: int = 100_000) -> socket.socket:
    """An upload that stops in the middle."""
    stalled = socket.create_connection(("127.0.0.1", server.port))
    stalled.sendall(f"POST /presence/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\nstate=".encode())
    return stalled


class TestOthersAreServed:
    def test_while_many_uploads_stall(self, server: Server) -> None:
        with ExitStack() as stack:
            stalled = [stack.enter_context(half_sent(server)) for _ in range(CROWD)]
            assert ask(server)[0] == 200
            assert select.select(stalled, [], [], 0)[0] == [], "they stall still, and nobody waited for that"

    def test_while_many_downloads_are_not_read(self, scene: Scene) -> None:
        crowd(scene.cast, scene.stage, 250)
        page = f"/p/{scene.cast.with_delonghi.pk}/sketch/start/"
        cookie = f"{scene.cast.pass_cookie}={scene.cast.passes[scene.cast.carla.pk]}"
        assert len(ask(scene.server, path=page, Cookie=cookie)[1]) > 300_000
        with ExitStack() as stack:
            for _ in range(CROWD):
                slow = stack.enter_context(socket.socket())
                slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                slow.connect(("127.0.0.1", scene.server.port))
                slow.sendall(f"GET {page} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
                assert slow.recv(12) == b"HTTP/1.1 200"
            assert ask(scene.server)[0] == 200, "though nobody reads on"


class TestWhatDjangoNeverSees:
    """Streams, and what is refused before: named and logged as every page is."""

    def test_a_stream_is_named_and_logged_when_it_ends(self, scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
        caplog.handler.addFilter(RequestIdFilter())
        with caplog.at_level(logging.INFO, "canvasapp.request"):
            with scene.listen(scene.cast.carla, scene.stage) as carla:
                name = carla.opened().headers["x-request-id"]
            wait_until(lambda: "/live/" in caplog.text)
        [ended] = [each for each in caplog.records if "/live/" in each.getMessage()]
        assert ended.getMessage().startswith(f"GET /live/{scene.cast.workspace.pk}/ 200 ")
        assert name in LineFormatter().format(ended)

    def test_a_page_keeps_the_name_that_django_gave_it(self, server: Server, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO, "canvasapp.request"):
            ask(server, path="/join/")
        assert caplog.text.count("GET /join/") == 1

    @pytest.mark.parametrize(("path", "status"), [("/live/nowhere/", 404), ("/presence/", 413)])
    def test_a_refusal_is_named_and_logged(
        self, server: Server, caplog: pytest.LogCaptureFixture, path: str, status: int
    ) -> None:
        with caplog.at_level(logging.INFO, "canvasapp.request"):
            ask(server, "POST" if status == 413 else "GET", path, b"x" * (BODY_LIMIT + 1) * (status == 413))
            wait_until(lambda: f"{path} {status} " in caplog.text)


class TestTooMuch:
    def test_is_refused_with_a_page_for_people(self, server: Server) -> None:
        status, body = ask(server, "POST", "/presence/", b"x" * (BODY_LIMIT + 1))
        assert status == 413
        assert "2 MB" in body.decode()

    def test_is_refused_as_json_for_programs(self, server: Server) -> None:
        status, body = ask(server, "POST", "/api/v1/notes/", b"x" * 3 * 1024 * 1024)
        assert status == 413
        assert json.loads(body)["error"].keys() == {"code", "message"}
        assert json.loads(body)["error"]["code"] == "too_large"

    def test_is_refused_before_it_is_sent_when_it_is_announced(self, server: Server) -> None:
        with half_sent(server, length=10**10) as greedy:
            assert greedy.recv(12) == b"HTTP/1.1 413"

    def test_as_much_as_may_be_is_taken(self, server: Server) -> None:
        assert ask(server, "POST", "/nowhere/", b"x" * BODY_LIMIT)[0] in (403, 404)


class TestTooSlow:
    @pytest.fixture
    def server(self, transactional_db: None) -> Iterator[Server]:
        entry = Entry()
        entry.pages = Pages(pages_of_django, patience_s=0.2)
        with Server(entry) as running:
            yield running

    def test_is_told_so(self, server: Server) -> None:
        with half_sent(server) as slow:
            slow.settimeout(PATIENCE_S)
            assert slow.recv(12) == b"HTTP/1.1 408"


class TestAPage:
    def test_gets_cookies_and_queries_as_they_were_sent(self, server: Server) -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(b"GET /nowhere/?q=%C3%A9 HTTP/1.1\r\nHost: localhost\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n")
            assert raw.recv(12) == b"HTTP/1.1 404"

    def test_cannot_be_given_a_header_under_another_name(self, server: Server) -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX_Forwarded_Host: evil.example\r\n\r\n")
            assert raw.recv(12) == b"HTTP/1.1 200"


class TestTheEnd:
    def test_comes_soon_though_pages_are_listening(self, scene: Scene) -> None:
        with scene.listen(scene.cast.carla, scene.stage) as carla:
            carla.opened()
            scene.server.ask(scene.server.entry.hub.end_streams)
            carla.wait_for_end()
            with scene.listen(scene.cast.carla, scene.stage) as late:
                assert late.status == 503
