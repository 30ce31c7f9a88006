"""The board under mouse, pen and finger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.js.stub import Stub
from tests.plugins.seats import patient_context

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def note(page: Page, text: str) -> Locator:
    return page.locator(".note", has_text=text)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_double_click_on_empty_ground_adds_there_and_an_empty_note_leaves_nothing(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_role("button", name="Add to wants").click()
    note(page, "Short wait").click()
    expect(page.locator("[data-editing]")).to_have_count(0)
    assert board.arrived == []
    page.locator("[data-block=wants]").dblclick(position={"x": 100, "y": 400})
    page.keyboard.type("Night beds")
    note(page, "Short wait").click()
    board.wait(lambda: board.texts("wants") == ["Home check", "Night beds"])
    expect(page.locator("[data-editing]")).to_have_count(0)


def test_a_colour_chosen_while_writing_goes_with_the_new_note(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_role("button", name="Add to wants").click()
    page.keyboard.type("Night beds")
    page.locator("[data-editing] label.swatch").click()
    page.keyboard.type(" free")
    page.keyboard.press("Enter")
    board.wait(lambda: "Night beds free" in board.texts("wants"))
    assert board.sent_to("/notes/")[0].fields["fill"] == "sun"


def test_escape_during_a_drag_puts_back_and_the_next_drops_in_another_block(visit: Visit, board: Stub) -> None:
    page = visit()
    page.mouse.move(*middle(note(page, "Short wait")))
    page.mouse.down()
    page.mouse.move(*middle(note(page, "Home check")), steps=4)
    expect(page.locator(".drop-slot")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".drop-slot, .is-lifted")).to_have_count(0)
    assert board.arrived == []

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
    context = patient_context(chromium, viewport={"width": 800, "height": 900}, has_touch=True)
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
    finger.page.clock.install()
    finger.page.clock.pause_at(finger.page.evaluate("Date.now()") / 1000 + 60)  # a resting finger would lift the note
    x, y = middle(note(finger.page, "Short wait"))
    finger("touchStart", x, y)
    finger("touchMove", x, y + 60)
    finger("touchEnd")
    expect(finger.page.locator(".is-lifted, .drop-slot")).to_have_count(0)
    assert board.arrived == []
