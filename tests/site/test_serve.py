import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from devtools.console import ROOT
from tests.patience import PATIENCE_S
from tests.site.running import MANAGE, Browser, Running, at_home

pytestmark = pytest.mark.own_server


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A server with the examples, stopped at the end if it still runs."""
    server = Running(tmp_path / "data")
    yield server
    if server.process.poll() is None:
        server.stop()


class TestServe:
    def test_from_the_first_link_over_a_restore_to_its_end(self, running: Running, tmp_path: Path) -> None:
        """One server for all of it: to migrate a database and fill it takes as long as a hundred small tests."""
        self.signs_the_facilitator_in_once(running)
        self.shows_a_restore_beside_it_on_open_pages(running, tmp_path)
        self.ends_soon_with_a_browser_open(running)

    def signs_the_facilitator_in_once(self, running: Running) -> None:
        link = running.link("To sign in")
        self.facilitator, stranger = Browser(running), Browser(running)
        assert "Nespresso" in self.facilitator.read(link)
        assert "Nespresso" not in stranger.read(link)

    def shows_a_restore_beside_it_on_open_pages(self, running: Running, tmp_path: Path) -> None:
        stream = self.facilitator.open_stream()
        for command in ("backup", "restore"):
            subprocess.run(
                [*MANAGE, command, str(tmp_path / "all.zip")],
                cwd=ROOT,
                env=at_home(tmp_path / "data"),
                check=True,
                capture_output=True,
            )
        assert any(line == b"event: reset\n" for line in stream)

    def ends_soon_with_a_browser_open(self, running: Running) -> None:
        stream = self.facilitator.open_stream()
        assert stream.readline()
        running.stop()
        stream.read()  # to its end, which the server has told: it has not waited for the browser and then cut it off
        assert running.process.returncode == 0


class TestServeSaysWhatIsMissing:
    def test_when_the_port_is_taken(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            answer = self.serve(tmp_path, f"127.0.0.1:{other.getsockname()[1]}")
        assert "already" in answer.stderr
        assert "another port" in answer.stderr

    def test_when_this_computer_has_no_such_address(self) -> None:
        with pytest.raises(CommandError, match="no such address"):
            call_command("serve", "192.0.2.1:8000")

    def test_when_the_data_cannot_be_written(self) -> None:
        assert "Cannot write to /dev/null/data" in self.serve(Path("/dev/null/data"), "127.0.0.1:0").stderr

    def test_when_production_would_be_unsafe(self, tmp_path: Path) -> None:
        assert "SECRET_KEY is missing" in self.serve(tmp_path, "127.0.0.1:0", PRODUCTION="1").stderr

    def serve(self, folder: Path, address: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """The answer of a server that cannot start: a sentence, no traceback."""
        surroundings = at_home(folder) | {"DATABASE_URL": ""} | variables
        answer = subprocess.run(
            [*MANAGE, "serve", address],
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert answer.returncode == 1
        assert "Traceback" not in answer.stderr
        return answer
