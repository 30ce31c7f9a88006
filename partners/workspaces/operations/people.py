"""People coming in, changing sides, leaving, and being forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Forbidden, Invalid
from partners.base.text import clean_line
from partners.events import log
from partners.people.models import GuestPass, User, hashed, new_token
from partners.workspaces import events
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership, Organisation, Partnership, Workspace
from partners.workspaces.operations.calendars import end_calendar_link
from partners.workspaces.rules import Action

PASS_LIVES = timedelta(days=365)
COLOURS = 8
NAME_LIMIT = 80


def join_as_guest(
    *,
    workspace: Workspace,
    name: str,
    organisation: Organisation | None,
    role: str = Membership.Role.MEMBER,
    partnership: Partnership | None = None,
) -> tuple[Membership, str]:
    """Bring in somebody without an account; returns the membership and the token for their cookie."""
    member = Membership(workspace=workspace, name=_person_name(name), organisation=organisation, role=role)
    return _enter(member, partnership), new_guest_pass(member=member)


def join_as_user(
    *,
    workspace: Workspace,
    user: User,
    organisation: Organisation | None,
    role: str = Membership.Role.MEMBER,
    partnership: Partnership | None = None,
) -> Membership:
    """Bring in somebody with an account; somebody who is here already stays as they are."""
    member = Membership.objects.filter(workspace=workspace, user=user).first()
    if member and member.removed_at is None:
        return member
    if member:
        member.removed_at, member.organisation, member.role = None, organisation, role
    else:
        member = Membership(workspace=workspace, user=user, organisation=organisation, role=role)
    member.name = user.name or user.email.partition("@")[0]
    return _enter(member, partnership)


def new_guest_pass(*, member: Membership) -> str:
    """Return a fresh token for one more browser of a guest; only its hash is kept."""
    token = new_token()
    GuestPass.objects.create(membership=member, token_hash=hashed(token), expires_at=timezone.now() + PASS_LIVES)
    return token


def change_member(
    *,
    viewer: Viewer,
    member: Membership,
    organisation: Organisation | str | None = "same",
    role: str | None = None,
    scope: str | None = None,
    partnerships: list[Partnership] | None = None,
    name: str | None = None,
    colour: int | None = None,
) -> Membership:
    """Move somebody to another side, change their role or scope (facilitators); own name and colour (oneself).

    Raises `Invalid` when the last facilitator would lose the role.
    """
    touches_rights = organisation != "same" or any(value is not None for value in (role, scope, partnerships))
    by = _may_change(viewer, member, touches_rights=touches_rights)
    asked = {"role": role, "scope": scope, "name": name, "colour": colour}
    changes = {key: _checked(key, value) for key, value in asked.items() if value is not None}
    if organisation != "same":
        changes["organisation"] = organisation
    if changes.get("role", member.role) != member.role:
        _keep_a_facilitator(member)
    changes = {key: value for key, value in changes.items() if getattr(member, key) != value}
    with log.change(viewer.workspace.pk, by=by) as change:
        for key, value in changes.items():
            setattr(member, key, value)
        if changes:
            member.save(update_fields=[*changes, "updated_at"])
        if partnerships is not None and set(partnerships) != set(member.partnerships.all()):
            member.partnerships.set(partnerships)
            changes["partnerships"] = True
        if changes:
            change.record(events.MemberChanged(thing_id=member.pk, fields=sorted(changes)))
    return member


def remove_member(*, viewer: Viewer, member: Membership) -> Membership:
    """Take somebody out (facilitators): their browsers lose access at once, their name stays on their notes."""
    by = viewer.require(Action.MANAGE)
    return _remove(member, by)


def leave(*, viewer: Viewer) -> Membership:
    """Leave a workshop oneself. Raises `Invalid` for its last facilitator."""
    if viewer.member is None:
        raise Forbidden(_("Only a member can leave."))
    return _remove(viewer.member, viewer.member)


def forget_member(member: Membership) -> None:
    """Delete a person from a workshop: everywhere, the log included, they become *former member*."""
    with log.change(member.workspace_id, by=member) as change:
        member.name, member.user, member.removed_at = "", None, member.removed_at or timezone.now()
        member.save(update_fields=["name", "user", "removed_at", "updated_at"])
        GuestPass.objects.filter(membership=member).delete()
        end_calendar_link(member)
        change.record(events.MemberRemoved(thing_id=member.pk, forgotten=True))


def forget_user(*, user: User) -> None:
    """Delete an account: the person becomes *former member* in every workshop, then the account is gone.

    Raises `Invalid` naming the workshops that would be left without a facilitator while others are in them.
    """
    memberships = list(Membership.objects.filter(user=user).select_related("workspace"))
    left_alone = [member.workspace.title for member in memberships if _is_last_facilitator(member) and _others(member)]
    if left_alone:
        raise Invalid(
            _("Make somebody else a facilitator first, in: %(titles)s") % {"titles": ", ".join(left_alone)},
            code="last_facilitator",
        )
    with transaction.atomic():
        for member in memberships:
            forget_member(member)
        user.delete()


def join_personally(
    *, workspace: Workspace, name: str, organisation: Organisation, partnership: Partnership
) -> Membership:
    """Bring in the person whom a personal link was made for; whatever their company, they see one partnership only."""
    member = Membership(workspace=workspace, name=_person_name(name), organisation=organisation)
    return _enter(member, partnership, sees_all=False)


def _enter(member: Membership, partnership: Partnership | None, *, sees_all: bool | None = None) -> Membership:
    """Bring somebody in; who sees all is said by their company and role, unless it is said here."""
    workspace = member.workspace
    organisation = member.organisation
    if sees_all is None:
        sees_all = organisation is not None and organisation.is_focal and member.role != Membership.Role.OBSERVER
    member.scope = Membership.Scope.WORKSPACE if sees_all else Membership.Scope.PARTNERSHIPS
    member.colour = _least_used_colour(workspace.pk)
    member.last_seen_at = timezone.now()
    with log.change(workspace.pk, by=member) as change:
        member.save()
        if not sees_all:
            member.partnerships.set(_named_partnerships(workspace, organisation, partnership))
        change.record(events.MemberJoined(thing_id=member.pk))
    return member


def _named_partnerships(
    workspace: Workspace, organisation: Organisation | None, partnership: Partnership | None
) -> list[Partnership]:
    """The partnerships a newcomer sees: the one of their invitation, else those of their own company."""
    if partnership is not None:
        return [partnership]
    living = workspace.partnerships.filter(deleted_at=None)
    if organisation is None:
        return []
    return [each for each in living if organisation.pk in (each.first_id, each.second_id)]


def _least_used_colour(workspace_id: UUID) -> int:
    used = dict(
        Membership.objects.filter(workspace_id=workspace_id, removed_at=None)
        .values_list("colour")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return min(range(1, COLOURS + 1), key=lambda colour: (used.get(colour, 0), colour))


def _remove(member: Membership, by: Membership) -> Membership:
    _keep_a_facilitator(member)
    with log.change(member.workspace_id, by=by) as change:
        if member.removed_at is None:
            member.removed_at = timezone.now()
            member.save(update_fields=["removed_at", "updated_at"])
            change.record(events.MemberRemoved(thing_id=member.pk))
    return member


def _may_change(viewer: Viewer, member: Membership, *, touches_rights: bool) -> Membership:
    if viewer.member and viewer.member.pk == member.pk and not touches_rights:
        return viewer.member
    return viewer.require(Action.MANAGE)


def _checked(field: str, value: Any) -> Any:
    """Return a member's new role, scope, name or colour; raises `Invalid` when there is no such thing."""
    if field == "role" and value not in Membership.Role.values:
        raise Invalid(_("There is no such role."), fields={"role": [_("There is no such role.")]})
    if field == "scope" and value not in Membership.Scope.values:
        raise Invalid(_("There is no such scope."), fields={"scope": [_("There is no such scope.")]})
    if field == "colour":
        return min(max(int(value), 1), COLOURS)
    return _person_name(value) if field == "name" else value


def _keep_a_facilitator(member: Membership) -> None:
    if _is_last_facilitator(member):
        raise Invalid(
            _("A workshop needs a facilitator: give the role to somebody else first."), code="last_facilitator"
        )


def _is_last_facilitator(member: Membership) -> bool:
    if member.role != Membership.Role.FACILITATOR or member.removed_at:
        return False
    same = Membership.objects.filter(workspace_id=member.workspace_id, role=member.role, removed_at=None)
    return not same.exclude(pk=member.pk).exists()


def _others(member: Membership) -> bool:
    here = Membership.objects.filter(workspace_id=member.workspace_id, removed_at=None, workspace__deleted_at=None)
    return here.exclude(pk=member.pk).exists()


def _person_name(name: str) -> str:
    line = clean_line(name)
    if not line:
        message = _("Please say your name.")
        raise Invalid(message, code="empty", fields={"name": [message]})
    return line[:NAME_LIMIT]
