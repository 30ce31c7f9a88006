"""What I do is kept until the server has it: sent in order, sent once, shown as pending, never silently dropped."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.js.acts import saved, write
from tests.js.stub import Stub
from tests.live.listening import wait_until

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
ON_DISK = "import('/static/js/lib/idb.js').then(({ Table }) => new Table('outbox').all()).then((all) => all.length)"

JOURNAL = "Object.keys(localStorage).filter((key) => key.startsWith('outbox:'))"
DATABASE_NEVER_ANSWERS = """() => {
  IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ add() {}, getAll() {}, delete() {} }) })
}"""


def crash(page: Page) -> None:
    """Kill the process behind a page, as the system does when memory runs out."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def test_a_new_note_is_there_at_once_and_stays_the_same_element(visit: Visit, board: Stub) -> None:
    page = visit()
    write(page, "costs", "Night beds")
    note = page.locator(".note", has_text="Night beds")
    expect(note).to_be_visible()
    handle = note.element_handle()
    expect(page.locator(".is-pending")).to_have_count(0)
    assert handle is not None
    assert handle.evaluate("(note) => note.isConnected && Number(note.dataset.drawn) > 0")
    assert board.texts("costs") == ["Night beds"]
    assert board.arrived[0].csrf == "stub-token"
    saved(page, "saved")


def test_several_new_notes_arrive_in_the_order_they_were_written(visit: Visit, board: Stub) -> None:
    page = visit()
    write(page, "costs", "One", "Two", "Three")
    board.wait(lambda: len(board.texts("costs")) == 3)
    assert board.texts("costs") == ["One", "Two", "Three"]
    expect(page.locator("[data-list='c1:costs'] .text")).to_have_text(["One", "Two", "Three"])


def test_offline_changes_wait_visibly_and_are_sent_in_order_once(
    visit: Visit, board: Stub, context: BrowserContext
) -> None:
    page = visit()
    context.set_offline(True)
    write(page, "costs", "One", "Two")
    page.get_by_text("Short wait").dblclick()
    page.keyboard.type(" and certain")
    page.keyboard.press("Enter")
    expect(page.locator(".is-pending")).to_have_count(3)
    saved(page, "offline")
    expect(page.locator("[data-when=offline]")).to_have_text("Offline, 3 changes waiting")
    assert board.arrived == []
    context.set_offline(False)
    saved(page, "saved")
    expect(page.locator(".is-pending")).to_have_count(0)
    assert [each.fields["text"] for each in board.arrived] == ["One", "Two", "Short wait and certain"]
    assert len({each.key for each in board.arrived}) == 3


def test_a_reload_while_pending_loses_nothing(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    page.get_by_text("Short wait").dblclick()
    page.keyboard.type(" and certain")
    page.keyboard.press("Enter")
    saved(page, "offline")
    page.reload()
    expect(page.locator(".is-pending")).to_have_count(2)
    expect(page.locator(".note", has_text="Night beds")).to_be_visible()
    expect(page.locator(".note", has_text="Short wait and certain")).to_be_visible()
    board.answer = lambda arrived: None
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]
    assert board.texts("offers")[0] == "Short wait and certain"
    expect(page.locator(".is-pending")).to_have_count(0)


@pytest.mark.parametrize("end", ["reload", "crash"])
def test_a_page_that_ends_in_the_moment_of_a_change_loses_nothing(visit: Visit, board: Stub, end: str) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    page.evaluate(DATABASE_NEVER_ANSWERS)
    write(page, "costs", "Night beds", "Theatres")
    expect(page.locator(".is-pending")).to_have_count(2)
    if end == "crash":
        crash(page)
        page = visit()
    else:
        page.reload()
    expect(page.locator("[data-list='c1:costs'] .is-pending")).to_have_text(["Night beds", "Theatres"])
    board.answer = lambda arrived: None
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds", "Theatres"]
    assert page.evaluate(JOURNAL) == []


def test_where_the_journal_is_full_the_database_does(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    write(page, "costs", "Night beds")
    saved(page, "offline")
    wait_until(lambda: page.evaluate(ON_DISK) == 1)
    page.reload()
    expect(page.locator(".is-pending")).to_have_text(["Night beds"])


def test_what_is_in_the_journal_is_for_its_person_alone(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    page.evaluate(DATABASE_NEVER_ANSWERS)
    write(page, "costs", "Night beds")
    expect(page.locator(".is-pending")).to_have_count(1)
    board.person, board.answer = "ben", lambda arrived: None
    page.goto(f"{board.url}/board/")
    before = len(board.arrived)
    write(page, "costs", "Theatres")
    saved(page, "saved")
    assert [each.fields["text"] for each in board.arrived[before:]] == ["Theatres"]
    board.person = "mara"
    page.reload()
    saved(page, "saved")
    board.wait(lambda: "Night beds" in board.texts("costs"))


def test_an_answer_that_got_lost_does_not_make_the_change_twice(visit: Visit, board: Stub) -> None:
    page = visit()
    page.route("**/canvases/c1/notes/", lambda route: (route.fetch(), route.abort()), times=1)
    write(page, "costs", "Night beds")
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]
    expect(page.locator("[data-list='c1:costs'] .note")).to_have_count(1)


def test_typing_on_a_pending_text_names_that_change_as_its_base(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    note = next(each for each in board.notes.values() if each.text == "Short wait")
    typed_on = str(note.version)
    for words in (" and", " certain"):
        page.get_by_text("Short wait").dblclick()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        board.change(note, text=f"Others wrote {words}")
    board.answer = lambda arrived: None
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page, "saved")
    last = board.arrived[-1]
    first = next(each for each in board.arrived if each.fields["text"] == "Short wait and")
    assert last.fields["text"] == "Short wait and certain"
    assert last.fields["base_key"] == first.key
    assert "base_key" not in first.fields
    assert (first.fields["base_version"], last.fields["base_version"]) == (typed_on, typed_on)


def test_a_pending_text_is_not_painted_over_by_the_stream(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    page.get_by_text("Short wait").dblclick()
    page.keyboard.type(" and certain")
    page.keyboard.press("Enter")
    saved(page, "offline")
    board.change(next(iter(board.notes.values())), fill="sun")
    note = page.locator(".note.fill-sun")
    expect(note).to_contain_text("Short wait and certain")
    expect(note).to_have_class("note fill-sun is-pending")


def test_another_person_in_this_browser_does_not_send_my_changes(visit: Visit, board: Stub) -> None:
    page = visit()
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    saved(page, "offline")
    page.close()
    board.answer = lambda arrived: None
    before = len(board.arrived)
    board.person = "ben"
    page = visit()
    write(page, "costs", "Theatres")
    saved(page, "saved")
    assert [each.fields["text"] for each in board.arrived[before:]] == ["Theatres"]


def test_two_tabs_send_one_after_the_other_and_both_show_it(visit: Visit, board: Stub) -> None:
    mine, other = visit(), visit()
    board.answer = lambda arrived: (503, "")
    write(mine, "costs", "One")
    saved(mine, "offline")
    write(other, "costs", "Two")
    saved(other, "offline")
    board.answer = lambda arrived: None
    other.evaluate("window.dispatchEvent(new Event('online'))")
    saved(mine, "saved")
    saved(other, "saved")
    assert len(board.texts("costs")) == 2
    for page in (mine, other):
        expect(page.locator("[data-list='c1:costs'] .text")).to_have_text(board.texts("costs"))
        expect(page.locator(".is-pending")).to_have_count(0)


def test_a_closed_tab_leaves_its_changes_to_the_next(visit: Visit, board: Stub) -> None:
    mine, other = visit(), visit()
    board.answer = lambda arrived: (503, "")
    write(mine, "costs", "One")
    saved(mine, "offline")
    mine.close()
    board.answer = lambda arrived: None
    other.evaluate("window.dispatchEvent(new Event('online'))")
    board.wait(lambda: board.texts("costs") == ["One"])
    saved(other, "saved")


def test_plain_http_under_another_name_works_without_the_secure_parts(
    visit: Visit, board: Stub, own_context: BrowserContext
) -> None:
    address = f"http://room.test:{board.port}/board/"
    page = visit(address, own_context)
    assert page.evaluate("window.isSecureContext") is False
    assert page.evaluate("'locks' in navigator") is False
    write(page, "costs", "One", "Two")
    saved(page, "saved")
    assert board.texts("costs") == ["One", "Two"]
    other = visit(address, own_context)
    write(other, "costs", "Three")
    expect(page.locator("[data-list='c1:costs'] .text")).to_have_text(["One", "Two", "Three"])


def test_without_indexeddb_changes_are_kept_as_long_as_the_page(visit: Visit, board: Stub) -> None:
    page = visit()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no') } })")
    page.reload()
    page.locator("body[data-stream=open]").wait_for(state="attached")
    board.answer = lambda arrived: (503, "")
    write(page, "costs", "Night beds")
    saved(page, "offline")
    board.answer = lambda arrived: None
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page, "saved")
    assert board.texts("costs") == ["Night beds"]


def test_words_being_typed_survive_a_reload(visit: Visit, board: Stub) -> None:
    page = visit()
    page.get_by_text("Short wait").dblclick()
    page.keyboard.type(" and certain")
    page.reload()
    expect(page.locator("[data-editing] textarea")).to_have_value("Short wait and certain")
    page.locator("[data-editing] textarea").focus()
    page.keyboard.press("Enter")
    board.wait(lambda: board.texts("offers")[0] == "Short wait and certain")


def test_what_waits_can_be_taken_out_without_a_connection(visit: Visit, board: Stub, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit()
    copy = page.get_by_role("button", name="Copy what waits")
    expect(copy).to_be_hidden()
    context.set_offline(True)
    page.get_by_text("Short wait").click()
    page.keyboard.press("Delete")
    saved(page, "offline")
    expect(copy).to_be_hidden()  # no words wait
    write(page, "costs", "Night beds", "Theatres")
    for words in (" and", " certain"):
        page.get_by_text("Fixed plan").dblclick()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    copy.click()
    expect(page.locator("#announce")).to_have_text("Copied")
    words = page.evaluate("() => navigator.clipboard.readText()")
    assert words == "## costs\n- Night beds\n- Theatres\n\n## offers\n- Fixed plan and certain"
    context.set_offline(False)
    saved(page, "saved")
    expect(copy).to_be_hidden()
