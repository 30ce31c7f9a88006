"""Counting attempts, so that nobody guesses codes all night.

Counts live in the cache of each process: with several processes the ceiling is that many times higher, which is still
nothing against four thousand million codes, and costs no table and no lock.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _

from partners.base.errors import DomainError


class TooMany(DomainError):
    """Too many attempts within too short a time."""

    code = "too_many"
    status = 429


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts of a kind within `seconds`, by whoever or whatever is counted."""

    name: str
    most: int
    seconds: int

    def count(self, who: str) -> None:
        """Count one attempt; raises `TooMany` when there were too many already."""
        self.check(who)
        key = self._key(who)
        # The window opens with the first attempt; `add` and `incr` keep two threads from losing one.
        if not cache.add(key, 1, self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # the window closed between the two
                cache.add(key, 1, self.seconds)

    def check(self, who: str) -> None:
        """Raise `TooMany` when there were too many attempts already; counts nothing."""
        if cache.get(self._key(who), 0) >= self.most:
            raise TooMany(_("That was tried too often. Please wait a few minutes and try again."))

    def _key(self, who: str) -> str:
        return f"limit:{self.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
