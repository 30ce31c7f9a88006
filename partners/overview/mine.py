"""Somebody's workshops as their first page lists them, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from partners.examples.queries import ExampleCard, example_cards
from partners.examples.reading import read
from partners.overview.progress import Fills, NextAction, in_words, miniatures, progress_of
from partners.overview.rules import Progress, next_action
from partners.people.models import User
from partners.workspaces.models import Membership, Partnership, Workspace


@dataclass(frozen=True)
class Card:
    """One workshop: what it is called, its first partnership drawn small, and what is next in it."""

    workspace: Workspace
    member: Membership
    partnership: Partnership | None
    start: Fills
    end: Fills
    next: NextAction

    @property
    def is_run_by_me(self) -> bool:
        """Whether the reader is its facilitator."""
        return self.member.role == Membership.Role.FACILITATOR


@dataclass(frozen=True)
class Example:
    """An example as the shelf offers it, drawn from one's own copy, or from the library before one has one."""

    card: ExampleCard
    start: Fills
    end: Fills


def examples_of(user: User, shelf: Collection[Card]) -> list[Example]:
    """Return all examples with their miniatures, the one with a gap and a surplus first."""
    own = {card.workspace.pk: card for card in shelf}
    found = []
    for offered in example_cards(user):
        mine = own.get(offered.workspace_id) if offered.workspace_id else None
        start, end = (mine.start, mine.end) if mine else _drawn_from_library(offered.slug)
        found.append(Example(offered, start, end))
    return found


def _drawn_from_library(slug: str) -> tuple[Fills, Fills]:
    recipe = read(slug)
    alliance = next(iter(recipe.partnerships.values()))
    sides: dict[str, Fills] = {alliance.first: {}, alliance.second: {}}
    for paper in recipe.notes:
        if not paper.partnership and paper.company in sides:
            sides[paper.company].setdefault(paper.block, []).append(paper.fill)
    return sides[alliance.first], sides[alliance.second]


def cards(memberships: Collection[Membership]) -> list[Card]:
    """Return a card for each membership, showing no partnership that is hidden from it: five queries."""
    seen = _partnerships_of(memberships)
    every = [each for partnerships in seen.values() for each in partnerships]
    progress = progress_of(every)
    firsts = [partnerships[0] for partnerships in seen.values() if partnerships]
    minis = miniatures(pk for each in firsts for pk in (each.first_id, each.second_id))
    return [_card(member, seen[member.pk], progress, minis) for member in memberships]


def _card(
    member: Membership, partnerships: list[Partnership], progress: dict[UUID, Progress], minis: dict[UUID, Fills]
) -> Card:
    first = partnerships[0] if partnerships else None
    next_ = next_action(
        (progress[each.pk] for each in partnerships), role=member.role, organisation_id=member.organisation_id
    )
    return Card(
        workspace=member.workspace,
        member=member,
        partnership=first,
        start=minis.get(first.first_id, {}) if first else {},
        end=minis.get(first.second_id, {}) if first else {},
        next=in_words(next_, member.workspace_id, partnerships),
    )


def _partnerships_of(memberships: Collection[Membership]) -> dict[UUID, list[Partnership]]:
    """The living partnerships that each of some memberships may see, in the workshop's order."""
    named: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Membership.partnerships.through.objects.filter(membership_id__in=[each.pk for each in memberships])
    for member_id, partnership_id in rows.values_list("membership_id", "partnership_id"):
        named[member_id].add(partnership_id)
    living: dict[UUID, list[Partnership]] = defaultdict(list)
    workspace_ids = {each.workspace_id for each in memberships}
    for partnership in Partnership.objects.filter(
        workspace_id__in=workspace_ids, deleted_at=None, first__deleted_at=None, second__deleted_at=None
    ).select_related("first", "second"):
        living[partnership.workspace_id].append(partnership)
    return {
        member.pk: [
            each
            for each in living[member.workspace_id]
            if member.scope == Membership.Scope.WORKSPACE or each.pk in named[member.pk]
        ]
        for member in memberships
    }
