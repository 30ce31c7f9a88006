"""The tests' own time of day: each process begins at noon, so that no test sees a day, a month or a year end."""

from datetime import UTC, datetime

from django.utils import timezone

_begun = datetime.now(UTC)
AHEAD = _begun.replace(hour=12, minute=0, second=0, microsecond=0) - _begun


def now() -> datetime:
    """Return the present as the tests have it."""
    return datetime.now(UTC) + AHEAD


def begin_at_noon() -> None:
    """Let the product have it too; call it before anything is loaded that keeps how to ask for the time."""
    timezone.now = now
