"""Ctrl+Z and Ctrl+Shift+Z in a real browser: what one takes back, the other sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from partners.canvases.operations import change_look, edit_note
from tests.browser.conftest import PHONE, Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser


def test_three_steps_back_and_one_again_are_seen_by_the_other(visit: Visits, cast: Cast) -> None:
    offer = cast.note("Brand", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="value_offer")
    sketch = f"/p/{cast.with_delonghi.pk}/sketch/start/"
    anas, carlas = visit(cast.ana, sketch), visit(cast.carla, sketch)
    mine, hers = anas.locator(f"#note-{offer.pk}"), carlas.locator(f"#note-{offer.pk}")

    mine.get_by_text("Brand").dblclick()
    anas.keyboard.press("End")
    anas.keyboard.type(" in cafés")
    anas.keyboard.press("Enter")
    expect(hers.locator(".text")).to_have_text("Brand in cafés")
    mine.focus()
    for key in ("m", "ArrowRight", "Enter"):
        anas.keyboard.press(key)
    expect(carlas.locator(f"[data-block=value_offer] #note-{offer.pk}")).to_have_count(0)
    mine.hover()
    mine.get_by_role("button", name="More for this note").click()
    anas.locator("#popover").get_by_role("button", name="talk about this").click()
    expect(carlas.locator(f"#note-{offer.pk}.fill-sun")).to_be_visible()

    mine.focus()
    anas.keyboard.press("Control+z")
    expect(anas.locator("#toasts")).to_contain_text("Undone: marked “Brand in cafés”")
    expect(carlas.locator(f"#note-{offer.pk}.fill-sun")).to_have_count(0)
    anas.keyboard.press("Control+z")
    expect(carlas.locator(f"[data-block=value_offer] #note-{offer.pk}")).to_be_visible()
    anas.keyboard.press("Control+z")
    expect(hers.locator(".text")).to_have_text("Brand")
    anas.keyboard.press("Control+Shift+Z")
    expect(anas.locator("#toasts")).to_contain_text("Redone")
    expect(hers.locator(".text")).to_have_text("Brand in cafés")


def test_the_buttons_say_when_there_is_nothing(visit: Visits, cast: Cast) -> None:
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/sketch/start/")
    page.get_by_role("button", name="Undo what I did last").click()
    expect(page.locator("#toasts")).to_contain_text("There is nothing to undo.")
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("There is nothing to redo.")


def test_what_cannot_be_undone_says_why_once_and_leads_past_itself(visit: Visits, cast: Cast) -> None:
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    shops = cast.note("Shops", canvas=sheet, block="value_offer")
    brand = cast.note("Brand", canvas=sheet, block="value_offer")
    edit_note(sheet=cast.seen(cast.ana, sheet), note=brand, text="Name")
    edit_note(sheet=cast.seen(cast.bo, sheet), note=brand, text="Reputation")
    change_look(sheet=cast.seen(cast.bo, sheet), note=shops, fill="sun")
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/sketch/start/")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Somebody has changed the same words")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("Undone: added “Brand”")
    expect(page.locator(f"#note-{brand.pk}")).to_have_count(0)
    expect(page.locator(f"#note-{shops.pk}.fill-sun")).to_be_visible()


def test_on_a_phone_a_tap_takes_back_a_move_and_the_toast_leaves_the_next_note_free(visit: Visits, cast: Cast) -> None:
    note = cast.note("Boutiques", block="channels")
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/", viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("[data-show-block=channels]").tap()

    def choose(*names: str) -> None:
        page.locator(f"#note-{note.pk}").tap()
        page.locator(f"#note-{note.pk} .more-for-note").tap()
        for name in names:
            page.locator("#popover").get_by_text(name, exact=True).tap()

    choose("Move to…", "Key Partners")
    expect(page.locator(f"[data-block=key_partners] #note-{note.pk}")).to_be_attached()
    page.get_by_role("button", name="Undo what I did last").tap()
    expect(page.locator(f"[data-block=channels] #note-{note.pk}")).to_be_visible()
    page.locator(".toast").get_by_role("button", name="Close").tap()

    choose("Delete")
    toast, composer = page.locator(".toast"), page.locator(".composer")
    expect(toast).to_contain_text("Deleted")
    expect(toast).to_be_in_viewport(ratio=1)
    over, under = toast.bounding_box(), composer.bounding_box()
    assert over
    assert under
    assert over["y"] + over["height"] <= under["y"]
    toast.get_by_role("button", name="Undo").tap()
    expect(page.locator(f"[data-block=channels] #note-{note.pk}")).to_be_visible()


def test_a_toast_leaves_the_bar_of_several_notes_free(visit: Visits, cast: Cast) -> None:
    notes = [cast.note(text, block="channels") for text in ("Boutiques", "Online")]
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/")
    page.locator(f"#note-{notes[0].pk}").click()
    page.locator(f"#note-{notes[1].pk}").click(modifiers=["Shift"])
    bar, toast = page.locator(".selection-bar"), page.locator(".toast")
    bar.get_by_role("button", name="Move to…").click()
    bar.get_by_role("button", name="Key Partners").click()
    expect(page.locator(f"[data-block=key_partners] #note-{notes[1].pk}")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(toast).to_contain_text("Undone")
    expect(bar).to_be_visible()
    over, under = toast.bounding_box(), bar.bounding_box()
    assert over
    assert under
    assert over["y"] + over["height"] <= under["y"]
