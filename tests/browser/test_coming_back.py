"""Hidden tabs, the back button, a server that was restarted: every browser shows what the database holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from tests.browser.conftest import Visits
from tests.factories import Cast
from tests.live.listening import Server

pytestmark = pytest.mark.browser

HIDE = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true })
  document.dispatchEvent(new Event("visibilitychange"))
}"""


@pytest.fixture
def page(visit: Visits, cast: Cast) -> Page:
    """Ana's page of Nespresso's business model."""
    cast.note("Patents", block="key_resources")
    return visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/")


def others_add(cast: Cast, text: str) -> Note:
    """Bo puts a note on the sheet."""
    return cast.note(text, by=cast.bo, block="key_resources")


def test_a_hidden_tab_and_the_back_button_show_the_present(page: Page, cast: Cast, visit: Visits) -> None:
    page.evaluate(HIDE, "hidden")
    page.locator("body[data-stream=paused]").wait_for(state="attached")
    others_add(cast, "Brand")
    gone = Note.objects.get(text="Patents")
    sheets.delete_note(sheet=cast.seen(cast.bo, gone.canvas), note=gone)
    page.evaluate(HIDE, "visible")
    expect(page.get_by_text("Brand", exact=True)).to_be_visible()
    expect(page.get_by_text("Patents")).to_have_count(0)

    page.goto(f"{visit.base}/workshops/")
    others_add(cast, "Retail")
    page.go_back()
    expect(page.get_by_text("Retail", exact=True)).to_be_visible()
    others_add(cast, "Own plants")
    expect(page.get_by_text("Own plants")).to_be_visible()


def test_a_restarted_server_is_found_again_and_gets_what_was_typed_meanwhile(
    page: Page, cast: Cast, site: Server
) -> None:
    site.__exit__()
    page.locator(".sheet [data-block=channels]").get_by_role("button", name="Add a note to Channels").click()
    page.keyboard.type("Boutiques")
    page.keyboard.press("Enter")
    expect(page.locator("[data-block=channels] .note.is-pending .text").first).to_have_text("Boutiques")
    page.locator("body[data-stream=lost]").wait_for(state="attached")
    others_add(cast, "Brand")
    with Server(port=site.port):
        expect(page.get_by_text("Brand", exact=True)).to_be_visible()
        sent = page.locator("[data-block=channels] .note:not(.is-pending)")
        expect(sent.filter(has_text="Boutiques")).to_be_visible()
        assert Note.objects.filter(text="Boutiques").count() == 1
        page.keyboard.type("Kiosks")
        page.keyboard.press("Enter")
        expect(sent.filter(has_text="Kiosks")).to_be_visible()


def test_a_page_opened_without_a_connection_says_what_is_kept_and_comes_back_by_itself(
    visit: Visits, cast: Cast, site: Server
) -> None:
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/models/start/", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    site.__exit__()
    page.locator("[data-block=channels]").get_by_role("button", name="Add a note to Channels").click()
    page.keyboard.type("Boutiques")
    page.keyboard.press("Enter")
    expect(page.locator("[data-block=channels] .note.is-pending .text").first).to_have_text("Boutiques")
    mistakes: list[str] = []
    page.on("pageerror", lambda mistake: mistakes.append(mistake.message))
    page.reload()
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    with Server(port=site.port):
        expect(page.locator("[data-block=channels] .note:not(.is-pending) .text")).to_have_text("Boutiques")
        assert Note.objects.filter(text="Boutiques").count() == 1
    assert mistakes == []
