"""Without a mouse: all that can be done on a board and on a workshop's pages is done by keys, with focus in sight.

One page load walks through many actions; what cannot be done, or leaves focus lost or unseen, is listed at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from partners.workspaces.models import Invitation
from partners.workspaces.operations import follow_in_room, invite
from tests.browser.conftest import Visits
from tests.browser.hands import Hands
from tests.factories import Cast

pytestmark = pytest.mark.browser


def in_block(page: Page, key: str) -> Locator:
    """The notes of a block."""
    return page.locator(f".sheet [data-block={key}] .note")


@pytest.fixture
def sketch(visit: Visits, cast: Cast) -> Hands:
    """Ana's sketch with a few notes."""
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    for text, block in (
        ("Shelf space", "desired_value"),
        ("Brand", "value_offer"),
        ("Shops", "value_offer"),
        ("Repeat buyers", "created_value"),
        ("It pays", "value_check"),
    ):
        cast.note(text, canvas=sheet, block=block)
    return Hands(visit(cast.ana, reverse("partnerships:sketch", args=[cast.with_delonghi.pk])))


def test_writing_moving_and_choosing(sketch: Hands) -> None:
    page = sketch.page
    sketch.reach(page.get_by_role("button", name="Add a note to Intent"))
    sketch.press("Enter")
    sketch.type("Reach more homes")
    sketch.press("Enter", "Escape")
    expect(in_block(page, "intent")).to_have_text([re.compile("Reach more homes")])
    sketch.see("add by +")

    sketch.on("Brand", "n")
    sketch.type("Club")
    sketch.press("Enter", "Escape")
    expect(in_block(page, "value_offer").locator(".text")).to_have_text(["Brand", "Club", "Shops"])
    sketch.see("add by N")

    sketch.on("Club", "Enter", "End")
    sketch.type(" feeling")
    sketch.press("Tab", "ArrowRight")  # to the colours, and to the second of them
    sketch.see("a colour while writing")
    sketch.press("Shift+Tab", "Enter")
    expect(page.locator(".note.fill-sun", has_text="Club feeling")).to_be_visible()
    sketch.see("edit")

    sketch.on("Brand", " ", "ArrowDown", "Enter")
    expect(in_block(page, "value_offer").locator(".text")).to_have_text(["Club feeling", "Brand", "Shops"])
    sketch.see("move within a block")
    sketch.on("Shelf space", "m", "ArrowRight", "Enter")
    expect(in_block(page, "desired_value")).to_have_count(0)
    sketch.see("move to another block")

    sketch.on("Club feeling", "Shift+ArrowDown", "Shift+F10")
    sketch.see("to what can be done with several")
    sketch.press("Enter", "Tab", "Tab", "Enter")
    expect(in_block(page, "desired_value").locator(".text")).to_have_text(["Club feeling", "Brand"])
    sketch.see("move several")
    sketch.press("Shift+F10", "Tab", "ArrowRight")
    expect(page.locator(".note.fill-leaf, .note.fill-sun")).to_have_count(2)
    sketch.see("colour several")
    sketch.press("Escape")
    expect(page.locator(".is-selected")).to_have_count(0)
    sketch.on("Shops", "Shift+Space")
    sketch.on("Club feeling", "Shift+Space", "Delete")
    expect(sketch.note("Shops")).to_have_count(0)
    sketch.see("delete several")
    sketch.press("Control+z")
    expect(sketch.note("Shops")).to_be_visible()
    sketch.press("Control+Shift+z")
    expect(sketch.note("Shops")).to_have_count(0)
    sketch.press("Control+z")
    expect(sketch.note("Shops")).to_be_visible()
    sketch.see("undo and redo")

    sketch.on("Brand", "Control+d")
    expect(page.locator(".sheet .note", has_text="Brand")).to_have_count(2)
    sketch.see("duplicate")
    sketch.press("Delete")
    expect(page.locator(".sheet .note", has_text="Brand")).to_have_count(1)
    sketch.see("delete")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => navigator.clipboard.writeText('One line\\nAnother line')")
    sketch.on("Shops", "Control+v")
    expect(sketch.note("Another line")).to_be_visible()
    sketch.see("paste")
    assert sketch.mistakes == []


MENU: dict[str, tuple[str, list[str], str]] = {
    "colour": ("Brand", ["talk about this"], ".note.fill-sun:has-text('Brand')"),
    "weight": ("Shelf space", ["must"], ".note:has-text('Shelf space') .weight:has-text('must')"),
    "basis": ("Brand", ["our guess"], ".note.is-guess:has-text('Brand')"),
    "beneficiary": ("Repeat buyers", ["Nespresso"], ".note:has-text('Repeat buyers') .for-us"),
    "verdict": ("It pays", ["in favour"], ".note:has-text('It pays') .verdict-positive"),
    "target block": ("Brand", ["Lands in", "Channels"], ".note:has-text('Brand') .target:has-text('Channels')"),
    "thumb": ("Brand", ["Thumbs up"], ".note:has-text('Brand') .thumbs"),
    "confirmation": ("Shelf space", ["We confirm this"], ".note:has-text('Shelf space') .confirmed"),
    "duplicate": ("Shops", ["Duplicate"], "[data-block=value_offer] .note:has-text('Shops') >> nth=1"),
    "move": ("Shops", ["Move to", "Intent"], "[data-block=intent] .note:has-text('Shops')"),
    "edit": ("Brand", ["Edit"], ".note[data-editing] textarea:focus"),
}


def test_what_a_notes_menu_offers(sketch: Hands) -> None:
    for name, (text, words, result) in MENU.items():
        found = sketch.page.locator(f".sheet {result}")
        expect(found, f"nothing of {name} before").to_have_count(0)
        sketch.menu(text, *words)
        expect(found.first, name).to_be_visible()
        sketch.see(name)
    sketch.press("Escape")

    sketch.menu("Brand", "Tags")
    sketch.press("Tab")
    sketch.type("tea, café")
    sketch.press("Enter")
    expect(sketch.note("Brand").locator(".tag")).to_have_text(["#tea", "#café"])
    sketch.see("tags")

    sketch.menu("Brand", "Comments")
    expect(sketch.page.locator("#dialog textarea")).to_be_focused()
    sketch.type("Since when?")
    sketch.press("Tab", "Enter")
    expect(sketch.page.locator("#dialog .comment-text")).to_have_text("Since when?")
    sketch.see("comment")
    sketch.press("Escape")
    expect(sketch.note("Brand").locator(".comments")).to_contain_text("1")
    sketch.see("comments closed")
    sketch.menu("Shops", "Delete")
    sketch.see("delete by the menu")
    assert sketch.mistakes == []


def test_what_stands_around_a_sheet(sketch: Hands, cast: Cast) -> None:
    page = sketch.page
    sketch.reach(page.get_by_role("button", name="Lock this sheet"))
    sketch.press("Enter")
    expect(page.get_by_text("locked by the facilitator")).to_be_visible()
    sketch.see("lock")
    sketch.press("Enter")
    expect(page.get_by_text("locked by the facilitator")).to_have_count(0)
    sketch.see("unlock")

    sketch.reach(page.get_by_role("button", name="Show this on the wall"))
    sketch.press("Enter")
    sketch.see("show on the wall")
    sketch.reach(page.get_by_role("button", name="Keyboard shortcuts"))
    sketch.press("Enter")
    expect(page.locator("#shortcuts")).to_be_visible()
    sketch.see("the list of shortcuts")
    sketch.press("Escape")
    sketch.see("the list of shortcuts, closed")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    sketch.reach(page.get_by_role("button", name="Invite: code and QR"))
    sketch.press("Enter")
    expect(page.locator("#dialog .panel")).to_be_visible()
    sketch.see("invite")
    sketch.press("Escape")
    sketch.see("invite, closed")
    sketch.reach(page.get_by_role("button", name="Questions for Desired Value"))
    sketch.press("Enter")
    expect(page.locator(".popover.questions:popover-open")).to_be_visible()
    sketch.press("Escape")
    sketch.see("questions")

    sketch.press("]")
    page.wait_for_url("**/end/")
    expect(page.locator("html[data-ready]")).to_be_attached()
    sketch.press("/")
    expect(page.locator("[data-find]")).to_be_focused()
    sketch.type("Brand")
    sketch.press("Enter")
    page.wait_for_url("**/find/**")
    assert sketch.mistakes == []


def test_taking_from_the_partners_model(visit: Visits, cast: Cast, models: Callable[[str], str]) -> None:
    cast.note("Club membership")
    cast.note("Boutiques", block="channels")
    hands = Hands(visit(cast.carla, models("start")))
    rail = hands.page.locator(".rail .note")
    hands.on("Club membership", "Tab")
    expect(hands.note("Club membership").get_by_role("button", name="We want this")).to_be_focused()
    hands.press("Enter")
    expect(rail).to_have_count(1)
    hands.see("taken by its button")
    hands.on("Boutiques", "m", *["ArrowLeft"] * 12, "Enter")
    expect(rail).to_have_count(2)
    hands.see("carried into the rail")
    assert hands.mistakes == []


def test_moving_people(visit: Visits, cast: Cast) -> None:
    hands = Hands(visit(cast.ana, reverse("workspaces:members", args=[cast.workspace.pk])))
    page = hands.page
    side = page.get_by_role("button", name="Bo Keller speaks for De'Longhi")
    hands.reach(side)
    hands.press("Enter")
    expect(side).to_have_attribute("aria-pressed", "true")
    hands.see("move a person")
    role = page.get_by_role("button", name="Role of Bo Keller")
    hands.reach(role)
    hands.press("Enter", "Tab", "Enter")
    expect(role).to_have_text("facilitator")
    hands.see("change a role")
    assert hands.mistakes == []


def test_a_block_of_the_wall_is_shown_large(visit: Visits, cast: Cast) -> None:
    viewer = cast.viewer(cast.ana)
    link = invite(viewer=viewer, kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
    follow_in_room(viewer=viewer, page=f"{cast.with_delonghi.pk}/models/start")
    hands = Hands(visit(None, f"/room/{link.code}/"))
    channels = hands.page.locator("[data-block=channels]")
    hands.reach(channels)
    hands.see("a block of the wall")
    hands.press("Enter")
    expect(channels).to_contain_class("is-large")
    hands.press("Escape")
    expect(channels).not_to_contain_class("is-large")
    hands.press("1")
    expect(hands.page.locator(".is-large")).to_have_count(1)
    hands.see("a block shown large")
    assert hands.mistakes == []


def test_keys_of_a_single_character_can_be_switched_off(sketch: Hands) -> None:
    page = sketch.page
    sketch.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    sketch.reach(page.get_by_label("Keys of a single letter or sign do something"))
    sketch.press(" ", "Escape")
    sketch.on("Brand", "n", "m", "?", "/", "]")
    expect(page.locator("[data-editing], .is-lifted, #shortcuts[open]")).to_have_count(0)
    expect(sketch.note("Brand")).to_be_focused()
    sketch.press("ArrowDown")
    expect(sketch.note("Shops")).to_be_focused()
    sketch.press(" ", "Escape", "Enter")
    expect(page.locator(".note[data-editing] textarea")).to_be_focused()
    page.reload()
    expect(page.locator("html[data-ready]")).to_be_attached()
    sketch.on("Brand", "n")
    expect(page.locator("[data-composer]")).to_have_count(0)
    sketch.reach(page.get_by_role("button", name="Keyboard shortcuts"))
    sketch.press("Enter")
    expect(page.get_by_label("Keys of a single letter or sign do something")).not_to_be_checked()
