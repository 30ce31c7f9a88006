"""Take a backup, and put one back. One zip file: `manifest.json`, and per table a file of JSON lines."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from partners.backups.tables import Table, empty, fill, lines, shape, tables
from partners.events import log

FORMAT = "partnership-workbench-backup"
VERSION = 1
MANIFEST = "manifest.json"


class NotABackup(Exception):
    """The file cannot be put back here; the message says why and what to do."""


def write_backup(file: Path, *, now: datetime | None = None) -> dict[str, int]:
    """Write everything, as it is at one moment, to a new `file` while others go on working.

    Returns the number of rows by table. The file appears under its name only when it is complete, readable by its owner
    alone: it holds everybody's words and the hashes of passwords. Raises FileExistsError.
    """
    if file.exists():
        raise FileExistsError(file)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.touch(mode=0o600)
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive, _one_moment():
            counts = {table._meta.label_lower: _write(archive, table) for table in tables()}
            archive.writestr(MANIFEST, _manifest(counts, now or datetime.now(UTC)))
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def restore_backup(file: Path) -> dict[str, int]:
    """Replace everything by what `file` holds, in one transaction; returns the number of rows by table.

    Every workspace's log starts a new epoch, so that open pages fetch their boards anew. Who was signed in stays so, if
    the person still exists. Raises NotABackup before anything is changed, and changes nothing when it fails later.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            counts = _checked(archive)
            with transaction.atomic():
                before = log.workspaces()
                _replace(archive, counts)
                log.start_new_epochs(besides=before)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotABackup(f"{file} is no backup, or it is damaged ({error}).") from error
    return counts


def _write(archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    with archive.open(_member(table), "w", force_zip64=True) as out:
        for count, line in enumerate(lines(table), start=1):  # noqa: B007 - the last one is the count
            out.write(line)
    return count


def _replace(archive: zipfile.ZipFile, counts: dict[str, int]) -> None:
    empty(tables())
    for table in tables():
        with archive.open(_member(table)) as rows:
            if fill(table, rows) != counts[table._meta.label_lower]:
                raise ValueError(f"rows are missing in {_member(table)}")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _member(table: Table) -> str:
    return f"data/{table._meta.label_lower}.jsonl"


def _manifest(counts: dict[str, int], now: datetime) -> str:
    about = {"format": FORMAT, "version": VERSION, "made_at": now.isoformat(), "migrations": shape(), "rows": counts}
    return json.dumps(about, indent=1)


def _checked(archive: zipfile.ZipFile) -> dict[str, int]:
    """The numbers of rows that a backup promises, if it fits this database."""
    about: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if about.get("format") != FORMAT or about.get("version") != VERSION:
        raise NotABackup("The file is no backup of this program, or one of a newer version.")
    if about["migrations"] != shape():
        raise NotABackup(
            f"The backup of {about['made_at']} has other tables than this version. Put it back with the version that "
            "made it, then update."
        )
    return {str(name): int(count) for name, count in about["rows"].items()}


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody has to wait for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Our transactions on SQLite take the right to write at once; a backup only reads.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
