"""What somebody wrote and the server does not have yet stays theirs: typed on, kept over a reload, or shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.value_fit import operations
from tests.browser.conftest import PHONE, Visits
from tests.browser.test_at_the_same_time import Held
from tests.factories import Cast
from tests.value_fit.conftest import Table, table

pytestmark = pytest.mark.browser
__all__ = ["table"]
RIGHTS_CHANGED = """() => {
    window.rightsChanged = new Promise((done) => document.body.addEventListener(
        "htmx:oobAfterSwap", ({ detail }) => detail.target.id === "rights" && setTimeout(done)
    ))
}"""


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


def test_a_sentence_that_is_being_reworded_stays_over_a_reload(rewording: Page, visit: Visits) -> None:
    page, field = rewording, rewording.locator(".joint-edit textarea")
    reword(page)
    field.fill("Licence and drawings")
    page.reload()
    visit.wait_until_live(page)
    expect(field).to_have_value("Licence and drawings")
    field.press("Enter")
    expect(page.locator("#joint-transfer .joint > .text")).to_have_text("Licence and drawings")
    reword(page)
    expect(field).to_have_value("Licence and drawings")
    field.press("End")
    page.keyboard.type(" of both")
    page.keyboard.press("Escape")
    reword(page)
    expect(field).to_have_value("Licence and drawings")  # given up is given up


def test_words_in_the_phones_field_stay_over_a_look_at_the_other_sheet(visit: Visits, cast: Cast) -> None:
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/sketch/start/", viewport=PHONE)
    field = page.locator("#composer-text")
    field.fill("Half a sentence")
    for side in ("end", "start"):
        page.locator(f"a[href*='/sketch/{side}/']:visible").first.click()
        page.wait_for_url(f"**/sketch/{side}/")
        visit.wait_until_live(page)
    expect(field).to_have_value("Half a sentence")
    field.press("Enter")
    page.reload()
    visit.wait_until_live(page)
    expect(field).to_have_value("")


def test_words_on_compare_may_be_finished_when_it_is_made_private_meanwhile(table: Table, visit: Visits) -> None:
    about = f"/p/{table.cast.with_delonghi.pk}/compare/"
    anas, bos = visit(table.cast.ana, about), visit(table.cast.bo, about)
    field = bos.get_by_placeholder("An offer of Nespresso").first
    field.fill("Half a sentence")
    bos.evaluate(RIGHTS_CHANGED)
    anas.locator("#session").get_by_role("button", name="Make private").first.click()
    anas.locator(":popover-open").get_by_role("button", name="Make private until reveal").click()
    bos.evaluate("rightsChanged")
    expect(field).to_have_value("Half a sentence")
    field.fill("")
    expect(bos.get_by_role("heading", name="Private until reveal")).to_be_visible()


def test_a_comment_that_was_begun_stays_over_escape_and_a_reload_until_ctrl_enter_says_it(
    visit: Visits, table: Table
) -> None:
    cast, note = table.cast, table.cast.note("Boutiques", block="channels")
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/models/start/")
    field = page.get_by_label("Your comment")

    def open_comments() -> None:
        page.locator(f"#note-{note.pk}").press("Shift+F10")
        page.locator("#popover").get_by_role("button", name="Comments").click()
        expect(field).to_be_focused()

    open_comments()
    page.keyboard.type("Who runs")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.reload()
    open_comments()
    expect(field).to_have_value("Who runs")
    page.keyboard.press("End")
    page.keyboard.type(" them?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment-text")).to_have_text("Who runs them?")
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    open_comments()
    expect(field).to_have_value("")
