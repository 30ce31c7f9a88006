"""What a browser is told when something is missing, refused, or broken."""

from __future__ import annotations

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from partners.base.errors import DomainError, Forbidden, NotFound
from partners.base.http import answer_error
from partners.base.rest import answer_json_error


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such address, or not for this person."""
    return _answer(request, NotFound())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen but not allowed."""
    return _answer(request, Forbidden(_("You may look here, but not do this.")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the browser's security cookie is missing or old."""
    message = _("Your browser’s security cookie is missing or too old. Reload the page and try again; nothing is lost.")
    return _answer(request, Forbidden(message, code="csrf"))


def crashed(request: HttpRequest) -> HttpResponse:
    """500: our mistake; 503 while the database cannot be reached, so that whoever sends a change sends it again."""
    if _is_away(sys.exception()):
        away = DomainError(_("The database cannot be reached just now. Please try again in a moment."), code="away")
        away.status = 503
        return _answer(request, away)
    error = DomainError(_("Something broke on our side. It has been written down; please try again."), code="crashed")
    error.status = 500
    return _answer(request, error)


def _is_away(error: BaseException | None) -> bool:
    """Whether the database could not be asked, or went away before it had answered.

    Of a connection that breaks in the middle of an answer psycopg2 tells a plain `DatabaseError`, without the code
    that all it hears from PostgreSQL has.
    """
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return type(error) is DatabaseError and getattr(error.__cause__, "pgcode", "") is None


def _answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer_json_error(error) if request.path.startswith("/api/") else answer_error(request, error)
