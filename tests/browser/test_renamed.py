"""A company gets another name while its pages are open: they say so, once nobody is in the middle of anything."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from partners.workspaces import operations
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser


def rename(cast: Cast, name: str) -> None:
    viewer = cast.viewer(cast.ana)
    operations.change_organisation(viewer=viewer, organisation=cast.delonghi, name=name, short_name=name)


def test_the_page_says_it_and_the_focus_stays_where_it_was(visit: Visits, cast: Cast) -> None:
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/sketch/start/")
    add = page.get_by_role("button", name="Add a note to Value Offer")
    add.focus()
    rename(cast, "Kitchens")
    expect(page.locator("h1")).to_have_text("Partnership with Kitchens, as Nespresso sees it")
    expect(page).to_have_title("Partnership with Kitchens, as Nespresso sees it · Coffee machines under two names")
    expect(add).to_be_focused()


def test_who_is_writing_may_finish(visit: Visits, cast: Cast) -> None:
    page = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/sketch/end/")
    page.get_by_role("button", name="Add a note to Desired Value").click()
    page.keyboard.type("Pods that")
    rename(cast, "Kitchens")
    expect(page.locator("#names")).to_have_attribute("data-names", re.compile("Kitchens"))
    page.keyboard.type(" fit")
    page.keyboard.press("Enter")
    expect(page.locator(".note", has_text="Pods that fit")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("De'Longhi")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_contain_text("Kitchens")
    expect(page.locator(".note", has_text="Pods that fit")).to_be_visible()
