"""Private until reveal, as both teams live it: nobody sees the other’s sketch, then everybody at the same moment."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.workspaces.models import Invitation, Membership
from partners.workspaces.operations import change_member, follow_in_room, invite, seal
from tests.browser.conftest import PHONE, Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser


def sketch(cast: Cast, side: str) -> str:
    """The address of a side's sketch."""
    return f"/p/{cast.with_delonghi.pk}/sketch/{side}/"


def add(page: Page, text: str) -> None:
    """Write a note into a large block and leave the composer."""
    page.get_by_role("button", name="Add a note to Transfer Activities").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".sheet .note .text", has_text=text)).to_be_visible()


def wall(visit: Visits, cast: Cast) -> Page:
    """The room screen, sent to De'Longhi's sketch."""
    ana = cast.viewer(cast.ana)
    follow_in_room(viewer=ana, page=f"{cast.with_delonghi.pk}/sketch/end")
    return visit(None, f"/room/{invite(viewer=ana, kind=Invitation.Kind.ROOM).code}/")


def test_two_teams_sketch_apart_and_open_at_once(visit: Visits, cast: Cast) -> None:
    anas, carlas = visit(cast.ana, sketch(cast, "start")), visit(cast.carla, sketch(cast, "end"))
    screen = wall(visit, cast)
    add(carlas, "Before the seal")

    anas.locator("#session").get_by_role("button", name="Make private").first.click()
    anas.locator(":popover-open").get_by_role("button", name="Make private until reveal").click()
    expect(anas.locator("#session").get_by_role("button", name="Reveal both")).to_be_visible()  # its menu has closed
    for page in (anas, carlas):
        expect(page.locator("#edge")).to_contain_text("private until reveal")
    expect(carlas.get_by_text("only De'Longhi sees it until the reveal")).to_be_visible()
    expect(carlas.get_by_text("Before the seal")).to_be_visible()
    expect(screen.locator(".sheet-down")).to_have_count(2)

    bos = visit(cast.bo, sketch(cast, "end"))
    expect(bos.get_by_text("De'Longhi’s sketch is private until reveal").last).to_be_visible()
    add(carlas, "A working capsule system")
    add(anas, "Shelf and channel marketing")
    for page in (anas, bos, screen):
        assert "capsule system" not in page.content()
        assert "Before the seal" not in page.content()

    anas.locator("#session").get_by_role("button", name="Reveal both").click()
    ask = anas.locator(":popover-open")
    expect(ask).to_contain_text("Everybody of Nespresso and De'Longhi reads at once what the other wrote")
    ask.get_by_role("button", name="Reveal Nespresso and De'Longhi").click()
    expect(bos.locator(".sheet").get_by_text("A working capsule system")).to_be_visible()
    expect(screen.get_by_text("A working capsule system")).to_be_visible()
    for page, other in ((anas, "De'Longhi"), (carlas, "Nespresso")):
        expect(page.locator("a#edge")).to_contain_text(f"Open {other}’s sheet")
    carlas.locator("#edge").click()
    expect(carlas.get_by_text("Shelf and channel marketing")).to_be_visible()


def test_who_reads_the_others_sheet_when_it_is_sealed_sees_it_turn_over(visit: Visits, cast: Cast) -> None:
    cast.note("A working capsule system", by=cast.carla, block="desired_value",
              canvas=cast.sheet(cast.with_delonghi, cast.delonghi))  # fmt: skip
    bos = visit(cast.bo, sketch(cast, "end"))
    expect(bos.get_by_text("A working capsule system")).to_be_visible()
    seal(cast.viewer(cast.ana), cast.with_delonghi)
    expect(bos.locator("main.coming")).to_contain_text("Until then only De'Longhi sees it")
    expect(bos.get_by_text("A working capsule system")).to_have_count(0)
    bos.get_by_role("link", name="Open Nespresso’s sheet").click()
    expect(bos.locator(".sheet h2").first).to_contain_text("as Nespresso sees it")


def test_a_facilitator_of_no_company_asks_to_look(visit: Visits, cast: Cast) -> None:
    cast.note("A working capsule system", by=cast.carla, block="desired_value",
              canvas=cast.sheet(cast.with_delonghi, cast.delonghi))  # fmt: skip
    noor = cast.join("Noor Bakker", None)
    ana, wide = cast.viewer(cast.ana), Membership.Scope.WORKSPACE
    change_member(viewer=ana, member=noor, role=Membership.Role.FACILITATOR, scope=wide)
    seal(ana, cast.with_delonghi)
    models = visit(noor, f"/p/{cast.with_delonghi.pk}/models/start/")
    expect(models.locator(".sheet-down")).to_contain_text("private until reveal")
    noors = visit(noor, sketch(cast, "end"))
    noors.get_by_role("button", name="Look", exact=True).click()
    noors.get_by_role("button", name="Look at both sketches").click()
    expect(noors.locator(".sheet").get_by_text("A working capsule system")).to_be_visible()
    expect(models.locator(".rail")).to_be_visible()


def test_on_a_phone_a_lock_stands_beside_the_others_name(visit: Visits, cast: Cast) -> None:
    seal(cast.viewer(cast.ana), cast.with_delonghi)
    carlas = visit(cast.carla, sketch(cast, "end"), viewport=PHONE)
    other = carlas.get_by_role("link", name="Nespresso, private until reveal")
    expect(other.locator("svg")).to_be_visible()
    expect(carlas.get_by_role("link", name="De'Longhi", exact=True).locator("svg")).to_have_count(0)
    other.click()
    expect(carlas.locator("main.coming")).to_contain_text("Until then only Nespresso sees it")


def test_compare_and_the_pages_beside_it_say_why_they_turn_over_and_open_again(visit: Visits, cast: Cast) -> None:
    cast.note("A working capsule system", by=cast.carla, block="desired_value",
              canvas=cast.sheet(cast.with_delonghi, cast.delonghi))  # fmt: skip
    about = f"/p/{cast.with_delonghi.pk}"
    anas, bos = visit(cast.ana, f"{about}/compare/"), visit(cast.bo, f"{about}/compare/")
    grid, sums, joint = (visit(cast.bo, f"{about}/{page}/") for page in ("grid", "sums/end", "sentences"))
    outcome = visit(cast.bo, f"{about}/outcome/")
    expect(bos.locator(".need-row")).to_contain_text("A working capsule system")

    anas.locator("#session").get_by_role("button", name="Make private").first.click()
    anas.locator(":popover-open").get_by_role("button", name="Make private until reveal").click()
    for page in (anas, bos, grid, sums, joint):
        expect(page.get_by_role("heading", name="Private until reveal")).to_be_visible()
        expect(page.get_by_text("A working capsule system")).to_have_count(0)
    expect(outcome.locator("#outcome-note")).to_contain_text("private until the facilitator reveals them")

    anas.locator("#session").get_by_role("button", name="Reveal both").click()
    anas.locator(":popover-open").get_by_role("button", name="Reveal Nespresso and De'Longhi").click()
    for page in (anas, bos):
        expect(page.locator(".need-row")).to_contain_text("A working capsule system")
        expect(page.locator("#toasts .toast")).to_have_count(0)
    for page in (grid, sums):
        expect(page.get_by_text("A working capsule system").first).to_be_visible()
    expect(joint.get_by_role("heading", name="What is joint")).to_be_visible()
    expect(outcome.locator("#outcome-note")).to_be_empty()
