"""The cast gathered once a process, through the product's own operations, and then put back by a few inserts a test."""

from __future__ import annotations

import copy
from collections.abc import Callable

from django.db.models import Model

from partners.backups.tables import fill, lines
from partners.models import (
    Canvas,
    Event,
    GuestPass,
    IdempotencyKey,
    Invitation,
    LogHead,
    Membership,
    Organisation,
    Partnership,
    User,
    Workspace,
)
from tests.factories import Cast, gather

# In an order in which each row finds the rows it names.
TABLES: tuple[type[Model], ...] = (
    User,
    Workspace,
    LogHead,
    Organisation,
    Partnership,
    Membership,
    Membership.partnerships.through,
    GuestPass,
    Invitation,
    Canvas,
    Event,
    IdempotencyKey,
)


class Remembered:
    """Rows as they were after the first gathering; calling it gives a test a cast of its own."""

    def __init__(self, gather_first: Callable[[], Cast]) -> None:
        self._gather = gather_first
        self._cast: Cast | None = None
        self._rows: dict[type[Model], list[bytes]] = {}

    def __call__(self) -> Cast:
        """Return the cast, with its rows in the database, which must be empty."""
        if self._cast is None:
            cast = self._gather()
            self._rows = {table: list(lines(table)) for table in TABLES}
            self._cast = copy.deepcopy(cast)
            return cast
        for table, rows in self._rows.items():
            fill(table, rows)  # as they were, moments of creation included
        return copy.deepcopy(self._cast)


cast_again = Remembered(gather)
