"""The screen on the wall: a block at a time, larger, by a digit or a click."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.js.stub import Stub

pytestmark = pytest.mark.browser


@pytest.fixture
def wall(visit: Callable[..., Page], board: Stub) -> Page:
    board.page_class = "page-room"
    return visit()


def test_a_digit_or_a_click_enlarges_a_block_and_escape_or_a_click_goes_back(wall: Page) -> None:
    wall.keyboard.press("2")
    expect(wall.locator("[data-block=wants]")).to_have_class("block is-large")
    wall.keyboard.press("1")
    expect(wall.locator(".is-large")).to_have_attribute("data-block", "offers")
    wall.keyboard.press("Escape")
    expect(wall.locator(".is-large")).to_have_count(0)
    wall.get_by_text("Home check").click()
    expect(wall.locator(".is-large")).to_have_attribute("data-block", "wants")
    wall.get_by_text("Home check").click()
    expect(wall.locator(".is-large")).to_have_count(0)


def test_a_crowded_block_on_the_wall_enlarges_by_its_loud_button(wall: Page, board: Stub) -> None:
    for number in range(14):
        board.add("wants", f"Want {number}")
    wall.locator("[data-block=wants] [data-more]").click()
    expect(wall.locator(".is-large")).to_have_attribute("data-block", "wants")
