"""Who may not see a partnership any more while its page is open: told so, and what they wrote stays with them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.canvases.models import Note
from partners.workspaces.operations.people import change_member
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser
NOW = """(state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true })
    document.dispatchEvent(new Event("visibilitychange"))
}"""


@pytest.fixture
def page(visit: Visits, cast: Cast) -> Page:
    """Carla's: she has begun a note and looked away, and was moved to another company meanwhile."""
    page = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/models/end/")
    page.locator(".sheet [data-block=channels]").get_by_role("button", name="Add a note to Channels").click()
    page.keyboard.type("Boutiques")
    page.evaluate(NOW, "hidden")
    page.locator("body[data-stream=paused]").wait_for(state="attached")
    viewer = cast.viewer(cast.ana)
    change_member(viewer=viewer, member=cast.carla, organisation=cast.breville, partnerships=[cast.with_breville])
    return page


def expect_told(page: Page) -> None:
    line = page.locator("[data-saved] > [data-when=closed]").first
    expect(line).to_be_visible()
    expect(line).to_have_text("This page is not shared with you any more Your workshops")
    expect(line.get_by_role("link", name="Your workshops")).to_have_attribute("href", "/")


def test_is_told_when_they_look_again_and_goes_on_typing(page: Page) -> None:
    page.evaluate(NOW, "visible")
    expect_told(page)
    expect(page.locator("[data-block=channels] textarea")).to_have_value("Boutiques")


def test_has_what_they_write_as_a_draft_with_the_reason(page: Page) -> None:
    page.keyboard.press("Enter")
    draft = page.locator("#drafts .draft", has_text="Boutiques")
    expect(draft).to_contain_text("This does not exist, or it is not shared with you.")
    page.evaluate(NOW, "visible")
    expect_told(page)
    expect(draft).to_be_visible()
    assert not Note.objects.filter(text="Boutiques").exists()
