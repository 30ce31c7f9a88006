"""What others do, seen on my board, never takes my focus, my caret or my words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.js.stub import Stub

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def texts(page: Page, block: str) -> list[str]:
    return page.locator(f"[data-list='c1:{block}'] .note .text").all_inner_texts()


def caret(page: Page) -> list[int]:
    start, end = page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")
    return [start, end]


@pytest.fixture
def typing(visit: Visit) -> Page:
    """The page while "Fixed plan" is being changed to "Fixed theatre plan", caret behind "theatre"."""
    page = visit()
    page.get_by_text("Fixed plan").dblclick()
    page.evaluate("document.activeElement.setSelectionRange(5, 5)")
    page.keyboard.type(" theatre")
    return page


def test_what_others_add_appears_in_order(visit: Visit, board: Stub) -> None:
    page = visit()
    first = next(iter(board.notes.values()))
    board.add("offers", "Before all", rank=first.rank // 2)
    board.add("offers", "At the end")
    expect(page.locator("[data-list='c1:offers'] .text")).to_have_text(
        ["Before all", "Short wait", "Fixed plan", "Teaching hour", "At the end"]
    )


def test_an_older_drawing_never_undoes_a_newer_one(visit: Visit, board: Stub) -> None:
    page = visit()
    note = board.notes[next(iter(board.notes))]
    old = note.piece()
    board.change(note, text="Shorter wait")
    expect(page.get_by_text("Shorter wait")).to_be_visible()
    board.tell(old)
    board.add("wants", "A sign that it arrived")
    expect(page.get_by_text("A sign that it arrived")).to_be_visible()
    assert texts(page, "offers")[0] == "Shorter wait"


def test_a_late_upsert_does_not_bring_back_what_was_removed(visit: Visit, board: Stub) -> None:
    page = visit()
    note = board.notes[next(iter(board.notes))]
    old = note.piece()
    board.change(note, gone=True)
    expect(page.get_by_text("Short wait")).to_have_count(0)
    board.tell(old)
    board.change(note, gone=False)
    expect(page.locator("[data-list='c1:offers'] .text")).to_have_text(["Short wait", "Fixed plan", "Teaching hour"])


def others_edit(board: Stub, note_id: str) -> None:
    board.change(board.notes[note_id], text="Fixed plan, said Bo")


def others_recolour(board: Stub, note_id: str) -> None:
    board.change(board.notes[note_id], fill="sun")


def others_move(board: Stub, note_id: str) -> None:
    board.change(board.notes[note_id], block="wants", rank=1)


def others_add_before(board: Stub, note_id: str) -> None:
    board.add("offers", "One more", rank=1)


@pytest.mark.parametrize("without_move_before", [False, True])
@pytest.mark.parametrize("others", [others_edit, others_recolour, others_move, others_add_before])
def test_typing_goes_on_whatever_others_do(
    visit: Visit, board: Stub, others: Callable[[Stub, str], None], without_move_before: bool
) -> None:
    page = visit()
    if without_move_before:
        page.evaluate("delete Element.prototype.moveBefore")
    page.get_by_text("Fixed plan").dblclick()
    note_id = page.evaluate("document.activeElement.closest('.note').dataset.note")
    page.evaluate("document.activeElement.setSelectionRange(5, 5)")
    page.keyboard.type(" theatre")
    others(board, note_id)
    board.add("costs", "A sign that it arrived")
    expect(page.get_by_text("A sign that it arrived")).to_be_visible()
    assert page.evaluate("document.activeElement.value") == "Fixed theatre plan"
    assert caret(page) == [13, 13]
    page.keyboard.type(" and day")
    page.keyboard.press("Enter")
    board.wait(lambda: board.notes[note_id].text == "Fixed theatre and day plan")
    assert board.sent_to(f"/{note_id}/")[-1].fields["base_version"] == "1"
    block = board.notes[note_id].block
    expect(page.locator(f"[data-list='c1:{block}'] #note-{note_id} .text")).to_have_text("Fixed theatre and day plan")
    expect(page.locator(".is-pending")).to_have_count(0)
    assert texts(page, "offers") == board.texts("offers")
    assert texts(page, "wants") == board.texts("wants")


def test_a_note_deleted_while_i_type_keeps_my_words(typing: Page, board: Stub) -> None:
    note = board.notes[typing.evaluate("document.activeElement.closest('.note').dataset.note")]
    board.change(note, gone=True)
    expect(typing.locator(".is-gone")).to_be_visible()
    assert typing.evaluate("document.activeElement.value") == "Fixed theatre plan"
    assert caret(typing) == [13, 13]
    typing.get_by_role("button", name="Keep mine as a new note").click()
    board.wait(lambda: "Fixed theatre plan" in board.texts("offers"))
    expect(typing.locator(".note", has_text="Fixed theatre plan")).to_be_focused()
    assert board.sent_to("/canvases/c1/notes/")[0].fields["id"] != note.id
    expect(typing.locator(".is-gone")).to_have_count(0)


@pytest.mark.parametrize("others", [others_edit, others_move])
def test_a_word_being_composed_stays_whole(visit: Visit, board: Stub, others: Callable[[Stub, str], None]) -> None:
    page = visit()
    page.get_by_text("Fixed plan").dblclick()
    note_id = page.evaluate("document.activeElement.closest('.note').dataset.note")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    others(board, note_id)
    board.add("costs", "A sign that it arrived")
    expect(page.get_by_text("A sign that it arrived")).to_be_visible()
    keyboard.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "日本"})
    assert page.evaluate("document.activeElement.value") == "Fixed plan日本"
    page.keyboard.press("Enter")
    board.wait(lambda: board.notes[note_id].text == "Fixed plan日本")
    expect(page.locator(f"[data-list='c1:{board.notes[note_id].block}'] #note-{note_id}")).to_be_visible()


def test_focus_goes_to_the_neighbour_when_others_delete_my_note(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_text("Fixed plan").click()
    note = board.notes[page.evaluate("document.activeElement.dataset.note")]
    board.change(note, gone=True)
    expect(page.locator(".note", has_text="Teaching hour")).to_be_focused()


def test_focus_on_a_button_survives_a_new_drawing(visit: Visit, board: Stub) -> None:
    page = visit()
    note = board.notes[next(iter(board.notes))]
    page.locator(f"#note-{note.id} .up").focus()
    board.change(note, text="Shorter wait")
    expect(page.get_by_text("Shorter wait")).to_be_visible()
    expect(page.locator(f"#note-{note.id} .up")).to_be_focused()
