"""Statements that the database understands and plans once for each connection, not each time.

PostgreSQL takes longer to plan a read with a few joins than to run it, and an edit makes a dozen statements beside the
same number of processors. Here each is declared (`PREPARE`) when a connection needs it for the first time and run by
its name from then on. SQLite's driver keeps what it has understood by itself.
"""

from __future__ import annotations

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections

_LONGEST_NAME = 50
_numbers = count(1)
_declared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""What has been declared, by the driver's connection: when Django takes a new one, everything is declared anew."""


class Statement:
    """One statement with a `%s` for each value; `sql()` is what to run with them on this thread's connection.

    `name` tells people what runs, in logs and in `pg_stat_activity`.
    """

    def __init__(self, name: str, sql: str, values: int) -> None:
        self._sql = sql
        self._name = f"{name[-_LONGEST_NAME:]} {next(_numbers)}"
        self._values = values

    def sql(self) -> str:
        """Return what a cursor executes, declared before."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor != "postgresql":
            return self._sql
        # As the cursor will do: what is declared on a connection that is found dead then is of no use.
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        of_driver: Any = connection.connection
        declared = _declared.setdefault(of_driver, set())
        if self._name not in declared:
            places = tuple(f"${place + 1}" for place in range(self._values))
            with connection.wrap_database_errors, of_driver.cursor() as cursor:
                cursor.execute(f'PREPARE "{self._name}" AS {self._sql % places}')
            declared.add(self._name)
        return (
            f'EXECUTE "{self._name}" ({", ".join(["%s"] * self._values)})'
            if self._values
            else f'EXECUTE "{self._name}"'
        )
