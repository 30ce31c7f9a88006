"""Who a REST client is: a token's person, a signed-in session, or a guest's pass."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from partners.people.identity import Identity, identity_of
from partners.people.models import ApiToken, User


class TokenAuthentication(KnoxTokenAuthentication):
    """`Authorization: Token pw_…`; `request.auth` is the `ApiToken` with its limits.

    A token for one workspace opens no other: its person's identity is narrowed here, so that every look-up knows.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's person and the token, or None without one; raises `AuthenticationFailed`."""
        try:
            found: tuple[User, ApiToken] | None = super().authenticate(request)
        except ValueError:  # bytes that are no text
            raise AuthenticationFailed(_("This token does not work.")) from None
        if found:
            user, token = found
            request._request.identity = Identity(user.pk, {}, only=token.workspace_id)  # type: ignore[attr-defined]  # where `identity_of` looks
        return found


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
        return not identity_of(request._request).is_nobody


class MayWrite(BasePermission):
    """A token made for reading changes nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the token, if there is one, may be used for this."""
        self.message = _("This token may only read.")
        return request.method in SAFE_METHODS or not isinstance(request.auth, ApiToken) or request.auth.may_write
