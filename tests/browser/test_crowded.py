"""Full blocks come closer together first; their marks go only when that is not enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from partners.workspaces.models import Invitation
from partners.workspaces.operations import change_workspace, follow_in_room, invite
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser
WALL = {"width": 1920, "height": 1080}
SIGNED_ABOVE_ACTIONS = """(note) => {
    const box = (within) => note.querySelector(within).getBoundingClientRect()
    return box(".signed").bottom <= box(".note-actions").top
}"""
FOCUS_AND_TELL_WHAT_PRESSES = """(note) => {
    note.focus()
    return getComputedStyle(note.querySelector(".note-actions")).pointerEvents
}"""
FITTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Fonts differ from computer to computer: as many words as just fit.
FILL = f"""async (text) => {{
    const block = text.closest("[data-block]")
    const words = text.firstChild
    let fitted
    do {{
        fitted = words.data
        words.data += " shops"
        await {FITTED}
    }} while (!block.dataset.density)
    words.data = fitted
    await {FITTED}
}}"""


def test_marks_stay_while_there_is_room_and_what_is_worked_on_is_seen_whole(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    page = visit(cast.ana, models("start"))
    block = page.locator("[data-block=channels]")
    marks = block.locator(".tag")

    def fill(count: int) -> None:
        for number in range(marks.count(), count):
            cast.note(f"Shop {number}", block="channels", tags=["tea"])
        expect(marks).to_have_count(count)
        page.evaluate(FITTED)

    fill(1)
    block.locator(".note").focus()
    page.keyboard.press("Shift+F10")
    menu = page.locator("#popover")
    menu.get_by_text("Move to…").click()
    expect(menu).to_be_in_viewport(ratio=1)
    expect(menu.get_by_role("button", name="Key Partners")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")

    fill(2)
    expect(block.locator(".tag:visible")).to_have_count(2)
    assert block.get_attribute("data-density") is None
    fill(4)
    expect(block).to_have_attribute("data-density", "snug")
    expect(block.locator(".tag:visible")).to_have_count(4)

    fill(7)
    block.get_by_role("button", name="Add a note").first.click()
    page.keyboard.type("One more shop, with a name that needs two lines")
    expect(block.locator(".note-edit")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    fill(9)
    expect(block).to_have_attribute("data-density", "compact")
    expect(marks.first).to_be_hidden()


def test_what_a_note_offers_while_it_is_looked_at_crowds_and_hides_nothing(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    note = cast.note("Energy for", block="cost_structure")
    page = visit(cast.ana, models("start"))
    block = page.locator("[data-block=cost_structure]")
    text = page.locator(f"#note-{note.pk} > .text")
    text.evaluate(FILL)
    assert block.get_attribute("data-density") is None

    page.locator(f"#note-{note.pk}").focus()
    expect(block.locator(".note-actions")).to_be_visible()
    text.evaluate("text => { text.firstChild.data = text.firstChild.data + 's' }")  # the block is fitted anew
    page.evaluate(FITTED)
    assert block.get_attribute("data-density") is None

    short = page.locator(f"#note-{cast.note('Shops', block='channels').pk}")
    actions = short.locator(".note-actions")
    assert short.evaluate(FOCUS_AND_TELL_WHAT_PRESSES) == "none", "not by a click that was meant for the note"
    expect(actions).to_be_visible()
    expect(actions).to_have_css("pointer-events", "auto")
    page.wait_for_function(SIGNED_ABOVE_ACTIONS, arg=short.element_handle())


def test_a_new_note_in_a_low_full_block_is_seen_whole(visit: Visits, cast: Cast) -> None:
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    for number in range(4):
        cast.note(f"Depot {number}", canvas=sheet, block="value_offer")
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/sketch/start/")
    page.get_by_role("button", name="Add a note to Value Offer").first.click()
    form = page.locator("[data-block=value_offer] .note-edit")
    expect(form.locator("textarea")).to_be_focused()
    page.evaluate(FITTED)
    expect(form).to_be_in_viewport(ratio=1)
    expect(form.get_by_text("Enter saves")).to_be_in_viewport(ratio=1)


def test_a_block_shown_large_on_the_wall_shows_all_of_its_notes_in_columns(visit: Visits, cast: Cast) -> None:
    for number in range(24):
        cast.note(f"A shop with quite a long name, number {number}", block="channels")
    viewer = cast.viewer(cast.ana)
    link = invite(viewer=viewer, kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
    follow_in_room(viewer=viewer, page=f"{cast.with_delonghi.pk}/models/start")
    wall = visit(None, f"/room/{link.code}/", viewport=WALL)
    block = wall.locator("[data-block=channels]")
    block.locator("h3").click()
    expect(block.locator("[data-more]")).to_be_hidden()
    expect(block.locator(".note:visible")).to_have_count(24)
    assert block.evaluate("block => Number(block.style.getPropertyValue('--fit-columns'))") > 1


def test_a_crowded_need_on_the_wall_leaves_its_words_the_room_and_says_whose_it_is_when_large(
    visit: Visits, cast: Cast
) -> None:
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    for number in range(9):
        cast.note(f"Temperature logging {number}", canvas=sheet, block="desired_value")
    viewer = cast.viewer(cast.ana)
    link = invite(viewer=viewer, kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
    follow_in_room(viewer=viewer, page=f"{cast.with_delonghi.pk}/sketch/start")
    wall = visit(None, f"/room/{link.code}/", viewport=WALL)
    block = wall.locator(f"[data-canvas='{sheet.pk}'] [data-block=desired_value]")
    expect(block).to_have_attribute("data-density", "compact")
    weight, note = block.locator(".weight").first, block.locator(".note").first
    expect(weight).to_be_visible()
    expect(weight).to_have_text("important")
    assert weight.evaluate("weight => weight.offsetWidth") < note.evaluate("note => note.offsetWidth") / 8
    block.locator("h3").click()
    above = block.locator("> header").evaluate("head => getComputedStyle(head, '::before').content")
    assert above == '"Partnership with De\'Longhi, as Nespresso sees it"'


def test_five_colours_with_a_meaning_leave_the_foot_its_line_also_offline(visit: Visits, cast: Cast) -> None:
    meanings = ["talk about this", "new together", "a customer said so", "in doubt", "for the board"]
    fills = dict(zip(("sun", "leaf", "sky", "rose", "lilac"), meanings, strict=True))
    change_workspace(viewer=cast.viewer(cast.ana), fill_meanings=fills)
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/", viewport=WALL)
    foot = page.locator(".sheet-foot")
    expect(foot.get_by_text("for the board")).to_be_visible()
    height, line = foot.evaluate("foot => [foot, foot.querySelector('.credit')].map(it => it.offsetHeight)")
    assert height < 2 * line
    page.set_viewport_size({"width": 1280, "height": 800})
    before = foot.bounding_box()
    assert before
    page.evaluate("document.body.dispatchEvent(new CustomEvent('live:state', {detail: {state: 'lost'}}))")
    expect(foot.get_by_text("Offline: go on, sent later")).to_be_visible()
    assert foot.bounding_box() == before


def test_what_was_just_saved_stands_beside_the_note_begun_next(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    for number in range(20):
        cast.note(f"Shop {number}", block="channels")
    page = visit(cast.ana, models("start"))
    block = page.locator("[data-block=channels]")
    page.get_by_role("button", name="Add a note to Channels").click()
    for words in ("Markets", "Fairs"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(block.locator(".note", has_text=words)).to_be_visible()
    expect(block.locator("[data-more]")).to_be_visible()
    expect(block.get_by_placeholder("New note")).to_be_in_viewport(ratio=1)
