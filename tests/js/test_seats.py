"""A browser that is given back is as new for the next test, which finds nothing of the one before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page, expect

from tests.js.conftest import LAPTOP
from tests.js.stub import Stub
from tests.plugins.seats import Seat, Seats

pytestmark = pytest.mark.browser

LEAVE_TRACES = """async () => {
  localStorage.setItem("kept", "1")
  sessionStorage.setItem("kept", "1")
  document.cookie = "kept=1"
  await caches.open("kept")
  await new Promise((done) => { indexedDB.open("kept").onsuccess = done })
  // What a page writes while it is left is gone as well.
  addEventListener("pagehide", () => { for (const store of [localStorage, sessionStorage]) store.setItem("late", "1") })
}"""
FIND_TRACES = """async () => ({
  stored: [localStorage.length, sessionStorage.length, (await caches.keys()).length],
  databases: (await indexedDB.databases()).map(({ name }) => name),
  cookies: document.cookie.includes("kept"),
  history: history.length,
  may: (await navigator.permissions.query({ name: "clipboard-read" })).state,
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  calm: matchMedia("(prefers-reduced-motion: reduce)").matches,
  printed: matchMedia("print").matches,
  online: navigator.onLine,
})"""


@pytest.fixture
def plain(board: Stub) -> str:
    """The address of a page that does nothing by itself: all of it tells whether the pointer is over it."""
    board.bodies["/plain/"] = "<!doctype html><title>Plain</title><body><p>Words</p>"
    return f"{board.url}/plain/"


def sit(seat: Seat, address: str) -> Page:
    page = seat.page(LAPTOP)
    page.goto(address)
    return page


def test_the_next_one_finds_nothing(seats: Seats, board: Stub, plain: str) -> None:
    seat = seats.take()
    page = sit(seat, plain)
    new = page.evaluate(FIND_TRACES)
    page.evaluate(LEAVE_TRACES)
    page.locator("p").hover()
    expect(page.locator("p:hover")).to_be_attached()
    seat.context.grant_permissions(["clipboard-read"])
    page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    page.route("**/plain/", lambda route: route.abort())
    seat.context.route("**/plain/", lambda route: route.abort())
    beside = seat.page(LAPTOP)
    seat.context.set_offline(True)
    assert {name for name, found in page.evaluate(FIND_TRACES).items() if found == new[name]} == {"history"}
    seats.give_back(seat, board.url)

    again = seats.take()
    assert again is seat
    assert again.context.cookies() == []
    assert beside.is_closed()
    found = sit(again, plain)
    assert found is page
    assert found.evaluate(FIND_TRACES) == new
    assert found.evaluate("document.querySelectorAll(':hover').length") == 0
    assert again.context.pages == [found]
    seats.give_back(again, board.url)


@pytest.mark.parametrize("elsewhere", ["another host", "a page that never came"])
def test_who_ends_elsewhere_leaves_nothing_either(seats: Seats, board: Stub, plain: str, elsewhere: str) -> None:
    seat = seats.take()
    page = sit(seat, plain)
    new = page.evaluate(FIND_TRACES)
    page.evaluate(LEAVE_TRACES)
    if elsewhere == "another host":
        page.goto(plain.replace("127.0.0.1", "localhost"))
    else:
        seat.context.set_offline(True)
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(f"{plain}?again")
    seats.give_back(seat, board.url)
    again = seats.take()
    assert sit(again, plain) is page
    assert page.evaluate(FIND_TRACES) == new
    seats.give_back(again, board.url)
