"""Scenes laid once a process, through the product's own operations, and then put back by a few inserts a test."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Model

from tests.factories import Cast, gather

Scene = TypeVar("Scene")
Given = ParamSpec("Given")
Row = tuple[Any, ...]
Rows = dict[Any, Row]
# Rows an insert carries: far below the number of values that a database takes at once.
BATCH = 200


@dataclass(frozen=True)
class Change:
    """What laying a scene did to one table; its `columns` begin with the key."""

    table: str
    columns: tuple[str, ...]
    gone: list[Any]
    rows: list[Row]

    def do(self) -> None:
        """Do the same again."""
        quote = connection.ops.quote_name
        names = ", ".join(quote(column) for column in self.columns)
        delete = f"DELETE FROM {quote(self.table)} WHERE {quote(self.columns[0])} IN "  # noqa: S608 - our own names
        insert = f"INSERT INTO {quote(self.table)} ({names}) VALUES "  # noqa: S608 - our own names
        with connection.cursor() as cursor:
            if self.gone:
                cursor.execute(delete + _places(self.gone), self.gone)
            for start in range(0, len(self.rows), BATCH):
                rows = self.rows[start : start + BATCH]
                values = [value for row in rows for value in row]
                cursor.execute(insert + ", ".join(map(_places, rows)), values)


def remembered(lay: Callable[Given, Scene]) -> Callable[Given, Scene]:
    """The same function, which lays its scene the first time only, and afterwards returns a scene of one's own.

    It is for scenes that stand on the same rows each time: on none, or on those of a scene that is remembered too. What
    it is given is not looked at again.
    """
    known: tuple[list[Change], bytes] | None = None

    def again(*args: Given.args, **more: Given.kwargs) -> Scene:
        nonlocal known
        if known is None:
            before = _tables()
            scene = lay(*args, **more)
            # Copied by pickling, which is several times faster than `copy.deepcopy`.
            known = (_changes(before, _tables()), pickle.dumps(scene))
            return scene
        changes, kept = known
        with transaction.atomic():  # whichever row comes first, the ones it names are looked for at the end
            for change in changes:
                change.do()
        found: Scene = pickle.loads(kept)  # noqa: S301 - our own, of a moment ago
        return found

    return again


def _tables() -> dict[tuple[str, tuple[str, ...]], Rows]:
    """All rows of the product's tables and all sessions by their keys, as the database gives them: no objects."""
    found = {}
    models: list[type[Model]] = [*apps.get_app_config("partners").get_models(include_auto_created=True), Session]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in models:
            fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
            columns = tuple(str(field.column) for field in fields)
            names = ", ".join(quote(column) for column in columns)
            cursor.execute(f"SELECT {names} FROM {quote(model._meta.db_table)}")  # noqa: S608 - our own names
            found[model._meta.db_table, columns] = {row[0]: row for row in cursor.fetchall()}
    return found


def _changes(
    before: dict[tuple[str, tuple[str, ...]], Rows], after: dict[tuple[str, tuple[str, ...]], Rows]
) -> list[Change]:
    changes = []
    for (table, columns), rows in after.items():
        was = before[table, columns]
        gone = [key for key, row in was.items() if rows.get(key) != row]
        new = [row for key, row in rows.items() if was.get(key) != row]
        if gone or new:
            changes.append(Change(table, columns, gone, new))
    return changes


def _places(values: Sequence[Any]) -> str:
    return f"({', '.join(['%s'] * len(values))})"


cast_again: Callable[[], Cast] = remembered(gather)
