"""What a page shows for a few seconds only: a busy machine may not come to look at it just then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

NOTICE = """({ selector, words }) => {
  const look = () => {
    const isThere = [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(words))
    if (isThere) document.body.dataset.noticed = words
  }
  delete document.body.dataset.noticed
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
}"""


@contextmanager
def noticing(page: Page, selector: str, words: str) -> Iterator[None]:
    """Wait, at the end of the block, until words have stood somewhere on a page, also when they are gone again."""
    page.evaluate(NOTICE, {"selector": selector, "words": words})
    yield
    page.locator(f"body[data-noticed='{words}']").wait_for(state="attached")


def undo_in_toast(page: Page) -> Locator:
    """*Undo* in a page's toast, with the hand on it: it stays for as long as that, and may be clicked later."""
    undo = page.locator("#toasts").get_by_role("button", name="Undo")
    undo.hover()
    return undo
