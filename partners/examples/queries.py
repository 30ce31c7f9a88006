"""Reads about examples: what there is, and what somebody has of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from partners.examples.reading import SLUGS, read
from partners.people.models import User
from partners.workspaces.models import Workspace


@dataclass(frozen=True)
class ExampleCard:
    """An example as it is offered: `workspace_id` is the person's own one of it, if they still have one."""

    slug: str
    title: str
    companies: list[str]
    line: str
    workspace_id: UUID | None


def example_cards(user: User) -> list[ExampleCard]:
    """Return all examples in the order they are shown."""
    own = Workspace.objects.filter(memberships__user=user, memberships__removed_at=None, deleted_at=None)
    newest_first = own.exclude(example="").order_by("-created_at").values_list("example", "pk")
    workspaces = dict(newest_first)  # so that the first one made wins
    cards = []
    for slug in SLUGS:
        recipe = read(slug)
        alliance = next(iter(recipe.partnerships.values()))
        companies = [recipe.companies[key].short_name for key in (alliance.first, alliance.second)]
        cards.append(ExampleCard(slug, recipe.title, companies, recipe.card, workspaces.get(slug)))
    return cards


def was_loaded(slug: str, user: User) -> bool:
    """Return whether this person has ever had this example, deleted ones included."""
    return Workspace.objects.filter(example=slug, memberships__user=user).exists()
