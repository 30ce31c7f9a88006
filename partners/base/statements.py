"""Statements that the database understands and plans once for each connection, not each time.

PostgreSQL takes longer to plan a read with a few joins than to run it, and an edit makes a dozen statements beside the
same number of processors. Here each is declared (`PREPARE`) when a connection needs it for the first time and run by
its name from then on. SQLite's driver keeps what it has understood by itself.
"""

from __future__ import annotations

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper

_LONGEST_NAME = 50
_numbers = count(1)
_declared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""What has been declared, by the driver's connection: when Django takes a new one, everything is declared anew."""


class Statement:
    """One statement with a `%s` for each value; `sql(connection)` is what to run with them there.

    `name` tells people what runs, in logs and in `pg_stat_activity`.
    """

    def __init__(self, name: str, sql: str, values: int) -> None:
        self._sql = sql
        self._name = f"{name[-_LONGEST_NAME:]} {next(_numbers)}"
        self._values = values
        places = ", ".join(["%s"] * values)
        self._call = f'EXECUTE "{self._name}"' + (f" ({places})" if places else "")

    def sql(self, connection: BaseDatabaseWrapper) -> str:
        """Return what a cursor of this connection executes, declared before. Take the cursor first: it connects."""
        if connection.vendor != "postgresql":
            return self._sql
        of_driver: Any = connection.connection
        declared = _declared.get(of_driver)
        if declared is None:
            declared = _declared[of_driver] = set()
        if self._name not in declared:
            self._declare(connection, of_driver)
            declared.add(self._name)
        return self._call

    def _declare(self, connection: BaseDatabaseWrapper, of_driver: Any) -> None:
        places = tuple(f"${place + 1}" for place in range(self._values))
        with connection.wrap_database_errors, of_driver.cursor() as cursor:
            cursor.execute(f'PREPARE "{self._name}" AS {self._sql % places}')
