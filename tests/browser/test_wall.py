"""The screen in the room while two companies compare: led, live, never showing what one side alone has said."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from partners.facilitation import operations as leading
from partners.value_fit import operations
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Invitation
from partners.workspaces.operations import invite
from tests.browser.axe import violations
from tests.browser.conftest import LAPTOP, Visits
from tests.factories import Cast
from tests.value_fit.conftest import Table, table

pytestmark = pytest.mark.browser

__all__ = ["table"]  # the fixture
WALL = {"width": 1920, "height": 1080}
LARGE = re.compile(r"\bis-large\b")


@pytest.fixture
def screen(cast: Cast, visit: Visits) -> Callable[..., Page]:
    """Hangs up a room screen, which follows the facilitator."""

    def hang(viewport: dict[str, int] = WALL) -> Page:
        link = invite(viewer=cast.viewer(cast.ana), kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
        return visit(None, f"/room/{link.code}/", viewport=viewport)

    return hang


def outside(page: Page) -> list[str]:
    """What stands over something else, or out of the screen, among the things that everybody reads."""
    found: list[str] = page.evaluate(
        """() => {
            const named = ".room-frame .who, h1, .timer, .room-scores, .room-body, .room-tray, .join-box, .sheet"
            const all = [...document.querySelectorAll(named)]
            const parts = all.map((one) => ({ one, box: one.getBoundingClientRect() }))
            const isApart = (a, b) =>
                a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1
            const isOut = ({ box }) => box.bottom > innerHeight + 1 || box.right > innerWidth + 1
            const timer = parts.find(({ one }) => one.matches(".timer"))
            const isCovered = (part) => timer && part !== timer && !isApart(part.box, timer.box)
            return parts.flatMap((part) => [
                ...(isOut(part) ? [`out of sight: ${part.one.className}`] : []),
                ...(isCovered(part) ? [`timer over ${part.one.className}`] : []),
            ])
        }"""
    )
    return found


def test_the_wall_lists_what_differs_once_both_have_said_it(
    visit: Visits, cast: Cast, table: Table, screen: Callable[..., Page]
) -> None:
    place = f"/p/{cast.with_delonghi.pk}/compare/"
    operations.make_pair(seen=table.seen(cast.bo), offer_id=table.licence.pk, need_id=table.system.pk)
    wall = screen()
    anas, bos = visit(cast.ana, place), visit(cast.bo, place)
    anas.get_by_role("button", name="Show this on the wall").click()
    expect(wall.get_by_role("heading", name="Compare")).to_be_visible()
    visit.wait_until_live(wall)
    expect(wall.get_by_text("1 being rated")).to_be_visible()
    expect(anas.get_by_role("button", name="On the wall", exact=True)).to_be_visible()

    row = bos.locator(f"#row-{table.system.pk}")
    table.rate(cast.carla, table.licence, table.system, 3)
    expect(row).to_contain_text("De'Longhi has rated")
    assert table.licence.text not in wall.content()
    assert "fully" not in wall.locator("#wall").inner_html()

    row.get_by_role("button", name="partly", exact=True).click()
    expect(wall.get_by_role("heading", name="Talk about this one")).to_be_visible()
    expect(wall.locator(".room-talk")).to_contain_text("Technology licence at cost")
    expect(wall.locator(".room-talk .two")).to_contain_text("partly")

    expect(wall.locator(".room-scores")).to_have_count(0)
    anas.get_by_role("button", name="Show figures on the wall").click()
    expect(wall.locator(".room-scores .score-end .number")).to_have_text("17 %")
    assert violations(wall) == []

    bos.keyboard.press("Control+z")
    expect(bos.locator(".toast")).to_contain_text("Undone: rated")
    expect(row).to_contain_text("De'Longhi has rated")
    expect(wall.get_by_text("1 being rated")).to_be_visible()
    expect(wall.locator(".room-talk")).to_have_count(0)


def test_what_has_no_room_is_counted_loudly_and_nothing_covers_anything(
    cast: Cast, table: Table, screen: Callable[..., Page]
) -> None:
    theirs, ours = table.system.canvas, table.licence.canvas
    for number in range(9):
        offer = cast.note(f"A fixed price for every household {number}", canvas=ours, block=OFFERS)
        need = cast.note(
            f"One price for the whole path, agreed a year ahead {number}", by=cast.carla, canvas=theirs, block=NEEDS
        )
        table.rate(cast.bo, offer, need, 3)
        table.rate(cast.carla, offer, need, 1 if number % 2 else 3)
        cast.note(f"Spare offer {number}", canvas=ours, block=OFFERS)
    ana = cast.viewer(cast.ana)
    leading.begin_step(viewer=ana, key="negotiate")
    leading.show_on_wall(viewer=ana, page=f"{cast.with_delonghi.pk}/compare/start")
    wall = screen()
    expect(wall.get_by_role("heading", name="Talk about these 4")).to_be_visible()
    for viewport in (WALL, LAPTOP):
        leading.show_figures(viewer=ana, shown=True)
        expect(wall.locator(".room-scores")).to_be_visible()
        resize(wall, viewport)
        for part, rows in ((".room-talk", 4), (".room-agreed", 5), (".room-tray", 13)):
            shown = wall.locator(f"{part} [data-wall-list] > :not([hidden])").count()
            more = wall.locator(f"{part} [data-wall-more]")
            assert 0 < shown <= rows
            if shown < rows:
                expect(more).to_have_text(f"+{rows - shown} more")
            else:
                expect(more).to_be_hidden()
        assert wall.locator(".room-agreed [hidden]").count() > 0
        assert outside(wall) == []
        assert violations(wall) == []
        shows_what_waits(wall, wall.locator("#wall-agreed"))
        leading.show_figures(viewer=ana, shown=False)
        expect(wall.locator(".room-scores")).to_have_count(0)
        expect(wall.locator("#wall-agreed")).to_have_class(LARGE)
        wall.keyboard.press("Escape")
        expect(wall.locator("#wall-agreed")).not_to_have_class(LARGE)


def resize(wall: Page, viewport: dict[str, int]) -> None:
    """Give the wall another size, and time to set itself anew."""
    wall.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
    wall.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def shows_what_waits(wall: Page, part: Locator) -> None:
    """A press of "+4 more" shows its part large, and the next ones every row that waits."""
    rows, more = part.locator("[data-wall-list] > *"), part.locator("[data-wall-more]")
    (more if more.is_visible() else part).press("Enter")
    expect(part).to_have_class(LARGE)
    seen = set(part.locator("[data-wall-list] > :not([hidden])").all_inner_texts())
    while len(seen) < rows.count():
        more.press("Enter")
        news = set(part.locator("[data-wall-list] > :not([hidden])").all_inner_texts())
        assert news - seen
        seen |= news
    assert violations(wall) == []


SMALLEST = """() => Math.min(...[...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.data?.trim()))
    .filter((one) => !one.closest(".sr, .skip, .room-agreed .role"))
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""


def test_wherever_the_wall_is_sent_every_word_is_large_and_the_timer_covers_nothing(
    visit: Visits, cast: Cast, table: Table, screen: Callable[..., Page]
) -> None:
    cast.note("Club membership")
    table.agree(table.licence, table.system)
    table.rate(cast.bo, table.marketing, table.shelf, 3)
    table.rate(cast.carla, table.marketing, table.shelf, 1, reason="Only in two countries")
    ana = cast.viewer(cast.ana)
    leading.show_figures(viewer=ana, shown=True)
    wall = screen()
    leading.begin_step(viewer=ana, key="negotiate")
    for place in ("models", "sketch", "compare", "outcome"):
        with wall.expect_navigation():
            leading.show_on_wall(viewer=ana, page=f"{cast.with_delonghi.pk}/{place}/start")
        visit.wait_until_live(wall)
        expect(wall.locator(".timer-left")).to_be_visible()
        assert wall.evaluate(SMALLEST) >= 19.9, place
        resize(wall, LAPTOP)
        assert [each for each in outside(wall) if "timer" in each] == [], place
        assert violations(wall) == []
        resize(wall, WALL)
