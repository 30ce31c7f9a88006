"""Several notes at once: selected, moved, coloured, deleted, pasted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.js.stub import Stub

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def note(page: Page, text: str) -> Locator:
    return page.locator(".note", has_text=text)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_shift_click_selects_a_stretch_that_is_deleted_as_one(visit: Visit, board: Stub) -> None:
    page = visit()
    note(page, "Short wait").click()
    note(page, "Fixed plan").click(modifiers=["Shift"])
    expect(page.locator(".is-selected")).to_have_count(2)
    expect(page.locator(".selection-bar")).to_contain_text("2 notes selected")
    page.keyboard.press("Delete")
    board.wait(lambda: board.texts("offers") == ["Teaching hour"])
    assert len(board.sent_to("/notes/many/")) == 1
    expect(page.locator(".selection-bar")).to_have_count(0)
    expect(note(page, "Teaching hour")).to_be_focused()


def test_a_lasso_takes_what_it_touches_and_the_bar_moves_it(visit: Visit, board: Stub) -> None:
    page = visit()
    x, y = middle(note(page, "Teaching hour"))
    page.mouse.move(x, y + 120)
    page.mouse.down()
    page.mouse.move(x - 60, y + 60, steps=2)
    page.mouse.move(x - 60, y - 60, steps=4)
    page.mouse.up()
    expect(page.locator(".is-selected")).to_have_count(2)
    page.get_by_role("button", name="Move to…").click()
    page.get_by_role("button", name="costs", exact=True).click()
    board.wait(lambda: board.texts("costs") == ["Fixed plan", "Teaching hour"])
    expect(page.locator("[data-list='c1:costs'] .text")).to_have_text(["Fixed plan", "Teaching hour"])


def test_all_of_a_block_is_coloured_as_one(visit: Visit, board: Stub) -> None:
    page = visit()
    note(page, "Short wait").focus()
    page.keyboard.press("Control+a")
    expect(page.locator(".is-selected")).to_have_count(3)
    page.locator(".selection-bar label.swatch").click()
    board.wait(lambda: board.sent_to("/notes/many/"))
    expect(page.locator(".note.fill-sun")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator(".is-selected")).to_have_count(0)


def paste(page: Page, words: str) -> None:
    page.evaluate(
        """(words) => {
          const data = new DataTransfer()
          data.setData("text/plain", words)
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          document.activeElement.dispatchEvent(paste)
        }""",
        words,
    )


def test_pasted_lines_become_notes(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_role("button", name="Add to costs").click()
    paste(page, "Night beds\r\n\r\nTheatres\t2\nStaff\n")
    board.wait(lambda: board.sent_to("/paste/"))
    sent = board.sent_to("/paste/")[0].fields
    assert sent["lines"] == "Night beds\nTheatres · 2\nStaff"
    assert sent["block"] == "costs"
    assert "confirmed" not in sent
    expect(page.locator("[data-list='c1:costs'] .text")).to_have_text(["Night beds", "Theatres · 2", "Staff"])


def test_more_than_fifty_lines_ask_first_in_place(visit: Visit, board: Stub) -> None:
    page = visit()
    note(page, "Home check").focus()
    paste(page, "\n".join(f"Line {n}" for n in range(51)))
    expect(page.get_by_role("alertdialog")).to_contain_text("Make 51 notes")
    page.get_by_role("button", name="Cancel").click()
    expect(note(page, "Home check")).to_be_focused()
    assert board.arrived == []
    paste(page, "\n".join(f"Line {n}" for n in range(51)))
    page.get_by_role("button", name="Make 51 notes").click()
    board.wait(lambda: board.sent_to("/paste/"))
    assert board.sent_to("/paste/")[0].fields["confirmed"] == "1"


def test_of_more_than_200_lines_the_rest_waits_in_place(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_role("button", name="Add to wants").click()
    paste(page, "\n".join(f"Line {n}" for n in range(203)))
    box = page.get_by_role("alertdialog")
    expect(box).to_contain_text("203 lines")
    page.keyboard.press("Escape")
    assert len(box.get_by_label("Pasted lines").input_value().split("\n")) == 203
    box.get_by_role("button", name="Make the first 200").click()
    board.wait(lambda: len(board.sent_to("/paste/")) == 1)
    assert board.sent_to("/paste/")[0].fields["lines"].endswith("Line 199")
    expect(box).to_contain_text("3 lines are left")
    expect(box.get_by_label("Pasted lines")).to_have_value("Line 200\nLine 201\nLine 202")
    box.get_by_role("button", name="Make 3 notes").click()
    board.wait(lambda: len(board.sent_to("/paste/")) == 2)
    expect(box).to_have_count(0)


def test_lines_pasted_while_changing_a_note_stay_lines(visit: Visit, board: Stub) -> None:
    page = visit()
    note(page, "Home check").dblclick()
    assert page.evaluate(
        """() => {
          const data = new DataTransfer()
          data.setData("text/plain", "one\\ntwo")
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          return document.activeElement.dispatchEvent(paste)
        }"""
    )
    assert board.arrived == []
