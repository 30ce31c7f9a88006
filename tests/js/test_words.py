"""Whatever somebody wrote, in whichever field: when it is refused, it is theirs to take out until it is settled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.js.acts import saved
from tests.js.stub import Stub

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
A_FORM = """([path, inside]) => {
  const form = `<form id="written" hx-post="${path}">${inside}<button>Save</button></form>`
  document.querySelector("#main").insertAdjacentHTML("beforeend", form)
  window.htmx.process(document.getElementById("written"))
}"""
OF_AN_IDEA = """<input type="hidden" name="base-name" value="Night beds"><input name="name" value="Night beds">
<textarea name="because"></textarea><input name="reason"><input type="date" name="due" value="2026-11-23">"""


def refuse(board: Stub, path: str) -> None:
    """Nothing may be written there any more."""
    board.answer = lambda arrived: (422, '<p class="error">Nobody writes here.</p>') if arrived.path == path else None


def form(page: Page, path: str, inside: str, **words: str) -> None:
    """Fill a form on the page and send it; then it is gone from the page."""
    page.evaluate(A_FORM, [path, inside])
    written = page.locator("#written")
    for name, typed in words.items():
        written.locator(f"[name={name}]").fill(typed)
    written.get_by_role("button").click()
    written.evaluate("form => form.remove()")


def test_the_words_of_every_field_are_kept_when_they_are_refused(visit: Visit, board: Stub) -> None:
    page = visit()
    refuse(board, "/ideas/7/")
    form(page, "/ideas/7/", OF_AN_IDEA, because="Guests sleep badly", reason="They said so")
    for _ in range(2):
        expect(page.locator("#drafts .draft .text")).to_have_text("Guests sleep badly\nThey said so")
        saved(page, "failed")
        page.reload()


def test_a_comment_that_was_refused_is_not_settled_by_the_words_of_its_note(visit: Visit, board: Stub) -> None:
    page = visit()
    note = next(iter(board.notes.values()))
    path = f"/notes/{note.id}/comments/"
    refuse(board, path)
    form(page, path, '<input type="hidden" name="id" value="7"><textarea name="text"></textarea>', text="Who pays?")
    draft = page.locator("#drafts .draft")
    expect(draft).to_contain_text("Who pays?")
    page.get_by_text("Short wait").dblclick()
    page.keyboard.type(" and certain")
    page.keyboard.press("Enter")
    board.wait(lambda: note.text == "Short wait and certain")
    expect(page.locator(".is-pending")).to_have_count(0)
    expect(draft).to_contain_text("Who pays?")


def test_what_was_refused_is_settled_when_the_same_field_is_taken(visit: Visit, board: Stub) -> None:
    page = visit()
    note = next(iter(board.notes.values()))
    path = f"/notes/{note.id}/look/"
    look = '<input type="hidden" name="fill" value="sun"><input name="tags">'
    refuse(board, path)
    form(page, path, look, tags="beds, nights")
    draft = page.locator("#drafts .draft")
    expect(draft).to_contain_text("beds, nights")
    board.answer = lambda arrived: None
    form(page, path, '<input type="hidden" name="fill" value="sun">')
    board.wait(lambda: note.fill == "sun")
    expect(page.locator(".is-pending")).to_have_count(0)
    expect(draft).to_contain_text("beds, nights")
    form(page, path, look, tags="beds")
    expect(page.locator("#drafts")).to_be_hidden()
