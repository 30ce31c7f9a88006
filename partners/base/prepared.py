"""Reads whose SQL Django builds once: the named reads of the hottest requests.

Building the SQL of a read with a few joins takes Django 0.5 to 1.5 ms each time, which is three quarters of what the
whole read takes, and an edit does ten of them. The SQL differs only by its values, so it is built on first use, kept,
and bound; PostgreSQL plans it once for each connection. What is read, and what it becomes, stays a queryset: nothing
here is written twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from partners.base.statements import Statement

T = TypeVar("T")
Given = UUID | str | datetime | int | Collection[UUID]

MOST_IN_A_LIST = 8
"""A longer list of ids is read by a plain queryset: its SQL would hardly ever be used again."""
_FIELDS: dict[type, models.Field[Any, Any]] = {
    UUID: models.UUIDField(),
    str: models.TextField(),
    datetime: models.DateTimeField(),
    int: models.BigIntegerField(),
}


class Prepared(Generic[T]):
    """A read as a function of its values: `notes(note_id=…)` gives what `list(build(note_id=…))` would.

    `build` makes a queryset (of models, or a `values_list`) from keyword values, and may use each only to compare with.
    A value is a UUID, a string, a moment, a number, or a collection of UUIDs for `__in`.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]]) -> None:
        self._build = build
        self._plans = _PlansOfThread()

    def __call__(self, **given: Given) -> list[T]:
        lengths = tuple(len(value) for value in given.values() if not isinstance(value, UUID | str | datetime | int))
        if any(length not in range(1, MOST_IN_A_LIST + 1) for length in lengths):
            return list(self._build(**given))
        plans = self._plans.of_connection.setdefault(connections[DEFAULT_DB_ALIAS], {})
        plan = plans.get(lengths)
        if plan is None:
            plan = plans[lengths] = _Plan(self._build, given)
        return plan.run(given)

    def one(self, **given: Given) -> T | None:
        """Return what was found, or None."""
        return next(iter(self(**given)), None)


class _PlansOfThread(threading.local):
    """A plan holds a connection, and the values it runs with.

    A thread has one connection while an event loop runs in it and another while none does, so plans are kept by both.
    """

    def __init__(self) -> None:
        self.of_connection: WeakKeyDictionary[BaseDatabaseWrapper, dict[tuple[int, ...], _Plan[Any]]] = (
            WeakKeyDictionary()
        )


class _Hole(NamedTuple):
    """Where a value goes: by name, and by place when it is one of several."""

    name: str
    place: int | None

    def value(self, given: dict[str, Given]) -> object:
        value: Any = given[self.name]
        return _parameter(value if self.place is None else list(value)[self.place])


class _Plan(Generic[T]):
    """A statement with holes, and how Django makes of its rows what the queryset would give."""

    def __init__(self, build: Callable[..., QuerySet[Any, T]], given: dict[str, Given]) -> None:
        stand_ins: dict[str, Any] = {}
        holes: dict[object, _Hole] = {}
        for number, (name, value) in enumerate(given.items()):
            stand_ins[name] = found = _stand_in(value, number)
            places = enumerate(found) if isinstance(found, list) else [(None, found)]
            holes |= {_parameter(each): _Hole(name, place) for place, each in places}
        queryset: Any = build(**stand_ins)
        self._connection = connections[queryset.db]
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = compiler.as_sql()
        parts = [holes.get(part, part) for part in parameters]
        if missing := set(holes.values()).difference(parts):
            raise TypeError(f"not compared with as they are: {sorted(missing)}")
        if self._connection.vendor == "postgresql":
            sql, parts = _with_its_constants(sql, parts)
        self._statement = Statement(f"{build.__module__}.{build.__qualname__}", sql, len(parts))
        self._parameters = parts
        self._compiler = compiler
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._converters = compiler.get_converters(columns)
        self._made: Callable[[Iterable[Any]], list[T]] = _tuples
        if queryset._iterable_class is ModelIterable:
            self._made = _maker_of_models(compiler)

    def run(self, given: dict[str, Given]) -> list[T]:
        bound: Any = [part.value(given) if isinstance(part, _Hole) else part for part in self._parameters]
        with self._connection.cursor() as cursor:
            cursor.execute(self._statement.sql(self._connection), bound)
            rows: Iterable[Any] = cursor.fetchall()
        return self._made(self._compiler.apply_converters(rows, self._converters) if self._converters else rows)


def _tuples(rows: Iterable[Any]) -> list[Any]:
    return list(map(tuple, rows))


def _maker_of_models(compiler: Any) -> Callable[[Iterable[Any]], list[Any]]:
    """What `ModelIterable` does with each row; what it finds out anew each time before it begins is found out once."""
    info, added = compiler.klass_info, compiler.annotation_col_map or {}
    model, alias = info["model"], compiler.using
    first, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:end]]
    populators: Any = get_related_populators
    joined = populators(info, compiler.select, alias)

    def models_of(rows: Iterable[Any]) -> list[Any]:
        found = []
        for row in rows:
            one = model.from_db(alias, names, row[first:end])
            for each in joined:
                each.populate(row, one)
            for name, place in added.items():
                setattr(one, name, row[place])
            found.append(one)
        return found

    return models_of


def _with_its_constants(sql: str, parts: list[object]) -> tuple[str, list[object]]:
    """A statement with what is the same each time written into it, and the holes that are left.

    PostgreSQL learns the type of a value from what it is compared with, and of a constant from the constant.
    """
    with connection.cursor() as cursor:
        written = [
            "%s" if isinstance(part, _Hole) else cursor.mogrify("%s", [part]).decode().replace("%", "%%")
            for part in parts
        ]
    return sql.replace("%%", "%%%%") % tuple(written), [part for part in parts if isinstance(part, _Hole)]


def _stand_in(value: Any, number: int) -> Any:
    """A value of the same kind that occurs nowhere else."""
    match value:
        case UUID():
            return uuid4()
        case str():
            return f"stands in for a string: {uuid4()}"
        case datetime():
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
        case int():
            return -7_000_000_000_000 - number
    return [uuid4() for _ in value]


def _parameter(value: Any) -> Any:
    """A value as the database's driver takes it."""
    kind = next(kind for kind in _FIELDS if isinstance(value, kind))
    return _FIELDS[kind].get_db_prep_value(value, connection)
