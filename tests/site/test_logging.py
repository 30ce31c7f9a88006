import logging
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import ResolverMatch

from canvasapp.logging import LineFormatter, RequestIdFilter, RequestIdMiddleware


@pytest.fixture
def answer() -> Callable[[HttpRequest], HttpResponse]:
    """Serve a request by a page that says hello."""
    return RequestIdMiddleware(lambda _: HttpResponse("hello"))  # type: ignore[return-value]


class TestRequestId:
    def test_stands_on_the_answer_and_in_the_log(
        self, answer: Callable[[HttpRequest], HttpResponse], rf: RequestFactory, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.handler.addFilter(RequestIdFilter())
        with caplog.at_level(logging.INFO, "canvasapp.request"):
            name = answer(rf.get("/workshops/")).headers["X-Request-ID"]
        [record] = caplog.records
        assert record.getMessage().startswith("GET /workshops/ 200 ")
        assert name in LineFormatter().format(record)

    def test_is_another_one_for_each_request(
        self, answer: Callable[[HttpRequest], HttpResponse], rf: RequestFactory
    ) -> None:
        names = {answer(rf.get("/")).headers["X-Request-ID"] for _ in range(3)}
        assert len(names) == 3

    @override_settings(TRUSTED_PROXY=True)
    def test_is_the_trusted_proxys_own(self, answer: Callable[[HttpRequest], HttpResponse], rf: RequestFactory) -> None:
        assert answer(rf.get("/", headers={"X-Request-ID": "proxy-17"})).headers["X-Request-ID"] == "proxy-17"

    @override_settings(TRUSTED_PROXY=True)
    def test_is_never_a_text_that_could_forge_lines(
        self, answer: Callable[[HttpRequest], HttpResponse], rf: RequestFactory
    ) -> None:
        assert answer(rf.get("/", headers={"X-Request-ID": "a b"})).headers["X-Request-ID"] != "a b"

    @override_settings(TRUSTED_PROXY=False)
    def test_is_not_taken_from_strangers(
        self, answer: Callable[[HttpRequest], HttpResponse], rf: RequestFactory
    ) -> None:
        assert answer(rf.get("/", headers={"X-Request-ID": "mine"})).headers["X-Request-ID"] != "mine"


class TestLogLine:
    def test_does_not_hold_what_opens_a_door(
        self, answer: Callable[[HttpRequest], HttpResponse], rf: RequestFactory, caplog: pytest.LogCaptureFixture
    ) -> None:
        request = rf.get("/join/AB12CD/", {"word": "private"})
        request.resolver_match = ResolverMatch(HttpResponse, (), {"code": "AB12CD"})
        with caplog.at_level(logging.INFO, "canvasapp.request"):
            answer(request)
        assert "/join/…/" in caplog.text
        assert "AB12CD" not in caplog.text
        assert "private" not in caplog.text

    def test_stays_one_line_whatever_the_address(
        self, answer: Callable[[HttpRequest], HttpResponse], rf: RequestFactory, caplog: pytest.LogCaptureFixture
    ) -> None:
        request = rf.get("/")
        request.path = "/a\nERROR forged"
        with caplog.at_level(logging.INFO, "canvasapp.request"):
            answer(request)
        assert "\n" not in caplog.records[0].getMessage()
