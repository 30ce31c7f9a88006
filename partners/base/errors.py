"""Foreseen errors, named once; pages and REST turn them into answers (`base.http`, `base.rest`)."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """Something the product refuses, said in the user's words.

    `code` is stable for programs, `message` is translated for people, `details` holds what is needed to go on.
    """

    code = "refused"
    status = 422

    def __init__(self, message: str, *, code: str | None = None, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.details = details


class NotFound(DomainError):
    """It does not exist, or this person may not see it: both sound the same on purpose."""

    code = "not_found"
    status = 404

    def __init__(self, message: str = "", **details: Any) -> None:
        from django.utils.translation import gettext as _

        super().__init__(message or _("This does not exist, or it is not shared with you."), **details)


class Forbidden(DomainError):
    """The person sees the thing but may not do this to it."""

    code = "forbidden"
    status = 403


class Invalid(DomainError):
    """Input that cannot be taken as it is; `details['fields']` maps field names to messages."""

    code = "invalid"
    status = 422


class Conflict(DomainError):
    """Somebody was faster; `details` holds both versions so that nobody's words are lost."""

    code = "conflict"
    status = 409


class TooLarge(DomainError):
    """More than one request may carry."""

    code = "too_large"
    status = 413
