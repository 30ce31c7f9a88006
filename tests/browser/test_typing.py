"""While I type in a note, nothing others do takes my focus, my caret or my words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from partners.canvases import operations as sheets
from partners.canvases.access import CanvasInView
from partners.canvases.models import Note
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser

WITHOUT_MOVE_BEFORE = "delete Element.prototype.moveBefore"
Change = Callable[[CanvasInView, Note], object]


@pytest.fixture
def notes(cast: Cast) -> list[Note]:
    """Five notes that Ana types in, one after another; neighbours stand around them."""
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    texts = {
        "value_offer": ["Before them", *["Fixed plan"] * 3, "Behind them"],
        "desired_value": ["Before them", *["Fixed plan"] * 2, "Behind them"],
    }
    notes = [cast.note(text, canvas=sheet, block=block) for block in texts for text in texts[block]]
    return [note for note in notes if note.text == "Fixed plan"]


@pytest.fixture
def sign(cast: Cast) -> Note:
    """A note that tells what came last."""
    return cast.note("Nothing yet", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="intent")


@pytest.fixture
def page(visit: Visits, cast: Cast, notes: list[Note], sign: Note) -> Page:
    """Ana's page."""
    return visit(cast.ana, f"/p/{cast.with_delonghi.pk}/sketch/start/")


def on(page: Page, note: Note, marked: str = "") -> Locator:
    """The note on the page, if it has a class."""
    return page.locator(f"#note-{note.pk}{marked}")


def begin_typing(page: Page, note: Note) -> None:
    """Open the note and type *theatre* into its middle, leaving the caret there."""
    on(page, note).get_by_text("Fixed plan").dblclick()
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


def rewrite(sheet: CanvasInView, note: Note) -> None:
    """Somebody changes the very words that are changed here."""
    sheets.edit_note(sheet=sheet, note=note, text="Loose ideas", base_version=note.text_version)


def move(sheet: CanvasInView, note: Note) -> None:
    """Somebody moves the note to another block."""
    sheets.move_note(sheet=sheet, note=note, to=sheet, block="transfer_activities")


def recolour(sheet: CanvasInView, note: Note) -> None:
    """Somebody gives the note a colour."""
    sheets.change_look(sheet=sheet, note=note, fill="sun")


def delete(sheet: CanvasInView, note: Note) -> None:
    """Somebody deletes the note."""
    sheets.delete_note(sheet=sheet, note=note)


def after(page: Page, cast: Cast, change: Change, note: Note, sign: Note) -> None:
    """Bo makes a change, and gives a sign behind it, so that the page has surely heard of both."""
    sheet = cast.seen(cast.bo, note.canvas)
    change(sheet, note)
    sheets.edit_note(sheet=sheet, note=sign, text=f"It arrived: {change.__name__}")
    expect(on(page, sign)).to_contain_text(f"It arrived: {change.__name__}")


@pytest.mark.parametrize("moves", ["moveBefore", "without moveBefore"])
def test_my_words_caret_and_focus_stay_and_what_i_typed_is_kept(
    page: Page, cast: Cast, notes: list[Note], sign: Note, moves: str
) -> None:
    def type_while(change: Change, note: Note) -> None:
        begin_typing(page, note)
        after(page, cast, change, note, sign)
        field = page.locator("textarea:focus")
        expect(field).to_have_value("Fixed theatre plan")
        assert caret(page) == [13, 13]
        page.keyboard.type("!")
        expect(field).to_have_value("Fixed theatre! plan")

    if moves == "without moveBefore":
        page.evaluate(WITHOUT_MOVE_BEFORE)  # scripts look for it each time
    moved, recoloured, deleted, rewritten, edited = notes
    type_while(move, moved)
    page.keyboard.press("Enter")
    expect(page.locator("[data-block=transfer_activities] .note .text")).to_have_text("Fixed theatre! plan")

    type_while(recolour, recoloured)
    page.keyboard.press("Enter")
    expect(on(page, recoloured, ".fill-sun").locator(".text")).to_have_text("Fixed theatre! plan")

    type_while(delete, deleted)
    page.get_by_role("button", name="Keep mine as a new note").click()
    kept = page.locator("[data-block=value_offer] .note:not(.is-pending, .fill-sun)")
    expect(kept.filter(has_text="Fixed theatre! plan")).to_be_visible()
    expect(on(page, deleted)).to_have_count(0)
    standing = Note.objects.filter(text="Fixed theatre! plan", deleted_at=None)
    assert standing.exclude(pk__in=[moved.pk, recoloured.pk]).count() == 1

    type_while(rewrite, rewritten)
    page.keyboard.press("Enter")
    conflict = on(page, rewritten, ".note-conflict")
    expect(conflict).to_contain_text("Loose ideas")
    expect(conflict).to_contain_text("Fixed theatre! plan")
    conflict.get_by_role("button", name="Keep both as two notes").click()
    expect(conflict).to_have_count(0)
    texts = page.locator("[data-block=desired_value] .note .text")
    expect(texts).to_have_text(["Before them", "Loose ideas", "Fixed theatre! plan", "Fixed plan", "Behind them"])
    expect(on(page, rewritten)).to_be_focused()
    expect(page.locator("#drafts")).to_be_hidden()

    type_while(edit, edited)
    page.keyboard.press("Enter")
    expect(on(page, edited).locator(".text")).to_have_text("Fixed theatre! plan for nine weeks")


def test_a_composition_goes_on(page: Page, cast: Cast, notes: list[Note], sign: Note) -> None:
    keyboard: CDPSession = page.context.new_cdp_session(page)
    for change, note in zip((edit, move, recolour, delete), notes, strict=False):
        begin_typing(page, note)
        keyboard.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
        after(page, cast, change, note, sign)
        keyboard.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
        keyboard.send("Input.insertText", {"text": "日本"})
        expect(page.locator("textarea:focus")).to_have_value("Fixed theatre日本 plan")
        page.keyboard.press("Escape")


def test_the_next_new_note_stands_under_the_one_just_saved(visit: Visits, cast: Cast) -> None:
    cast.note("Boutiques", block="channels")
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/", viewport={"width": 1920, "height": 1080})
    block = page.locator("[data-block=channels]")
    block.get_by_role("button", name="Add a note to Channels").click()
    for text in ("Kiosks", "Phone"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(block.locator(".note:not(.is-pending) > .text", has_text=text)).to_be_visible()
        expect(block.locator(".note").last.locator("textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(block.locator(".note > .text")).to_have_text(["Boutiques", "Kiosks", "Phone"])


def test_words_that_are_too_many_are_all_there_and_what_to_do_is_said(visit: Visits, cast: Cast) -> None:
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/", viewport={"width": 1920, "height": 1080})
    words = "a shop in every town " * 60
    block = page.locator("[data-block=channels]")
    block.get_by_role("button", name="Add a note to Channels").click()
    field = block.locator(".note-edit textarea")
    page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    said = field.evaluate("field => field.validationMessage")
    assert said == "At most 1000 characters, please; this has 1259."
    expect(field).to_have_value(words)
    field.fill("☕" * 1000)
    field.press("Enter")
    expect(block.locator(".note:not(.is-pending) > .text")).to_have_text("☕" * 1000)
