"""A browser with two people's pages, and the stub they talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.js.stub import Stub


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
