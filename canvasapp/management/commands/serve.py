"""`manage.py serve`: what `./dev run` and the service manager of a production server start."""

from __future__ import annotations

import errno
import socket
from argparse import ArgumentParser
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from canvasapp.server import listen, serve
from partners.people.signin import make_link


class Command(BaseCommand):
    """Serves, and on a person's own computer makes everything ready first."""

    help = "Serve the workbench on one address, by one process. Ctrl+C stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and whether to get ready first."""
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000", help="host:port (127.0.0.1:8000)")
        parser.add_argument(
            "--first-steps",
            action="store_true",
            help="first migrate the database, load the examples, and print a link that signs the facilitator in once",
        )

    def handle(self, *args: Any, address: str, first_steps: bool, **options: Any) -> None:
        """Take the port, get ready, serve."""
        host, _, port = address.rpartition(":")
        if not host or not port.isdecimal():
            raise CommandError(f"{address} is not an address: write it as 127.0.0.1:8000")
        sock = self._take(host.strip("[]"), int(port))
        here = _address(sock)
        greeting = ["", "The partnership workbench is running."]
        if first_steps:
            self._first_steps()
            link = make_link(settings.PUBLIC_URL or here)
            greeting.append(f"  To sign in as the facilitator, once:   {link}")
        if settings.PUBLIC_URL:
            greeting.append(f"  Everybody else:                        {settings.PUBLIC_URL}/")
        greeting.append(f"  On this computer:                      {here}/")
        greeting.append("  To stop it:                            Ctrl+C")
        serve(sock, ready=lambda: self._say(greeting))

    def _take(self, host: str, port: int) -> socket.socket:
        try:
            return listen(host, port)
        except (OSError, OverflowError) as error:
            why = {
                errno.EADDRINUSE: "something is listening there already, perhaps another workbench; try another port",
                errno.EACCES: "ports below 1024 belong to the system; try one above",
                errno.EADDRNOTAVAIL: "this computer has no such address",
            }.get(getattr(error, "errno", None) or 0, str(error).rstrip("."))
            raise CommandError(f"Cannot serve on {host}, port {port}: {why}.") from error

    def _first_steps(self) -> None:
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("load_examples", verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {str(error).strip()}.") from error

    def _say(self, lines: list[str]) -> None:
        self.stdout.write("\n".join([*lines, ""]))
        self.stdout.flush()


def _address(sock: socket.socket) -> str:
    """Where a browser on this computer finds the server; a socket on every address is on loopback too."""
    host, port = sock.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = "127.0.0.1" if sock.family == socket.AF_INET else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
