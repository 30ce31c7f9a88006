"""What people have set for their eyes and their browser is honoured: forced colours, motion, direction, no scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partners.workspaces.models import Invitation
from partners.workspaces.operations import follow_in_room, invite
from tests.browser.axe import resize
from tests.browser.conftest import LAPTOP, PHONE, Visits
from tests.factories import Cast
from tests.value_fit.conftest import lay_table

pytestmark = pytest.mark.browser
WALL = {"width": 1920, "height": 1080}
GROUND = "(one) => getComputedStyle(one, window.pseudo).backgroundColor"


def ground(page: Page, selector: str, pseudo: str = "") -> str:
    """The colour that is painted behind something."""
    page.evaluate("(pseudo) => { window.pseudo = pseudo }", pseudo)
    found: str = page.locator(selector).first.evaluate(GROUND)
    return found


def test_in_forced_colours_rules_ratings_and_the_place_are_seen(visit: Visits, cast: Cast) -> None:
    table = lay_table(cast)
    table.agree(table.licence, table.system, 2)
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/models/start/", forced_colors="active")
    assert ground(page, ".blocks") != ground(page, ".block")
    assert ground(page, ".places [aria-current]", "::after") != ground(page, ".frame")
    visit.lead(page, f"/p/{cast.with_delonghi.pk}/compare/")
    cells = page.locator(".need-row .meter[data-value='2'] i")
    painted = [cells.nth(cell).evaluate("(one) => getComputedStyle(one).backgroundColor") for cell in range(3)]
    assert painted[0] == painted[1] != painted[2]


def test_with_reduced_motion_nothing_moves(visit: Visits, cast: Cast, models: Callable[[str], str]) -> None:
    cast.note("Boutiques", block="channels")
    page = visit(cast.ana, models("start"))
    page.emulate_media(reduced_motion="reduce")
    page.locator("[data-block=channels] .note").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#toasts .toast")).to_be_visible()
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((one) => {
            const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(one)
            const lasts = (times) => times.split(", ").some((time) => parseFloat(time) > 0)
            const isMoved = lasts(animationDuration) && !["none", "arm"].includes(animationName)  // arm moves nothing
            const isMoving = lasts(transitionDuration) || isMoved || scrollBehavior === "smooth"
            return isMoving ? [one.outerHTML.slice(0, 80)] : []
        })"""
    )
    assert moving == []


def test_words_of_another_script_begin_where_the_page_does(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    note = cast.note("Boutiques", block="channels")
    page = visit(cast.ana, models("start"))
    page.evaluate("document.documentElement.dir = 'rtl'")
    gap = page.locator(f"#note-{note.pk} > .text").evaluate(
        """(text) => {
            const words = new Range()
            words.selectNodeContents(text)
            return text.closest(".note").getBoundingClientRect().right - words.getBoundingClientRect().right
        }"""
    )
    assert gap < 16


def test_without_scripts_it_says_so_and_offers_nothing_that_would_do_nothing(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    lay_table(cast)
    page = visit.browser_of(cast.ana, java_script_enabled=False).new_page()
    for address in (models("start"), f"/p/{cast.with_delonghi.pk}/compare/"):
        page.goto(visit.base + address)
        for size in (LAPTOP, PHONE):
            resize(page, size)
            expect(page.locator(".unscripted")).to_be_in_viewport()
            idle = page.locator("button[type=button]:not([popovertarget], .band > h2 > button)")
            expect(idle.filter(visible=True)).to_have_count(0)
            parts = page.locator(".sheet .block, .band-body, .need-row")
            expect(parts.first).to_be_visible()
            expect(parts.filter(visible=False)).to_have_count(0)


@pytest.mark.parametrize("place", ["compare", "outcome"])
def test_that_something_waits_stays_in_sight(visit: Visits, cast: Cast, place: str) -> None:
    lay_table(cast)
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/{place}/", viewport=PHONE)
    page.context.set_offline(True)
    field = page.get_by_label("What is to be done?" if place == "outcome" else "A need of De'Longhi")
    field.fill("Ask ten shops")
    field.press("Enter")
    status = page.locator("[data-saved]")
    expect(status).to_have_attribute("data-state", "offline")
    for size in (PHONE, LAPTOP):
        resize(page, size)
        for end in (0, 100_000):
            page.evaluate("(end) => scrollTo(0, end)", end)
            expect(status).to_be_in_viewport(ratio=1)
            head = page.locator(".scores, .outcome-head").first.bounding_box()
            pill = status.bounding_box()
            assert head
            assert pill
            assert pill["y"] >= head["y"] + head["height"], "what a page begins with is not covered"
    page.context.set_offline(False)
    expect(status).to_have_attribute("data-state", "saved")


def test_on_the_wall_nothing_lies_over_the_two_sheets(visit: Visits, cast: Cast) -> None:
    viewer = cast.viewer(cast.ana)
    link = invite(viewer=viewer, kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
    invite(viewer=viewer, kind=Invitation.Kind.CODE, partnership=cast.with_delonghi)
    follow_in_room(viewer=viewer, page=f"{cast.with_delonghi.pk}/sketch/start")
    wall = visit(None, f"/room/{link.code}/", viewport=WALL)
    expect(wall.locator(".sheet")).to_have_count(2)
    box = wall.locator(".join-box").bounding_box()
    sheet = wall.locator(".sheet").last.bounding_box()
    assert box
    assert sheet
    assert sheet["y"] + sheet["height"] <= box["y"] + 1
