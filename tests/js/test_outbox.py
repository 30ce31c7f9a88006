"""What I do is kept until the server has it: sent in order, sent once, shown as pending, never silently dropped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.js.stub import Arrived, Stub

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def write(page: Page, block: str, *lines: str) -> None:
    """Add notes as a person does: the plus, then Enter after each."""
    page.get_by_role("button", name=f"Add to {block}").click()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def saved(page: Page, state: str) -> None:
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", state, timeout=20_000)


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
    for words in (" and", " certain"):
        page.get_by_text("Short wait").dblclick()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    board.answer = lambda arrived: None
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page, "saved")
    last = board.arrived[-1]
    first = next(each for each in board.arrived if each.fields["text"] == "Short wait and")
    assert last.fields["text"] == "Short wait and certain"
    assert last.fields["base_key"] == first.key
    assert "base_key" not in first.fields


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


def test_plain_http_under_another_name_works_without_the_secure_parts(visit: Visit, board: Stub) -> None:
    page = visit(f"http://room.test:{board.port}/board/")
    assert page.evaluate("window.isSecureContext") is False
    assert page.evaluate("'locks' in navigator") is False
    write(page, "costs", "One", "Two")
    saved(page, "saved")
    assert board.texts("costs") == ["One", "Two"]
    other = visit(f"http://room.test:{board.port}/board/")
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
