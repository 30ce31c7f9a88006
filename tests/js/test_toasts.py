"""A toast leaves by itself, but never from under somebody who is at it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SHOW = """() => {
    const toast = document.createElement("div")
    toast.className = "toast"
    toast.dataset.toast = "8"
    toast.innerHTML = "<p>Deleted</p><button>Undo</button>"
    document.body.dispatchEvent(new CustomEvent("toast:show", { detail: { toast } }))
}"""


@pytest.fixture
def page(visit: Visit) -> Page:
    """With a toast that means to leave after eight seconds, and a clock that tests wind on."""
    page = visit()
    page.clock.install()
    page.evaluate(SHOW)
    return page


def test_leaves_when_its_time_is_over(page: Page) -> None:
    page.clock.run_for(9_000)
    expect(page.locator("#toasts .toast")).to_have_count(0)


@pytest.mark.parametrize("held_by", ["focus", "pointer"])
def test_stays_while_it_is_held_in_one_way_though_let_go_in_the_other(page: Page, held_by: str) -> None:
    toast, undo = page.locator("#toasts .toast"), page.get_by_role("button", name="Undo", exact=True)
    undo.focus()
    toast.hover()
    if held_by == "focus":
        page.mouse.move(5, 5)
    else:
        undo.blur()
    page.clock.run_for(9_000)
    expect(toast).to_have_count(1)
    if held_by == "focus":
        undo.blur()
    else:
        page.mouse.move(5, 5)
    page.clock.run_for(9_000)
    expect(toast).to_have_count(0)
