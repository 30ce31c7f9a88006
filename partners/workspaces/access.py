"""Looking things up with permission: what a person may not see does not exist for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Forbidden, NotFound
from partners.base.text import clean_line
from partners.people.identity import Identity
from partners.people.models import GuestPass
from partners.workspaces.models import Invitation, Membership, Organisation, Partnership, Workspace
from partners.workspaces.rules import Action, Standing, may


@dataclass(frozen=True)
class Audience:
    """What a group of people may see of one workspace; `None` means all of it.

    Everything sent to anybody goes through one of these. Two people with equal audiences get equal HTML, rendered once.
    """

    workspace_id: UUID
    partnerships: frozenset[UUID] | None = None
    organisations: frozenset[UUID] | None = None
    people: frozenset[UUID] | None = None

    @cached_property
    def key(self) -> str:
        """A short name for this audience: equal for equal sets, safe in addresses and caches."""
        if self.is_whole:
            return "all"
        parts = [",".join(sorted(map(str, ids or ()))) for ids in (self.partnerships, self.organisations, self.people)]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    @property
    def is_whole(self) -> bool:
        """Whether nothing in the workspace is hidden from this audience."""
        return self.partnerships is None

    def sees_partnership(self, partnership_id: UUID | None) -> bool:
        """Whether this partnership exists for them."""
        return self.partnerships is None or partnership_id in self.partnerships

    def sees_organisation(self, organisation_id: UUID | None) -> bool:
        """Whether this organisation and its business model exist for them."""
        return self.organisations is None or organisation_id in self.organisations

    def sees_person(self, member_id: UUID | None) -> bool:
        """Whether this person exists for them; something nobody did (`None`) hides nothing."""
        return self.people is None or member_id is None or member_id in self.people


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
        members = Membership.objects.filter(workspace=self.workspace, removed_at=None, organisation__isnull=False)
        writers = members.exclude(role=Membership.Role.OBSERVER).order_by()
        return frozenset(writers.values_list("organisation_id", flat=True).distinct())

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
    invitation = (
        Invitation.objects.filter(kind=Invitation.Kind.ROOM, code=clean_line(token), revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
        .filter(workspace__deleted_at=None)
        .select_related("workspace")
        .first()
    )
    if invitation is None:
        raise NotFound
    workspace = invitation.workspace
    audience = (
        _limited(workspace.pk, [invitation.partnership_id]) if invitation.partnership_id else Audience(workspace.pk)
    )
    return Viewer(workspace, None, audience)


def member_of(identity: Identity, workspace_id: UUID) -> Membership | None:
    """Return the person's living membership of a workspace, through their account first, else their guest pass."""
    if identity.only not in (None, workspace_id):
        return None
    memberships = (
        Membership.objects.filter(workspace_id=workspace_id, removed_at=None, workspace__deleted_at=None)
        .select_related("workspace__log_head", "organisation")
        .order_by()  # there is one at most: working out an order takes longer than finding it
    )
    if identity.user_id and (found := list(memberships.filter(user_id=identity.user_id))):
        return found[0]
    if token_hash := identity.pass_hashes.get(workspace_id):
        passes = GuestPass.objects.filter(token_hash=token_hash, revoked_at=None, expires_at__gt=timezone.now())
        return next(iter(memberships.filter(passes__in=passes)), None)
    return None


def audience_of(member: Membership) -> Audience:
    """Return what a member may see: all, or their partnerships with the two models and the people of each."""
    if member.scope == Membership.Scope.WORKSPACE:
        return Audience(member.workspace_id)
    named = member.partnerships.through.objects.filter(membership_id=member.pk)
    return _limited(member.workspace_id, named.values_list("partnership_id", flat=True), also=member.pk)


def partnership_for(viewer: Viewer, partnership_id: UUID) -> Partnership:
    """Return a partnership with both organisations loaded; raises `NotFound`."""
    if viewer.audience.sees_partnership(partnership_id):
        partnership = (
            Partnership.objects.filter(pk=partnership_id, workspace=viewer.workspace, deleted_at=None)
            .select_related("first", "second")
            .first()
        )
        if partnership:
            return partnership
    raise NotFound


def organisation_for(viewer: Viewer, organisation_id: UUID) -> Organisation:
    """Return an organisation; raises `NotFound`."""
    if viewer.audience.sees_organisation(organisation_id):
        organisation = Organisation.objects.filter(
            pk=organisation_id, workspace=viewer.workspace, deleted_at=None
        ).first()
        if organisation:
            return organisation
    raise NotFound


def _limited(workspace_id: UUID, partnership_ids: Iterable[UUID], *, also: UUID | None = None) -> Audience:
    partnerships = list(
        Partnership.objects.filter(pk__in=partnership_ids, workspace_id=workspace_id, deleted_at=None).values_list(
            "pk", "first_id", "second_id"
        )
    )
    ids = frozenset(row[0] for row in partnerships)
    organisations = frozenset(organisation for row in partnerships for organisation in row[1:])
    people = frozenset(
        Membership.objects.filter(workspace_id=workspace_id)
        .filter(Q(organisation=None) | Q(organisation_id__in=organisations))
        .filter(Q(scope=Membership.Scope.WORKSPACE) | Q(partnerships__in=ids))
        .values_list("pk", flat=True)
        .distinct()
        .order_by()
    )
    return Audience(workspace_id, ids, organisations, people | {also} if also else people)


def _refusal(viewer: Viewer, action: Action, *, locked: bool) -> str:
    if viewer.role in (Membership.Role.OBSERVER, "room"):
        return _("You are here to watch, so this is read only for you.")
    if locked:
        return _("The facilitator has locked this sheet.")
    if action in (Action.MANAGE, Action.LOCK):
        return _("Only a facilitator can do this.")
    if action == Action.CONFIRM:
        return _("Only somebody of the company it speaks of can confirm this.")
    return _("This sheet belongs to the other company: look, comment, or take what you want from it.")
