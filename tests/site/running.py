"""A server as `./dev run` starts it, in a process of its own, for tests of what only a whole server shows."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path

from devtools.console import ROOT

MANAGE = [sys.executable, "manage.py"]


def at_home(folder: Path) -> dict[str, str]:
    """A person's own computer: nothing is set but the folder, and the test run's database if it has a server."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL") if name in os.environ}
    return known | {"DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}


class Running:
    """A server as `./dev run` starts it, with what it has printed until it was ready."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*MANAGE, "serve", "127.0.0.1:0", "--first-steps"],
            cwd=ROOT,
            env=at_home(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.said = ""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if "Ctrl+C" in line:
                break

    def link(self, label: str) -> str:
        """The address printed beside a label."""
        found = re.search(rf"{label}[^\n]*?(http://\S+)", self.said)
        assert found, self.said
        return found[1]

    def stop(self) -> float:
        """Press Ctrl+C; returns how long the server took to end."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        return time.monotonic() - started


class Browser:
    """Keeps cookies and follows links, as a browser does."""

    def __init__(self, server: Running) -> None:
        self.here = server.link("On this computer").rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def read(self, address: str) -> str:
        """The text of a page, its refusals included."""
        try:
            with self._opener.open(address, timeout=20) as page:
                return str(page.read().decode())
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    def open_stream(self) -> HTTPResponse:
        """The stream of the first workshop's home."""
        workshop = _found(r'href="(/w/[0-9a-f-]{36}/)"', self.read(f"{self.here}/workshops/"))
        stream = _found(r'data-live="([^"]+)"', self.read(self.here + workshop)).replace("&amp;", "&")
        answer: HTTPResponse = self._opener.open(self.here + stream, timeout=20)
        return answer


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, page
    return found[1]
