"""The fit grid in a real browser: walked by keys, fetched anew under a steady focus, printed, read by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visits
from tests.factories import Cast
from tests.value_fit.conftest import Table, table
from tests.value_fit.crowd import crowded_comparison

pytestmark = pytest.mark.browser
__all__ = ["table"]  # the fixture


def focused(page: Page) -> str:
    """What has the focus, in words."""
    return str(page.evaluate("document.activeElement.innerText.replace(/\\s+/g, ' ').trim()"))


def pages_of(page: Page) -> int:
    """On how many sheets of paper a page prints."""
    counts = re.findall(rb"/Type /Pages\s*/Count (\d+)", page.pdf(prefer_css_page_size=True))
    return max(map(int, counts))  # that of the whole; large documents have groups of pages


def test_what_others_rate_comes_in_under_the_focus_and_arrows_walk(table: Table, visit: Visits) -> None:
    table.rate(table.cast.bo, table.licence, table.system, 2)
    page = visit(table.cast.bo, f"/p/{table.cast.with_delonghi.pk}/grid/")
    page.locator("#grid-end-0 tbody td a").focus()
    assert focused(page) == "waiting for De'Longhi; said: mostly"
    table.rate(table.cast.carla, table.licence, table.system, 2)
    expect(page.locator("#grid-end-0 tbody td a")).to_have_text("both say: mostly")
    page.wait_for_function("document.activeElement.innerText.includes('both say: mostly')")

    # A table is one stop for Tab.
    expect(page.locator("#grid-end-0 [tabindex='0']")).to_have_count(1)
    page.locator("#grid-end-0 tbody th a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Demand pull of a premium brand"

    # Arrows walk, and Enter leads to the need.
    page.locator("#grid-end-0 tbody th a").first.focus()
    for key, lands_on in [
        ("ArrowRight", "both say: mostly"),
        ("ArrowRight", "both say: mostly"),
        ("ArrowRight", ""),
        ("ArrowDown", ""),
        ("Home", "Demand pull of a premium brand"),
        ("Control+Home", "De'Longhi needs"),
        ("Control+End", ""),
    ]:
        page.keyboard.press(key)
        assert focused(page) == lands_on
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/compare/#row-{table.pull.pk}")


def test_fifteen_by_fifteen_print_on_one_page_each_and_more_on_several(cast: Cast, visit: Visits) -> None:
    crowded_comparison(cast, 15, 15)
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/grid/")
    assert pages_of(page) == 2, "one for each direction"
    crowded_comparison(cast, 0, 20)
    page.reload()
    assert pages_of(page) == 6, "three parts of up to fifteen offers, twice"


@pytest.mark.axe
def test_axe_finds_nothing_in_one_of_several_parts(cast: Cast, visit: Visits) -> None:
    crowded_comparison(cast, 2, 17)
    assert violations(visit(cast.bo, f"/p/{cast.with_delonghi.pk}/grid/")) == []
