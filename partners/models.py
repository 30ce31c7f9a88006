"""Re-exports every feature's tables: Django looks for an app's models here and nowhere else."""

from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.events.models import Event, IdempotencyKey, LogHead
from partners.people.models import ApiToken, GuestPass, SignInLink, User
from partners.workspaces.models import (
    Invitation,
    Membership,
    Organisation,
    Partnership,
    SealedLook,
    Workspace,
)

__all__ = [
    "ApiToken",
    "Canvas",
    "Comment",
    "Event",
    "GuestPass",
    "IdempotencyKey",
    "Invitation",
    "LogHead",
    "Membership",
    "Note",
    "Organisation",
    "Partnership",
    "SealedLook",
    "SignInLink",
    "Thumb",
    "User",
    "Workspace",
]
