"""Writes of single rows whose SQL is built once: those of the hottest requests, as `partners.base.prepared` for reads.

Building the SQL, and asking who wants to hear of it (nobody: this product has no signals), takes Django four times as
long as writing the row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models

from partners.base.statements import Statement

_Fields = list[Any]
"""Django's fields; which of them a column has is known to Django alone."""


class Write(NamedTuple):
    """A statement that writes one row; `new` is the row if it is a new one."""

    statement: Statement
    values: list[Any]
    new: models.Model | None = None


def insert(row: models.Model) -> None:
    """Write a new row as `row.save(force_insert=True)` does; a number that the database gives, it has afterwards."""
    write(inserting(row))


def inserting(row: models.Model) -> Write:
    """Return how a new row is written; it is as it will be then."""
    statement, fields = _insert(type(row))
    connection = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    return Write(statement, values, row)


def write(*writes: Write) -> bool:
    """Write rows in this order, on PostgreSQL in one turn; of new ones only the last is told a number given to it.

    Returns whether the last is there.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    turns = [writes] if connection.vendor == "postgresql" else [(each,) for each in writes]
    with connection.cursor() as cursor:
        for turn in turns:
            sql = "; ".join(each.statement.sql(connection) for each in turn)
            cursor.execute(sql, [value for each in turn for value in each.values])
        last = writes[-1].new
        if last and (number := last._meta.auto_field):
            given: Any = cursor.fetchone()
            setattr(last, number.attname, given[0])
        for row in (each.new for each in writes if each.new):
            row._state.adding, row._state.db = False, connection.alias
        return bool(cursor.rowcount)


def save(row: models.Model, *names: str) -> None:
    """Write some fields of a row that is there as `row.save(update_fields=names)` does."""
    if not update(type(row), row.pk, **to_save(row, *names)):
        raise DatabaseError(f"{row._meta.label} {row.pk} is not there any more")


def to_save(row: models.Model, *names: str) -> dict[str, Any]:
    """Return what `save` writes, by field."""
    fields: _Fields = [row._meta.get_field(name) for name in names]
    return {field.name: field.pre_save(row, add=False) for field in fields}


def update(model: type[models.Model], pk: object, **values: Any) -> bool:
    """Write some columns of a row as `filter(pk=pk).update(**values)` does; returns whether it is there."""
    return write(updating(model, pk, **values))


def updating(model: type[models.Model], pk: object, **values: Any) -> Write:
    """Return how some columns of a row are written."""
    statement, fields = _update(model, tuple(values))
    connection = connections[DEFAULT_DB_ALIAS]
    whole = zip(fields, [*values.values(), pk], strict=True)
    return Write(statement, [field.get_db_prep_save(value, connection) for field, value in whole])


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
