"""Agreeing how it gets across, with one person of each company in a browser of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.value_fit import operations
from partners.value_fit.models import JointSentence
from tests.browser.axe import violations
from tests.browser.conftest import Visits
from tests.browser.noticing import undo_in_toast
from tests.value_fit.conftest import Table, table

pytestmark = pytest.mark.browser
__all__ = ["table"]  # the fixture


@pytest.fixture
def both(table: Table, visit: Visits) -> tuple[Page, Page]:
    """Bo of Nespresso and Carla of De'Longhi, each with the band *How it gets across* open."""
    cast = table.cast
    table.agree(table.licence, table.system)
    cast.note("Licence and specifications", by=cast.ana, canvas=table.licence.canvas, block="transfer_activities")
    cast.note("Visits to each other", by=cast.carla, canvas=table.system.canvas, block="transfer_activities")
    address = f"/p/{cast.with_delonghi.pk}/compare/#band-3"
    return visit(cast.bo, address), visit(cast.carla, address)


def test_a_sentence_is_agreed_on_and_an_edit_asks_both_again_until_it_is_dropped(both: tuple[Page, Page]) -> None:
    bo, carla = both
    bo.get_by_role("button", name="Use Nespresso’s words").click()
    for page in both:
        expect(page.locator("#joint-transfer .joint > .text")).to_have_text("Licence and specifications")
        expect(page.locator("#joint-transfer .yeses")).to_contain_text("waiting for De'Longhi")
        expect(page.locator("#joint-transfer").get_by_role("link", name="in a joint sentence")).to_be_visible()

    for page, own, others in ((bo, "start", "end"), (carla, "end", "start")):
        expect(page.locator(f"#joint-transfer .may-agree-{others}")).to_be_hidden()
        page.locator(f"#joint-transfer .yes .may-agree-{own}").click()
    for page in both:
        expect(page.locator("#joint-transfer .joint")).to_have_class("joint is-agreed")
        expect(page.locator("[id^=summary-3-]")).to_have_text("Licence and specifications: agreed")
        expect(page.locator("#joint-transfer .yeses")).to_contain_text("De'Longhi says yes (Carla Rossi)")

    carla.locator("#joint-transfer").get_by_role("button", name="Reword").click()
    expect(carla.locator(".joint-edit textarea")).to_be_focused()
    carla.keyboard.type(", once a year")
    carla.keyboard.press("Enter")
    for page in both:
        expect(page.locator("#joint-transfer .joint > .text")).to_have_text("Licence and specifications, once a year")
        expect(page.locator("#joint-transfer .yeses")).to_contain_text("waiting for Nespresso")
        expect(page.locator("#joint-transfer .yeses")).to_contain_text("waiting for De'Longhi")

    bo.get_by_role("button", name="What changed").click()
    expect(bo.locator("#popover h2")).to_have_text("What changed since Nespresso said yes")
    expect(bo.locator("#popover ins")).to_contain_text(", once a year")
    bo.keyboard.press("Escape")
    expect(bo.get_by_role("button", name="What changed")).to_be_focused()

    # Pairs are chosen while the menu stays open.
    bo.locator("#joint-transfer").get_by_role("button", name="More for").click()
    bo.get_by_label("only these").check()
    expect(carla.locator("#joint-transfer .joint-about")).to_contain_text("carries: Technology licence at cost")
    bo.get_by_label("Technology licence at cost → Working capsule system").uncheck()
    expect(carla.locator("#joint-transfer .joint-about")).to_contain_text("carries no pair yet")
    bo.keyboard.press("Escape")
    expect(bo.locator("#joint-transfer").get_by_role("button", name="More for")).to_be_focused()

    carla.locator("#joint-transfer").get_by_role("button", name="More for").click()
    carla.get_by_role("button", name="Drop it").press("Enter")
    undo = undo_in_toast(carla)
    expect(carla.locator("#joint-transfer :focus")).to_be_visible()
    for page in both:
        expect(page.locator("#joint-transfer .joint")).to_have_count(0)
        expect(page.locator("#joint-transfer .joint-empty")).to_be_visible()
    undo.click()
    for page in both:
        expect(page.locator("#joint-transfer .joint > .text")).to_have_text("Licence and specifications, once a year")


def test_what_both_type_is_merged_and_told_or_kept(table: Table, both: tuple[Page, Page]) -> None:
    bo, carla = both
    words = "#joint-transfer .joint > .text"
    bo.get_by_role("button", name="Use Nespresso’s words").click()
    for page in both:
        page.locator("#joint-transfer").get_by_role("button", name="Reword").click()
    bo.locator(".joint-edit textarea").fill("Open licence and specifications")
    bo.keyboard.press("Enter")
    expect(bo.locator("#joint-transfer .joint")).to_have_attribute("data-version", "2")  # Bo was first
    carla.locator(".joint-edit textarea").fill("Licence and specifications, yearly")
    carla.keyboard.press("Enter")
    told = carla.get_by_role("group", name="Merged with Bo Keller’s change")
    told.get_by_text("View both").click()
    expect(told).to_contain_text("Licence and specifications, yearly")
    bo.get_by_role("button", name="Yes, that is how it works").click()
    expect(carla.locator("#joint-transfer .yeses")).to_contain_text("Nespresso says yes")
    expect(told.get_by_text("What you typed")).to_be_visible()  # it stays open under what others do
    assert violations(carla) == []
    told.get_by_role("button", name="Undo").click()
    expect(told).to_have_count(0)
    for page in both:
        expect(page.locator(words)).to_have_text("Open licence and specifications")

    # Somebody drops what another is rewording.
    carla.locator("#joint-transfer").get_by_role("button", name="Reword").click()
    expect(carla.locator(".joint-edit textarea")).to_be_focused()
    carla.keyboard.type(", once a year")
    operations.remove_sentence(seen=table.seen(table.cast.bo), sentence=JointSentence.objects.get())
    carla.get_by_role("button", name="Keep mine as a new sentence").click()
    for page in both:
        expect(page.locator(words)).to_have_text("Open licence and specifications, once a year")

    # Both change the same words.
    for page in both:
        page.locator("#joint-transfer").get_by_role("button", name="Reword").click()
    bo.locator(".joint-edit textarea").fill("Licence and drawings")
    bo.keyboard.press("Enter")
    expect(bo.locator("#joint-transfer .joint")).to_have_attribute("data-version", "2")
    expect(bo.locator(words)).to_have_text("Licence and drawings")
    expect(carla.locator(".joint-edit textarea")).to_have_value("Open licence and specifications, once a year")
    carla.locator(".joint-edit textarea").fill("Licence and visits")
    carla.keyboard.press("Enter")
    versions = carla.locator("#joint-transfer .version .text")
    expect(versions).to_have_text(["Licence and drawings", "Licence and visits"])
    carla.get_by_role("button", name="Keep both as two sentences").click()
    for page in both:
        expect(page.locator(words)).to_have_text(["Licence and drawings", "Licence and visits"])
    expect(carla.locator("#drafts")).to_be_hidden()


def test_a_round_ends_before_everybodys_eyes(table: Table, visit: Visits) -> None:
    table.agree(table.licence, table.system)
    address = f"/p/{table.cast.with_delonghi.pk}/compare/"
    ana, carla = visit(table.cast.ana, address), visit(table.cast.carla, address)
    ana.locator(".round-line a").click()
    ana.get_by_label("Keep this round as").fill("First look")
    ana.get_by_role("button", name="Start round 2").click()
    for page in (ana, carla):
        expect(page.locator(".round-line")).to_have_text("Round 2")
        expect(page.locator(f"#row-{table.system.pk}")).to_contain_text("De'Longhi in round 1")
    ana.get_by_role("link", name="What moves since").click()
    expect(ana.locator("h1")).to_have_text("What moved since round 1")
    table.agree(table.brand, table.pull)
    expect(ana.locator("#moved")).to_contain_text("up 50 points")
