"""People as a report shows them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from partners.base.names import initials
from partners.outcome.boards.words import name_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES
from partners.workspaces.models import Membership


class Namer:
    """People as the report shows them: by name, by initials, or not at all."""

    def __init__(self, seen: PartnershipInView, people_shown: str) -> None:
        self._audience, self._shown = seen.viewer.audience, people_shown
        sides = [seen.organisation(side) for side in SIDES]
        self._companies = {name.casefold() for each in sides for name in (each.name, each.short_name)}

    def member(self, member: Membership | None) -> str:
        """Return somebody who is or was here."""
        return self.named(name_of(member, self._audience))

    def named(self, name: str) -> str:
        """Return somebody by a name that may be shown; a company's stays as it is."""
        if not name or name.casefold() in self._companies or self._shown == "names":
            return name
        return initials(name) if self._shown == "initials" else ""

    def members_by_id(self, ids: Collection[UUID]) -> dict[UUID, str]:
        """Return people by their ids, in one query (none for nobody)."""
        found = Membership.objects.filter(pk__in=ids) if ids else ()
        return {member.pk: self.member(member) for member in found}
