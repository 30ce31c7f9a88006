"""`manage.py backup FILE`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partners.backups.operations import write_backup


class Command(BaseCommand):
    help = "Write everything to a new file, as it is at one moment, while people go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, help="the file to make, as in  workbench-2026-05-01.zip")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write it and say how much it holds."""
        try:
            counts = write_backup(file)
        except FileExistsError as error:
            raise CommandError(f"{file} exists already: name another file.") from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        size = file.stat().st_size / 1024
        self.stdout.write(
            f"{file}: {counts['partners.workspace']} workshops, {sum(counts.values())} rows, {size:.0f} KB"
        )
