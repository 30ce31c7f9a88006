"""A connection is tried by listening on its line, not by asking the server: a turn less for every request.

A server that stopped, or ended the connection, has closed the line, and that is there to be heard.
"""

from __future__ import annotations

import select
import sys

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; where something has come unasked, it asks as Django's does."""

    def is_usable(self) -> bool:
        """Whether a request may be served with the connection that an earlier one has left."""
        if self.connection is None or self.connection.closed:
            return False
        return is_silent(self.connection.fileno()) or super().is_usable()


def is_silent(line: int) -> bool:
    """Whether nothing has come on a line, not even its end; never sure where there is no `poll`."""
    if sys.platform == "win32":
        return False
    lines = select.poll()
    lines.register(line, select.POLLIN)
    return not lines.poll(0)
