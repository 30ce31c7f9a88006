"""A browser with two people's pages, and the stub they talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebError

from tests.js.stub import Stub
from tests.plugins.seats import Seat, Seats, patient_context
from tests.ports import own_port

LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Where one stub after another listens."""
    with own_port() as port:
        yield port


@pytest.fixture
def board(port: int) -> Iterator[Stub]:
    """The stub with three offers and one want."""
    stub = Stub()
    for text in ("Short wait", "Fixed plan", "Teaching hour"):
        stub.add("offers", text)
    stub.add("wants", "Home check")
    stub.start(port)
    yield stub
    stub.stop()


@pytest.fixture
def seat(seats: Seats, board: Stub) -> Iterator[Seat]:
    """Where one person sits."""
    seat = seats.take()
    yield seat
    seats.give_back(seat, board.url)


@pytest.fixture
def context(seat: Seat) -> BrowserContext:
    """One person's browser."""
    return seat.context


@pytest.fixture
def visit(seat: Seat, board: Stub) -> Iterator[Callable[..., Page]]:
    """Opens the board in a tab and waits until it is live; any error in the page fails the test."""
    errors: list[str] = []

    def hear(error: WebError) -> None:
        errors.append(str(error.error))

    def open_tab(url: str = "", in_context: BrowserContext | None = None) -> Page:
        if in_context:
            in_context.on("weberror", hear)
        tab = in_context.new_page() if in_context else seat.page(LAPTOP)
        tab.goto(url or f"{board.url}/board/")
        tab.locator("html[data-ready]").wait_for(state="attached")
        tab.locator("body[data-stream=open]").wait_for(state="attached")
        return tab

    seat.context.on("weberror", hear)
    yield open_tab
    seat.context.remove_listener("weberror", hear)
    assert errors == []


@pytest.fixture
def own_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that nobody had before and nobody has after."""
    context = patient_context(chromium, viewport={"width": 1280, "height": 800})
    yield context
    context.close()
