"""The real site in real browsers: several people at once, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from partners.people.models import User
from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.live.listening import Server
from tests.remembering import cast_again

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
Who = Membership | User | None


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, committed, so that the server's threads see them."""
    return cast_again()


@pytest.fixture
def site(transactional_db: None) -> Iterator[Server]:
    """The hybrid entry on a free port."""
    with Server() as server:
        yield server


class Visits:
    """`visit(who, address)` opens a page as somebody; their browser is theirs for the whole test.

    The test fails when a page asks another host for anything, throws, or logs an error it should not.
    """

    def __init__(self, chromium: Browser, cast: Cast, site: Server) -> None:
        self.cast = cast
        self.base = f"http://127.0.0.1:{site.port}"
        self.mistakes: list[str] = []
        self._chromium = chromium
        self._contexts: dict[object, BrowserContext] = {}

    def __call__(self, who: Who, address: str, *, viewport: dict[str, int] | None = None, **options: object) -> Page:
        page = self.browser_of(who, viewport=viewport, **options).new_page()
        page.goto(self.base + address)
        self.wait_until_live(page)
        return page

    def browser_of(self, who: Who, *, viewport: dict[str, int] | None = None, **options: object) -> BrowserContext:
        """Return somebody's browser, signed in as them."""
        key = (who.pk if who else None, str(viewport), str(options))
        if key not in self._contexts:
            self._contexts[key] = self._new_browser(who, viewport or LAPTOP, options)
        return self._contexts[key]

    def wait_until_live(self, page: Page) -> None:
        """Wait until a page's scripts have started, and its stream is open if it has one; a library's page has none."""
        page.wait_for_load_state("load")
        if not page.locator("script[src*='js/app']").count():
            return
        page.locator("html[data-ready]").wait_for(state="attached")
        page.locator("body:not([data-live]), body[data-stream=open]").first.wait_for(state="attached")

    def close(self) -> None:
        """Close all browsers."""
        for context in self._contexts.values():
            context.close()

    def _new_browser(self, who: Who, viewport: dict[str, int], options: dict[str, object]) -> BrowserContext:
        # Nothing is kept in browsers unless a test is about that.
        options = {"service_workers": "block"} | options
        context = self._chromium.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        if who:
            cookies = self.cast.cookies(who).items()
            context.add_cookies([{"name": name, "value": value, "url": self.base} for name, value in cookies])
        # Only failures are looked at: to be told of all of a page's eighty requests costs a tenth of opening it.
        context.on("requestfailed", self._check)
        context.on("weberror", lambda error: self.mistakes.append(str(error.error)))
        return context

    def _check(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and f"{address.scheme}://{address.netloc}" != self.base:
            self.mistakes.append(f"asked another host: {request.url}")


@pytest.fixture
def visit(chromium: Browser, cast: Cast, site: Server) -> Iterator[Visits]:
    """Opens pages as people of the cast."""
    visits = Visits(chromium, cast, site)
    yield visits
    visits.close()
    assert visits.mistakes == []


@pytest.fixture
def models(cast: Cast) -> Callable[[str], str]:
    """The address of a side's business model in the partnership with De'Longhi."""
    return lambda side: f"/p/{cast.with_delonghi.pk}/models/{side}/"
