"""Browsers that tests take in turn: each is clean again when it is given back, yet keeps what it has loaded.

To load and compile eighty small scripts anew is most of what opening a page costs. A seat is a browser context with a
page that stays open, so its HTTP cache and its compiled scripts serve the next test as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

from tests.patience import PATIENCE_MS

KEPT = 6
"""How many are kept while nobody needs them."""
# What these do cannot be taken back.
LASTING = ("add_init_script", "expose_binding", "expose_function", "set_extra_http_headers")
# What a page that nobody needs shows: it has no script and keeps nothing. It is of the site, because from `about:blank`
# a browser goes on in a new process, which costs as much as opening a page and forgets the compiled scripts.
QUIET = "/static/img/icon.svg"
Size = dict[str, int]


def patient_context(chromium: Browser, **options: Any) -> BrowserContext:
    """Return a browser that nobody had before, whose pages wait as long as all tests do."""
    context = chromium.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    return context


class Seat:
    """A browser with one page; `context` is the whole of it."""

    def __init__(self, chromium: Browser, options: dict[str, Any]) -> None:
        self.options = options
        self.context = patient_context(chromium, **options)
        # Pages of a service worker come from it, whoever sits here.
        self._is_spoiled = options.get("service_workers") != "block"
        self._page = self.context.new_page()
        self._control = self.context.new_cdp_session(self._page)
        self._sessions: list[CDPSession] = []
        self._is_free = True
        for name in LASTING:
            self._watch(self.context, name, self._spoil)
            self._watch(self._page, name, self._spoil)
        self._watch(self._page, "on", self._spoil)
        # Undone only if done: each of them is a question to the browser.
        self._done: set[str] = set()
        for of, name in (
            (self.context, "set_offline"),
            (self.context, "route"),
            (self._page, "route"),
            (self.context, "grant_permissions"),
            (self._page, "emulate_media"),
        ):
            self._watch(of, name, partial(self._note, name))
        self._watch(self.context, "new_cdp_session", self._sessions.append)

    def page(self, size: Size) -> Page:
        """Return a page of a size: first the one that stays, then others, which are closed at the end."""
        page, self._is_free = self._page if self._is_free else self.context.new_page(), False
        if page.viewport_size != size:
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
        return page

    def clear(self, site: str) -> bool:
        """Forget whoever sat here and looked at a site. Say whether the next one may come.

        A page that was closed, or something that cannot be taken back: both are the end.
        """
        if self._is_spoiled or self._page.is_closed():
            return False
        try:
            self._leave(site)
            self._forget(site)
        except Error:
            return False
        self._is_free = True
        return True

    def _leave(self, site: str) -> None:
        while self._sessions:
            self._sessions.pop().detach()
        for page in self.context.pages:
            if page is not self._page:
                page.close()
        if "set_offline" in self._done:
            self.context.set_offline(False)
        if "route" in self._done:
            self.context.unroute_all()
            self._page.unroute_all()
        self._page.goto(site + QUIET)

    def _forget(self, site: str) -> None:
        self._control.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        self._control.send("Page.resetNavigationHistory")
        self.context.clear_cookies()
        if "grant_permissions" in self._done:
            self.context.clear_permissions()
        if "emulate_media" in self._done:
            scheme = self.options.get("color_scheme", "light")
            self._page.emulate_media(media="null", color_scheme=scheme, reduced_motion="no-preference")
        self._page.mouse.move(-1, -1)
        self._done.clear()

    def _watch(self, of: object, name: str, then: Callable[[Any], object]) -> None:
        does = getattr(of, name)

        def watched(*args: Any, **options: Any) -> Any:
            result = does(*args, **options)
            then(result)
            return result

        setattr(of, name, watched)

    def _note(self, name: str, _result: object) -> None:
        self._done.add(name)

    def _spoil(self, _result: object) -> None:
        self._is_spoiled = True


class Seats:
    """All seats of a process; `take` one and `give_back` it."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._free: dict[str, list[Seat]] = defaultdict(list)

    def take(self, **options: Any) -> Seat:
        """Return a clean browser with such options."""
        options = {"service_workers": "block"} | options
        free = self._free[repr(sorted(options.items()))]
        return free.pop() if free else Seat(self._chromium, options)

    def give_back(self, seat: Seat, site: str) -> None:
        """Keep a browser for others, or close it if it cannot be as new."""
        if seat.clear(site) and sum(map(len, self._free.values())) < KEPT:
            self._free[repr(sorted(seat.options.items()))].append(seat)
        else:
            seat.context.close()

    def close(self) -> None:
        """Close those that nobody has."""
        for free in self._free.values():
            while free:
                free.pop().context.close()
