"""What the server refuses: said in place, kept with its words, and never because nobody was signed in."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.js.acts import saved, write
from tests.js.stub import Stub
from tests.js.test_outbox import DATABASE_NEVER_ANSWERS, ON_DISK
from tests.js.wire import Arrived
from tests.live.listening import wait_until
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
DRAFTS_ON_DISK = ON_DISK.replace("outbox", "drafts")


def test_what_is_finally_refused_goes_back_to_what_it_was(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (404, "") if arrived.path.endswith("/look/") else None
    note = next(iter(board.notes.values()))
    page.evaluate("id => { window.htmx.ajax('POST', `/notes/${id}/look/`, {values: {fill: 'sun'}}) }", note.id)
    board.wait(lambda: board.sent_to("/look/"))
    expect(page.locator("#toasts .toast")).to_contain_text("not there any more")
    expect(page.locator(f"#note-{note.id}")).to_have_class("note")
    saved(page, "saved")


def test_what_nobody_may_do_waits_until_i_am_somebody_again(visit: Visit, board: Stub) -> None:
    page = visit()
    board.person = ""
    board.answer = lambda arrived: None if board.person else (404, "")
    write(page, "costs", "Night beds")
    saved(page, "signin")
    board.person = "mara"
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]


def test_a_refusal_is_kept_even_when_the_tab_that_asked_is_gone(visit: Visit, board: Stub) -> None:
    mine, other = visit(), visit()
    board.answer = lambda arrived: (503, "")
    write(mine, "costs", "Night beds")
    saved(mine, "offline")
    mine.close()
    board.answer = lambda arrived: (422, '<p class="error">Nobody writes here.</p>')
    other.evaluate("window.dispatchEvent(new Event('online'))")
    expect(other.locator("#drafts .draft")).to_contain_text("Night beds")
    expect(other.locator("#drafts .draft")).to_contain_text("Nobody writes here.")


def test_an_ended_session_waits_for_sign_in(visit: Visit, board: Stub) -> None:
    page = visit()
    signed_out = [True]
    board.answer = lambda arrived: (401, "") if signed_out[0] else None
    write(page, "costs", "Night beds")
    saved(page, "signin")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    signed_out[0] = False
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]


def test_an_answer_from_before_the_sign_in_is_not_the_last_word(visit: Visit, board: Stub) -> None:
    page = visit()
    answers = [(404, "")]  # to what was asked while nobody was signed in
    board.answer = lambda arrived: answers.pop() if answers else None
    write(page, "costs", "Night beds")
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]
    expect(page.locator("#drafts")).to_be_hidden()


NOTHING_IS_TRIED_BY_ITSELF = """() => {
  const { setTimeout } = window
  window.setTimeout = (work, ms, ...rest) => (ms >= 500 ? -1 : setTimeout(work, ms, ...rest))
}"""


def test_who_comes_back_while_an_answer_is_on_its_way_is_asked_for_again(visit: Visit, board: Stub) -> None:
    page = visit()
    has_come_back = threading.Event()

    def signed_out_at_first(_arrived: Arrived) -> tuple[int, str] | None:
        return None if has_come_back.is_set() or not has_come_back.wait(PATIENCE_S) else (401, "")

    board.answer = signed_out_at_first
    page.evaluate(NOTHING_IS_TRIED_BY_ITSELF)
    write(page, "costs", "Night beds")
    board.wait(lambda: board.arrived)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    has_come_back.set()
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]


def refuses_long_words(arrived: Arrived) -> tuple[int, str] | None:
    """As the server answers a form: 422 with the form, its errors, and the words that were sent."""
    if "short" in arrived.fields.get("text", "x").lower() or not arrived.path.startswith("/notes/"):
        return None
    note_id = arrived.path.split("/")[2]
    return 422, (
        f'<li class="note note-edit" id="note-{note_id}" data-note="{note_id}" data-notes="c1:offers" '
        f'data-rank="0000065536" data-drawn="1" data-editing><form><input type="hidden" name="base_version" value="1">'
        f'<textarea name="text" aria-invalid="true">{arrived.fields["text"]}</textarea>'
        f'<p class="error">Too long.</p></form></li>'
    )


def test_a_refused_text_comes_back_as_a_form_with_the_reason(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = refuses_long_words
    page.get_by_text("Short wait").dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type("Words without end")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Too long.")).to_be_visible()
    field = page.locator("[data-editing] textarea")
    expect(field).to_have_value("Words without end")
    expect(page.locator("#drafts")).to_be_hidden()
    field.press("Escape")
    expect(page.locator("#drafts .draft")).to_contain_text("Words without end")
    expect(page.locator("#drafts .draft")).to_contain_text("Too long.")
    page.get_by_text("Short wait").dblclick()
    field.fill("Short words")
    field.press("Enter")
    board.wait(lambda: board.texts("offers")[0] == "Short words")
    expect(page.locator(".note", has_text="Short words")).to_have_class("note")
    expect(page.locator("#drafts")).to_be_hidden()


LATER = "() => { const now = Date.now; Date.now = () => now() + 31 * 24 * 3600 * 1000 }"
FROM_LONG_AGO = """() => localStorage.setItem("outbox:k", JSON.stringify({
  key: "k", person: "mara", tab: "t", path: "/canvases/c1/notes/", swap: "upsert",
  at: Date.now() - 31 * 24 * 3600 * 1000,
  body: "id=00000000-0000-4000-8000-00000000beef&block=costs&text=Night+beds&after=",
}))"""


def test_a_laptop_closed_past_the_key_s_life_sends_nothing_by_itself(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    saved(page, "offline")
    board.answer = lambda arrived: None
    before = len(board.arrived)
    page.evaluate(LATER)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    draft = page.locator("#drafts .draft")
    expect(draft).to_contain_text("Night beds")
    expect(draft).to_contain_text("more than 30 days")
    expect(page.locator("[data-list='c1:costs'] .note")).to_have_count(0)
    write(page, "costs", "Theatres")
    board.wait(lambda: board.texts("costs") == ["Theatres"])
    assert [each.fields["text"] for each in board.arrived[before:]] == ["Theatres"]
    draft.get_by_role("button", name="Make it a new note").click()
    board.wait(lambda: board.texts("costs") == ["Theatres", "Night beds"])


def test_what_is_found_too_old_at_the_start_is_a_draft(visit: Visit, board: Stub) -> None:
    page = visit()
    page.evaluate(FROM_LONG_AGO)
    page.reload()
    expect(page.locator("#drafts .draft")).to_contain_text("Night beds")
    expect(page.locator("[data-list='c1:costs'] .note")).to_have_count(0)
    assert board.arrived == []
    page.reload()
    expect(page.locator("#drafts .draft")).to_have_count(1)


NOTHING_IS_FORGOTTEN = """() => {
  Storage.prototype.removeItem = function (name) {
    const drafts = Object.keys(this).filter((each) => each.startsWith("draft:")).length
    if (name.startsWith("outbox:")) document.body.dataset.drafts = drafts
  }
  const remove = IDBObjectStore.prototype.delete
  IDBObjectStore.prototype.delete = function (n) {
    return this.transaction.db.name === "outbox" ? this.getAll() : remove.call(this, n)
  }
}"""
"""As if the page ended in the moment in which a change is forgotten; the body says how many drafts there were then."""


@pytest.mark.parametrize("why", ["refused", "too old"])
def test_words_are_a_draft_before_their_change_is_forgotten(visit: Visit, board: Stub, why: str) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    saved(page, "offline")
    page.evaluate(NOTHING_IS_FORGOTTEN)
    board.answer = lambda arrived: (422, '<p class="error">Nobody writes here.</p>')
    if why == "too old":
        page.evaluate(LATER)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("body")).to_have_attribute("data-drafts", "1")
    page.reload()
    draft = page.locator("#drafts .draft")
    expect(draft).to_contain_text("Night beds")
    saved(page, "failed")
    expect(draft).to_have_count(1)  # refused twice, and one draft
    page.reload()
    expect(draft).to_have_count(1)
    draft.get_by_role("button", name="Let it go").click()
    expect(page.locator("#drafts")).to_be_hidden()
    wait_until(lambda: page.evaluate(DRAFTS_ON_DISK) == 0)
    page.reload()
    saved(page, "saved")
    expect(page.locator("#drafts")).to_be_hidden()


def test_a_draft_goes_when_its_change_is_taken_after_all(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (422, '<p class="error">Nobody writes here.</p>')
    page.evaluate(NOTHING_IS_FORGOTTEN)
    write(page, "costs", "Night beds")
    expect(page.locator("body")).to_have_attribute("data-drafts", "1")
    board.answer = lambda arrived: None
    page.reload()
    board.wait(lambda: board.texts("costs") == ["Night beds"])
    expect(page.locator("#drafts")).to_be_hidden()


@pytest.mark.parametrize("kept_in", ["journal", "database"])
def test_what_a_guest_left_behind_is_offered_to_who_joins_next_and_not_sent(
    visit: Visit, board: Stub, kept_in: str
) -> None:
    board.is_guest = True
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    board.answer = lambda arrived: (503, "")
    if kept_in == "journal":
        page.evaluate(DATABASE_NEVER_ANSWERS)
    write(page, "costs", "Night beds")
    expect(page.locator(".is-pending")).to_have_count(1)
    board.person = "mara again"
    page.goto(f"{board.url}/board/")
    board.answer = lambda arrived: None  # by now nobody tries for the one who left
    before = len(board.arrived)
    draft = page.locator("#drafts .draft")
    expect(draft).to_contain_text("Night beds")
    expect(draft).to_contain_text("before you joined")
    draft.get_by_role("button", name="Copy").click()
    expect(page.locator("#announce")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "Night beds"
    page.reload()
    expect(draft).to_have_count(1)
    assert len(board.arrived) == before, "never sent by itself"
    draft.get_by_role("button", name="Make it a new note").click()
    board.wait(lambda: board.texts("costs") == ["Night beds"])
    saved(page, "saved")
    page.reload()
    saved(page, "saved")
    expect(page.locator("#drafts")).to_be_hidden()


def test_what_a_guest_left_behind_is_not_for_the_other_company(visit: Visit, board: Stub) -> None:
    board.is_guest = True
    page = visit()
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    saved(page, "offline")
    board.person, board.company = "carla", "delonghi"
    page.goto(f"{board.url}/board/")
    board.answer = lambda arrived: None
    write(page, "costs", "Theatres")
    saved(page, "saved")
    expect(page.locator("#drafts")).to_be_hidden()
    board.person, board.company = "mara again", "nespresso"
    page.goto(f"{board.url}/board/")
    expect(page.locator("#drafts .draft")).to_contain_text("Night beds")


def test_what_an_account_left_behind_waits_for_its_owner(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    saved(page, "offline")
    board.person, board.is_guest = "ben", True
    page.goto(f"{board.url}/board/")
    board.answer = lambda arrived: None
    write(page, "costs", "Theatres")
    saved(page, "saved")
    expect(page.locator("#drafts")).to_be_hidden()
    assert board.texts("costs") == ["Theatres"]
