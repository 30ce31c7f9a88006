"""People with an account, and the passes of guests without one."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from partners.base.models import Identified


class UserManager(BaseUserManager["User"]):
    """Makes users whose name for the system is their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What they may do in a workshop is said by their Memberships, never here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email


class GuestPass(Identified):
    """One browser's proof that it belongs to a guest's membership: an HttpOnly cookie, stored here as a hash only.

    Lives a year, survives sign-out of an account, ends when revoked. *Continue on another device* makes another one.
    """

    membership = models.ForeignKey("partners.Membership", models.CASCADE, related_name="passes")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"pass of {self.membership_id}"


class SignInLink(models.Model):
    """A link that signs one person in once, e.g. the local facilitator when the app starts."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in link for {self.user_id}"


def new_token() -> str:
    """Return a fresh secret of 256 bits, safe in an address or a cookie."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Return what is stored of a secret: tokens are long and random, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(AbstractAuthToken):
    """A token for a program that reads, or reads and writes, as this person: in one workspace, or in all of theirs."""

    name = models.CharField(_("name"), max_length=80)
    may_write = models.BooleanField(default=False)
    workspace = models.ForeignKey("partners.Workspace", models.CASCADE, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name
