"""`manage.py restore FILE`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partners.backups.operations import NotABackup, restore_backup, write_backup


class Command(BaseCommand):
    help = "Replace everything by what a backup holds. What was there before is kept in a backup of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("file", type=Path, help="a file made by  backup")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Keep what is there, put back what was, say both."""
        if not file.is_file():
            raise CommandError(f"{file} does not exist.")
        kept = settings.DATA_DIR / "backups" / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.zip"
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_backup(kept)
            counts = restore_backup(file)
        except NotABackup as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        self.stdout.write(f"Restored {counts['partners.workspace']} workshops, {sum(counts.values())} rows.")
        self.stdout.write(f"What was there before is in {kept}")
