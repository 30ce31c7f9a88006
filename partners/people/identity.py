"""Who is asking: an account, the passes of a guest, or both. Says nothing yet about what they may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from partners.people.models import User, hashed

PASS_COOKIE = "guest_"
"""A guest's cookie is called `guest_` and the workspace's id in hex: one per workspace."""


@dataclass(frozen=True)
class Identity:
    """A signed-in user's id (or None), and the hashed guest passes by workspace id.

    `only` is the one workspace that a program's token opens; None opens all of the person's.
    """

    user_id: UUID | None
    pass_hashes: Mapping[UUID, str]
    only: UUID | None = None

    @property
    def is_nobody(self) -> bool:
        """Whether nothing at all says who this is."""
        return self.user_id is None and not self.pass_hashes


def identity_of(request: HttpRequest) -> Identity:
    """Return who sent a request that went through Django's middleware; kept on the request."""
    known: Identity | None = getattr(request, "identity", None)
    if known is None:
        user = request.user
        known = Identity(user.pk if user.is_authenticated else None, guest_passes(request.COOKIES))
        request.identity = known  # type: ignore[attr-defined]  # one look-up a request
    return known


def identity_from_cookies(cookies: Mapping[str, str]) -> Identity:
    """Return who opened a stream, which Django's middleware does not see; reads the session from the database."""
    return Identity(_signed_in_user(cookies.get(settings.SESSION_COOKIE_NAME)), guest_passes(cookies))


def guest_passes(cookies: Mapping[str, str]) -> dict[UUID, str]:
    """Return the hashes of the guest passes among some cookies, by workspace."""
    found = {}
    for name, token in cookies.items():
        if name.startswith(PASS_COOKIE) and token:
            try:
                found[UUID(hex=name.removeprefix(PASS_COOKIE))] = hashed(token)
            except ValueError:
                continue
    return found


def _signed_in_user(session_key: str | None) -> UUID | None:
    if not session_key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = User.objects.filter(pk=session.get(SESSION_KEY), is_active=True).first() if SESSION_KEY in session else None
    if user and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return user.pk
    return None
