"""Servers in processes of their own, on the database of the tests."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

from django.db import connection

from devtools.console import ROOT
from partners.canvases.models import Note
from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.live.listening import wait_for
from tests.patience import PATIENCE_S
from tests.ports import own_port


class Process:
    """A server in a process of its own, on the test's database, to be killed."""

    def __init__(self) -> None:
        self._keeps = contextlib.ExitStack()
        self.port = self._keeps.enter_context(own_port())
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"127.0.0.1:{self.port}"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "canvasapp.settings"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self._answers, "the server")

    def kill(self) -> None:
        """End it without a word, as a power cut would."""
        self.process.kill()
        self.process.wait(timeout=PATIENCE_S)

    def end(self) -> None:
        """Kill it if it still runs."""
        if self.process.poll() is None:
            self.kill()
        self._keeps.close()

    def stop(self) -> None:
        """End it politely."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE_S)

    def edit(self, cast: Cast, note: Note, text: str) -> int:
        """Send Carla's change of her note; returns the status."""
        return self.post(cast, cast.carla, f"/notes/{note.pk}/", text=text)

    def post(self, cast: Cast, member: Membership, path: str, **said: object) -> int:
        """Send something as somebody; returns the status."""
        cookies = {"csrftoken": "c" * 32} | cast.cookies(member)
        headers = {
            "Host": "localhost",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": "c" * 32,
            "Idempotency-Key": str(uuid4()),
            "HX-Request": "true",
        }
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        client.request("POST", path, urlencode(said), headers)
        status = client.getresponse().status
        client.close()
        return status

    def _answers(self) -> bool | None:
        with contextlib.suppress(OSError):
            client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
            client.request("GET", "/healthz", headers={"Host": "localhost"})
            return client.getresponse().status == 200
        return None


def database_url() -> str:
    """The address of the database that the tests run on."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(str(connection.settings_dict['NAME'])).absolute()}"
    host = quote(str(connection.settings_dict["HOST"] or connection.settings_dict["OPTIONS"].get("host", "")), safe="")
    return f"postgresql://{connection.settings_dict['USER']}@/{connection.settings_dict['NAME']}?host={host}"
