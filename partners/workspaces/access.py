"""Looking things up with permission: what a person may not see does not exist for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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
from partners.people.models import GuestPass
from partners.workspaces.models import Invitation, Membership, Organisation, Partnership, Workspace
from partners.workspaces.queries import looks_of, present_in, sealed_from
from partners.workspaces.rules import Action, Standing, may

_SEALED_HERE = Partnership.objects.filter(workspace=OuterRef("workspace"), sealed_at__isnull=False)


@dataclass(frozen=True)
class Audience:
    """What a group of people may see of one workspace; `None` means all of it.

    Everything sent to anybody goes through one of these. Two people with equal audiences get equal HTML, rendered once.
    """

    workspace_id: UUID
    partnerships: frozenset[UUID] | None = None
    organisations: frozenset[UUID] | None = None
    people: frozenset[UUID] | None = None
    sealed: frozenset[tuple[UUID, UUID]] = frozenset()
    """(partnership, organisation): whose Partnership Canvas is private until the reveal, and hidden from them."""
    speaks_for: UUID | None = None
    """The organisation they belong to: what is private to one side (a rating) is theirs to see. Two sides get feeds of
    their own by it; notes look the same to both, so it is no part of `key`."""
    looks_into: frozenset[UUID] = frozenset()
    """Partnerships whose hidden ratings they see: facilitators of no organisation who asked to. No part of `key`."""

    @cached_property
    def key(self) -> str:
        """A short name for what they see of sheets and people: safe in addresses and in the keys of drawn notes."""
        if self.is_whole:
            return "all"
        seen = (self.partnerships, self.organisations, self.people)
        parts = ["*" if ids is None else ",".join(sorted(map(str, ids))) for ids in seen]
        parts.append(",".join(sorted(f"{partnership}:{organisation}" for partnership, organisation in self.sealed)))
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    @property
    def is_wide(self) -> bool:
        """Whether every partnership, organisation and person exists for them; a sheet may still be private."""
        return self.partnerships is None

    @property
    def is_whole(self) -> bool:
        """Whether nothing in the workspace is hidden from this audience: wide, and no sheet is private to others."""
        return self.is_wide and not self.sealed

    def sees_partnership(self, partnership_id: UUID | None) -> bool:
        """Whether this partnership exists for them."""
        return self.partnerships is None or partnership_id in self.partnerships

    def sees_sheet(self, partnership_id: UUID | None, organisation_id: UUID) -> bool:
        """Whether they see what an organisation wrote in a partnership (None: its business model)."""
        if partnership_id is None:
            return self.sees_organisation(organisation_id)
        return self.sees_partnership(partnership_id) and (partnership_id, organisation_id) not in self.sealed

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
    if invitation.partnership_id:
        return Viewer(workspace, None, _limited(workspace.pk, [invitation.partnership_id]))
    sealed = sealed_from(None, Partnership.objects.filter(workspace=workspace))
    return Viewer(workspace, None, Audience(workspace.pk, sealed=sealed))


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


def audience_of(member: Membership) -> Audience:
    """Return what a member may see: all, or their partnerships with the two models and the people of each.

    Less, in either case, the sheets that are private to others until the reveal.
    """
    if member.scope != Membership.Scope.WORKSPACE:
        named = member.partnerships.through.objects.filter(membership_id=member.pk)
        return _limited(member.workspace_id, named.values_list("partnership_id", flat=True), member)
    looks = looks_of(member)
    sealed: frozenset[tuple[UUID, UUID]] = frozenset()
    if getattr(member, "meets_seals", True):  # told by `member_of`, so that an open workshop costs no query more
        sealed = sealed_from(member, Partnership.objects.filter(workspace_id=member.workspace_id), looks)
    return Audience(member.workspace_id, sealed=sealed, speaks_for=member.organisation_id, looks_into=looks)


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


def _limited(workspace_id: UUID, partnership_ids: Iterable[UUID], member: Membership | None = None) -> Audience:
    partnerships = list(
        Partnership.objects.filter(pk__in=partnership_ids, workspace_id=workspace_id, deleted_at=None).values_list(
            "pk", "first_id", "second_id", "sealed_at"
        )
    )
    ids = frozenset(row[0] for row in partnerships)
    organisations = frozenset(organisation for row in partnerships for organisation in row[1:3])
    people = frozenset(
        Membership.objects.filter(workspace_id=workspace_id)
        .filter(Q(organisation=None) | Q(organisation_id__in=organisations))
        .filter(Q(scope=Membership.Scope.WORKSPACE) | Q(partnerships__in=ids))
        .values_list("pk", flat=True)
        .distinct()
        .order_by()
    )
    looks = looks_of(member) if member else frozenset()
    closed = [row[0] for row in partnerships if row[3]]
    return Audience(
        workspace_id,
        ids,
        organisations,
        people | {member.pk} if member else people,
        sealed=sealed_from(member, Partnership.objects.filter(pk__in=closed), looks) if closed else frozenset(),
        speaks_for=member.organisation_id if member else None,
        looks_into=looks & ids,
    )


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
