"""A real Chromium for the tests of scripts and pages; none of its pages may ask another host for anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.patience import PATIENCE_MS
from tests.plugins.seats import Seats

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page follows another in the frame that is there: a twentieth less work.
    "--enable-features=CDPScreenshotNewSurface,RenderDocument:level/crashed-frame",
    # Whatever a page might ask of another host fails, so that tests need to look at failures only.
    "--host-resolver-rules=MAP room.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that `./dev test` found or installed (`CHROME_PATH`), else Debian's, else Playwright's own."""
    path = os.environ.get("CHROME_PATH") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seats(chromium: Browser) -> Iterator[Seats]:
    """Browsers that tests take in turn."""
    seats = Seats(chromium)
    yield seats
    seats.close()
