"""People in real browsers, with the shipped JavaScript: they type and press keys, and their pages do the rest."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from bench.torture.journal import Journal, Sent
from bench.torture.person import Seat
from bench.torture.proxy import Wire
from tests.plugins.chromium import FLAGS

PATIENCE_MS = 3000
LAPTOP = {"width": 1280, "height": 800}
SCRIPT = Path(__file__).with_name("compared.js").read_text()
KEYS = ("Delete", "Control+d", "Control+z", "Control+Shift+z", "Control+z", "Control+d")
TELL = """addEventListener("outbox:answered", ({ detail: { entry, outcome, status } }) =>
  window.acknowledged({ key: entry.key, path: entry.path, body: entry.body, outcome, status }))"""


class Reader:
    """Somebody at a page in a browser of their own."""

    def __init__(self, number: int, seat: Seat, port: int, journal: Journal, *, every_s: float, seed: int) -> None:
        self.name, self.seat, self.journal, self.every_s = f"{seat.name} (browser)", seat, journal, every_s
        self.wire = Wire(port)
        self.mistakes: list[str] = []
        self._dice = Random(f"{seed} {number}")
        self._number = number
        self._words = 0
        self._said: set[str] = set()
        self._acts = True
        self._context: BrowserContext
        self._page: Page

    async def arrive(self, browser: Any) -> None:
        """Open the page."""
        base = f"http://127.0.0.1:{await self.wire.start()}"
        self._context = await browser.new_context(viewport=LAPTOP, service_workers="block")
        self._context.set_default_timeout(PATIENCE_MS)
        name, _, value = self.seat.cookie.partition("=")
        await self._context.add_cookies([{"name": name, "value": value, "url": base}])
        await self._context.expose_binding("acknowledged", lambda _source, told: self._heard(told))
        await self._context.add_init_script(TELL)
        self._page = await self._context.new_page()
        self._page.on("pageerror", lambda error: self.mistakes.append(f"{self.name}: {error}"))
        await self._page.goto(base + self.seat.path, timeout=30_000)
        await self._page.locator("html[data-ready]").wait_for(state="attached", timeout=30_000)

    async def run(self) -> None:
        """Type and press keys until told to stop."""
        while self._acts:
            with suppress(Error):  # a note that another person takes away under one's hands
                await self._dice.choice((self._add, self._edit, self._edit, self._move, self._press))()
            await asyncio.sleep(self._dice.expovariate(1 / self.every_s))

    def stop_acting(self) -> None:
        """Do nothing new."""
        self._acts = False

    async def offline(self, seconds: float) -> None:
        """Lose the network for a while, and go on writing."""
        await self._context.set_offline(True)
        await asyncio.sleep(seconds)
        await self._context.set_offline(False)

    async def is_saved(self) -> bool:
        """Whether the page says that all is saved; what waits for a choice is chosen."""
        await self._close_forms()
        state = await self._page.locator("[data-saved]").first.get_attribute("data-state")
        # "failed" says that a draft is kept of what was finally refused
        return (
            state in {None, "saved", "failed"}
            and not await self._page.locator(".is-pending, .note[data-editing]").count()
        )

    async def differences(self) -> list[str]:
        """Where this page is not what it would be when loaded afresh."""
        found: list[str] = await self._page.evaluate(SCRIPT)
        return found

    async def leave(self) -> None:
        """Close the browser."""
        await self._context.close()
        self.wire.stop()

    async def _add(self) -> None:
        await self._page.locator(".sheet button[data-do=add]").nth(self._dice.randrange(5)).click()
        await self._type(f"{self._word()} seen")
        await self._page.keyboard.press("Enter")
        await self._page.keyboard.press("Escape")

    async def _edit(self) -> None:
        await self._focus()
        await self._page.keyboard.press("Enter")
        await self._page.keyboard.press(self._dice.choice(("Control+Home", "Control+End")))
        await self._type(f" {self._word()} ")
        await self._page.keyboard.press("Enter")

    async def _move(self) -> None:
        await self._focus()
        for key in ("m", self._dice.choice(("ArrowRight", "ArrowDown")), "Enter"):
            await self._page.keyboard.press(key)

    async def _press(self) -> None:
        await self._focus()
        await self._page.keyboard.press(self._dice.choice(KEYS))

    async def _focus(self) -> None:
        notes = self._page.locator(".sheet .note:not([data-editing]):visible")
        await notes.nth(self._dice.randrange(max(1, await notes.count()))).focus()

    async def _type(self, text: str) -> None:
        if await self._page.locator("[data-editing] textarea:focus").count():
            await self._page.keyboard.type(text, delay=20)

    async def _close_forms(self) -> None:
        """Leave what is typed in; where two wordings wait for a choice, keep both."""
        for _ in range(5):
            forms = self._page.locator(".note[data-editing]")
            if not await forms.count():
                return
            door = forms.first.locator("[data-do=let-go], [data-do=cancel], .button-main[data-resolve]")
            with suppress(Error):
                await door.first.click()

    def _word(self) -> str:
        self._words += 1
        return f"b{self._number}x{self._words}"

    def _heard(self, told: dict[str, Any]) -> None:
        """Write down what the page was answered."""
        fields = parse_qsl(told["body"], keep_blank_values=True)
        values = dict(fields)
        mine = {word for word in values.get("text", "").split() if word.startswith(f"b{self._number}x")}
        what = _what(told["path"])
        made = values.get("id", "") if what in {"add", "copy"} else ""
        entry = Sent(what, told["path"], fields, self.name, frozenset(mine - self._said), makes=made, key=told["key"])
        entry.outcome, entry.status = told["outcome"], told["status"]
        if entry.outcome == "done":
            self._said |= mine
        self.journal.sent.append(entry)
        self.journal.answered(entry.status)


class Browsers:
    """One Chromium for all who sit at a page."""

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        playwright = await self._stack.enter_async_context(async_playwright())
        path = os.environ.get("CHROME_PATH") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
        self.chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.chromium.close()
        await self._stack.aclose()


def _what(path: str) -> str:
    """What an address does, in the words of `acts`."""
    last = path.rstrip("/").rpartition("/")[2]
    names = {"notes": "add", "position": "move", "look": "colour", "deletion": "delete", "restoration": "restore"}
    names |= {"many": "several", "copy": "copy", "undo": "undo", "redo": "redo", "thumb": "thumb"}
    return names.get(last, "edit")
