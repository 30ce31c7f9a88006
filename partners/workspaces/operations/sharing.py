"""Ways in: the code on the wall, links that fix a side, the room screen, another device."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from partners.events import log
from partners.people.models import new_token
from partners.workspaces import events
from partners.workspaces.access import Viewer
from partners.workspaces.models import Invitation, Membership, Organisation, Partnership, Workspace
from partners.workspaces.rules import Action

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
CODE_LIVES = timedelta(days=30)
DEVICE_LINK_LIVES = timedelta(minutes=15)
PERSONAL_LINK_LIVES = timedelta(days=14)


def invite(
    *,
    viewer: Viewer,
    kind: Invitation.Kind = Invitation.Kind.SIDE,
    partnership: Partnership | None = None,
    organisation: Organisation | None = None,
    role: str = Membership.Role.MEMBER,
) -> Invitation:
    """Make a way in (facilitators): for one side and role, or the read-only room screen."""
    by = viewer.require(Action.MANAGE)
    if kind == Invitation.Kind.CODE:
        return make_code(viewer.workspace, by=by, partnership=partnership)
    invitation = Invitation.objects.create(
        workspace=viewer.workspace,
        kind=kind,
        code=new_token(),
        partnership=partnership,
        organisation=organisation,
        role=role,
        created_by=by,
        expires_at=None if kind == Invitation.Kind.ROOM else timezone.now() + CODE_LIVES,
    )
    _record(viewer.workspace, by, f"{kind}_made")
    return invitation


def renew_code(*, viewer: Viewer, partnership: Partnership | None = None) -> Invitation:
    """Replace the code of a partnership (default: the newest) by a new one; the old one stops working at once.

    For facilitators. Codes of other partnerships, on other walls, go on working.
    """
    by = viewer.require(Action.MANAGE)
    old = Invitation.objects.filter(workspace=viewer.workspace, kind=Invitation.Kind.CODE, revoked_at=None)
    if partnership is None:
        last = old.order_by("-created_at").first()
        partnership = last.partnership if last else None
    old.filter(partnership=partnership).update(revoked_at=timezone.now())
    return make_code(viewer.workspace, by=by, partnership=partnership)


def revoke_invitation(*, viewer: Viewer, invitation: Invitation) -> Invitation:
    """End a code or link; people who came in by it stay (facilitators)."""
    by = viewer.require(Action.MANAGE)
    if invitation.revoked_at is None:
        with log.change(viewer.workspace.pk, by=by) as change:
            record_end(change, invitation)
    return invitation


def device_link(*, member: Membership) -> Invitation:
    """Make the short-lived link by which a guest continues on another device."""
    return Invitation.objects.create(
        workspace=member.workspace,
        kind=Invitation.Kind.DEVICE,
        code=new_token(),
        membership=member,
        created_by=member,
        expires_at=timezone.now() + DEVICE_LINK_LIVES,
    )


def follow_in_room(*, viewer: Viewer, page: str) -> Workspace:
    """Send every room screen of the workshop to a page (facilitators); `page` is `partnership/place/side`."""
    by = viewer.require(Action.MANAGE)
    workspace = viewer.workspace
    if workspace.room_page != page:
        workspace.room_page = page
        workspace.save(update_fields=["room_page", "updated_at"])
        _record(workspace, by, "room_follows")
    return workspace


def make_code(workspace: Workspace, *, by: Membership, partnership: Partnership | None) -> Invitation:
    """Make a code that is easy to say and type, like KTR 482 QX; it works for 30 days."""
    code = _free_code()
    invitation = Invitation.objects.create(
        workspace=workspace,
        kind=Invitation.Kind.CODE,
        code=code,
        partnership=partnership,
        created_by=by,
        expires_at=timezone.now() + CODE_LIVES,
    )
    _record(workspace, by, "code_made")
    return invitation


# --- steps of other changes ------------------------------------------------------------------------------------------


def record_personal_link(
    change: log.Change, *, partnership: Partnership, organisation: Organisation, name: str
) -> Invitation:
    """Make a link by which one named person comes in for a company, once, and sees this one partnership."""
    invitation = Invitation.objects.create(
        workspace_id=partnership.workspace_id,
        kind=Invitation.Kind.PERSONAL,
        code=new_token(),
        partnership=partnership,
        organisation=organisation,
        name=name,
        created_by=change.by,
        expires_at=timezone.now() + PERSONAL_LINK_LIVES,
    )
    change.record(events.SharingChanged(thing_id=partnership.workspace_id, what="personal_made"))
    return invitation


def record_end(change: log.Change, invitation: Invitation) -> None:
    """End a code or link; for whom it was made is forgotten."""
    invitation.revoked_at, invitation.name = timezone.now(), ""
    invitation.save(update_fields=["revoked_at", "name", "updated_at"])
    change.record(events.SharingChanged(thing_id=invitation.workspace_id, what=f"{invitation.kind}_revoked"))


def normal_code(typed: str) -> str:
    """Return a code as stored, however it was typed: upper case, without spaces and dashes."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def spoken_code(code: str) -> str:
    """Return a code as shown: in groups that are easy to read aloud.

    >>> spoken_code("KTR482QX")
    'KTR 482 QX'
    """
    return f"{code[:3]} {code[3:6]} {code[6:]}" if len(code) == 8 else code


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(signs) for signs in (LETTERS,) * 3 + (DIGITS,) * 3 + (LETTERS,) * 2)
        if not Invitation.objects.filter(code=code).exists():
            return code


def _record(workspace: Workspace, by: Membership, what: str) -> None:
    with log.change(workspace.pk, by=by) as change:
        change.record(events.SharingChanged(thing_id=workspace.pk, what=what))
