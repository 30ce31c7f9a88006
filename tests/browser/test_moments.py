"""Looking at a sheet as it was while others go on writing on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit: Visits, cast: Cast) -> Page:
    """Ana's page of the moments of Nespresso's business model, after two changes."""
    for text in ("Brand", "Patents"):
        cast.note(text, block="key_resources")
    return visit(cast.ana, f"/canvases/{cast.model(cast.nespresso).pk}/moments/")


def test_the_slider_follows_what_others_do_and_a_moment_that_was_chosen_stays(page: Page, cast: Cast) -> None:
    slider = page.get_by_role("slider")
    before = int(slider.get_attribute("max") or 0)
    cast.note("Own plants", by=cast.bo, block="key_resources")
    expect(slider).to_have_js_property("max", str(before + 1))
    expect(slider).to_have_js_property("value", str(before + 1))
    expect(page.locator("#moment")).to_contain_text("Own plants")
    expect(page.get_by_role("heading", name="Now", exact=True)).to_be_visible()

    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#moment")).to_contain_text(f"Change {before} of {before + 1}")
    expect(page.locator("#moment")).not_to_contain_text("Own plants")
    cast.note("Tasters", by=cast.bo, block="key_resources")
    expect(slider).to_have_js_property("max", str(before + 2))
    expect(slider).to_have_js_property("value", str(before))
    expect(slider).to_be_focused()
    expect(page.locator("#moment")).to_contain_text(f"Change {before} of {before + 2}")
    page.keyboard.press("End")
    expect(page.locator("#moment")).to_contain_text("Tasters")
