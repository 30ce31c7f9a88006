"""A look-up that both databases know how to do."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Lookup


class Holds(Lookup):
    """`Holds(F("tags"), "new")`: the JSON list holds this text. SQLite has no `contains` for JSON."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL's containment."""
        column, values = self.process_lhs(compiler, connection)
        return f"{column} @> %s::jsonb", (*values, json.dumps([self.rhs]))

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """SQLite walks through the list."""
        column, values = self.process_lhs(compiler, connection)
        found = ("EXISTS (SELECT 1 FROM json_each(", column, ") WHERE json_each.value = %s)")
        return "".join(found), (*values, self.rhs)
