"""What people do on a board, in words."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def write(page: Page, block: str, *lines: str) -> None:
    """Add notes as a person does: the plus, then Enter after each."""
    page.get_by_role("button", name=f"Add to {block}").click()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def saved(page: Page, state: str) -> None:
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", state)
