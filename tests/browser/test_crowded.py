"""Full blocks come closer together first; their marks go only when that is not enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partners.canvases import operations as sheets
from partners.workspaces.models import Invitation
from partners.workspaces.operations import follow_in_room, invite
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser
WALL = {"width": 1920, "height": 1080}


@pytest.fixture
def channels(visit: Visits, cast: Cast, models: Callable[[str], str]) -> Callable[[int], Page]:
    """Ana's page with so many tagged notes under Channels."""

    def fill(count: int) -> Page:
        seen = cast.seen(cast.ana, cast.model(cast.nespresso))
        for number in range(count):
            note = cast.note(f"Shop {number}", block="channels")
            sheets.change_look(sheet=seen, note=note, tags=["tea"])
        return visit(cast.ana, models("start"))

    return fill


@pytest.mark.parametrize(("count", "density"), [(2, None), (4, "snug"), (9, "compact")])
def test_marks_stay_while_there_is_room(channels: Callable[[int], Page], count: int, density: str | None) -> None:
    block = channels(count).locator("[data-block=channels]")
    if density:
        expect(block).to_have_attribute("data-density", density)
    else:
        assert block.get_attribute("data-density") is None
    shown = block.locator(".tag").first
    if density == "compact":
        expect(shown).to_be_hidden()
    else:
        expect(block.locator(".tag:visible")).to_have_count(count)


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
