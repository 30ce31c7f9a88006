"""The stream comes back by itself, from where it was, and gives its connection away while nobody looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.js.stub import Stub

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

LOOK_AWAY = """(hidden) => {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (hidden ? "hidden" : "visible") })
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden })
  document.dispatchEvent(new Event("visibilitychange"))
}"""


def test_a_cut_stream_comes_back_from_where_it_was(visit: Visit, board: Stub) -> None:
    page = visit()
    board.add("offers", "Seen")
    expect(page.get_by_text("Seen", exact=True)).to_be_visible()
    seen = f"{board.epoch}.{board.seq}"
    board.stream_status = 503
    board.cut()
    board.add("offers", "Missed")
    board.wait(lambda: len(board.connections) >= 3)
    board.stream_status = 200
    expect(page.get_by_text("Missed", exact=True)).to_be_visible()
    assert board.connections[-1]["cursor"] == seen
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def test_a_restarted_server_is_found_again(visit: Visit, board: Stub) -> None:
    page = visit()
    port = board.port
    board.stop()
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "offline")
    board.add("offers", "Written while away")
    board.start(port)
    expect(page.get_by_text("Written while away")).to_be_visible()


def test_a_hidden_tab_gives_its_connection_back_and_catches_up(visit: Visit, board: Stub) -> None:
    page = visit()
    page.evaluate(LOOK_AWAY, True)
    board.wait(lambda: not board.streams)
    board.add("offers", "While nobody looked")
    page.evaluate(LOOK_AWAY, False)
    expect(page.get_by_text("While nobody looked")).to_be_visible()


def test_a_short_look_elsewhere_keeps_the_connection(visit: Visit, board: Stub) -> None:
    page = visit()
    page.evaluate(f"[true, false].forEach({LOOK_AWAY})")
    board.add("offers", "Still here")
    expect(page.get_by_text("Still here")).to_be_visible()
    assert len(board.connections) == 1


def test_coming_back_in_history_catches_up(visit: Visit, board: Stub) -> None:
    page = visit()
    page.goto(f"{board.url}/elsewhere/?plain")
    board.wait(lambda: len(board.streams) == 1)
    board.add("offers", "While away")
    page.go_back()
    expect(page.get_by_text("While away")).to_be_visible()
    board.add("offers", "And live again")
    expect(page.get_by_text("And live again")).to_be_visible()


def test_another_epoch_fetches_the_board_afresh_and_leaves_typing_alone(visit: Visit, board: Stub) -> None:
    page = visit()
    lost, kept = list(board.notes.values())[:2]
    page.get_by_text("Teaching hour").dblclick()
    page.keyboard.type(" a week")
    board.epoch = "0" * 31 + "2"
    board.seq = 2
    del board.notes[lost.id]
    kept.text, kept.drawn = "As restored", 1
    board.tell("", event="reset")
    expect(page.get_by_text("As restored")).to_be_visible()
    expect(page.get_by_text("Short wait")).to_have_count(0)
    assert page.evaluate("document.activeElement.value") == "Teaching hour a week"
    board.add("offers", "In the new epoch")
    expect(page.get_by_text("In the new epoch")).to_be_visible()


def test_ended_access_leads_away(visit: Visit, board: Stub) -> None:
    page = visit()
    board.tell("/left/", event="gone")
    page.wait_for_url("**/left/")


def test_stale_topics_are_told_once_to_those_who_depend(visit: Visit, board: Stub) -> None:
    page = visit()
    page.evaluate("heard = 0; document.body.addEventListener('live:members', () => heard++)")
    board.tell('<i data-stale="members activity"></i>')
    board.add("offers", "A sign that it arrived")
    expect(page.get_by_text("A sign that it arrived")).to_be_visible()
    assert page.evaluate("heard") == 1


def test_a_replace_piece_changes_what_is_there_and_nothing_else(visit: Visit, board: Stub) -> None:
    page = visit()
    board.tell('<p class="typing" id="typing-c1-offers" data-drawn="9">Bo is typing</p>')
    board.tell('<p id="nowhere" data-drawn="9">nowhere</p>')
    expect(page.get_by_text("Bo is typing")).to_be_visible()
    expect(page.get_by_text("nowhere")).to_have_count(0)
