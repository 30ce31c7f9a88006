"""The real site in real browsers: several people at once, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, WebError

from canvasapp.asgi import Entry, pages_of_django
from canvasapp.pages import Pages
from partners.people.models import User
from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.live.listening import Server
from tests.outcome.conftest import Outcome
from tests.plugins.seats import Seat, Seats
from tests.ports import own_port
from tests.remembering import cast_again
from tests.value_fit.conftest import lay_table

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# One question instead of three, each of which costs every page some 5 ms of processor time. It is in XPath because
# browsers answer that themselves, where Playwright walks through the whole page for a `:has` or `:not`.
LIVE = (
    "xpath=/html[not(head/script[contains(@src, 'js/app.js')])"
    " or @data-ready and not(body[@data-live and not(@data-stream = 'open')])]"
)
Who = Membership | User | None


class KeptPages(Pages):
    """Threads that do not end with a server: they keep their connections, and the reads they have prepared."""

    def close(self) -> None:
        """Stay, for the next server."""

    def end(self) -> None:
        """Leave."""
        super().close()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, committed, so that the server's threads see them."""
    return cast_again()


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Where one site after another is served."""
    with own_port() as port:
        yield port


@pytest.fixture(scope="session")
def kept_pages(django_db_setup: None) -> Iterator[KeptPages]:
    """What draws the pages of one site after another."""
    pages = KeptPages(pages_of_django)
    yield pages
    pages.end()


@pytest.fixture
def site(transactional_db: None, port: int, kept_pages: KeptPages) -> Iterator[Server]:
    """The hybrid entry."""
    entry = Entry()
    entry.pages = kept_pages
    with Server(entry, port=port) as server:
        yield server


class Visits:
    """`visit(who, address)` opens a page as somebody; their browser is theirs for the whole test.

    The test fails when a page asks another host for anything, throws, or logs an error it should not.
    """

    def __init__(self, seats: Seats, cast: Cast, site: Server) -> None:
        self.cast = cast
        self.base = f"http://127.0.0.1:{site.port}"
        self.mistakes: list[str] = []
        self._seats = seats
        self._taken: dict[object, Seat] = {}

    def __call__(self, who: Who, address: str, *, viewport: dict[str, int] | None = None, **options: object) -> Page:
        page = self._seat_of(who, viewport, options).page(viewport or LAPTOP)
        self.lead(page, address)
        return page

    def lead(self, page: Page, address: str) -> None:
        """Open another address in the same tab."""
        page.goto(self.base + address)
        self.wait_until_live(page)

    def browser_of(self, who: Who, *, viewport: dict[str, int] | None = None, **options: object) -> BrowserContext:
        """Return somebody's browser, signed in as them."""
        return self._seat_of(who, viewport, options).context

    def wait_until_live(self, page: Page) -> None:
        """Wait until a page's scripts have started, and its stream is open if it has one; a library's page has none."""
        page.wait_for_load_state("load")
        page.locator(LIVE).wait_for(state="attached")

    def close(self) -> None:
        """Leave all browsers."""
        for seat in self._taken.values():
            self._seats.give_back(seat, self.base)
            seat.context.remove_listener("requestfailed", self._check)
            seat.context.remove_listener("weberror", self._hear)

    def _seat_of(self, who: Who, viewport: dict[str, int] | None, options: dict[str, object]) -> Seat:
        key = (who.pk if who else None, str(viewport), str(options))
        if key not in self._taken:
            # Nothing is kept in browsers by a service worker unless a test is about that.
            self._taken[key] = self._seats.take(**options)
            self._sit_down(self._taken[key].context, who)
        return self._taken[key]

    def _sit_down(self, context: BrowserContext, who: Who) -> None:
        if who:
            cookies = self.cast.cookies(who).items()
            context.add_cookies([{"name": name, "value": value, "url": self.base} for name, value in cookies])
        # Only failures are looked at: to be told of all of a page's eighty requests costs a tenth of opening it.
        context.on("requestfailed", self._check)
        context.on("weberror", self._hear)

    def _hear(self, error: WebError) -> None:
        self.mistakes.append(str(error.error))

    def _check(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and f"{address.scheme}://{address.netloc}" != self.base:
            self.mistakes.append(f"asked another host: {request.url}")


@pytest.fixture
def visit(seats: Seats, cast: Cast, site: Server) -> Iterator[Visits]:
    """Opens pages as people of the cast."""
    visits = Visits(seats, cast, site)
    yield visits
    visits.close()
    assert visits.mistakes == []


@pytest.fixture
def models(cast: Cast) -> Callable[[str], str]:
    """The address of a side's business model in the partnership with De'Longhi."""
    return lambda side: f"/p/{cast.with_delonghi.pk}/models/{side}/"


@pytest.fixture
def outcome(cast: Cast) -> Outcome:
    """The two companies, compared and agreed."""
    found = Outcome(lay_table(cast))
    found.agreed()
    return found


@pytest.fixture
def minutes(cast: Cast) -> str:
    """The address of the outcome of the partnership with De'Longhi."""
    return f"/p/{cast.with_delonghi.pk}/outcome/"
