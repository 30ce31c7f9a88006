"""`manage.py sign_in_link`: a way in for the person at the computer itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from partners.people.signin import make_link


class Command(BaseCommand):
    help = "Print a link that signs the facilitator of this computer in, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the site is reached."""
        where = settings.PUBLIC_URL or "http://127.0.0.1:8000"
        parser.add_argument("base_url", nargs="?", default=where, help=f"the site's address ({where})")

    def handle(self, *args: Any, base_url: str, **options: Any) -> None:
        """Print it."""
        self.stdout.write(make_link(base_url))
