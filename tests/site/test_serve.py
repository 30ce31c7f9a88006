import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from devtools.console import ROOT

SERVE = [sys.executable, "manage.py", "serve"]


def environment(folder: Path) -> dict[str, str]:
    """A person's own computer: nothing is set but the folder, and the test run's database if it has a server."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL") if name in os.environ}
    return known | {"DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}


class Running:
    """A server as `./dev run` starts it, with what it has printed until it was ready."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*SERVE, "127.0.0.1:0", "--first-steps"],
            cwd=ROOT,
            env=environment(folder),
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


@pytest.fixture(scope="class")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server = Running(tmp_path_factory.mktemp("data"))
    yield server
    if server.process.poll() is None:
        server.stop()


class TestServe:
    def test_signs_the_facilitator_in_once_and_ends_soon_with_a_browser_open(self, running: Running) -> None:
        here = running.link("On this computer")
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with browser.open(running.link("To sign in")) as page:
            assert page.status == 200
            workshops = page.read().decode()
        assert "Nespresso" in workshops

        with browser.open(f"{here}{_first_workshop(workshops)}") as page:
            home = page.read().decode()
        stream = browser.open(here.rstrip("/") + _stream(home), timeout=10)
        assert stream.readline()

        assert running.stop() < 5
        assert running.process.returncode == 0

    def test_the_link_is_spent_after_its_first_use(self, tmp_path: Path) -> None:
        server = Running(tmp_path)
        try:
            link = server.link("To sign in")
            first, second = (urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())) for _ in "12")
            with first.open(link) as page:
                assert "Nespresso" in page.read().decode()
            try:
                with second.open(link) as page:
                    shown = page.read().decode()
            except urllib.error.HTTPError as refused:
                shown = refused.read().decode()
            assert "Nespresso" not in shown
        finally:
            server.stop()


class TestServeSaysWhatIsMissing:
    def test_when_the_port_is_taken(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            answer = self.serve(tmp_path, f"127.0.0.1:{other.getsockname()[1]}")
        assert "already" in answer.stderr
        assert "another port" in answer.stderr

    def test_when_this_computer_has_no_such_address(self, tmp_path: Path) -> None:
        assert "no such address" in self.serve(tmp_path, "192.0.2.1:8000").stderr

    def test_when_the_data_cannot_be_written(self) -> None:
        assert "Cannot write to /dev/null/data" in self.serve(Path("/dev/null/data"), "127.0.0.1:0").stderr

    def test_when_production_would_be_unsafe(self, tmp_path: Path) -> None:
        assert "SECRET_KEY is missing" in self.serve(tmp_path, "127.0.0.1:0", PRODUCTION="1").stderr

    def serve(self, folder: Path, address: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """The answer of a server that cannot start: a sentence, no traceback."""
        surroundings = environment(folder) | {"DATABASE_URL": ""} | variables
        answer = subprocess.run(
            [*SERVE, address], cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=30, check=False
        )
        assert answer.returncode == 1
        assert "Traceback" not in answer.stderr
        return answer


def _first_workshop(page: str) -> str:
    found = re.search(r'href="/(w/[0-9a-f-]{36}/)"', page)
    assert found
    return found[1]


def _stream(page: str) -> str:
    found = re.search(r'data-live="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")
