"""One note changed by two people who do not see each other's typing: both are kept, and both are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from partners.canvases.models import Note
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser
# These keys come between the head and the body of the answer that says who changed the note.
PRESS_FIRST = """(keys) => {
    const text = (Response.prototype.textAtOnce ??= Response.prototype.text)
    Response.prototype.text = async function () {
        if (!this.url.includes("/meanwhile/")) return text.call(this)
        for (const key of keys)
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))
        const words = await text.call(this)
        setTimeout(() => { document.documentElement.dataset.answered = keys.join(" ") }) // after who waits for it
        return words
    }
}"""


@pytest.fixture
def note(cast: Cast) -> Note:
    """A note of two people's sheet."""
    return cast.note("Own online shop", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="value_offer")


def sketch(cast: Cast) -> str:
    return f"/p/{cast.with_delonghi.pk}/sketch/start/"


def on(page: Page, note: Note) -> Locator:
    return page.locator(f"#note-{note.pk}")


def words(page: Page, note: Note) -> Locator:
    return on(page, note).locator("> .text")


def type_on(page: Page, note: Note, typed: str, *, at: str = "End") -> None:
    """Open the note by keys and type at one end of its words."""
    on(page, note).focus()
    page.keyboard.press("Enter")
    page.locator("textarea:focus").wait_for()
    page.keyboard.press(at)
    page.keyboard.type(typed)


def replace_on(page: Page, note: Note, typed: str) -> None:
    """Open the note by keys and write it anew."""
    on(page, note).focus()
    page.keyboard.press("Enter")
    page.locator("textarea:focus").fill(typed)


def test_two_people_offline_both_find_their_words_in_the_note_and_the_same_words_in_two(
    visit: Visits, cast: Cast, note: Note
) -> None:
    other = cast.note("Own online shop", canvas=note.canvas, block="desired_value", fill="sun", tags=["shop"])
    anas, bos = visit(cast.ana, sketch(cast)), visit(cast.bo, sketch(cast))
    for page in (anas, bos):
        page.context.set_offline(True)
    type_on(anas, note, " in cafés")
    anas.keyboard.press("Enter")
    type_on(bos, note, "Our ", at="Home")
    bos.keyboard.press("Enter")
    expect(words(anas, note)).to_have_text("Own online shop in cafés")
    bos.context.set_offline(False)
    expect(bos.locator(f"#note-{note.pk}.is-pending")).to_have_count(0)  # Bo's change is there before Ana's
    expect(words(bos, note)).to_have_text("Our Own online shop")
    anas.context.set_offline(False)
    told = on(anas, note).get_by_role("group", name="Merged with Bo Keller’s change")
    expect(told).to_be_visible()
    for page in (anas, bos):
        expect(words(page, note)).to_have_text("Our Own online shop in cafés")
    expect(on(anas, note)).to_be_focused()
    expect(anas.locator("#announce")).to_have_text("Merged with Bo Keller’s change")

    told.get_by_text("View both").press("Enter")
    expect(told).to_contain_text("Our Own online shop")
    type_on(bos, note, ", soon")
    bos.keyboard.press("Enter")
    expect(words(anas, note)).to_have_text("Our Own online shop in cafés, soon")
    expect(told.get_by_text("What you typed")).to_be_visible()  # it stays open under what others do
    told.get_by_role("button", name="Undo").press("Enter")
    for page in (anas, bos):
        expect(words(page, note)).to_have_text("Our Own online shop, soon")
    expect(on(anas, note).locator(".told")).to_have_count(0)
    expect(on(anas, note)).to_be_focused()

    replace_on(anas, other, "Own boutique, soon")
    replace_on(bos, other, "Our online store")
    bos.keyboard.press("Enter")
    told = on(anas, other).locator(".told")
    expect(told).to_contain_text("Bo Keller changed this note while you type.")
    expect(anas.locator("textarea:focus")).to_have_value("Own boutique, soon")
    anas.keyboard.press("Enter")
    conflict = on(anas, other)
    expect(conflict).to_contain_text("Our boutique, soon")
    expect(conflict).to_contain_text("Our online store")
    expect(conflict).to_be_focused()
    conflict.get_by_role("button", name="Keep both as two notes").press("Enter")
    for page in (anas, bos):
        notes = page.locator("[data-block=desired_value] .note.fill-sun > .text")
        expect(notes).to_have_text(["Our online store", "Our boutique, soon"])
        expect(page.locator("[data-block=desired_value] .note .tag")).to_have_text(["#shop", "#shop"])
        expect(page.locator(".note-conflict")).to_have_count(0)
    expect(anas.locator("#drafts .draft")).to_have_count(0)


IN_SIGHT = """(part) => [...part.querySelectorAll("p, button")].filter((one) => one.checkVisibility()).every((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect()
  const isOver = (x, y) => part.contains(document.elementFromPoint(x, y))
  return isOver(left + 1, top + 1) && isOver(right - 1, bottom - 1)
})"""


def test_what_is_asked_and_told_stands_whole_over_a_small_block(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    shop = "Own online shop for every machine that is sold"
    notes = [cast.note(shop, block=block) for block in ("cost_structure", "customer_segments")]
    anas, bos = visit(cast.ana, models("start")), visit(cast.bo, models("start"))
    for note in notes:
        replace_on(anas, note, "Own boutique for every machine that is sold, in every town, and soon")
        type_on(bos, note, " by them")
        bos.keyboard.press("Enter")
        expect(on(anas, note).locator(".told")).to_be_attached()
        anas.keyboard.press("Enter")
        expect(on(anas, note).get_by_role("button", name="Keep mine")).to_be_visible()
        assert on(anas, note).evaluate(IN_SIGHT)
        on(anas, note).get_by_role("button", name="Keep theirs").click()
        expect(anas.locator(".note-conflict")).to_have_count(0)

        type_on(anas, note, "Our ", at="Home")
        type_on(bos, note, ", soon")
        bos.keyboard.press("Enter")
        expect(on(anas, note).locator(".told")).to_be_attached()
        anas.keyboard.press("Enter")
        expect(on(anas, note).get_by_role("group", name="Merged with Bo Keller’s change")).to_be_visible()
        assert on(anas, note).evaluate(IN_SIGHT)


def test_two_tabs_of_one_person_and_an_undo_after_the_other(visit: Visits, cast: Cast, note: Note) -> None:
    one, two, bos = visit(cast.ana, sketch(cast)), visit(cast.ana, sketch(cast)), visit(cast.bo, sketch(cast))
    type_on(one, note, " in cafés")
    type_on(two, note, "Our ", at="Home")
    one.keyboard.press("Enter")
    expect(on(two, note)).to_contain_text("You changed this note elsewhere meanwhile.")
    two.keyboard.press("Enter")
    expect(on(two, note)).to_contain_text("Merged with your own change from elsewhere")
    for page in (one, two):
        expect(words(page, note)).to_have_text("Our Own online shop in cafés")
    type_on(bos, note, ", soon")
    bos.keyboard.press("Enter")
    expect(words(one, note)).to_have_text("Our Own online shop in cafés, soon")
    on(one, note).focus()
    one.keyboard.press("Control+z")
    expect(words(bos, note)).to_have_text("Own online shop in cafés, soon")
    one.keyboard.press("Control+z")
    for page in (one, two, bos):
        expect(words(page, note)).to_have_text("Own online shop, soon")

    one.evaluate(PRESS_FIRST, ["Escape"])
    type_on(one, note, "!")
    type_on(bos, note, ", or later")
    bos.keyboard.press("Enter")
    expect(one.locator("html[data-answered=Escape]")).to_be_attached()
    expect(words(one, note)).to_have_text("Own online shop, soon, or later")
    expect(on(one, note).locator(".told")).to_have_count(0)

    one.evaluate(PRESS_FIRST, ["Escape", "Enter"])  # opened again, it stands on Bo's words
    type_on(one, note, "!")
    type_on(bos, note, "?")
    bos.keyboard.press("Enter")
    expect(one.locator("html[data-answered='Escape Enter']")).to_be_attached()
    expect(one.locator("textarea:focus")).to_have_value("Own online shop, soon, or later?")
    expect(on(one, note).locator(".told")).to_have_count(0)
