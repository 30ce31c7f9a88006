"""Tokens for programs: made once, shown once, kept as a hash, revoked at any time."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.base.text import clean_line
from partners.people.models import ApiToken, User
from partners.workspaces.models import Workspace

NAME_LENGTH = 80
AT_MOST_DAYS = 3650
AT_MOST = 50


def make_token(
    *, user: User, name: str, may_write: bool = False, workspace: Workspace | None = None, days: int | None = 365
) -> str:
    """Make a token that acts as this person, and return its secret, which nobody can read again.

    `workspace` limits it to one workspace, `days` says when it ends (None: never). Raises `Invalid`.
    """
    name = clean_line(name)
    if not 0 < len(name) <= NAME_LENGTH:
        message = _("Give it a name of at most %(limit)s characters, so that you know it again.") % {
            "limit": NAME_LENGTH
        }
        raise Invalid(message, fields={"name": [message]})
    if days is not None and not 0 < days <= AT_MOST_DAYS:
        message = _("From 1 to %(limit)s days, please.") % {"limit": AT_MOST_DAYS}
        raise Invalid(message, fields={"days": [message]})
    if tokens_of(user).count() >= AT_MOST:
        message = _("You have %(limit)s tokens: revoke one first.") % {"limit": AT_MOST}
        raise Invalid(message, fields={"name": [message]})
    expiry = timedelta(days=days) if days is not None else None
    _token, secret = ApiToken.objects.create(
        user, expiry=expiry, name=name, may_write=may_write, workspace_id=workspace.pk if workspace else None
    )
    return str(secret)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return a person's tokens that still work, the newest first."""
    alive: QuerySet[ApiToken] = ApiToken.objects.filter(user=user).filter(Q(expiry=None) | Q(expiry__gt=timezone.now()))
    return alive.select_related("workspace").order_by("-created", "token_key")


def revoke_token(*, user: User, key: str) -> bool:
    """End a token by the beginning of it that the list shows; returns whether there was one."""
    deleted, _by_model = ApiToken.objects.filter(user=user, token_key=key).delete()
    return bool(deleted)
