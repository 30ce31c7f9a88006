"""A workshop full of guests, on a database of its own, and the servers that benches measure.

`python -m bench.stage GUESTS NOTES PAGE` fills the database that the environment names and prints, as JSON, what
somebody outside needs to take part. PAGE is what they look at: `sketch`; `compare` or `grid` with so many needs and
offers on both sides; `moments` or `versions` of notes that were edited so often, together.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.console import ROOT
from devtools.postgres import TempPostgres

READY_S = 60
NOTES_WITH_A_PAST = 90
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


@dataclass(frozen=True)
class Stage:
    """What is needed to take part: who may come, what they look at, which notes may be changed."""

    stream: str
    """The address of the stream that a page of the sheet opens; it begins with what happens next."""
    page: str
    """The address of a page that shows the sheet."""
    guests: list[str]
    """A `Cookie` header for each guest."""
    editors: list[str]
    """The same, of those guests who may write on the sheet."""
    notes: list[str]
    shown: list[str]
    """What must be found in the page, so that a fast empty page is no result."""


@dataclass(frozen=True)
class Served:
    """Servers that answer."""

    ports: list[int]
    pids: list[int]

    def memory_kb(self) -> int:
        """The memory that they hold, together."""
        found = [Path(f"/proc/{pid}/status").read_text() for pid in self.pids]
        lines = (next(line for line in status.splitlines() if line.startswith("VmRSS")) for status in found)
        return sum(int(line.split()[1]) for line in lines)

    def busy_s(self) -> float:
        """How long they have computed, together."""
        found = [Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split() for pid in self.pids]
        return sum(int(stat[11]) + int(stat[12]) for stat in found) / os.sysconf("SC_CLK_TCK")


@contextmanager
def database(name: str, server: TempPostgres | None = None) -> Iterator[dict[str, str]]:
    """An empty database, as the environment that production settings read; `name` is PostgreSQL or SQLite.

    `server` is a PostgreSQL that runs already; else there is one of its own.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
            "DATA_DIR": folder,
            "PRODUCTION": "1",
            "SECRET_KEY": "only-for-measuring-" * 4,
            "ALLOWED_HOSTS": "127.0.0.1",
            "PUBLIC_URL": "http://127.0.0.1",
            "ALLOW_PLAIN_HTTP": "1",
            "LOG_LEVEL": "WARNING",
        }
        if name == "PostgreSQL":
            # As durable as in production: every acknowledged change is on the disk.
            server = server or stack.enter_context(TempPostgres(*DURABLE))
            environment["DATABASE_URL"] = server.url
        for command in (["migrate", "--verbosity=0"], ["collectstatic", "--no-input", "--verbosity=0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        yield environment


def fill(environment: dict[str, str], guests: int, notes: int, page: str = "sketch") -> Stage:
    """Put a workshop with guests and notes on the database."""
    command = [sys.executable, "-m", "bench.stage", str(guests), str(notes), page]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return Stage(**json.loads(told.stdout.splitlines()[-1]))


@contextmanager
def serving(command: list[str], environment: dict[str, str], ready: str, count: int = 1) -> Iterator[Served]:
    """Start servers (`{port}` in their command is replaced); gives them once `ready` answers at each."""
    ports = [_free_port() for _ in range(count)]
    servers: list[subprocess.Popen[bytes]] = []
    try:
        for port in ports:
            words = [part.format(port=port) for part in command]
            servers.append(subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL))
        for port, server in zip(ports, servers, strict=True):
            _wait_for(f"http://127.0.0.1:{port}{ready}", server)
        yield Served(ports, [server.pid for server in servers])
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=READY_S)


PRODUCTION = [sys.executable, "manage.py", "serve", "127.0.0.1:{port}"]


def how_busy() -> str:
    """What else the computer was doing, as a note: times say little beside other work."""
    return f"Load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors."


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer within {READY_S} s")


def _prepare(guests: int, notes: int, page: str) -> Stage:
    """Fill the database of this process, through the product's own operations."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "canvasapp.settings"
    import django

    django.setup()
    from partners.canvases.models import Note
    from partners.value_fit.queries import NEEDS
    from tests.factories import crowd, gather
    from tests.history.edited import edited
    from tests.value_fit.crowd import crowded_comparison

    cast = gather()
    sides = (cast.nespresso, cast.delonghi)
    joined = [cast.join(f"Guest {place + 1}", sides[place % 2]) for place in range(guests)]
    cookies = [f"{cast.pass_cookie}={cast.passes[member.pk]}" for member in joined]
    canvas = cast.sheet(cast.with_delonghi, cast.nespresso)
    match page:
        case "sketch":
            address = f"/p/{cast.with_delonghi.pk}/sketch/start/"
            written = crowd(cast, canvas, notes)
            shown = [f'id="note-{note.pk}"' for note in written]
        case "moments" | "versions":
            written = crowd(cast, canvas, NOTES_WITH_A_PAST)
            newest = edited(cast.workspace, written, notes)[-1]
            if page == "moments":
                address = f"/canvases/{canvas.pk}/moments/?step=1"
                shown = [f'-{note.pk}"' for note in written]
            else:
                address = f"/notes/{newest.thing_id}/versions/"
                shown = [f"/versions/{newest.data['version'] - 1}/restoration/"]
        case _:
            address = f"/p/{cast.with_delonghi.pk}/{page}/"
            crowded_comparison(cast, notes, notes)
            written = list(Note.objects.filter(canvas__partnership=cast.with_delonghi, block=NEEDS))
            shown = [f"row-{need.pk}" for need in written]
    return Stage(
        stream=f"/live/{cast.workspace.pk}/?canvas={canvas.pk}&topic=activity",
        page=address,
        guests=cookies,
        editors=cookies[::2],
        notes=[str(note.pk) for note in written],
        shown=shown,
    )


if __name__ == "__main__":
    print(json.dumps(_prepare(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]).__dict__))
