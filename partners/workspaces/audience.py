"""Who sees what of a workspace: an `Audience`, and how one is read for a member or a room screen."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from partners.base.prepared import Prepared
from partners.workspaces.models import Membership, Partnership
from partners.workspaces.queries import looks_of, sealed_from

Tie = tuple[UUID, UUID, UUID, datetime | None]
"""A partnership: its id, its two companies, and since when its sheets are private."""


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


def audience_of(member: Membership) -> Audience:
    """Return what a member may see: all, or their partnerships with the two models and the people of each.

    Less, in either case, the sheets that are private to others until the reveal.
    """
    if member.scope != Membership.Scope.WORKSPACE:
        named = _partnerships_of(workspace_id=member.workspace_id, member_id=member.pk)
        return _limited(member.workspace_id, named, member)
    looks = looks_of(member)
    sealed: frozenset[tuple[UUID, UUID]] = frozenset()
    if getattr(member, "meets_seals", True):  # told by `member_of`, so that an open workshop costs no query more
        sealed = sealed_from(member, member.workspace_id, looks)
    return Audience(member.workspace_id, sealed=sealed, speaks_for=member.organisation_id, looks_into=looks)


def audience_of_room(workspace_id: UUID, partnership_id: UUID | None) -> Audience:
    """Return what a room screen shows: one partnership (None: the whole workspace), nothing that is private."""
    if partnership_id:
        return _limited(workspace_id, _partnership_named(workspace_id=workspace_id, partnership_id=partnership_id))
    return Audience(workspace_id, sealed=sealed_from(None, workspace_id))


def _ties(workspace_id: UUID) -> QuerySet[Partnership, Tie]:
    alive = Partnership.objects.filter(workspace_id=workspace_id, deleted_at=None).order_by()
    return alive.values_list("pk", "first_id", "second_id", "sealed_at")


@Prepared
def _partnerships_of(*, workspace_id: UUID, member_id: UUID) -> QuerySet[Partnership, Tie]:
    named = Membership.partnerships.through.objects.filter(membership_id=member_id)
    return _ties(workspace_id).filter(pk__in=named.values("partnership_id"))


@Prepared
def _partnership_named(*, workspace_id: UUID, partnership_id: UUID) -> QuerySet[Partnership, Tie]:
    return _ties(workspace_id).filter(pk=partnership_id)


@Prepared
def _people_of(
    *, workspace_id: UUID, organisations: Collection[UUID], partnerships: Collection[UUID]
) -> QuerySet[Membership, tuple[UUID]]:
    everybody = Membership.objects.filter(workspace_id=workspace_id)
    people = everybody.filter(Q(organisation=None) | Q(organisation_id__in=organisations))
    people = people.filter(Q(scope=Membership.Scope.WORKSPACE) | Q(partnerships__in=partnerships))
    return people.values_list("pk").distinct().order_by()


def _limited(workspace_id: UUID, partnerships: Collection[Tie], member: Membership | None = None) -> Audience:
    ids = frozenset(row[0] for row in partnerships)
    organisations = frozenset(organisation for row in partnerships for organisation in row[1:3])
    people = frozenset(
        pk for (pk,) in _people_of(workspace_id=workspace_id, organisations=organisations, partnerships=ids)
    )
    looks = looks_of(member) if member else frozenset()
    closed = [row[0] for row in partnerships if row[3]]
    return Audience(
        workspace_id,
        ids,
        organisations,
        people | {member.pk} if member else people,
        sealed=sealed_from(member, workspace_id, looks, among=closed) if closed else frozenset(),
        speaks_for=member.organisation_id if member else None,
        looks_into=looks & ids,
    )
