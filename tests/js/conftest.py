"""A browser with two people's pages, and the stub they talk to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.js.stub import Stub

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP room.test 127.0.0.1",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's headless Chromium where it is, else Playwright's own."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One person's browser."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def board() -> Iterator[Stub]:
    """The stub with three offers and one want."""
    stub = Stub()
    for text in ("Short wait", "Fixed plan", "Teaching hour"):
        stub.add("offers", text)
    stub.add("wants", "Home check")
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def visit(context: BrowserContext, board: Stub) -> Iterator[Callable[..., Page]]:
    """Opens the board in a tab and waits until it is live; any error in the page fails the test."""
    errors: list[str] = []

    def open_tab(url: str = "", in_context: BrowserContext | None = None) -> Page:
        tab = (in_context or context).new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(url or f"{board.url}/board/")
        tab.locator("html[data-ready]").wait_for(state="attached")
        tab.locator("body[data-stream=open]").wait_for(state="attached")
        return tab

    yield open_tab
    assert errors == []
