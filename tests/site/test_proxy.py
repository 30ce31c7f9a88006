import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from canvasapp.proxy import ClientAddressMiddleware


def caller(request: HttpRequest) -> str:
    """The address that pages and limits see."""
    with override_settings(TRUSTED_PROXY=True):
        ClientAddressMiddleware(lambda _: HttpResponse())(request)
    return str(request.META["REMOTE_ADDR"])


class TestClientAddress:
    def test_is_the_one_the_proxy_wrote(self, rf: RequestFactory) -> None:
        assert caller(rf.get("/", headers={"X-Forwarded-For": "203.0.113.9"})) == "203.0.113.9"

    def test_is_not_what_the_client_wrote_before(self, rf: RequestFactory) -> None:
        assert caller(rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})) == "203.0.113.9"

    @pytest.mark.parametrize("written", ["", "unknown", "203.0.113.9:80"])
    def test_stays_the_proxys_when_it_says_nothing_clear(self, rf: RequestFactory, written: str) -> None:
        assert caller(rf.get("/", headers={"X-Forwarded-For": written})) == "127.0.0.1"

    @override_settings(TRUSTED_PROXY=False)
    def test_is_never_taken_from_a_header_without_a_trusted_proxy(self) -> None:
        with pytest.raises(MiddlewareNotUsed):
            ClientAddressMiddleware(lambda _: HttpResponse())
