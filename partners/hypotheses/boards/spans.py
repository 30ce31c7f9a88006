"""Iterations as stretches of time that other things fall into."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format

from partners.hypotheses.models import Iteration
from partners.workspaces.models import Partnership


@dataclass(frozen=True, slots=True)
class Span:
    """The days of an iteration."""

    row: Iteration

    def holds(self, day: date) -> bool:
        """Whether a day is one of it."""
        return self.row.starts_on <= day <= self.row.ends_on

    @property
    def end(self) -> datetime:
        """Its last moment here."""
        return timezone.make_aware(datetime.combine(self.row.ends_on, time.max))

    @property
    def words(self) -> str:
        """Its days, as they are printed."""
        return f"{date_format(self.row.starts_on)} – {date_format(self.row.ends_on)}"


def spans_of(partnerships: Collection[Partnership]) -> list[Span]:
    """Return the iterations of some partnerships, the newest first: one query."""
    rows = Iteration.objects.filter(partnership__in=[each.pk for each in partnerships], deleted_at=None)
    return [Span(row) for row in rows.order_by("-starts_on", "pk")]
