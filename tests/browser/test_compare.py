"""Compare with one person of each company: docking by hand, by keys and by tap, rating, and what the other sees."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from partners.canvases.models import Note
from partners.value_fit.queries import NEEDS, OFFERS
from tests.browser.conftest import PHONE, Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def notes(cast: Cast) -> dict[str, Note]:
    """What Nespresso brings and De'Longhi needs, two of each, and one the other way round."""
    ours, theirs = (cast.sheet(cast.with_delonghi, company) for company in (cast.nespresso, cast.delonghi))
    return {
        "licence": cast.note("Technology licence", canvas=ours, block=OFFERS),
        "brand": cast.note("Brand and marketing", canvas=ours, block=OFFERS),
        "shelf": cast.note("Shelf space", canvas=ours, block=NEEDS),
        "system": cast.note("Working capsule system", by=cast.carla, canvas=theirs, block=NEEDS),
        "pull": cast.note("Demand pull", by=cast.carla, canvas=theirs, block=NEEDS),
        "retail": cast.note("Retail marketing", by=cast.carla, canvas=theirs, block=OFFERS),
    }


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/p/{cast.with_delonghi.pk}/compare/"


def row(page: Page, need: Note) -> Locator:
    return page.locator(f"#row-{need.pk}")


def tray(page: Page, offer: Note) -> Locator:
    return page.locator(f"#tray-{offer.pk} [data-offer]")


def test_offers_are_put_to_needs_by_hand_and_by_keys_and_nobody_sees_the_first_rating_early(
    visit: Visits, cast: Cast, notes: dict[str, Note], place: str
) -> None:
    ours, theirs = visit(cast.bo, place), visit(cast.carla, place)
    tray(ours, notes["licence"]).focus()
    ours.keyboard.press("Space")
    expect(ours.locator(".need-row.is-over")).to_have_count(1)
    ours.keyboard.press("Escape")
    expect(ours.locator(".need-row.is-over")).to_have_count(0)
    expect(tray(ours, notes["licence"])).to_be_focused()

    tray(ours, notes["licence"]).drag_to(row(ours, notes["system"]))
    expect(row(theirs, notes["system"])).to_contain_text("Technology licence")
    expect(tray(theirs, notes["licence"])).to_have_count(0)

    row(theirs, notes["system"]).get_by_role("button", name="fully").click()
    expect(row(theirs, notes["system"])).to_contain_text("waiting for Nespresso")
    expect(row(ours, notes["system"])).to_contain_text("De'Longhi has rated")
    expect(row(ours, notes["system"]).locator("[aria-pressed=true]")).to_have_count(0)

    row(ours, notes["system"]).get_by_role("button", name="fully").click()
    for page in (ours, theirs):
        expect(row(page, notes["system"])).to_contain_text("both say: fully")
        expect(page.locator(".score-end .number")).to_have_text("50 %")

    # By keys alone an offer is picked up, put and rated, and focus is kept.
    tray(theirs, notes["brand"]).focus()
    theirs.keyboard.press("Space")
    theirs.keyboard.press("ArrowDown")
    theirs.keyboard.press("Enter")
    expect(row(theirs, notes["pull"])).to_contain_text("Brand and marketing")
    expect(row(theirs, notes["pull"])).to_be_focused()
    choice = row(theirs, notes["pull"]).get_by_role("button", name="mostly")
    while not choice.evaluate("button => button === document.activeElement"):
        theirs.keyboard.press("Tab")
    theirs.keyboard.press("Enter")
    expect(row(theirs, notes["pull"])).to_contain_text("waiting for Nespresso")
    expect(row(theirs, notes["pull"]).locator(":focus")).to_have_count(1)

    # What is noted on a sheet shows among the companies' own words, and who is here stays.
    sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
    for block, band in (("transfer_activities", "transfer"), ("created_value", "created")):
        cast.note(f"On the {band} sheet", by=cast.ana, canvas=sketch, block=block)
        expect(theirs.locator(f"#own-{band}-start")).to_contain_text(f"On the {band} sheet")
    expect(theirs.locator("#people-start")).to_contain_text("Bo Keller")
    expect(theirs.locator("#people-end")).to_contain_text("Carla Rossi")


def test_on_a_phone_two_taps_dock_and_rate_and_it_stays_at_its_need(
    visit: Visits, cast: Cast, notes: dict[str, Note], place: str
) -> None:
    phone = visit(cast.carla, place, viewport=PHONE, has_touch=True, is_mobile=True)
    ours = visit(cast.bo, place)
    expect(phone.locator(".pager-at")).to_have_text("1 of 2")
    phone.get_by_role("button", name="Next").tap()
    expect(row(phone, notes["pull"])).to_be_visible()
    expect(row(phone, notes["system"])).to_be_hidden()
    row(phone, notes["pull"]).get_by_role("button", name="Dock an offer here").tap()
    options = phone.locator("#popover .options li").filter(has_text="Brand and marketing")
    options.get_by_role("button", name="fully").tap()
    expect(row(phone, notes["pull"])).to_contain_text("waiting for Nespresso")
    expect(row(ours, notes["pull"])).to_contain_text("De'Longhi has rated")

    row(ours, notes["pull"]).get_by_role("button", name="mostly").click()
    expect(row(phone, notes["pull"])).to_contain_text("counts as mostly")
    expect(phone.locator(".pager-at")).to_have_text("2 of 2")
    expect(row(phone, notes["pull"])).to_be_visible()
    expect(row(phone, notes["system"])).to_be_hidden()


def test_notes_are_added_right_there_and_nobody_offers_this_leads_to_what_to_do(
    visit: Visits, cast: Cast, notes: dict[str, Note], place: str
) -> None:
    ours, theirs = visit(cast.bo, place), visit(cast.carla, place)
    theirs.get_by_label("A need of De'Longhi").fill("Repair partners in towns")
    theirs.keyboard.press("Enter")
    fresh = ours.locator(".need-row").filter(has_text="Repair partners in towns")
    expect(fresh).to_be_visible()
    ours.get_by_label("An offer of Nespresso").fill("Club members")
    ours.keyboard.press("Enter")
    expect(theirs.locator(".tray-item").filter(has_text="Club members")).to_be_visible()

    row(theirs, notes["system"]).get_by_role("button", name="Nobody offers this").click()
    expect(row(ours, notes["system"]).locator(".said-nobody")).to_be_visible()
    finding = ours.locator(".finding-gap")
    expect(finding).to_contain_text("look for a third party")
    ours.locator("#band-button-2").click()
    expect(ours).to_have_url(re.compile("#band-2$"))  # the address names what is open
    finding.locator("[data-goto]").click()
    expect(row(ours, notes["system"])).to_be_focused()
