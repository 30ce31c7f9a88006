"""A Chromium for the browser tests: one that is there, or Debian's if we may install it, or Playwright's download."""

import os
import shutil

from devtools.console import PYTHON, Stop, call, say

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_environment() -> dict[str, str]:
    """What the tests need to know to start a browser: `CHROME_PATH`, or nothing when Playwright has its own."""
    path = _found() or _from_debian()
    if path:
        return {"CHROME_PATH": path}
    # Answers at once when it was downloaded before.
    if call(PYTHON, "-m", "playwright", "install", "chromium", "--only-shell"):
        raise Stop("No Chromium: install one (Debian: apt-get install chromium) or set CHROME_PATH, then try again.")
    return {}


def _found() -> str | None:
    given = os.environ.get("CHROME_PATH")
    if given and not os.access(given, os.X_OK):
        raise Stop(f"CHROME_PATH={given} cannot be run.")
    paths = (shutil.which(name) for name in NAMES)
    # A snap cannot reach our temporary folders.
    return given or next((path for path in paths if path and "/snap/" not in os.path.realpath(path)), None)


def _from_debian() -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() or not shutil.which("apt-get"):
        return None
    say("Installing Chromium for the browser tests …")
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-q", env=environment, quiet=True)
    for package in NAMES[:2]:
        options = ("-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")
        if not call("apt-get", "install", *options, package, env=environment, quiet=True) and (path := _found()):
            return path
    return None
