"""Accounts: signed in by e-mail and password as allauth does it, and found again by a prepared read."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from partners.base.prepared import Prepared
from partners.people.models import User


class Accounts(AuthenticationBackend):
    """Allauth's own, but for how the account of a session is found, which each request of somebody begins with."""

    def get_user(self, user_id: UUID) -> User | None:
        """Return an account that may be used."""
        found = _account.one(user_id=user_id)
        return found if found is not None and self.user_can_authenticate(found) else None


@Prepared
def _account(*, user_id: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=user_id)
