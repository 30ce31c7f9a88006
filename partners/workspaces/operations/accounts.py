"""A person's own name, and being forgotten where one asks for it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.base.text import clean_line
from partners.people.models import User
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.models import Membership
from partners.workspaces.operations.people import change_member, forget_member, leave


def rename_user(*, user: User, name: str) -> User:
    """Give an account another name, in every workshop at once; raises `Invalid` when it is empty."""
    line = clean_line(name)
    if not line:
        message = _("Please say your name.")
        raise Invalid(message, code="empty", fields={"name": [message]})
    here = Membership.objects.filter(user=user, removed_at=None, workspace__deleted_at=None)
    with transaction.atomic():
        user.name = line[:80]
        user.save(update_fields=["name"])
        for member in here.select_related("workspace", "organisation"):
            change_member(viewer=viewer_as(member), member=member, name=user.name)
    return user


def forget_me(*, viewer: Viewer) -> None:
    """Leave a workshop and take one's name along; raises `Invalid` for its last facilitator."""
    with transaction.atomic():
        forget_member(leave(viewer=viewer))
