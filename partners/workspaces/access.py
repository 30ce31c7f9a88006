"""Looking things up with permission: what a person may not see does not exist for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Forbidden, NotFound
from partners.base.prepared import Prepared
from partners.base.text import clean_line
from partners.people.identity import Identity
from partners.people.models import GuestPass, hashed
from partners.workspaces.audience import Audience, audience_of, audience_of_room
from partners.workspaces.models import CalendarLink, Invitation, Membership, Organisation, Partnership, Workspace
from partners.workspaces.queries import present_in
from partners.workspaces.rules import Action, Standing, may

__all__ = [
    "Audience",
    "Viewer",
    "audience_of",
    "member_of",
    "organisation_for",
    "partnership_for",
    "viewer_as",
    "viewer_in",
    "viewer_of_calendar",
    "viewer_of_room",
]
_SEALED_HERE = Partnership.objects.filter(workspace=OuterRef("workspace"), sealed_at__isnull=False)


@dataclass(frozen=True)
class Viewer:
    """Somebody looking at one workspace: a member, or the room screen (`member` is None)."""

    workspace: Workspace
    member: Membership | None
    audience: Audience

    @property
    def role(self) -> str:
        """The member's role, or `room` for the read-only room screen."""
        return self.member.role if self.member else "room"

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation this person belongs to, if any."""
        return self.member.organisation_id if self.member else None

    @property
    def is_facilitator(self) -> bool:
        """Whether this person runs the workshop."""
        return self.role == Membership.Role.FACILITATOR

    @property
    def language(self) -> str:
        """The language that fragments are drawn in: the workspace's, the same for everybody."""
        return self.workspace.language

    @cached_property
    def present_organisations(self) -> frozenset[UUID]:
        """Organisations that have members here, and so speak for themselves; looked up when first asked for."""
        return frozenset(organisation_id for (organisation_id,) in _organisations_in(workspace_id=self.workspace.pk))

    def standing_to(self, organisation_id: UUID) -> Standing:
        """How this person stands to an organisation's sheets."""
        if self.organisation_id == organisation_id:
            return Standing.OWN
        return Standing.OTHER if organisation_id in self.present_organisations else Standing.ABSENT

    def may(self, action: Action, organisation_id: UUID | None = None, *, locked: bool = False) -> bool:
        """Whether this person may do this to a sheet of that organisation, or to the workshop itself."""
        standing = self.standing_to(organisation_id) if organisation_id else Standing.OTHER
        return may(self.role, action, standing, locked=locked)

    def require(self, action: Action, organisation_id: UUID | None = None, *, locked: bool = False) -> Membership:
        """Return the member when they may do this; raises `Forbidden` with the reason in the user's words."""
        if self.member and self.may(action, organisation_id, locked=locked):
            return self.member
        raise Forbidden(_refusal(self, action, locked=locked))


def viewer_in(identity: Identity, workspace_id: UUID) -> Viewer:
    """Return the person as a viewer of this workspace; raises `NotFound` when it is not theirs to see."""
    member = member_of(identity, workspace_id)
    if member is None:
        raise NotFound
    return viewer_as(member)


def viewer_as(member: Membership) -> Viewer:
    """Return a member (with `workspace` loaded) as a viewer."""
    return Viewer(member.workspace, member, audience_of(member))


def viewer_of_room(token: str) -> Viewer:
    """Return the read-only viewer behind a room screen's link; raises `NotFound` when the link has ended.

    The room screen sees one partnership (or the whole workspace) and never anything that is private to one side.
    """
    invitation = _room.one(token=clean_line(token), now=timezone.now())
    if invitation is None:
        raise NotFound
    workspace = invitation.workspace
    return Viewer(workspace, None, audience_of_room(workspace.pk, invitation.partnership_id))


@Prepared
def _room(*, token: str, now: datetime) -> QuerySet[Invitation]:
    return (
        Invitation.objects.filter(kind=Invitation.Kind.ROOM, code=token, revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=now))
        .filter(workspace__deleted_at=None)
        .select_related("workspace")
        .order_by()
    )


def viewer_of_calendar(token: str) -> Viewer:
    """Return the member whose calendar link this is, with their rights of now; raises `NotFound` when it has ended."""
    link = CalendarLink.objects.filter(token_hash=hashed(token)).select_related("membership").first()
    member = link and _members(link.membership.workspace_id).filter(pk=link.membership_id).first()
    if not member:
        raise NotFound
    return viewer_as(member)


def member_of(identity: Identity, workspace_id: UUID) -> Membership | None:
    """Return the person's living membership of a workspace, through their account first, else their guest pass."""
    if identity.only not in (None, workspace_id):
        return None
    if identity.user_id and (found := _by_account.one(workspace_id=workspace_id, user_id=identity.user_id)):
        return found
    if token_hash := identity.pass_hashes.get(workspace_id):
        return _by_pass.one(workspace_id=workspace_id, token_hash=token_hash, now=timezone.now())
    return None


def _members(workspace_id: UUID) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(workspace_id=workspace_id, removed_at=None, workspace__deleted_at=None)
        .select_related("workspace__log_head", "organisation")
        .annotate(meets_seals=Exists(_SEALED_HERE))
        .order_by()  # there is one at most: working out an order takes longer than finding it
    )


@Prepared
def _by_account(*, workspace_id: UUID, user_id: UUID) -> QuerySet[Membership]:
    return _members(workspace_id).filter(user_id=user_id)


@Prepared
def _by_pass(*, workspace_id: UUID, token_hash: str, now: datetime) -> QuerySet[Membership]:
    passes = GuestPass.objects.filter(token_hash=token_hash, revoked_at=None, expires_at__gt=now)
    return _members(workspace_id).filter(passes__in=passes)


@Prepared
def _organisations_in(*, workspace_id: UUID) -> QuerySet[Membership, tuple[UUID]]:
    return present_in(workspace_id).values_list("organisation_id").distinct()


def partnership_for(viewer: Viewer, partnership_id: UUID) -> Partnership:
    """Return a partnership with both organisations loaded; raises `NotFound`."""
    if viewer.audience.sees_partnership(partnership_id):
        partnership = _partnership.one(workspace_id=viewer.workspace.pk, partnership_id=partnership_id)
        if partnership:
            return partnership
    raise NotFound


def organisation_for(viewer: Viewer, organisation_id: UUID) -> Organisation:
    """Return an organisation; raises `NotFound`."""
    if viewer.audience.sees_organisation(organisation_id):
        organisation = _organisation.one(workspace_id=viewer.workspace.pk, organisation_id=organisation_id)
        if organisation:
            return organisation
    raise NotFound


@Prepared
def _partnership(*, workspace_id: UUID, partnership_id: UUID) -> QuerySet[Partnership]:
    alive = Partnership.objects.filter(pk=partnership_id, workspace_id=workspace_id, deleted_at=None)
    return alive.select_related("first", "second").order_by()


@Prepared
def _organisation(*, workspace_id: UUID, organisation_id: UUID) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=organisation_id, workspace_id=workspace_id, deleted_at=None).order_by()


def _refusal(viewer: Viewer, action: Action, *, locked: bool) -> str:
    if viewer.role in (Membership.Role.OBSERVER, "room"):
        return _("You are here to watch, so this is read only for you.")
    if locked:
        return _("The facilitator has locked this sheet.")
    if action in (Action.MANAGE, Action.LOCK):
        return _("Only a facilitator can do this.")
    if action == Action.AGREE:
        return _("Only somebody of that company can say this for it; who stands in for it never can.")
    if action == Action.CONFIRM:
        return _("Only somebody of the company it speaks of can confirm this.")
    return _("This sheet belongs to the other company: look, comment, or take what you want from it.")
