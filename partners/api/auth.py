"""Who a REST client is: a token's person, a signed-in session, or a guest's pass."""

from __future__ import annotations

from typing import Any

from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from partners.people.identity import identity_of


class TokenAuthentication(KnoxTokenAuthentication):
    """`Authorization: Token pw_…`; `request.auth` is the `ApiToken` with its limits."""


class SessionIdentity(SessionAuthentication):
    """A browser's session or guest pass, with the CSRF check of a page."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the signed-in user, or None for a guest (whom `identity_of` knows) and for nobody."""
        if identity_of(request._request).is_nobody:
            return None
        self.enforce_csrf(request)
        return request._request.user, None


class IsSomebody(BasePermission):
    """Somebody with an account, a token, or a guest pass; what they may see is decided by the look-ups."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request says who it is."""
        return request.auth is not None or not identity_of(request._request).is_nobody
