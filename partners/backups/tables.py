"""Which tables a backup holds, and a row of them as one line of JSON and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

# Whoever holds a backup could walk in with the key of an open session; people sign in again instead. Attempts pass.
LEFT_OUT = frozenset({"sessions.session", "partners.attempts"})
BATCH = 1000

Table = type[models.Model]


def tables() -> list[Table]:
    """Every table with rows of its own, the ones between two others included, in a fixed order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def shape() -> list[str]:
    """The applied migrations: two databases with the same list have the same columns."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def lines(table: Table) -> Iterator[bytes]:
    """Each row as a line of JSON; read in chunks, so that a large table needs little memory."""
    columns = table._meta.concrete_fields
    for row in table._base_manager.order_by("pk").iterator(chunk_size=BATCH):
        yield json.dumps({field.attname: _plain(field, row) for field in columns}, ensure_ascii=False).encode() + b"\n"


def fill(table: Table, rows: Iterable[bytes]) -> int:
    """Write lines back as they were, moments of creation and change included; returns how many."""
    columns = table._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    places = ", ".join(["%s"] * len(columns))
    # Plain SQL, because saving objects would stamp today's date on them.
    insert = f"INSERT INTO {quote(table._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    count = 0
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.executemany(insert, [_stored(columns, json.loads(line)) for line in batch])
            count += len(batch)
    return count


def empty(all_tables: Iterable[Table]) -> None:
    """Delete every row; other writers wait until the transaction ends, readers see what was."""
    quoted = [connection.ops.quote_name(table._meta.db_table) for table in all_tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(quoted)} IN EXCLUSIVE MODE")
        for name in quoted:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own names


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, str | bool | int | float | list | dict):
        return value
    return field.value_to_string(row)  # Django's own lossless text of moments, ids and bytes


def _stored(columns: Iterable[models.Field[Any, Any]], row: dict[str, Any]) -> list[Any]:
    return [field.get_db_prep_save(field.to_python(row[field.attname]), connection) for field in columns]


def _batches(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
