"""`manage.py load_examples`: the worked examples for the facilitator of this computer, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partners.examples.operations import load
from partners.examples.queries import was_loaded
from partners.examples.reading import SLUGS
from partners.people.signin import local_facilitator


class Command(BaseCommand):
    help = "Load the worked examples as workshops of this computer's facilitator; those loaded before stay as they are."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        """Load what is missing; an example that the facilitator has deleted does not come back."""
        user = local_facilitator()
        for slug in SLUGS:
            if was_loaded(slug, user):
                continue
            workspace = load(slug, user)
            if verbosity:
                self.stdout.write(f"Loaded “{workspace.title}”.")
