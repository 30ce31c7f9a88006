"""A facilitator and a guest on the same sheet: what one does, the other sees at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from partners.canvases.models import Note
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


def block(page: Page, key: str):  # type: ignore[no-untyped-def]
    """A block by its key."""
    return page.locator(f".sheet [data-block={key}]")


def test_what_one_does_the_other_sees_at_once(visit: Visits, cast: Cast, offer: Note) -> None:
    anas, carlas = visit(cast.ana, sketch(cast)), visit(cast.carla, sketch(cast))
    mine, hers = anas.locator(f"#note-{offer.pk}"), carlas.locator(f"#note-{offer.pk}")

    # the other side may look, but not write
    expect(block(carlas, "value_offer").get_by_role("button", name="Add a note to Value Offer")).to_have_count(0)
    carlas.get_by_text("Brand and coffee marketing").dblclick()
    expect(carlas.locator("textarea:visible")).to_have_count(0)

    # a note is added by plus
    block(anas, "desired_value").get_by_role("button", name="Add a note to Desired Value").click()
    anas.keyboard.type("Shelf and channel marketing")
    anas.keyboard.press("Enter")
    expect(block(carlas, "desired_value").get_by_text("Shelf and channel marketing")).to_be_visible()
    anas.keyboard.press("Escape")
    assert Note.objects.get(text="Shelf and channel marketing").weight == 2

    # edited by a double click
    anas.get_by_text("Brand and coffee marketing").dblclick()
    anas.keyboard.press("End")
    anas.keyboard.type(" in cafés")
    anas.keyboard.press("Enter")
    expect(hers.locator(".text")).to_have_text("Brand and coffee marketing in cafés")
    offer.refresh_from_db()
    assert offer.text_version == 2

    # moved by keys
    mine.focus()
    anas.keyboard.press("m")
    anas.keyboard.press("ArrowRight")
    anas.keyboard.press("Enter")
    expect(carlas.locator(f"[data-block=value_offer] #note-{offer.pk}")).to_have_count(0)
    expect(hers).to_have_count(1)
    offer.refresh_from_db()
    assert offer.block != "value_offer"
    expect(mine).to_be_focused()

    # moved by mouse
    drag(anas, mine, block(anas, "transfer_activities"))
    expect(block(carlas, "transfer_activities").locator(f"#note-{offer.pk}")).to_be_visible()

    # given a colour
    mine.hover()
    mine.get_by_role("button", name="More for this note").click()
    anas.locator("#popover").get_by_role("button", name="talk about this").click()
    expect(carlas.locator(f"#note-{offer.pk}.fill-sun")).to_be_visible()

    # deleted, and brought back
    mine.focus()
    anas.keyboard.press("Delete")
    undo = undo_in_toast(anas)
    expect(hers).to_have_count(0)
    undo.click()
    expect(hers).to_be_visible()

    # Nespresso gets another name, and everybody stays listed
    expect(carlas.locator("#people-end")).to_contain_text("Carla Rossi")
    change_organisation(viewer=cast.viewer(cast.ana), organisation=cast.nespresso, short_name="Nespresso SA")
    expect(carlas.locator("#frame .company.side-start")).to_contain_text("Nespresso SA")
    expect(carlas.locator("#people-end")).to_contain_text("Carla Rossi")


def drag(page: Page, note: Locator, to: Locator) -> None:
    """Carry a note into a block by mouse."""
    start, goal = note.bounding_box(), to.bounding_box()
    assert start
    assert goal
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] / 3, steps=8)
    expect(page.locator(".drop-slot")).to_be_visible()
    page.mouse.up()


def test_a_guest_takes_what_they_want(visit: Visits, cast: Cast) -> None:
    note = cast.note("Brand", block="key_resources")
    carlas = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/models/start/")
    anas = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/")
    carlas.locator(f"#note-{note.pk}").hover()
    carlas.locator(f"#note-{note.pk}").get_by_role("button", name="We want this").click()
    expect(carlas.locator(".rail [data-block=desired_value] .note .text")).to_have_text("Brand")
    expect(anas.locator(f"#note-{note.pk} .taken")).to_contain_text("wanted")
    assert Note.objects.get(source_note=note).canvas.organisation == cast.delonghi


def test_who_is_here_who_is_typing_and_what_a_lock_closes(visit: Visits, cast: Cast, offer: Note) -> None:
    anas, bos = visit(cast.ana, sketch(cast)), visit(cast.bo, sketch(cast))
    expect(anas.locator("#people-start")).to_contain_text("Bo Keller")
    bos.get_by_text("Brand and coffee marketing").dblclick()
    with noticing(anas, "[data-block=value_offer] .typing", "Bo"):
        bos.keyboard.type("x")
    bos.keyboard.press("Escape")
    plus = block(bos, "value_offer").get_by_role("button", name="Add a note to Value Offer")
    expect(plus).to_be_visible()
    anas.get_by_role("button", name="Lock this sheet").click()
    expect(plus).to_be_hidden()
    expect(bos.get_by_text("locked by the facilitator")).to_be_visible()
    anas.get_by_role("button", name="Lock this sheet", pressed=True).click()
    expect(plus).to_be_visible()


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
