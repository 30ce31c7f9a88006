"""Around the notes: menus, drafts, crowded blocks, presence, the phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.js.stub import Stub

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def note(page: Page, text: str) -> Locator:
    return page.locator(".note", has_text=text)


def test_a_menu_opens_beside_its_note_closes_when_it_is_used_and_gives_focus_back(visit: Visit, board: Stub) -> None:
    page = visit()
    chosen, other, *_ = board.notes.values()
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

    board.bodies[f"/notes/{other.id}/menu/"] = (
        f'<div class="menu" data-for-note="{other.id}"><form hx-post="/notes/{other.id}/look/" hx-swap="upsert">'
        f'<input name="fill" value="sun"><button type="submit">Keep</button></form></div>'
    )
    page.locator(f"#note-{other.id} .more-for-note").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(f"#note-{other.id}")).to_have_class("note fill-sun")
    expect(page.locator("#popover")).to_be_hidden()
    expect(page.locator(f"#note-{other.id} .more-for-note")).to_be_focused()


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
    expect(page.locator("[data-block=wants]")).to_contain_text("Want 13")
    expect(more).to_be_visible()
    expect(page.locator("[data-block=wants]")).to_have_attribute("data-density", "compact")
    page.wait_for_function(
        """() => {
            const block = document.querySelector("[data-block=wants]")
            const hidden = block.querySelectorAll("[data-overflow]").length
            return hidden > 0 && block.querySelector("[data-more]").textContent === `+${hidden} more`
        }"""
    )
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


def test_a_page_that_is_left_says_goodbye_last_and_comes_back_as_another(visit: Visit, board: Stub) -> None:
    page = visit()
    board.wait(lambda: board.presence)
    before = board.presence[0]["page"]
    page.reload()
    board.wait(lambda: any(each["page"] != before and each["state"] == "here" for each in board.presence))
    board.wait(lambda: "gone" in states(board))
    words = sorted((int(each["word"]), each["state"]) for each in board.presence if each["page"] == before)
    assert [number for number, _ in words] == list(range(1, len(words) + 1))
    assert words[-1][1] == "gone"


def test_who_goes_on_typing_is_not_said_to_have_stopped(visit: Visit, board: Stub, own_context: BrowserContext) -> None:
    own_context.clock.install()
    page = visit(in_context=own_context)
    board.wait(lambda: states(board))
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 6)
    note(page, "Home check").dblclick()
    page.keyboard.type("!")
    board.wait(lambda: states(board)[-1] == "typing")
    said = len(states(board))
    page.clock.fast_forward(3_500)  # past the time at which the page would say that it is here
    page.keyboard.type("!")
    board.wait(lambda: len(states(board)) > said)
    assert set(states(board)[said:]) == {"typing"}
    page.clock.fast_forward(5_000)
    board.wait(lambda: states(board)[-1] == "here")
    page.clock.fast_forward(8_500)
    board.wait(lambda: states(board)[-2:] == ["here", "here"])


def test_who_left_meanwhile_is_not_shown_by_a_page_that_comes_back(visit: Visit, board: Stub) -> None:
    page = visit()
    line = page.locator("#typing-c1-wants")
    typing = (
        '<p class="typing" id="typing-c1-{}" data-drawn="{}"><span data-note="" data-person="2">Dan types</span></p>'
    )
    board.tell(typing.format("wants", 900))
    expect(line).to_have_text("Dan types")
    board.tell(typing.format("offers", 5), event="present")
    expect(line).to_be_empty()
    expect(page.locator("#typing-c1-offers")).to_have_text("Dan types")
    board.tell(typing.format("wants", 6))
    expect(line).to_have_text("Dan types")


def states(board: Stub) -> list[str]:
    """What each page has said so far, in the order in which it said it: on the way one word may overtake another."""
    pages = list(dict.fromkeys(each["page"] for each in board.presence))
    said = sorted(board.presence, key=lambda each: (pages.index(each["page"]), int(each["word"])))
    return [each["state"] for each in said]
