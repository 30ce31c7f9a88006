"""Writes of single rows whose SQL is built once: those of the hottest requests, as `partners.base.prepared` for reads.

Building the SQL, and asking who wants to hear of it (nobody: this product has no signals), takes Django four times as
long as writing the row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models

from partners.base.statements import Statement

_Fields = list[Any]
"""Django's fields; which of them a column has is known to Django alone."""


def insert(row: models.Model) -> None:
    """Write a new row as `row.save(force_insert=True)` does; a number that the database gives, it has afterwards."""
    statement, fields = _insert(type(row))
    connection = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql(connection), values)
        if number := row._meta.auto_field:
            given: Any = cursor.fetchone()
            setattr(row, number.attname, given[0])
    row._state.adding, row._state.db = False, connection.alias


def save(row: models.Model, *names: str) -> None:
    """Write some fields of a row that is there as `row.save(update_fields=names)` does."""
    fields: _Fields = [row._meta.get_field(name) for name in names]
    if not update(type(row), row.pk, **{field.name: field.pre_save(row, add=False) for field in fields}):
        raise DatabaseError(f"{row._meta.label} {row.pk} is not there any more")


def update(model: type[models.Model], pk: object, **values: Any) -> bool:
    """Write some columns of a row as `filter(pk=pk).update(**values)` does; returns whether it is there."""
    statement, fields = _update(model, tuple(values))
    connection = connections[DEFAULT_DB_ALIAS]
    whole = zip(fields, [*values.values(), pk], strict=True)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql(connection), [field.get_db_prep_save(value, connection) for field, value in whole])
        return bool(cursor.rowcount)


@lru_cache(maxsize=64)
def _insert(model: type[models.Model]) -> tuple[Statement, _Fields]:
    meta = model._meta
    fields: _Fields = [field for field in meta.local_concrete_fields if field is not meta.auto_field]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    told = f' RETURNING "{meta.auto_field.column}"' if meta.auto_field else ""
    places = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({places}){told}'  # noqa: S608 - our own names
    return Statement(f"insert {meta.db_table}", sql, len(fields)), fields


@lru_cache(maxsize=256)
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[Statement, _Fields]:
    meta = model._meta
    fields: _Fields = [*(meta.get_field(name) for name in names), meta.pk]
    *columns, key = (f'"{field.column}" = %s' for field in fields)
    sql = f'UPDATE "{meta.db_table}" SET {", ".join(columns)} WHERE {key}'  # noqa: S608 - our own names
    return Statement(f"update {meta.db_table}", sql, len(fields)), fields
