"""`manage.py token`: a token for a program, made by whoever runs the server."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from partners.api.tokens import make_token
from partners.base.errors import Invalid
from partners.people.models import User
from partners.workspaces.models import Membership, Workspace


class Command(BaseCommand):
    help = "Make a token for the REST interface and print it, this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose token, and what it opens."""
        parser.add_argument("email", help="the account that the program acts as")
        parser.add_argument("--write", action="store_true", help="may change things; without it, it only reads")
        parser.add_argument("--workspace", type=UUID, metavar="ID", help="opens this workspace only")
        parser.add_argument("--days", type=int, default=365, help="ends after so many days (365); 0: never")
        parser.add_argument("--name", default="made by command", help="what will use it, as its owner's list says")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and print it."""
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody has an account with {options['email']}.")
        try:
            secret = make_token(
                user=user,
                name=options["name"],
                may_write=options["write"],
                workspace=_workspace(user, options["workspace"]),
                days=options["days"] or None,
            )
        except Invalid as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(secret)


def _workspace(user: User, workspace_id: UUID | None) -> Workspace | None:
    if workspace_id is None:
        return None
    member = Membership.objects.filter(
        user=user, workspace_id=workspace_id, removed_at=None, workspace__deleted_at=None
    ).select_related("workspace")
    found = member.first()
    if found is None:
        raise CommandError(f"{user.email} belongs to no workspace {workspace_id}.")
    return found.workspace
