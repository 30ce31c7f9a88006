"""Counting attempts, so that nobody guesses codes all night. All processes share one count, in a small table."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import DomainError
from partners.base.models import Attempts


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
        now, key = timezone.now(), self._key(who)
        if Attempts.objects.filter(key=key, until__gt=now).update(count=F("count") + 1):
            return
        # The window opens with the first attempt. Of two first ones at the same moment one may go uncounted.
        Attempts.objects.filter(until__lte=now).delete()
        first = Attempts(key=key, count=1, until=now + timedelta(seconds=self.seconds))
        Attempts.objects.bulk_create([first], ignore_conflicts=True)

    def check(self, who: str) -> None:
        """Raise `TooMany` when there were too many attempts already; counts nothing."""
        counted = Attempts.objects.filter(key=self._key(who), until__gt=timezone.now(), count__gte=self.most)
        if counted.exists():
            raise TooMany(_("That was tried too often. Please wait a few minutes and try again."))

    def _key(self, who: str) -> str:
        return f"{self.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
