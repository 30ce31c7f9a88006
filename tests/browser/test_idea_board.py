"""The ideas in a real browser: moved on the map by hand, by keys, in a menu and in the table; live, and read by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from partners.hypotheses import operations
from partners.hypotheses.models import SynergyHypothesis
from tests.browser.axe import violations_everywhere
from tests.browser.conftest import PHONE, Visits
from tests.browser.hands import Hands
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas, idea_with
from tests.live.listening import wait_for
from tests.value_fit.conftest import lay_table

pytestmark = pytest.mark.browser


@pytest.fixture
def ideas(cast: Cast) -> Ideas:
    """The two companies with three ideas: one that holds, one nobody has tested, one that is being tested."""
    found = Ideas(lay_table(cast))
    found.validated()
    found.add(title="Repair within a day", importance=4)
    found.started(found.add(title="A club for owners", importance=2), owner_end_id=cast.carla.pk)
    return found


@pytest.fixture
def here(cast: Cast) -> str:
    """The page of the partnership."""
    return f"/p/{cast.with_delonghi.pk}/ideas/"


def lies_at(page: Page, title: str, importance: int) -> None:
    """Wait until an idea lies in a row of the map."""
    expect(page.locator(f".map-spot[data-importance='{importance}'] .map-mark", has_text=title)).to_be_visible()
    expect(page.locator(".map-mark.is-waiting")).to_have_count(0)


def importance(title: str) -> int:
    """What is stored."""
    return SynergyHypothesis.objects.get(title=title).importance


def test_a_mark_is_moved_by_hand_and_by_keys_up_and_down_only(visit: Visits, ideas: Ideas, here: str) -> None:
    page = visit(ideas.cast.bo, f"{here}?view=map")
    carlas = visit(ideas.cast.carla, f"/w/{ideas.cast.workspace.pk}/ideas/?view=map")
    club = page.locator(".map-mark", has_text="A club for owners")
    box, top = club.bounding_box(), page.locator(".map-step[data-importance='5']").bounding_box()
    assert box
    assert top

    # Escape puts back what is carried.
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] - 200, steps=3)
    expect(page.locator(".map-mark.is-lifted")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".map-mark.is-lifted, .map-step.is-aimed")).to_have_count(0)
    page.mouse.up()
    lies_at(page, "A club for owners", 2)
    assert importance("A club for owners") == 2

    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] - 300, top["y"] + 60, steps=4)
    page.mouse.move(box["x"] - 400, top["y"] + top["height"] / 2, steps=4)
    expect(page.locator(".map-step.is-aimed")).to_have_text("5")
    page.mouse.up()
    lies_at(page, "A club for owners", 5)
    assert page.locator(".map-spot[data-level='0'] .map-mark", has_text="A club for owners").count() == 1
    expect(page.locator(".map-menu:popover-open")).to_have_count(0)
    lies_at(carlas, "A club for owners", 5)
    assert importance("A club for owners") == 5

    # By keys, and focus stays.
    hands = Hands(page)
    hands.reach(page.locator(".map-mark", has_text="Repair within a day"))
    hands.press("ArrowUp")
    lies_at(page, "Repair within a day", 5)
    expect(page.locator("#announce")).to_have_text("Importance 5")
    hands.press("ArrowUp", "ArrowDown", "ArrowDown")
    lies_at(page, "Repair within a day", 3)
    expect(page.locator(".map-mark:focus")).to_contain_text("Repair within a day")
    hands.press("ArrowLeft", "ArrowLeft", "ArrowRight")
    expect(page.locator(".map-mark:focus")).to_contain_text("one system that always works")
    hands.press("ArrowLeft")
    expect(page.locator(".map-mark:focus")).to_contain_text("A club for owners")
    hands.press("Enter")
    expect(page.locator(".map-menu:popover-open")).to_be_visible()
    hands.reach(page.locator(".map-menu:popover-open").get_by_role("button", name="4"))
    hands.press("Enter")
    lies_at(page, "A club for owners", 4)
    assert (importance("Repair within a day"), importance("A club for owners")) == (3, 4)


class Finger:
    """One finger on a page: the browser makes of it what it makes of a finger, scrolling included."""

    def __init__(self, page: Page) -> None:
        self.page, self._touch = page, page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        self._send("touchStart", x, y)

    def slide(self, x: float, start: float, end: float) -> None:
        for step in range(1, 9):
            self._send("touchMove", x, start + (end - start) * step / 8)

    def up(self) -> None:
        self._touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def _send(self, kind: str, x: float, y: float) -> None:
        self._touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})


def test_a_finger_scrolls_the_page_and_carries_what_it_rests_on(visit: Visits, ideas: Ideas, here: str) -> None:
    page = visit(ideas.cast.bo, f"{here}?view=map", viewport=PHONE, has_touch=True, is_mobile=True)
    finger, club = Finger(page), page.locator(".map-mark", has_text="A club for owners")

    def middle(each: Locator) -> tuple[float, float]:
        # Just while the map is drawn anew a mark has no place.
        box = wait_for(each.bounding_box)
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    club.evaluate("mark => mark.scrollIntoView({ block: 'center' })")
    (x, y), (_x, top) = middle(club), middle(page.locator(".map-step[data-importance='4']"))
    before = page.evaluate("scrollY")
    finger.down(x, y)
    expect(page.locator(".map-mark.is-lifted")).to_have_count(1)
    finger.slide(x, y, top)
    expect(page.locator(".map-step.is-aimed")).to_have_text("4")
    assert page.evaluate("scrollY") == before
    finger.up()
    lies_at(page, "A club for owners", 4)
    expect(page.locator(".map-menu:popover-open")).to_have_count(0)
    assert importance("A club for owners") == 4
    club.tap()
    expect(page.locator(".map-menu:popover-open")).to_contain_text("A club for owners")
    page.keyboard.press("Escape")

    x, y = middle(club)
    before = page.evaluate("scrollY")
    finger.down(x, y)
    finger.slide(x, y, y + 150)
    finger.up()
    page.wait_for_function("before => scrollY < before - 60", arg=before)
    expect(page.locator(".map-mark.is-lifted")).to_have_count(0)
    assert importance("A club for owners") == 4


def test_the_table_is_its_twin(visit: Visits, ideas: Ideas, here: str) -> None:
    page = visit(ideas.cast.carla, f"{here}?view=table", viewport=PHONE)
    row = page.locator("tr", has_text="Repair within a day")
    row.get_by_label("How important is “Repair within a day”?").select_option("1")
    expect(row).to_contain_text("Defer")
    page.get_by_role("link", name="Importance", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Importance")
    expect(page.locator("tbody tr").last).to_contain_text("Repair within a day")


def test_others_changes_and_filters_come_in_place(visit: Visits, ideas: Ideas, here: str) -> None:
    page = visit(ideas.cast.bo, here)
    expect(page.locator(".ideas-headline")).to_have_text("1 holds for both, 1 being tested, 1 to test next")
    page.get_by_label("Who tests it").select_option("Carla Rossi")
    expect(page.locator(".ideas-card")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"owner={ideas.cast.carla.pk}"))
    ideas.test(ideas.add(by=ideas.cast.carla, title="Hers as well"), owner_end_id=ideas.cast.carla.pk)
    expect(page.locator(".ideas-card")).to_have_count(2)
    page.locator(".ideas-card a").first.click()
    page.wait_for_url("**/ideas/*-*/")
    page.go_back()
    expect(page.locator(".ideas-card")).to_have_count(2)
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".ideas-card")).to_have_count(4)


@pytest.mark.axe
def test_axe_finds_nothing_in_any_of_the_three(visit: Visits, ideas: Ideas, here: str) -> None:
    gone = ideas.add(title="Too dear")
    operations.retire_idea(seen=ideas.table.seen(ideas.cast.bo), idea=gone, why="Too dear")
    idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana, title="With the rival")
    found = {}
    page = visit(ideas.cast.ana, here)
    pages = [here, f"{here}?view=map", f"/w/{ideas.cast.workspace.pk}/ideas/?view=table", f"{here}?due=late"]
    for address in pages:
        visit.lead(page, address)
        if mistakes := violations_everywhere(page):
            found[address] = mistakes
    assert found == {}
