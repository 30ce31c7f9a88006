"""A facilitator and a guest on the same sheet: what one does, the other sees at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partners.canvases.models import Note
from partners.workspaces.models import Membership
from partners.workspaces.operations import change_organisation
from tests.browser.conftest import Visits
from tests.browser.noticing import noticing, undo_in_toast
from tests.factories import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def offer(cast: Cast) -> Note:
    """A note on Nespresso's sheet with De'Longhi."""
    return cast.note("Brand and coffee marketing", canvas=sheet_of(cast), block="value_offer")


def sheet_of(cast: Cast):  # type: ignore[no-untyped-def]
    """Nespresso's Partnership Canvas with De'Longhi."""
    return cast.sheet(cast.with_delonghi, cast.nespresso)


def sketch(cast: Cast, side: str = "start") -> str:
    """The address of a side's sketch."""
    return f"/p/{cast.with_delonghi.pk}/sketch/{side}/"


@pytest.fixture
def anas(visit: Visits, cast: Cast, offer: Note) -> Page:
    """Ana's page of Nespresso's sketch."""
    return visit(cast.ana, sketch(cast))


@pytest.fixture
def carlas(visit: Visits, cast: Cast, offer: Note) -> Page:
    """The same page at Carla's, a guest of De'Longhi."""
    return visit(cast.carla, sketch(cast))


def in_block(page: Page, block: str) -> list[str]:
    """The words of a block's notes, in order."""
    return page.locator(f"[data-block={block}] .note .text").all_inner_texts()


def block(page: Page, key: str):  # type: ignore[no-untyped-def]
    """A block by its key."""
    return page.locator(f".sheet [data-block={key}]")


def test_a_note_added_by_plus_is_seen_by_the_other(anas: Page, carlas: Page) -> None:
    block(anas, "desired_value").get_by_role("button", name="Add a note to Desired Value").click()
    anas.keyboard.type("Shelf and channel marketing")
    anas.keyboard.press("Enter")
    expect(block(carlas, "desired_value").get_by_text("Shelf and channel marketing")).to_be_visible()
    anas.keyboard.press("Escape")
    assert Note.objects.get(text="Shelf and channel marketing").weight == 2


def test_an_edit_by_double_click_is_seen_by_the_other(anas: Page, carlas: Page, offer: Note) -> None:
    anas.get_by_text("Brand and coffee marketing").dblclick()
    anas.keyboard.press("End")
    anas.keyboard.type(" in cafés")
    anas.keyboard.press("Enter")
    expect(carlas.locator(f"#note-{offer.pk} .text")).to_have_text("Brand and coffee marketing in cafés")
    offer.refresh_from_db()
    assert offer.text_version == 2


def test_a_move_by_keyboard_is_seen_by_the_other(anas: Page, carlas: Page, offer: Note) -> None:
    anas.locator(f"#note-{offer.pk}").focus()
    anas.keyboard.press("m")
    anas.keyboard.press("ArrowRight")
    anas.keyboard.press("Enter")
    expect(carlas.locator(f"[data-block=value_offer] #note-{offer.pk}")).to_have_count(0)
    expect(carlas.locator(f"#note-{offer.pk}")).to_have_count(1)
    offer.refresh_from_db()
    assert offer.block != "value_offer"
    expect(anas.locator(f"#note-{offer.pk}")).to_be_focused()


def test_a_move_by_mouse_is_seen_by_the_other(anas: Page, carlas: Page, offer: Note) -> None:
    note = anas.locator(f"#note-{offer.pk}").bounding_box()
    goal = block(anas, "transfer_activities").bounding_box()
    assert note
    assert goal
    anas.mouse.move(note["x"] + note["width"] / 2, note["y"] + note["height"] / 2)
    anas.mouse.down()
    anas.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] / 3, steps=8)
    expect(anas.locator(".drop-slot")).to_be_visible()
    anas.mouse.up()
    expect(block(carlas, "transfer_activities").locator(f"#note-{offer.pk}")).to_be_visible()


def test_a_colour_is_seen_by_the_other(anas: Page, carlas: Page, offer: Note) -> None:
    note = anas.locator(f"#note-{offer.pk}")
    note.hover()
    note.get_by_role("button", name="More for this note").click()
    anas.locator("#popover").get_by_role("button", name="talk about this").click()
    expect(carlas.locator(f"#note-{offer.pk}.fill-sun")).to_be_visible()


def test_a_deletion_is_seen_by_the_other_and_can_be_undone(anas: Page, carlas: Page, offer: Note) -> None:
    anas.locator(f"#note-{offer.pk}").focus()
    anas.keyboard.press("Delete")
    undo = undo_in_toast(anas)
    expect(carlas.locator(f"#note-{offer.pk}")).to_have_count(0)
    undo.click()
    expect(carlas.locator(f"#note-{offer.pk}")).to_be_visible()


def test_a_guest_takes_what_they_want(visit: Visits, cast: Cast) -> None:
    note = cast.note("Brand", block="key_resources")
    carlas = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/models/start/")
    anas = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/")
    carlas.locator(f"#note-{note.pk}").hover()
    carlas.locator(f"#note-{note.pk}").get_by_role("button", name="We want this").click()
    expect(carlas.locator(".rail [data-block=desired_value] .note .text")).to_have_text("Brand")
    expect(anas.locator(f"#note-{note.pk} .taken")).to_contain_text("wanted")
    assert Note.objects.get(source_note=note).canvas.organisation == cast.delonghi


def test_the_other_side_may_look_but_not_write(carlas: Page, offer: Note) -> None:
    expect(block(carlas, "value_offer").get_by_role("button", name="Add a note to Value Offer")).to_have_count(0)
    carlas.get_by_text("Brand and coffee marketing").dblclick()
    expect(carlas.locator("textarea:visible")).to_have_count(0)


def test_who_is_here_and_who_is_typing(anas: Page, visit: Visits, cast: Cast, offer: Note) -> None:
    bo: Membership = cast.bo
    bos = visit(bo, sketch(cast))
    expect(anas.locator("#people-start")).to_contain_text("Bo Keller")
    bos.get_by_text("Brand and coffee marketing").dblclick()
    with noticing(anas, "[data-block=value_offer] .typing", "Bo"):
        bos.keyboard.type("x")


def test_a_lock_closes_the_sheet_for_its_own_people(visit: Visits, cast: Cast, offer: Note) -> None:
    bos, anas = visit(cast.bo, sketch(cast)), visit(cast.ana, sketch(cast))
    plus = block(bos, "value_offer").get_by_role("button", name="Add a note to Value Offer")
    expect(plus).to_be_visible()
    anas.get_by_role("button", name="Lock this sheet").click()
    expect(plus).to_be_hidden()
    expect(bos.get_by_text("locked by the facilitator")).to_be_visible()
    anas.get_by_role("button", name="Lock this sheet", pressed=True).click()
    expect(plus).to_be_visible()


def test_a_company_that_gets_another_name_has_it_on_every_open_page(visit: Visits, cast: Cast, offer: Note) -> None:
    carlas = visit(cast.carla, sketch(cast))
    expect(carlas.locator("#people-end")).to_contain_text("Carla Rossi")
    change_organisation(viewer=cast.viewer(cast.ana), organisation=cast.nespresso, short_name="Nespresso SA")
    expect(carlas.locator("#frame .company.side-start")).to_contain_text("Nespresso SA")
    expect(carlas.locator("#people-end")).to_contain_text("Carla Rossi")


def test_a_form_that_htmx_has_not_got_to_yet_keeps_what_was_written(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    note = cast.note("Club feeling")
    page = visit(cast.bo, models("start"))
    address = page.url
    page.evaluate(
        """id => {
            const form = document.createElement("form")
            form.setAttribute("hx-post", `/notes/${id}/comments/`)
            form.setAttribute("hx-swap", "none")
            form.setAttribute("data-new-id", "id")
            form.innerHTML = '<input name="text" value="Since when?"><button>Say it</button>'
            document.body.append(form)
            form.requestSubmit()
        }""",
        str(note.pk),
    )
    expect(page.locator(f"#note-{note.pk} .comments")).to_contain_text("1")
    assert page.url == address
