"""While I type in a note, nothing others do takes my focus, my caret or my words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from partners.canvases import operations as sheets
from partners.canvases.access import CanvasInView
from partners.canvases.models import Note
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser

WITHOUT_MOVE_BEFORE = "delete Element.prototype.moveBefore"
Change = Callable[[CanvasInView, Note], object]


@pytest.fixture
def note(cast: Cast) -> Note:
    """The note that Ana types in; two neighbours stand around it."""
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    cast.note("Before it", canvas=sheet, block="value_offer")
    note = cast.note("Fixed plan", canvas=sheet, block="value_offer")
    cast.note("Behind it", canvas=sheet, block="value_offer")
    return note


@pytest.fixture(params=["moveBefore", "without moveBefore"])
def typing(request: pytest.FixtureRequest, visit: Visits, cast: Cast, note: Note) -> Page:
    """Ana's page with the note open and *theatre* typed into its middle."""
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/sketch/start/")
    if request.param == "without moveBefore":
        page.evaluate(WITHOUT_MOVE_BEFORE)  # scripts look for it each time
    begin_typing(page)
    return page


def begin_typing(page: Page) -> None:
    """Open the note and type into its middle, leaving the caret there."""
    page.get_by_text("Fixed plan").dblclick()
    expect(page.locator("textarea:focus")).to_be_visible()
    page.evaluate("document.activeElement.setSelectionRange(5, 5)")
    page.keyboard.type(" theatre")


def caret(page: Page) -> list[int]:
    """Where the caret stands."""
    place: list[int] = page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")
    return place


def edit(sheet: CanvasInView, note: Note) -> None:
    """Somebody changes the same note's words elsewhere in the text."""
    sheets.edit_note(sheet=sheet, note=note, text="Fixed plan for nine weeks", base_version=note.text_version)


def move(sheet: CanvasInView, note: Note) -> None:
    """Somebody moves the note to another block."""
    sheets.move_note(sheet=sheet, note=note, to=sheet, block="transfer_activities")


def recolour(sheet: CanvasInView, note: Note) -> None:
    """Somebody gives the note a colour."""
    sheets.change_look(sheet=sheet, note=note, fill="sun")


def delete(sheet: CanvasInView, note: Note) -> None:
    """Somebody deletes the note."""
    sheets.delete_note(sheet=sheet, note=note)


def after(page: Page, cast: Cast, change: Change, note: Note) -> None:
    """Bo makes a change, and a sign behind it, so that the page has surely heard of both."""
    sheet = cast.seen(cast.bo, cast.sheet(cast.with_delonghi, cast.nespresso))
    change(sheet, note)
    sheets.add_note(sheet=sheet, block="intent", text="A sign that it arrived")
    expect(page.get_by_text("A sign that it arrived")).to_be_visible()


@pytest.mark.parametrize("change", [edit, move, recolour, delete])
def test_my_words_caret_and_focus_stay(typing: Page, cast: Cast, note: Note, change: Change) -> None:
    after(typing, cast, change, note)
    field = typing.locator("textarea:focus")
    expect(field).to_have_value("Fixed theatre plan")
    assert caret(typing) == [13, 13]
    typing.keyboard.type("!")
    expect(field).to_have_value("Fixed theatre! plan")


def test_an_edit_elsewhere_in_the_text_is_merged(typing: Page, cast: Cast, note: Note) -> None:
    after(typing, cast, edit, note)
    typing.keyboard.press("Enter")
    expect(typing.locator(f"#note-{note.pk} .text")).to_have_text("Fixed theatre plan for nine weeks")


def test_a_deleted_note_is_offered_as_a_new_one(typing: Page, cast: Cast, note: Note) -> None:
    after(typing, cast, delete, note)
    typing.get_by_role("button", name="Keep mine as a new note").click()
    kept = typing.locator("[data-block=value_offer] .note:not(.is-pending)").filter(has_text="Fixed theatre plan")
    expect(kept).to_be_visible()
    expect(typing.locator(f"#note-{note.pk}")).to_have_count(0)
    assert Note.objects.filter(text="Fixed theatre plan", deleted_at=None).count() == 1


@pytest.mark.parametrize("change", [edit, move, recolour])
def test_a_composition_goes_on(visit: Visits, cast: Cast, note: Note, change: Change) -> None:
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/sketch/start/")
    begin_typing(page)
    keyboard: CDPSession = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    after(page, cast, change, note)
    keyboard.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "日本"})
    expect(page.locator("textarea:focus")).to_have_value("Fixed theatre日本 plan")


def test_the_same_words_changed_by_both_offers_both(typing: Page, cast: Cast, note: Note) -> None:
    def rewrite(sheet: CanvasInView, note: Note) -> None:
        sheets.edit_note(sheet=sheet, note=note, text="Loose ideas", base_version=note.text_version)

    after(typing, cast, rewrite, note)
    typing.keyboard.press("Enter")
    conflict = typing.locator(f"#note-{note.pk}.note-conflict")
    expect(conflict).to_contain_text("Loose ideas")
    expect(conflict).to_contain_text("Fixed theatre plan")
    conflict.get_by_role("button", name="Keep both as two notes").click()
    expect(conflict).to_have_count(0)
    texts = typing.locator("[data-block=value_offer] .note .text")
    expect(texts).to_have_text(["Before it", "Loose ideas", "Fixed theatre plan", "Behind it"])
    expect(typing.locator(f"#note-{note.pk}")).to_be_focused()
    expect(typing.locator("#drafts")).to_be_hidden()
