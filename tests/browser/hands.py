"""Hands that have no mouse: they reach things by keys, and look where the focus is after each step."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

FOCUS_IN_SIGHT = """() => {
  const element = document.activeElement
  if (!element || element === document.body) return "nowhere"
  const shown = [element, element.closest(".note-edit, .swatch, .find")].filter(Boolean)
  const styles = shown.map((each) => getComputedStyle(each))
  const has = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0
  return styles.some(has) || element.matches(".find input") ? "" : `unseen on ${element.outerHTML.slice(0, 120)}`
}"""

WHERE_FOCUS_IS = """(element) => {
  if (element === document.activeElement) return "here"
  return element.isConnected ? "elsewhere" : "elsewhere, and this is gone"
}"""


@dataclass
class Hands:
    """A keyboard and a page; `mistakes` collects where focus was lost on the way."""

    page: Page

    def __post_init__(self) -> None:
        self.mistakes: list[str] = []

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words."""
        self.page.keyboard.type(words)

    def note(self, text: str) -> Locator:
        """A note of the sheet."""
        return self.page.locator(".sheet .note", has_text=text).first

    def on(self, text: str, *keys: str) -> None:
        """Press keys on a note."""
        self.note(text).focus()
        self.press(*keys)

    def reach(self, goal: Locator) -> None:
        """Press Tab until the goal has focus."""
        self._press_until("Tab", goal, most=90)

    def menu(self, text: str, *words: str) -> None:
        """Choose from a note's menu: arrows lead there, Enter takes it."""
        self.on(text, "Shift+F10")
        expect(self.page.locator("#popover :focus")).to_have_count(1)
        for word in words:
            wanted = (
                self.page.locator("#popover").locator("button, summary").filter(has_text=re.compile(rf"^\s*{word}"))
            )
            self.walk_to(wanted.or_(self.page.locator(f"#popover button[aria-label='{word}']")).first)
            self.press("Enter")

    def walk_to(self, goal: Locator) -> None:
        """Press the down arrow until the goal has focus."""
        self._press_until("ArrowDown", goal, most=40)

    def see(self, step: str) -> None:
        """Note down when focus is lost, or cannot be seen."""
        self.page.wait_for_function("() => !document.querySelector('.is-pending, .htmx-request, .htmx-settling')")
        if trouble := self.page.evaluate(FOCUS_IN_SIGHT):
            self.mistakes.append(f"{step}: focus is {trouble}")

    def _press_until(self, key: str, goal: Locator, *, most: int) -> None:
        """Press a key until the goal has focus; it is found once, by its role among all others, and kept in hand."""
        element = goal.element_handle()
        for _ in range(most):
            where = element.evaluate(WHERE_FOCUS_IS)
            if where == "elsewhere, and this is gone":
                element = goal.element_handle()
                where = element.evaluate(WHERE_FOCUS_IS)
            if where == "here":
                return
            self.press(key)
        pytest.fail(f"{key} does not lead to {goal}")
