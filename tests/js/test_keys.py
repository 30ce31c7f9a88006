"""The board without a mouse: every change by keys, and focus is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.js.stub import Stub
from tests.js.wire import Arrived

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def focus(page: Page, text: str) -> None:
    page.locator(".note", has_text=text).focus()


def expect_focus(page: Page, text: str) -> None:
    expect(page.locator(".note", has_text=text)).to_be_focused()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_each_list_is_one_stop_for_tab_and_arrows_walk_through_notes_and_blocks(visit: Visit) -> None:
    page = visit()
    expect(page.locator("[data-list='c1:offers'] .note[tabindex='0']")).to_have_count(1)
    focus(page, "Short wait")
    press(page, "ArrowDown")
    expect_focus(page, "Fixed plan")
    press(page, "End")
    expect_focus(page, "Teaching hour")
    press(page, "ArrowUp", "ArrowRight")
    expect_focus(page, "Home check")
    press(page, "ArrowRight")
    expect(page.get_by_role("button", name="Add to costs")).to_be_focused()
    press(page, "ArrowLeft", "ArrowLeft")
    expect_focus(page, "Fixed plan")


def test_n_opens_a_note_after_the_one_in_focus_and_enter_the_next(visit: Visit, board: Stub) -> None:
    page = visit()
    focus(page, "Short wait")
    press(page, "n")
    page.keyboard.type("Night beds")
    press(page, "Shift+Enter")
    page.keyboard.type("two lines")
    press(page, "Enter")
    page.keyboard.type("Theatres")
    press(page, "Enter", "Escape")
    expect_focus(page, "Theatres")
    board.wait(lambda: len(board.texts("offers")) == 5)
    assert board.texts("offers") == ["Short wait", "Night beds\ntwo lines", "Theatres", "Fixed plan", "Teaching hour"]


def test_a_note_is_edited_and_escape_puts_it_back(visit: Visit, board: Stub) -> None:
    page = visit()
    for key, note in ("Enter", "Fixed plan"), ("F2", "Teaching hour"):
        focus(page, note)
        press(page, key)
        page.keyboard.type(" that nobody wants")
        press(page, "Escape")
        expect_focus(page, note)
        expect(page.locator(".note", has_text="nobody wants")).to_have_count(0)
        press(page, key)
        page.keyboard.type(" indeed")
        press(page, "Enter")
        expect_focus(page, f"{note} indeed")
    board.wait(lambda: board.texts("offers") == ["Short wait", "Fixed plan indeed", "Teaching hour indeed"])


def test_deleting_leads_to_the_neighbour_and_undo_brings_it_back(visit: Visit, board: Stub) -> None:
    page = visit()
    note = next(each for each in board.notes.values() if each.text == "Fixed plan")
    board.toast = '<div class="toast" id="toast-undo" data-toast="8"><p>Deleted</p></div>'

    def undo(arrived: Arrived) -> tuple[int, str] | None:
        if arrived.path != "/w/w1/undo/":
            return None
        board.change(note, gone=False)
        return 200, f'{note.piece()}<div class="toast" id="toast-undo" data-toast="8"><p>Undone</p></div>'

    board.answer = undo
    focus(page, "Fixed plan")
    press(page, "Delete")
    expect_focus(page, "Teaching hour")
    expect(page.locator("#toast-undo")).to_have_text("Deleted")
    press(page, "Control+z")
    expect(page.locator(".note", has_text="Fixed plan")).to_be_visible()
    expect(page.locator("#toast-undo")).to_have_text("Undone")


def test_undo_and_redo_are_sent_but_not_from_a_text_field(visit: Visit, board: Stub) -> None:
    board.answer = lambda arrived: (200, "") if arrived.path.startswith("/w/") else None
    page = visit()
    focus(page, "Fixed plan")
    sent = []
    for keys, way in ("Control+z", "undo"), ("Control+Shift+Z", "redo"), ("Control+y", "redo"), ("Meta+z", "undo"):
        press(page, "Enter")
        press(page, keys, "Escape")
        press(page, keys)
        sent.append(f"/w/w1/{way}/")
        board.wait(lambda: len(board.arrived) >= len(sent))
        assert [each.path for each in board.arrived] == sent


def test_undo_leads_past_what_cannot_be_undone(visit: Visit, board: Stub) -> None:
    stuck = (
        '<div class="toast" data-toast="12"><p>Stuck</p><button type="button" data-do="close" data-past="undo" '
        'hx-post="/w/w1/undo/" hx-vals=\'{"before": "c7"}\' hx-swap="upsert">The one before</button></div>'
    )
    board.answer = lambda arrived: (200, "" if arrived.fields else stuck)
    page = visit()
    press(page, "Control+z")
    expect(page.get_by_text("Stuck")).to_be_visible()
    press(page, "Control+z")
    board.wait(lambda: len(board.arrived) == 2)
    assert board.arrived[1].fields == {"before": "c7"}
    expect(page.get_by_text("Stuck")).to_have_count(0)


def test_deleting_the_last_note_leads_to_the_block(visit: Visit, board: Stub) -> None:
    page = visit()
    focus(page, "Home check")
    press(page, "Delete")
    expect(page.get_by_role("button", name="Add to wants")).to_be_focused()
    board.wait(lambda: board.texts("wants") == [])


def test_duplicating_makes_the_like_after_it(visit: Visit, board: Stub) -> None:
    page = visit()
    focus(page, "Short wait")
    press(page, "Control+d")
    board.wait(lambda: len(board.texts("offers")) == 4)
    expect(page.locator("[data-list='c1:offers'] .text")).to_have_text(
        ["Short wait", "Short wait", "Fixed plan", "Teaching hour"]
    )
    expect(page.locator(".note", has_text="Short wait").nth(1)).to_be_focused()
    expect(page.locator(".is-pending")).to_have_count(0)


@pytest.mark.parametrize("key", ["m", " "])
def test_a_note_is_put_back_by_escape_or_carried_and_each_step_is_said(visit: Visit, board: Stub, key: str) -> None:
    page = visit()
    said = page.locator("#announce")
    focus(page, "Short wait")
    press(page, key, "ArrowRight", "Escape")
    expect(said).to_contain_text("Put back")
    expect_focus(page, "Short wait")
    assert board.arrived == []
    assert board.texts("wants") == ["Home check"]
    press(page, key)
    expect(said).to_contain_text("Picked up, place 1 of 3 in offers")
    press(page, "ArrowDown")
    expect(said).to_have_text("Place 2 of 3 in offers")
    expect(page.locator(".drop-slot")).to_be_visible()
    press(page, "ArrowRight", "ArrowUp")
    expect(said).to_have_text("Place 1 of 2 in wants")
    press(page, "Enter")
    expect(said).to_have_text("Dropped in wants")
    expect(page.locator(".drop-slot")).to_have_count(0)
    expect_focus(page, "Short wait")
    board.wait(lambda: board.texts("wants") == ["Short wait", "Home check"])
    expect(page.locator("[data-list='c1:wants'] .text")).to_have_text(["Short wait", "Home check"])


def test_carrying_goes_on_while_others_change_the_board(visit: Visit, board: Stub) -> None:
    page = visit()
    focus(page, "Short wait")
    press(page, "m", "ArrowDown")
    board.change(next(iter(board.notes.values())), fill="sun")
    board.add("offers", "Before all", rank=1)
    expect(page.get_by_text("Before all")).to_be_visible()
    press(page, "ArrowDown", "Enter")
    board.wait(lambda: board.sent_to("/position/"))
    expect_focus(page, "Short wait")
    expect(page.locator("[data-list='c1:offers'] .text")).to_have_text(board.texts("offers"))


def test_brackets_switch_the_company_and_slash_finds(visit: Visit) -> None:
    page = visit()
    press(page, "/")
    expect(page.get_by_role("searchbox", name="Find")).to_be_focused()
    page.keyboard.type("]")
    assert page.url.endswith("/board/")
    focus(page, "Short wait")
    press(page, "]")
    page.wait_for_url("**/end/")


def test_keys_in_a_text_field_are_text(visit: Visit, board: Stub) -> None:
    page = visit()
    focus(page, "Short wait")
    press(page, "Enter", "End")
    page.keyboard.type(" n/m?")
    press(page, "Delete", "Enter")
    board.wait(lambda: "Short wait n/m?" in board.texts("offers"))
