"""What everybody sent and what became of it: the client's side of the story, which the database is held against."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

QUOTED = re.compile("“[^”]*”")


@dataclass
class Sent:
    """One change on its way: as the outbox keeps it, with the words that it brought and took away."""

    what: str
    path: str
    fields: list[tuple[str, str]]
    person: str = ""
    adds: frozenset[str] = frozenset()
    """Words that nobody else ever writes."""
    removes: frozenset[str] = frozenset()
    makes: str = ""
    """The id that the client gave to what it made."""
    key: str = field(default_factory=lambda: str(uuid4()))
    tries: int = 0
    resent: int = 0
    status: int = 0
    outcome: str = "waiting"
    """waiting, done, or refused: as the outbox would call it."""


@dataclass
class Journal:
    """All changes of one run, and how often the server answered what."""

    sent: list[Sent] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why which changes were refused; what is quoted in a reason is left out."""
    wrong: list[str] = field(default_factory=list)

    def answered(self, status: int) -> None:
        """Count an answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def refused(self, what: str, status: int, reason: str) -> None:
        """Count a refusal under its reason."""
        self.reasons[f"{what} ({status}): {QUOTED.sub('“…”', reason)}"] += 1

    def by_key(self) -> dict[str, Sent]:
        """The changes by their idempotency key."""
        return {entry.key: entry for entry in self.sent}


def words(text: str) -> frozenset[str]:
    """The words of a text, as people would say: what stands between white space."""
    return frozenset(text.split())
