"""A sheet prints on one page with all of its notes, however crowded a block is; the last resort is a page more."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Visits
from tests.browser.paper import pages_of
from tests.factories import Cast

pytestmark = pytest.mark.browser

PAGE: ViewportSize = {"width": 1054, "height": 714}  # A4 landscape without its margins, in CSS pixels
ON_THE_PAGE = """() => [...document.querySelectorAll("[data-block=key_activities] .note")].filter((note) => {
  const place = note.getBoundingClientRect()
  return place.height && place.bottom <= note.closest(".block").getBoundingClientRect().bottom + 1
}).length"""


@pytest.fixture(params=[14, 30])
def crowded(request: pytest.FixtureRequest, visit: Visits, cast: Cast, models: Callable[[str], str]) -> Page:
    """Ana's page, where Key Activities holds more notes than it can show."""
    for number in range(request.param):
        cast.note(f"A partner with a longer name, number {number}, who delivers", block="key_activities")
    page = visit(cast.ana, models("start"))
    expect(page.locator("[data-block=key_activities] [data-more]")).to_be_visible()
    return page


def test_a_crowded_block_is_printed_whole_on_one_page_and_the_screen_is_as_before(
    crowded: Page, tmp_path: Path
) -> None:
    more = crowded.locator("[data-block=key_activities] [data-more]")
    before = more.inner_text()
    paper = crowded.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    assert re.findall(rb"/Type /Pages\s*/Count (\d+)", paper) == [b"1"]
    expect(more).to_have_text(before)
    expect(crowded.locator("[data-print], [data-print-rows]")).to_have_count(0)

    notes = crowded.locator("[data-block=key_activities] .note").count()
    crowded.evaluate("dispatchEvent(new Event('beforeprint'))")
    crowded.emulate_media(media="print")
    crowded.set_viewport_size(PAGE)
    assert crowded.evaluate(ON_THE_PAGE) == notes
    expect(more).to_be_hidden()
    size = crowded.locator("[data-block=key_activities] .text").first.evaluate("e => getComputedStyle(e).fontSize")
    assert float(size.removesuffix("px")) >= 5.5 * 96 / 72 - 0.01


def test_of_several_very_full_blocks_no_note_is_lost(
    visit: Visits, cast: Cast, models: Callable[[str], str], tmp_path: Path
) -> None:
    notes = [
        cast.note(f"{block} {number}: a partner with a longer name, who delivers", block=block)
        for block, count in (("key_activities", 60), ("channels", 26), ("key_resources", 17))
        for number in range(count)
    ]
    page = visit(cast.ana, models("start"))
    sheet, *rest = pages_of(page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True))
    assert rest
    for note in notes:
        words = note.text.replace(" ", "")
        assert sum(each.count(words) for each in (sheet, *rest)) == 1, note.text
    assert "moreonthenextpage" in sheet
    assert "KeyActivities" in rest[0]
    expect(page.locator(".print-rest")).to_have_count(0)
