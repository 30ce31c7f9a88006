"""`flush`, as Django calls it after each test that commits, for the few rows that such a test leaves."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

# Written by migrating, and read only: left as they are, they need not be written again.
LASTING = frozenset({"auth_permission", "django_content_type"})


class Command(flush.Command):
    """Delete from the tables that hold something: truncating all of them takes PostgreSQL several times as long."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        tables = set(connection.introspection.django_table_names(include_views=False)) - LASTING
        quoted = [connection.ops.quote_name(table) for table in sorted(tables)]
        asked = (
            f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {table})"  # noqa: S608 - our own names
            for place, table in enumerate(quoted)
        )
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked))
            filled = [quoted[place] for (place,) in cursor.fetchall()]
        # All go, so nobody needs to look for rows that are named by others.
        first = ["SET LOCAL session_replication_role = replica"] if connection.vendor == "postgresql" else []
        connection.ops.execute_sql_flush([*first, *(f"DELETE FROM {table}" for table in filled)])  # noqa: S608 - the same
