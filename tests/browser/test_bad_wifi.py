"""Slow and broken connections, two tabs, a second click: nothing is lost, doubled, or said in somebody else's name."""

from __future__ import annotations

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.value_fit.models import JointSentence, Pair
from partners.workspaces.models import Membership
from partners.workspaces.operations.people import change_member
from tests.browser.conftest import Visits
from tests.browser.test_at_the_same_time import Held
from tests.factories import Cast
from tests.live.listening import wait_until
from tests.value_fit.conftest import Table, table

pytestmark = pytest.mark.browser
NO_ROOM = """() => {
    for (const [type, name] of [[Storage, "setItem"], [IDBObjectStore, "add"]])
        type.prototype[name] = () => { throw new DOMException("full", "QuotaExceededError") }
}"""
__all__ = ["table"]


@pytest.fixture
def note(cast: Cast) -> Note:
    """What Nespresso offers De'Longhi."""
    return cast.note("Own shop", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="value_offer")


def sketch(cast: Cast) -> str:
    return f"/p/{cast.with_delonghi.pk}/sketch/start/"


def begin(page: Page, typed: str) -> None:
    """A new note among the offers, typed on."""
    page.locator("[data-block=value_offer] .add").click()
    page.locator("textarea:focus").wait_for()
    page.keyboard.type(typed)


def test_a_refresh_that_got_lost_is_asked_for_again(visit: Visits, cast: Cast) -> None:
    page = visit(cast.bo, f"/w/{cast.workspace.pk}/members/")
    lost: list[Route] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route)
            route.abort()

    page.route("**/members/", lose_the_first)
    cast.join("Gia", cast.nespresso)
    expect(page.locator("#members")).to_contain_text("Gia")
    assert lost


def test_a_duplicated_tab_loses_no_words(visit: Visits, cast: Cast, note: Note) -> None:
    one = visit(cast.ana, sketch(cast))
    begin(one, "In the first tab")
    expect(one.locator("[data-editing] textarea")).to_have_value("In the first tab")
    with one.expect_popup() as popup:  # what the browser's own Duplicate does: this tab's storage goes along
        one.evaluate("window.open(location.href)")
    two = popup.value
    visit.wait_until_live(two)
    one.keyboard.press("Enter")
    wait_until(lambda: Note.objects.filter(text="In the first tab").exists())
    two.locator("[data-editing] textarea").fill("In the second tab")
    two.keyboard.press("Enter")
    wait_until(lambda: Note.objects.filter(text="In the second tab").exists())
    expect(two.locator("#drafts .draft")).to_have_count(0)


def test_two_tabs_offline_keep_the_words_of_both(visit: Visits, cast: Cast, note: Note) -> None:
    one, two = visit(cast.ana, sketch(cast)), visit(cast.ana, sketch(cast))
    one.context.set_offline(True)
    for page, key, typed in ((one, "End", " in cafés"), (two, "Home", "Our ")):
        page.locator(f"#note-{note.pk}").focus()
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        for each in (one, two):
            expect(each.locator(f"#note-{note.pk} > .text")).to_contain_text(typed.strip())
    one.context.set_offline(False)
    for page in (one, two):
        expect(page.locator(".is-pending")).to_have_count(0)
    note.refresh_from_db()
    assert note.text == "Our Own shop in cafés"


def test_words_that_wait_are_not_sent_in_the_name_of_who_signs_in_next(visit: Visits, cast: Cast, note: Note) -> None:
    page = visit(cast.ana, sketch(cast))
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    begin(page, "Anas words")
    page.keyboard.press("Enter")
    page.context.clear_cookies()
    page.context.add_cookies([{"name": n, "value": v, "url": visit.base} for n, v in cast.cookies(cast.bo).items()])
    page.evaluate("fetch(location.href).then((answer) => answer.text())")  # as their first page: with a token of theirs
    page.unroute_all()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("Sign in again").locator("visible=true")).to_be_visible()
    assert not Note.objects.filter(text="Anas words").exists()


def test_what_is_kept_nowhere_asks_before_the_page_is_left(visit: Visits, cast: Cast, note: Note) -> None:
    page = visit(cast.ana, sketch(cast))
    leaves = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    page.evaluate(NO_ROOM)
    page.context.set_offline(True)
    assert page.evaluate(leaves)
    begin(page, "Kept nowhere")
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-pending", has_text="Kept nowhere")).to_be_attached()
    wait_until(lambda: not page.evaluate(leaves))
    page.context.set_offline(False)
    expect(page.locator(".is-pending")).to_have_count(0)
    assert page.evaluate(leaves)


def test_a_menu_that_comes_late_leaves_alone_who_types(visit: Visits, cast: Cast, note: Note) -> None:
    page = visit(cast.ana, sketch(cast))
    slow = Held(page, "**/menu/")
    page.locator(f"#note-{note.pk}").hover()
    page.locator(f"#note-{note.pk} .more-for-note").click()
    slow.wait()
    begin(page, "Half a")
    with page.expect_response("**/menu/"):
        slow.let_go()
    page.keyboard.type(" sentence")
    expect(page.locator("textarea:focus")).to_have_value("Half a sentence")
    expect(page.locator("#popover")).to_be_hidden()


def test_a_double_click_makes_one_and_a_click_elsewhere_docks_nothing(visit: Visits, table: Table) -> None:
    cast = table.cast
    table.agree(table.licence, table.system)
    cast.note("Licence and specs", by=cast.ana, canvas=table.licence.canvas, block="transfer_activities")
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/compare/#band-3")
    page.get_by_role("button", name="Use Nespresso’s words").dblclick()
    expect(page.locator("#joint-transfer .joint > .text")).to_have_text("Licence and specs")
    expect(page.locator(".is-pending")).to_have_count(0)
    assert JointSentence.objects.count() == 1

    pairs = Pair.objects.count()
    page.locator(f"#tray-{table.brand.pk} [data-offer]").focus()
    page.keyboard.press("Space")
    field = page.locator("input[placeholder='An offer of Nespresso']").first
    field.click()
    expect(page.locator(".is-carried")).to_have_count(0)
    field.press_sequentially("A new offer")
    field.press("Enter")
    wait_until(lambda: Note.objects.filter(text="A new offer").exists())  # and what was sent before it has arrived
    assert Pair.objects.count() == pairs


def test_who_begins_to_write_is_not_led_away(visit: Visits, cast: Cast, note: Note) -> None:
    bos = visit(cast.bo, sketch(cast))
    anas = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/compare/")
    bos.clock.install()
    anas.get_by_role("button", name="Bring everyone here").click()
    bos.locator("#gather").wait_for()
    begin(bos, "Half a")
    bos.clock.fast_forward(5_000)
    expect(bos.locator("#gather")).to_be_visible()
    expect(bos.locator("textarea:focus")).to_have_value("Half a")


def test_of_two_answers_about_a_change_the_later_question_counts(visit: Visits, cast: Cast, note: Note) -> None:
    gia = cast.join("Gia Moro", cast.nespresso)
    page = visit(cast.ana, sketch(cast))
    page.locator(f"#note-{note.pk}").focus()
    page.keyboard.press("Enter")
    page.locator("textarea:focus").wait_for()
    asked: list[Route] = []

    def keep(route: Route) -> None:
        asked.append(route)

    page.route("**/meanwhile/**", keep)
    answers: list[APIResponse] = []
    for number, who in enumerate((cast.bo, gia), start=1):
        change(who, cast, note, f"Own shop for {who.name}")
        wait_until(lambda n=number: page.evaluate("new Promise(requestAnimationFrame)") and len(asked) >= n)  # type: ignore[misc]
        answers.append(asked[-1].fetch())
    asked[1].fulfill(response=answers[1])
    expect(page.locator(".told")).to_contain_text("Gia Moro")
    with page.expect_event("requestfinished"):
        asked[0].fulfill(response=answers[0])
    page.evaluate("fetch('/healthz').then((answer) => answer.text())")  # what follows from the first has happened then
    expect(page.locator(".told")).to_contain_text("Gia Moro")


def change(who: Membership, cast: Cast, note: Note, text: str) -> None:
    """Somebody writes the note anew."""
    note.refresh_from_db()
    sheet = cast.seen(who, note.canvas)
    sheets.edit_note(sheet=sheet, note=note, text=text, base_version=note.text_version)


def test_after_a_paste_enter_goes_on_writing(visit: Visits, cast: Cast, note: Note) -> None:
    page = visit(cast.ana, sketch(cast))
    page.locator("[data-block=value_offer] .add").click()
    page.locator("textarea:focus").wait_for()
    page.evaluate(
        """() => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/plain", "one\\ntwo")
            const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
            document.activeElement.dispatchEvent(pasted)
        }"""
    )
    expect(page.get_by_text("two", exact=True)).to_be_visible()
    expect(page.locator(".is-pending")).to_have_count(0)
    page.keyboard.press("Enter")
    page.locator("textarea:focus").wait_for()
    assert Note.objects.filter(text__in=["one", "two"], deleted_at=None).count() == 2


def test_a_second_finger_drops_nothing_and_what_is_deleted_under_the_hand_is_let_go(
    visit: Visits, cast: Cast, note: Note
) -> None:
    page = visit(cast.ana, sketch(cast))
    goal = page.locator("[data-block=desired_value]").bounding_box()
    assert goal
    page.locator(f"#note-{note.pk} > .text").hover()
    page.mouse.down()
    page.mouse.move(goal["x"] + 40, goal["y"] + 60, steps=6)
    page.evaluate("document.dispatchEvent(new PointerEvent('pointerup', { pointerId: 99, bubbles: true }))")
    expect(page.locator(".is-lifted")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    page.locator(f"#note-{note.pk} > .text").hover()
    page.mouse.down()
    sheets.delete_note(sheet=cast.seen(cast.bo, note.canvas), note=note)
    expect(page.locator(f"#note-{note.pk}")).to_have_count(0)
    page.mouse.move(500, 500, steps=4)
    page.mouse.up()  # an error on the page would fail this test
    note.refresh_from_db()
    assert note.block == "value_offer"


def test_an_answer_that_may_not_be_given_any_more_is_kept(visit: Visits, cast: Cast) -> None:
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/rhythm/")
    page.locator("#ask-text").fill("Who owns the customer?")
    page.locator("#ask-save").click()
    page.locator("#questions summary", has_text="Answer").first.click()
    page.locator("textarea[name=answer]").first.fill("Both do")
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#questions .why-form[open] button").first.click()
    expect(page.locator("[data-saved]").first).to_contain_text("1 change waiting")
    change_member(viewer=cast.viewer(cast.ana), member=cast.bo, role="observer")
    page.unroute_all()
    page.reload()
    visit.wait_until_live(page)
    expect(page.locator("#drafts")).to_contain_text("Both do")
