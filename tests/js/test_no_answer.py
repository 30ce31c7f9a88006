"""Nobody answers, a database opens late, a server is being started: all goes on, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.js.acts import saved, write
from tests.js.stub import Stub
from tests.js.test_outbox import JOURNAL, ON_DISK
from tests.live.listening import wait_until

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

SOON = """() => {
  const { timeout } = AbortSignal
  AbortSignal.timeout = (ms) => timeout.call(AbortSignal, Math.min(ms, 1000))
}"""
"""The half minute for which an answer is waited passes in a second."""

OPENS_LATE = """
const open = IDBFactory.prototype.open
const waiting = []
IDBFactory.prototype.open = function (...asked) {
  const real = open.apply(this, asked)
  const opened = new Promise((resolve) => { real.onsuccess = resolve })
  const request = { get result() { return real.result } }
  waiting.push(() => opened.then(() => request.onsuccess()))
  return request
}
window.openDatabases = () => {
  IDBFactory.prototype.open = open
  return Promise.all(waiting.map((answer) => answer()))
}"""
"""No database answers before `openDatabases()`."""


def leave_first_unanswered(page: Page) -> list[Route]:
    """The first question for the page itself hangs; the later ones are answered."""
    hung: list[Route] = []
    page.route("**/board/", lambda route: route.continue_() if hung else hung.append(route))
    return hung


def try_again(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_the_board_is_fetched_again_when_the_first_time_nobody_answered(visit: Visit, board: Stub) -> None:
    page = visit()
    page.evaluate(SOON)
    hung = leave_first_unanswered(page)
    board.epoch = "f" * 32
    board.cut()
    wait_until(lambda: page.evaluate("new Promise(requestAnimationFrame)") and hung)
    board.add("costs", "Later")
    expect(page.get_by_text("Later", exact=True)).to_be_visible()
    saved(page, "saved")


def test_sending_goes_on_when_nobody_answered_who_i_am(visit: Visit, board: Stub) -> None:
    page = visit()
    page.evaluate(SOON)
    hung = leave_first_unanswered(page)
    board.answer = lambda arrived: None if hung else (403, "")
    write(page, "costs", "Night beds")
    wait_until(lambda: page.evaluate("new Promise(requestAnimationFrame)") and hung)
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]


def test_a_database_that_opens_late_is_not_taken_for_the_one_given_up(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    wait_until(lambda: page.evaluate(ON_DISK) == 1 and page.evaluate(JOURNAL) == [])
    board.person = "ben"
    page.add_init_script(OPENS_LATE)
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    write(page, "costs", "Theatres")
    saved(page, "offline")
    page.evaluate("openDatabases()")
    board.answer = lambda arrived: None
    try_again(page)
    saved(page, "saved")
    assert board.texts("costs") == ["Theatres"]
    assert page.evaluate(ON_DISK) == 1  # what waits for mara


def test_where_the_database_is_given_up_the_journal_keeps(visit: Visit, board: Stub) -> None:
    page = visit()
    page.add_init_script(OPENS_LATE)
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    saved(page, "offline")
    page.reload()
    expect(page.locator(".is-pending")).to_have_text(["Night beds"])


def test_a_server_that_is_being_started_is_no_failure_of_a_change(visit: Visit, board: Stub) -> None:
    page = visit()
    answers = [503] * 7 + [500]
    board.answer = lambda arrived: (answers.pop(0), "") if answers else None
    write(page, "costs", "Night beds")
    for number in range(1, 10):
        board.wait(lambda number=number: len(board.arrived) >= number)  # type: ignore[misc]
        try_again(page)
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]
    expect(page.locator("#drafts")).to_be_hidden()
