"""Reads about workshops and who belongs to them, each in a known number of queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from partners.base.prepared import Prepared
from partners.people.identity import Identity
from partners.people.models import GuestPass
from partners.workspaces.models import Invitation, Membership, Organisation, Partnership, SealedLook, Workspace
from partners.workspaces.rules import Standing, sees_sealed

if TYPE_CHECKING:
    from partners.workspaces.audience import Audience


def memberships_of(identity: Identity, *, deleted: bool = False) -> list[Membership]:
    """Return where somebody belongs, by account and by guest passes: one membership a workshop, newest first.

    With `deleted`, the workshops that were deleted instead. Two queries.
    """
    alive = Membership.objects.filter(removed_at=None, workspace__deleted_at__isnull=not deleted)
    alive = alive.select_related("workspace", "organisation").order_by("-workspace__created_at", "-created_at")
    if identity.only:
        alive = alive.filter(workspace_id=identity.only)
    mine = list(alive.filter(user_id=identity.user_id)) if identity.user_id else []
    known = {member.workspace_id for member in mine}
    if identity.pass_hashes:
        passes = GuestPass.objects.filter(
            token_hash__in=list(identity.pass_hashes.values()), revoked_at=None, expires_at__gt=timezone.now()
        )
        as_guest = alive.filter(passes__in=passes).distinct()
        mine += [member for member in as_guest if member.workspace_id not in known]
    return mine


def organisations_seen(audience: Audience) -> QuerySet[Organisation]:
    """Return the living companies that exist for an audience, the focal one first."""
    alive = Organisation.objects.filter(workspace_id=audience.workspace_id, deleted_at=None)
    return alive if audience.organisations is None else alive.filter(pk__in=audience.organisations)


def partnerships_seen(audience: Audience) -> QuerySet[Partnership]:
    """Return the living partnerships that exist for an audience, with both companies loaded."""
    return Partnership.objects.filter(in_seen(audience, "")).select_related("first", "second")


def in_seen(audience: Audience, way: str = "partnership__") -> Q:
    """Return the condition that something belongs to one of these; `way` leads to the partnership from its row.

    Rows are read together with their partnership anyway, which is cheaper than looking it up among these once more.
    """
    alive = {"workspace_id": audience.workspace_id, "deleted_at": None}
    seen = alive if audience.partnerships is None else {**alive, "pk__in": audience.partnerships}
    return Q(**{f"{way}{name}": value for name, value in seen.items()})


def members_seen(audience: Audience) -> QuerySet[Membership]:
    """Return the people who are in the workshop now and exist for an audience, facilitators first."""
    alive = Membership.objects.filter(workspace_id=audience.workspace_id, removed_at=None)
    alive = alive if audience.people is None else alive.filter(pk__in=audience.people)
    return alive.select_related("organisation").order_by("organisation__rank", "name", "created_at")


def present_in(workspace_id: UUID) -> QuerySet[Membership]:
    """Return the people who speak for an organisation of a workshop: it is absent when there is none of them."""
    members = Membership.objects.filter(workspace_id=workspace_id, removed_at=None, organisation__isnull=False)
    return members.exclude(role=Membership.Role.OBSERVER).order_by()


def looks_of(member: Membership) -> frozenset[UUID]:
    """Return the partnerships whose private things somebody has asked to look at: facilitators of no organisation."""
    if member.role != Membership.Role.FACILITATOR or member.organisation_id:
        return frozenset()
    return frozenset(partnership_id for (partnership_id,) in _looks(member_id=member.pk))


def sealed_from(
    member: Membership | None,
    workspace_id: UUID,
    looks: Collection[UUID] = (),
    *,
    among: Collection[UUID] | None = None,
) -> frozenset[tuple[UUID, UUID]]:
    """Return whose Partnership Canvas is hidden from somebody, as (partnership, organisation), in one query.

    `member` None is the room screen, from which both are. `among` names the partnerships that matter, None is all of
    the workspace. One that was removed keeps what it hides.
    """
    hidden = set()
    for pk, first, second, *present in _sealed(workspace_id=workspace_id):
        if among is not None and pk not in among:
            continue
        for organisation_id, is_here in zip((first, second), present, strict=True):
            if member is None or not _sees_sealed(member, (first, second), organisation_id, is_here, pk in looks):
                hidden.add((pk, organisation_id))
    return frozenset(hidden)


@Prepared
def _looks(*, member_id: UUID) -> QuerySet[SealedLook, tuple[UUID]]:
    return SealedLook.objects.filter(member_id=member_id).order_by().values_list("partnership_id")


@Prepared
def _sealed(*, workspace_id: UUID) -> QuerySet[Partnership, tuple[UUID, UUID, UUID, bool, bool]]:
    """The private partnerships with their companies, and whether somebody is here who speaks for each."""
    here = present_in(workspace_id)
    first, second = (Exists(here.filter(organisation_id=OuterRef(side))) for side in ("first_id", "second_id"))
    sealed = Partnership.objects.filter(workspace_id=workspace_id, sealed_at__isnull=False).order_by()
    return sealed.values_list("pk", "first_id", "second_id", first, second)


def _sees_sealed(
    member: Membership, sides: tuple[UUID, UUID], organisation_id: UUID, is_here: bool, has_asked: bool
) -> bool:
    standing = Standing.OTHER if is_here else Standing.ABSENT
    if member.organisation_id == organisation_id:
        standing = Standing.OWN
    is_party = member.organisation_id is None or member.organisation_id in sides
    return sees_sealed(member.role, standing, is_party=is_party, has_asked=has_asked)


def ways_in(workspace: Workspace, *kinds: Invitation.Kind) -> QuerySet[Invitation]:
    """Return the codes and links of some kinds that work now, the newest first."""
    return (
        Invitation.objects.filter(workspace=workspace, kind__in=kinds, revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
        .filter(Q(partnership=None) | Q(partnership__deleted_at=None))
        .filter(Q(organisation=None) | Q(organisation__deleted_at=None))
        .select_related("partnership__first", "partnership__second", "organisation", "created_by")
        .order_by("-created_at")
    )


def code_for(workspace: Workspace, partnership: Partnership | None = None) -> Invitation | None:
    """Return the newest code that brings people to a partnership, or to the workshop when none is named."""
    codes = ways_in(workspace, Invitation.Kind.CODE)
    if partnership is not None:
        codes = codes.filter(Q(partnership=partnership) | Q(partnership=None))
    return codes.first()


def invitation_named(code: str, normal: str) -> Invitation | None:
    """Return the code (as normally written) or link of this name, working or not; None when there never was one.

    Neither the room screen's, by which nobody comes in, nor one for a single person, which is found by what they are
    asked.
    """
    return _invitation.one(code=code, normal=normal)


@Prepared
def _invitation(*, code: str, normal: str) -> QuerySet[Invitation]:
    return (
        Invitation.objects.filter(Q(code=code) | Q(code=normal, kind=Invitation.Kind.CODE))
        .exclude(kind__in=(Invitation.Kind.ROOM, Invitation.Kind.PERSONAL))
        .filter(workspace__deleted_at=None)
        .select_related("workspace", "organisation", "partnership__first", "partnership__second")
        .select_related("membership__workspace", "created_by")
        .order_by("pk")
    )
