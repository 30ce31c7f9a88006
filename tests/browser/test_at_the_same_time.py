"""What others do in the very moment in which somebody acts: nothing of either is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from partners.outcome import operations
from tests.browser.conftest import Visits
from tests.factories import Cast
from tests.outcome.conftest import Outcome
from tests.patience import PATIENCE_S
from tests.value_fit.conftest import lay_table

pytestmark = pytest.mark.browser


class Held:
    """Requests for an address that wait in the network until they are let go; then later ones pass."""

    def __init__(self, page: Page, address: str) -> None:
        self._page = page
        self._routes: list[Route] = []
        self._is_open = False
        page.route(address, self._came)

    def wait(self) -> None:
        """Wait until one is under way; fails when none ever is."""
        until = time.monotonic() + PATIENCE_S
        while not self._routes:
            assert time.monotonic() < until, "nobody asks"
            self._page.evaluate("new Promise(requestAnimationFrame)")

    def answered(self) -> list[tuple[Route, APIResponse]]:
        """What the server says to them now; it waits all the same."""
        return [(route, route.fetch()) for route in self._routes]

    def let_go(self, answers: list[tuple[Route, APIResponse]] | None = None) -> None:
        """To the server, or back with what it has said."""
        self._is_open = True
        for route, answer in answers or []:
            route.fulfill(response=answer)
        for route in self._routes if answers is None else []:
            route.continue_()

    def _came(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._routes.append(route)


def test_a_change_is_seen_that_comes_while_the_one_before_is_fetched_and_does_not_overtake_what_i_open(
    visit: Visits, cast: Cast, outcome: Outcome, minutes: str
) -> None:
    page = visit(cast.bo, minutes)
    seen = outcome.table.seen(cast.carla)
    for moment in ("live:outcome", "htmx:trigger"):  # heard only, and to be asked for next
        fetched = Held(page, "**/outcome/")
        operations.decide(seen=seen, verdict="go_on")
        fetched.wait()
        answers = fetched.answered()
        page.evaluate(
            """name => {
                delete document.body.dataset.heard
                document.body.addEventListener(name, () => (document.body.dataset.heard = ""), { once: true })
            }""",
            moment,
        )
        operations.decide(seen=seen, verdict="adapt")
        page.locator("body[data-heard]").wait_for(state="attached")
        fetched.let_go(answers)
        expect(page.get_by_role("radio", name="Adapt")).to_be_checked()

    mine = Held(page, "**/outcome/?edit=why")
    page.get_by_role("link", name="Say why").click()
    mine.wait()
    with page.expect_response("**/outcome/"):
        operations.decide(seen=seen, verdict="go_on")
    expect(page.get_by_role("radio", name="Go on")).to_be_checked()
    mine.let_go()
    expect(page.get_by_label("Why?")).to_be_focused()


def test_what_i_choose_and_what_is_under_my_finger_stays_while_others_write(
    visit: Visits, cast: Cast, outcome: Outcome, minutes: str
) -> None:
    page = visit(cast.bo, minutes)
    steps = page.locator(".steps .what")
    mine = Held(page, "**/decision/")
    page.get_by_role("radio", name="Go on").check()
    mine.wait()
    outcome.step("Pay", by=cast.carla)
    expect(steps).to_have_text("Pay")
    expect(page.locator("#open-points")).to_be_visible()
    expect(page.get_by_role("radio", name="Go on")).to_be_checked()
    mine.let_go()
    expect(page.get_by_role("button", name="Yes, Nespresso agrees")).to_be_visible()
    expect(page.get_by_role("radio", name="Go on")).to_be_focused()

    block = page.get_by_label("Put it into")
    block.select_option("key_activities")
    page.keyboard.press("Tab")
    with page.expect_response("**/outcome/"):
        outcome.step("Sign", by=cast.carla)
    expect(steps).to_have_text(["Pay", "Sign"])
    expect(block).to_have_value("key_activities")

    page.get_by_role("link", name="Say why").hover()
    page.mouse.down()
    outcome.step("Build", by=cast.carla)
    expect(steps).to_have_text(["Pay", "Sign", "Build"])
    page.mouse.up()
    expect(page.get_by_label("Why?")).to_be_focused()


def test_what_i_type_and_ask_for_on_a_sheet_is_not_overtaken(
    visit: Visits, cast: Cast, models: Callable[[str], str]
) -> None:
    first, second = cast.note("Boutiques"), cast.note("Club")
    page = visit(cast.bo, models("start"))
    page.keyboard.press("/")
    page.keyboard.type("mil")
    with page.expect_response("**/models/start/"):
        cast.join("Gia", cast.nespresso)
    page.keyboard.type("ano")
    expect(page.locator("[data-find]")).to_have_value("milano")

    # the menu asked for last is the one that opens
    slow = Held(page, f"**/notes/{first.pk}/menu/")
    page.locator(f"#note-{first.pk}").focus()
    page.keyboard.press("Shift+F10")
    slow.wait()
    page.locator(f"#note-{second.pk}").focus()
    with page.expect_event("requestfailed", lambda request: str(first.pk) in request.url):
        page.keyboard.press("Shift+F10")
    expect(page.locator(f"#popover [hx-post*='{second.pk}']").first).to_be_visible()

    # a second comment may be written while the first is on its way
    page.get_by_role("button", name="Comments").click()
    page.get_by_label("Your comment").fill("Which ones?")
    mine = Held(page, f"**/notes/{second.pk}/comments/")
    page.get_by_role("button", name="Say it").click()
    mine.wait()
    page.get_by_label("Your comment").fill("And where?")
    mine.let_go()
    expect(page.locator(".comment-text")).to_have_text("Which ones?")
    expect(page.get_by_label("Your comment")).to_have_value("And where?")
    expect(page.get_by_label("Your comment")).to_be_focused()


def test_what_is_pressed_is_not_redrawn_under_the_finger(visit: Visits, cast: Cast) -> None:
    table = lay_table(cast)
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/compare/#row-{table.design.pk}")
    row = page.locator(f"#row-{table.design.pk}")
    row.get_by_role("button", name="Dock an offer here").hover()
    page.mouse.down()
    table.rate(cast.carla, table.making, table.design, 2)
    expect(page.locator(f"#tray-{table.making.pk}")).to_have_count(0)
    expect(row).not_to_contain_text("has rated")
    page.mouse.up()
    expect(page.locator("#popover")).to_be_visible()
    expect(row).to_contain_text("De'Longhi has rated")


COUNT_WHAT_LEAVES = """
let count = 0
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) document.body.dataset.left = ++count
  event.preventDefault()
})
"""


def test_a_double_click_makes_one_workshop(visit: Visits, cast: Cast) -> None:
    page = visit(cast.finn, "/")
    for label, words in {"Title": "Two clicks", "Our company": "Nespresso", "Partner": "De'Longhi"}.items():
        page.get_by_label(label, exact=True).fill(words)
    page.evaluate(COUNT_WHAT_LEAVES)
    page.get_by_role("button", name="New workshop").dblclick()
    expect(page.locator("body")).to_have_attribute("data-left", "1")


def test_nothing_is_typed_in_vain_into_what_is_on_its_way(
    visit: Visits, cast: Cast, outcome: Outcome, minutes: str
) -> None:
    page = visit(cast.bo, minutes)
    page.get_by_role("link", name="Say why").click()
    why = page.get_by_label("Why?")
    why.fill("It pays")
    saving = Held(page, "**/reason/")
    page.get_by_role("button", name="Save").click()
    saving.wait()
    why.focus()
    page.keyboard.type(" for both")
    expect(why).to_have_value("It pays")
    saving.let_go()
    expect(page.locator(".decision-why")).to_have_text("It pays")

    page.get_by_role("link", name="Change why").click()
    why.evaluate("(field) => field.removeAttribute('data-most')")
    why.fill("x" * 3000)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#why-mistake")).to_be_visible()
    expect(why).to_be_editable()
