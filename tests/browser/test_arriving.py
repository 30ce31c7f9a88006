"""From the code on the wall to the first note, while the facilitator watches people come in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from partners.canvases import operations as sheets
from partners.workspaces.models import Invitation
from partners.workspaces.operations import follow_in_room, invite
from partners.workspaces.operations.sharing import spoken_code
from tests.browser.conftest import PHONE, Visits
from tests.browser.noticing import noticing
from tests.factories import Cast

pytestmark = pytest.mark.browser


def row(page: Page, name: str):  # type: ignore[no-untyped-def]
    """A person in the list."""
    return page.locator("#members tbody tr").filter(has=page.get_by_role("rowheader", name=name))


HELD_BACK = """() => { window.heldBack = new Promise((resolve) => {
    const held = (event) => event.target.id === "members" && resolve(event.defaultPrevented)
    document.body.addEventListener("htmx:beforeRequest", held)
}) }"""


def test_a_guest_writes_ten_seconds_after_typing_the_code_and_closes_no_menu(visit: Visits, cast: Cast) -> None:
    members = visit(cast.ana, f"/w/{cast.workspace.pk}/members/")
    watching = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/end/")
    menu = members.get_by_role("group", name="What Carla Rossi sees")
    row(members, "Carla Rossi").get_by_role("button", name="What Carla Rossi sees: 1 partnership").click()
    expect(menu).to_be_visible()
    members.evaluate(HELD_BACK)

    phone = visit(None, "/join/", viewport=PHONE, has_touch=True, is_mobile=True)
    phone.get_by_label("Code").fill(spoken_code(cast.code.code).lower())
    phone.get_by_role("button", name="Join").tap()
    phone.get_by_label("Your name").fill("Gina Bay")
    phone.get_by_role("button", name="Join De'Longhi").tap()
    expect(phone.get_by_text("Who do we serve?").locator("visible=true").first).to_be_visible()
    visit.wait_until_live(phone)
    with noticing(watching, "[data-block=customer_segments] .typing", "Gina Bay"):
        phone.get_by_placeholder("New note in Customer Segments").press_sequentially("Retailers of small appliances")
    phone.get_by_role("button", name="Add", exact=True).tap()
    expect(phone.locator(".note").get_by_text("Retailers of small appliances")).to_be_visible()

    assert members.evaluate("window.heldBack") is True
    expect(menu).to_be_visible()
    expect(row(members, "Gina Bay")).to_have_count(0)
    members.keyboard.press("Escape")
    expect(row(members, "Gina Bay")).to_be_visible()


def test_who_is_led_to_a_full_block_sees_its_title(visit: Visits, cast: Cast) -> None:
    model = cast.model(cast.nespresso)
    sheets.paste_notes(sheet=cast.seen(cast.bo, model), block="channels", lines="\n".join(map(str, range(20))))
    block = f"#b-{model.pk}-channels"
    address = f"/p/{cast.with_delonghi.pk}/models/start/{block}"
    phone = visit(cast.bo, address, viewport=PHONE, has_touch=True, is_mobile=True)
    frame, title = phone.locator("#frame").bounding_box(), phone.locator(f"[id='{block[1:]}']").bounding_box()
    assert frame
    assert title
    assert title["y"] >= frame["y"] + frame["height"]


def test_a_guest_who_is_moved_or_taken_out_is_led_there_at_once(visit: Visits, cast: Cast) -> None:
    members = visit(cast.ana, f"/w/{cast.workspace.pk}/members/")
    watching = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/sketch/end/")
    theirs = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/sketch/", viewport=PHONE)
    carla = row(members, "Carla Rossi")

    # to the partner and back: each time the sheet that is theirs now
    expect(theirs.locator("section.sheet")).to_have_attribute("data-side", "end")
    carla.get_by_role("button", name="Carla Rossi speaks for Nespresso").click()
    expect(theirs.locator("section.sheet")).to_have_attribute("data-side", "start")
    expect(theirs.locator("section.sheet")).to_have_attribute("data-can", re.compile("write"))
    expect(watching.locator(".sheet-head")).to_contain_text("a guess")
    carla.get_by_role("button", name="Carla Rossi speaks for De'Longhi").click()
    expect(watching.locator(".sheet-head")).not_to_contain_text("a guess")
    expect(theirs.locator("section.sheet")).to_have_attribute("data-side", "end")

    # to a company that is not in this partnership
    carla.get_by_role("button", name="Carla Rossi speaks for Breville").click()
    expect(carla.locator(".chip[aria-pressed=true]")).to_have_text("Breville")
    theirs.wait_for_url("**/workshops/")
    expect(theirs.locator("#toasts")).to_contain_text("What you had open is not shared with you any more")
    expect(theirs.locator("main")).to_contain_text("Breville")
    expect(theirs.locator("main")).not_to_contain_text("De'Longhi")

    # and out
    carla.get_by_role("button", name="Carla Rossi speaks for De'Longhi").click()
    expect(carla.locator(".chip[aria-pressed=true]")).to_have_text("De'Longhi")
    visit.lead(theirs, f"/p/{cast.with_delonghi.pk}/models/end/")
    carla.get_by_role("button", name="More for Carla Rossi").click()
    members.get_by_role("button", name="Take out; what they wrote stays").click()
    theirs.wait_for_url(f"{visit.base}/")
    expect(carla).to_have_count(0)


def test_the_wall_follows_the_facilitator_and_shows_what_is_written(visit: Visits, cast: Cast) -> None:
    link = invite(viewer=cast.viewer(cast.ana), kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
    wall = visit(None, f"/room/{link.code}/", viewport={"width": 1920, "height": 1080})
    expect(wall.get_by_text(spoken_code(cast.code.code))).to_be_visible()
    anas = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/")
    anas.get_by_role("button", name="Show this on the wall").click()
    expect(wall.get_by_role("heading", name="Nespresso: business model")).to_be_visible()
    visit.wait_until_live(wall)
    cast.note("Club membership")
    expect(wall.locator(".note").get_by_text("Club membership")).to_be_visible()
    follow_in_room(viewer=cast.viewer(cast.ana), page=f"{cast.with_delonghi.pk}/sketch/end")
    expect(wall.get_by_role("heading", name="as De'Longhi sees it")).to_be_visible()
