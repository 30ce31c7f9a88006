"""What somebody wrote and the server does not have yet stays theirs: typed on, kept over a reload, or shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.value_fit import operations
from tests.browser.conftest import Visits
from tests.browser.test_at_the_same_time import Held
from tests.value_fit.conftest import Table, table

pytestmark = pytest.mark.browser
__all__ = ["table"]


@pytest.fixture
def rewording(table: Table, visit: Visits) -> Page:
    """Bo, where a joint sentence of his can be reworded."""
    seen = table.seen(table.cast.bo)
    operations.add_sentence(seen=seen, kind="transfer", text="Licence and specifications")
    return visit(table.cast.bo, f"/p/{table.cast.with_delonghi.pk}/compare/#band-3")


def reword(page: Page) -> None:
    page.locator("#joint-transfer").get_by_role("button", name="Reword").click()
    expect(page.locator(".joint-edit textarea")).to_be_focused()


def test_who_rewords_a_sentence_twice_on_slow_wifi_types_on_their_own_words(rewording: Page) -> None:
    page, slow = rewording, Held(rewording, "**/sentences/*/")
    reword(page)
    page.locator(".joint-edit textarea").fill("Licence and drawings")
    page.keyboard.press("Enter")
    slow.wait()
    reword(page)
    expect(page.locator(".joint-edit textarea")).to_have_value("Licence and drawings")
    page.locator(".joint-edit textarea").fill("Licence and plans")
    page.keyboard.press("Enter")
    slow.let_go()
    expect(page.locator(".is-pending")).to_have_count(0)
    expect(page.locator("#joint-transfer .joint > .text")).to_have_text("Licence and plans")
