"""What axe finds on a page: zero violations are promised, light and dark, on a laptop and on a phone."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import LAPTOP, PHONE

Rules = Literal["all", "of colours"]
SCHEMES: dict[Literal["light", "dark"], Rules] = {"light": "all", "dark": "of colours"}
"""All is looked at in light; in dark, which changes nothing but colours, what is about colours."""
OF_COLOURS = ["color-contrast", "link-in-text-block"]

# axe reads the same few colours thousands of times and keeps each part of each in a weak map: two thirds of its time.
# Here parts stand on what they belong to, and a colour's words are read once.
QUICK_AXE = f"""
(() => {{
  class OnKeys {{
    #name = Symbol()
    has(key) {{ return Object(key) === key && Object.hasOwn(key, this.#name) }}
    get(key) {{ return this.has(key) ? key[this.#name] : undefined }}
    set(key, value) {{ key[this.#name] = value; return this }}
    add(key) {{ return this.set(key, true) }}
    delete(key) {{ return this.has(key) && delete key[this.#name] }}
  }}
  ;(function (WeakMap, WeakSet) {{ {AXE_SCRIPT} }}).call(window, OnKeys, OnKeys)
  const colour = axe.commons.color.Color.prototype
  const read = colour.parseString
  const known = new Map()
  colour.parseString = function (words) {{
    if (!known.has(words)) {{
      read.call(this, words)
      known.set(words, {{r: this.r, g: this.g, b: this.b, alpha: this.alpha}})
    }}
    return Object.assign(this, known.get(words))
  }}
}})()
"""
LOOK = """
async (options) => {
  await Promise.allSettled(document.getAnimations().map((each) => each.finished))
  return (await axe.run(options)).violations
}
"""


def violations(page: Page, rules: Rules = "all") -> list[str]:
    """What axe finds, in a line each; it looks once all changes of colour have ended."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(QUICK_AXE)
    options = {"resultTypes": ["violations"]} | ({"runOnly": OF_COLOURS} if rules == "of colours" else {})
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for each in page.evaluate(LOOK, options)
        for node in each["nodes"]
    ]


def violations_in_both_schemes(page: Page) -> dict[str, list[str]]:
    """What axe finds by scheme; nothing when there is nothing."""
    found = {}
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        found[scheme] = violations(page, rules)
    return {scheme: mistakes for scheme, mistakes in found.items() if mistakes}


def resize(page: Page, size: dict[str, int]) -> None:
    """Make a page as large as LAPTOP or PHONE."""
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


def violations_everywhere(page: Page) -> dict[str, list[str]]:
    """What axe finds on a page that is a laptop's and then a phone's, by scheme; nothing when there is nothing."""
    found: dict[str, list[str]] = {}
    for name, size in {"laptop": LAPTOP, "phone": PHONE}.items():
        resize(page, size)
        # In the first of two frames the page arranges itself.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found |= {f"{name}, {scheme}": mistakes for scheme, mistakes in violations_in_both_schemes(page).items()}
    return found
