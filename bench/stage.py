"""A workshop full of guests, on a database of its own, and the servers that benches measure.

`python -m bench.stage GUESTS NOTES PAGE` fills the database that the environment names and prints, as JSON, what
somebody outside needs to take part. PAGE is what they look at: `sketch`, or `compare` and `grid` with so many needs and
offers on both sides.
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
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


@dataclass(frozen=True)
class Stage:
    """What is needed to take part: who may come, what they look at, which notes may be changed."""

    stream: str
    """The address of the stream that a page of the sheet opens, with its cursor."""
    page: str
    """The address of a page that shows the sheet."""
    guests: list[str]
    """A `Cookie` header for each guest."""
    editors: list[str]
    """The same, of those guests who may write on the sheet."""
    notes: list[str]
    shown: list[str]
    """What must be found in the page, so that a fast empty page is no result."""


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
def serving(command: list[str], environment: dict[str, str], ready: str) -> Iterator[tuple[int, int]]:
    """Start a server (`{port}` in its command is replaced); gives its port and process id once `ready` answers."""
    port = _free_port()
    server = subprocess.Popen(
        [part.format(port=port) for part in command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}{ready}", server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=READY_S)


PRODUCTION = [sys.executable, "manage.py", "serve", "127.0.0.1:{port}"]
FLOOR = [sys.executable, "-m", "bench.floor", "{port}"]


def memory_kb(pid: int) -> int:
    """The memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


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
    from partners.events.reads import cursor
    from partners.value_fit.queries import NEEDS
    from tests.factories import crowd, gather
    from tests.value_fit.crowd import crowded_comparison

    cast = gather()
    sides = (cast.nespresso, cast.delonghi)
    joined = [cast.join(f"Guest {place + 1}", sides[place % 2]) for place in range(guests)]
    cookies = [f"{cast.pass_cookie}={cast.passes[member.pk]}" for member in joined]
    canvas = cast.sheet(cast.with_delonghi, cast.nespresso)
    if page == "sketch":
        address = f"/p/{cast.with_delonghi.pk}/sketch/start/"
        written = crowd(cast, canvas, notes)
        shown = [f'id="note-{note.pk}"' for note in written]
    else:
        address = f"/p/{cast.with_delonghi.pk}/{page}/"
        crowded_comparison(cast, notes, notes)
        written = list(Note.objects.filter(canvas__partnership=cast.with_delonghi, block=NEEDS))
        shown = [f"row-{need.pk}" for need in written]
    return Stage(
        stream=f"/live/{cast.workspace.pk}/?canvas={canvas.pk}&topic=activity&after={cursor(cast.workspace.pk)}",
        page=address,
        guests=cookies,
        editors=cookies[::2],
        notes=[str(note.pk) for note in written],
        shown=shown,
    )


if __name__ == "__main__":
    print(json.dumps(_prepare(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]).__dict__))
