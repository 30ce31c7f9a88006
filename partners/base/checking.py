"""What people send, made safe to keep, or refused in their own words."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.base.text import clean_line, clean_text

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""A day outside of these is a slip of the finger."""


def refuse(message: str, *, code: str, field: str, **details: Any) -> NoReturn:
    """Raise `Invalid` with a message at a field."""
    raise Invalid(message, code=code, fields={field: [message]}, **details)


def checked_words(text: str, limit: int, *, may_be_empty: bool = False, field: str = "text") -> str:
    """Return words made safe to keep; raises `Invalid` when there are none or too many."""
    return _within(clean_text(text), limit, may_be_empty, field)


def checked_line(text: str, limit: int, *, may_be_empty: bool = False, field: str = "text") -> str:
    """Return the same on one line."""
    return _within(clean_line(text), limit, may_be_empty, field)


def checked_day(day: date | None, *, field: str) -> date | None:
    """Return a day that somebody can mean; raises `Invalid`."""
    if day is not None and not EARLIEST <= day <= LATEST:
        refuse(_("This date is too far away."), code="date", field=field)
    return day


def checked_mark(number: int | None, marks: Container[int], *, field: str, says: str) -> int | None:
    """Return a mark that the scale has, or None; raises `Invalid` with what the scale says."""
    if number is not None and number not in marks:
        refuse(says, code="mark", field=field)
    return number


def _within(cleaned: str, limit: int, may_be_empty: bool, field: str) -> str:
    if not cleaned and not may_be_empty:
        refuse(_("Write something first."), code="empty", field=field)
    if len(cleaned) > limit:
        numbers = {"limit": limit, "length": len(cleaned)}
        refuse(_("At most %(limit)s characters, please; this has %(length)s.") % numbers, code="too_long", field=field)
    return cleaned
