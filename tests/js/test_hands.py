"""The board under mouse, pen and finger: drag, select, paste, menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.js.stub import Stub

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def note(page: Page, text: str) -> Locator:
    return page.locator(".note", has_text=text)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_double_click_on_empty_ground_adds_there(visit: Visit, board: Stub) -> None:
    page = visit()
    page.locator("[data-block=wants]").dblclick(position={"x": 100, "y": 400})
    page.keyboard.type("Night beds")
    note(page, "Short wait").click()
    board.wait(lambda: board.texts("wants") == ["Home check", "Night beds"])
    expect(page.locator("[data-editing]")).to_have_count(0)


def test_leaving_an_empty_new_note_leaves_nothing(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_role("button", name="Add to wants").click()
    note(page, "Short wait").click()
    expect(page.locator("[data-editing]")).to_have_count(0)
    assert board.arrived == []


def test_a_colour_chosen_while_writing_goes_with_the_new_note(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_role("button", name="Add to wants").click()
    page.keyboard.type("Night beds")
    page.locator("[data-editing] label.swatch").click()
    page.keyboard.type(" free")
    page.keyboard.press("Enter")
    board.wait(lambda: "Night beds free" in board.texts("wants"))
    assert board.sent_to("/notes/")[0].fields["fill"] == "sun"


def test_a_note_is_dragged_to_another_block_with_a_slot_in_sight(visit: Visit, board: Stub) -> None:
    page = visit()
    page.mouse.move(*middle(note(page, "Short wait")))
    page.mouse.down()
    x, y = middle(note(page, "Home check"))
    page.mouse.move(x, y - 40, steps=4)
    page.mouse.move(x, y - 15, steps=2)
    expect(page.locator("[data-list='c1:wants'] > .drop-slot")).to_be_visible()
    expect(page.locator("[data-block=wants]")).to_have_class("block is-over")
    page.mouse.up()
    board.wait(lambda: board.texts("wants") == ["Short wait", "Home check"])
    expect(page.locator("[data-list='c1:wants'] .text")).to_have_text(["Short wait", "Home check"])
    expect(note(page, "Short wait")).to_be_focused()
    expect(page.locator(".drop-slot, .is-lifted, .is-carried, .is-over")).to_have_count(0)


def test_escape_during_a_drag_puts_back(visit: Visit, board: Stub) -> None:
    page = visit()
    page.mouse.move(*middle(note(page, "Short wait")))
    page.mouse.down()
    page.mouse.move(*middle(note(page, "Home check")), steps=4)
    expect(page.locator(".drop-slot")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".drop-slot, .is-lifted")).to_have_count(0)
    assert board.arrived == []


def test_a_note_moved_by_others_during_my_drag_still_lands_where_i_drop_it(visit: Visit, board: Stub) -> None:
    page = visit()
    moving = next(iter(board.notes.values()))
    page.mouse.move(*middle(note(page, "Short wait")))
    page.mouse.down()
    page.mouse.move(*middle(note(page, "Home check")), steps=4)
    board.change(moving, block="costs", fill="sun")
    expect(page.locator(f"[data-list='c1:costs'] #note-{moving.id}")).to_be_visible()
    page.mouse.up()
    board.wait(lambda: "Short wait" in board.texts("wants"))
    expect(page.locator(f"[data-list='c1:wants'] #note-{moving.id}")).to_be_visible()


class Finger:
    """One finger on a touch screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def __call__(self, kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def finger(chromium: Browser, visit: Visit) -> Iterator[Finger]:
    context = chromium.new_context(viewport={"width": 800, "height": 900}, has_touch=True)
    yield Finger(visit(in_context=context))
    context.close()


def test_a_finger_that_rests_on_a_note_lifts_it(finger: Finger, board: Stub) -> None:
    x, y = middle(note(finger.page, "Short wait"))
    finger("touchStart", x, y)
    expect(finger.page.locator(".is-lifted")).to_be_visible()
    x, y = middle(note(finger.page, "Home check"))
    finger("touchMove", x, y)
    finger("touchMove", x, y + 15)
    expect(finger.page.locator("[data-list='c1:wants'] > .drop-slot")).to_be_visible()
    finger("touchEnd")
    board.wait(lambda: board.texts("wants") == ["Home check", "Short wait"])


def test_a_finger_that_moves_at_once_scrolls(finger: Finger, board: Stub) -> None:
    x, y = middle(note(finger.page, "Short wait"))
    finger("touchStart", x, y)
    finger("touchMove", x, y + 60)
    finger("touchEnd")
    expect(finger.page.locator(".is-lifted, .drop-slot")).to_have_count(0)
    assert board.arrived == []


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
    page.get_by_label("Move to").select_option(label="costs")
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


def test_a_menu_opens_beside_its_note_and_gives_focus_back(visit: Visit, board: Stub) -> None:
    page = visit()
    chosen = next(iter(board.notes.values()))
    board.bodies[f"/notes/{chosen.id}/menu/"] = (
        f'<div class="menu" data-for-note="{chosen.id}"><button type="button" popovertarget="popover" '
        f'popovertargetaction="hide" hx-post="/notes/{chosen.id}/look/" hx-vals=\'{{"fill": "sun"}}\' '
        f'hx-swap="upsert">Sun</button><button type="button">Other</button></div>'
    )
    more = page.locator(f"#note-{chosen.id} .more-for-note")
    more.click()
    expect(page.get_by_role("button", name="Sun")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Other")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    more.click()
    page.get_by_role("button", name="Sun").click()
    expect(page.locator(f"#note-{chosen.id}")).to_have_class("note fill-sun")
    expect(page.locator("#popover")).to_be_hidden()
    expect(page.locator(f"#note-{chosen.id} .more-for-note")).to_be_focused()


def test_a_refused_change_stays_as_a_draft_and_can_be_made_anew(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (404, "") if arrived.path.startswith("/notes/") else None
    note(page, "Home check").dblclick()
    page.keyboard.type(" twice")
    page.keyboard.press("Enter")
    draft = page.locator("#drafts .draft")
    expect(draft).to_contain_text("Home check twice")
    expect(draft).to_contain_text("not there any more")
    page.reload()
    expect(draft).to_contain_text("Home check twice")
    draft.get_by_role("button", name="Make it a new note").click()
    board.wait(lambda: "Home check twice" in board.texts("wants"))
    expect(page.locator("#drafts")).to_be_hidden()


def test_a_crowded_block_gets_smaller_and_then_says_how_many_more(visit: Visit, board: Stub) -> None:
    page = visit()
    for number in range(14):
        board.add("wants", f"Want {number}")
    more = page.locator("[data-block=wants] [data-more]")
    expect(more).to_be_visible()
    expect(page.locator("[data-block=wants]")).to_have_attribute("data-density", "compact")
    hidden = page.locator("[data-block=wants] [data-overflow]").count()
    assert hidden > 0
    expect(more).to_have_text(f"+{hidden} more")
    more.click()
    expect(more).to_have_text("Show fewer")
    expect(page.locator("[data-block=wants] [data-overflow]")).to_have_count(0)
    for wanted in [each for each in board.notes.values() if each.block == "wants"][2:]:
        board.change(wanted, gone=True)
    expect(more).to_be_hidden()


def test_others_see_where_i_am_and_that_i_type(visit: Visit, board: Stub) -> None:
    page = visit()
    board.wait(lambda: any(each["state"] == "here" for each in board.presence))
    note(page, "Home check").dblclick()
    page.keyboard.type("!")
    board.wait(lambda: any(each["state"] == "typing" for each in board.presence))
    typing = next(each for each in board.presence if each["state"] == "typing")
    assert (typing["workspace"], typing["canvas"], typing["block"]) == ("w1", "c1", "wants")
    assert typing["note"] in board.notes
    page.goto(f"{board.url}/elsewhere/")
    board.wait(lambda: any(each["state"] == "gone" for each in board.presence))


def test_the_phone_writes_into_the_block_of_the_chip(visit: Visit, board: Stub) -> None:
    page = visit()
    page.locator("[data-show-block=costs]").click()
    expect(page.locator("[data-block=costs]")).to_have_attribute("data-current", "")
    field = page.get_by_label("New note here")
    field.fill("Night beds")
    field.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    board.wait(lambda: board.texts("costs") == ["Night beds"])
    expect(page.locator("[data-count='c1:costs']")).to_have_text("1")
