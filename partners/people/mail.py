"""Whether this site sends mail, for pages: what needs mail is hidden where there is none, and that is said."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

NEEDS_MAIL = frozenset(
    {
        "account_email_verification_sent",
        "account_confirm_email",
        "account_confirm_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
)
"""Account pages that make no sense without mail; without their addresses, allauth offers no links to them."""


def mail(request: HttpRequest) -> dict[str, bool]:
    """Template values of the account pages."""
    return {"has_email": settings.HAS_EMAIL}
