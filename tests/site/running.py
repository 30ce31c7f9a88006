"""A server as `./dev run` starts it, in a process of its own, for tests of what only a whole server shows."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import urllib.request
from hashlib import sha256
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from devtools.console import ROOT
from tests.patience import PATIENCE_S

MANAGE = [sys.executable, "manage.py"]


def at_home(folder: Path) -> dict[str, str]:
    """A person's own computer: nothing is set but the folder, and a database of its own on the test run's server."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    if server := os.environ.get("DATABASE_URL"):
        known["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{_database(folder)}").geturl()
    return known | {"DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}


def make_database(folder: Path) -> None:
    """Where the test run has a server: an empty database on it, so that two tests beside each other keep apart."""
    if server := os.environ.get("DATABASE_URL"):
        with contextlib.closing(psycopg2.connect(server)) as connection:
            connection.autocommit = True
            connection.cursor().execute(f'CREATE DATABASE "{_database(folder)}"')


def _database(folder: Path) -> str:
    return f"home_{sha256(str(folder).encode()).hexdigest()[:16]}"


class Running:
    """A server as `./dev run` starts it, with what it has printed until it was ready."""

    def __init__(self, folder: Path) -> None:
        make_database(folder)
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

    def stop(self) -> None:
        """Press Ctrl+C, and wait until the server has ended."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=PATIENCE_S)


class Browser:
    """Keeps cookies and follows links, as a browser does."""

    def __init__(self, server: Running) -> None:
        self.here = server.link("On this computer").rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def read(self, address: str) -> str:
        """The text of a page, its refusals included."""
        try:
            with self._opener.open(address, timeout=PATIENCE_S) as page:
                return str(page.read().decode())
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    def open_stream(self) -> HTTPResponse:
        """The stream of the first workshop's home."""
        workshop = _found(r'href="(/w/[0-9a-f-]{36}/)"', self.read(f"{self.here}/workshops/"))
        stream = _found(r'data-live="([^"]+)"', self.read(self.here + workshop)).replace("&amp;", "&")
        answer: HTTPResponse = self._opener.open(self.here + stream, timeout=PATIENCE_S)
        return answer


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, page
    return found[1]
