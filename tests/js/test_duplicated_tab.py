"""A tab that is duplicated takes along what the first kept for itself, and is still another tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.js.acts import saved
from tests.js.stub import Stub
from tests.live.listening import wait_until

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('typing:')).map((key) => sessionStorage[key]).join()"


def duplicate(page: Page) -> Page:
    """As the menu of a tab does: what is kept for the tab goes along."""
    with page.expect_popup() as opened:
        page.evaluate("() => { window.open(location.href) }")
    opened.value.locator("body[data-stream=open]").wait_for(state="attached")
    return opened.value


def begin(page: Page) -> None:
    """Write half a new note."""
    page.get_by_role("button", name="Add to costs").click()
    page.keyboard.type("Night")
    wait_until(lambda: "Night" in page.evaluate(KEPT))


def test_a_note_begun_in_a_tab_that_is_duplicated_becomes_one_in_each(visit: Visit, board: Stub) -> None:
    one = visit()
    begin(one)
    two = duplicate(one)
    for page, words in ((one, "Night beds"), (two, "Night watch")):
        field = page.locator("[data-list='c1:costs'] [data-editing] textarea")
        expect(field).to_have_value("Night")
        field.fill(words)
        field.press("Enter")
        expect(page.locator(".is-pending")).to_have_count(0)
        saved(page, "saved")
    assert sorted(board.texts("costs")) == ["Night beds", "Night watch"]


def test_a_note_begun_is_opened_once_however_often_the_page_is_loaded(visit: Visit, board: Stub) -> None:
    page = visit()
    begin(page)
    for _ in range(2):
        page.reload()
        page.locator("html[data-ready]").wait_for(state="attached")
        expect(page.locator("[data-editing] textarea")).to_have_count(1)
        expect(page.locator("[data-editing] textarea")).to_have_value("Night")


def test_what_is_said_of_a_change_is_said_in_the_tab_that_made_it(visit: Visit, board: Stub) -> None:
    one = visit()
    one.reload()
    one.locator("body[data-stream=open]").wait_for(state="attached")
    two = duplicate(one)
    board.toast = '<div class="toast" id="toast-undo"><p>Deleted</p></div>'
    one.locator(".note", has_text="Fixed plan").focus()
    one.keyboard.press("Delete")
    expect(one.locator("#toasts .toast")).to_have_text("Deleted")
    board.add("costs", "Later")
    expect(two.get_by_text("Later", exact=True)).to_be_visible()
    expect(two.get_by_text("Fixed plan")).to_have_count(0)
    expect(two.locator("#toasts .toast")).to_have_count(0)
