"""De'Longhi has rated and Nespresso has not: the scene of the tests of hidden ratings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from partners.events.models import Event
from partners.value_fit import operations as comparing
from partners.value_fit.models import Pair, Rating
from partners.workspaces import operations as workshops
from partners.workspaces.models import Invitation, Membership
from tests.doors.sweeping import addresses
from tests.factories import Cast
from tests.outcome.conftest import Outcome
from tests.remembering import remembered
from tests.value_fit.conftest import Table

REASON, OTHER_REASON = "Hushed until both have rated", "Whispered instead"


@dataclass
class Hidden:
    """De'Longhi has rated Nespresso's licence for its system; Nespresso has not. Around it everything else is said."""

    outcome: Outcome
    pair: Pair
    rita: Membership
    room: str
    people: dict[str, Membership]
    told: int = field(default=0)

    @property
    def table(self) -> Table:
        return self.outcome.table

    @property
    def cast(self) -> Cast:
        return self.table.cast

    def client(self, who: str) -> Client:
        """The browser of somebody; the wall's has no cookies."""
        return self.cast.client(None if who == "room" else self.people[who])

    def say_instead(self, strength: int, reason: str, by: Membership) -> None:
        """Have De'Longhi have said something else, in the tables and in the log, at the same number."""
        self.told += 1
        said = {"strength": strength, "reason": reason, "by_id": by.pk, "taken_down": strength > 2, "need_version": 7}
        later = timezone.now() + timedelta(seconds=self.told)  # nothing that was drawn before can be shown again
        Rating.objects.filter(pair=self.pair, organisation=self.cast.delonghi).update(**said, updated_at=later)
        event = Event.objects.get(kind="pair_rated", thing_id=self.pair.pk)
        event.data["rated"]["after"] |= said | {"by_id": str(by.pk)}
        Event.objects.filter(pk=event.pk).update(data=event.data)

    def addresses(self) -> list[str]:
        """Every address at which something of this partnership could be told."""
        cast, table = self.cast, self.table
        sheets = [cast.sheet(cast.with_delonghi, company) for company in (cast.nespresso, cast.delonghi)]
        only: dict[str, list[Any]] = {
            "partnership_id": [cast.with_delonghi.pk],
            "organisation_id": [cast.delonghi.pk],
            "organisation": [cast.delonghi.pk],
            "member_id": [cast.carla.pk],
            "canvas_id": [sheet.pk for sheet in sheets],
            "note_id": [table.licence.pk, table.system.pk],
            "pair_id": [self.pair.pk],
        }
        workspace = cast.workspace.pk
        more = [f"/w/{workspace}/find/?q=hushed", f"/api/v1/pairs/?workspace={workspace}&need={table.system.pk}"]
        more += [f"/w/{workspace}/session/?here={cast.with_delonghi.pk}/compare/start"]
        return [*addresses(cast, self.room, only), *more]


def hide(outcome: Outcome) -> Hidden:
    """Have De'Longhi rate, and everything else be said around it."""
    cast, table = outcome.cast, outcome.table
    facilitator = cast.viewer(cast.ana)
    noor, rita = cast.join("Noor Bakker", None), cast.join("Rita Bruni", cast.delonghi)
    role, wide = Membership.Role.FACILITATOR, Membership.Scope.WORKSPACE
    workshops.change_member(viewer=facilitator, member=noor, role=role, scope=wide)
    screen = workshops.invite(viewer=facilitator, kind=Invitation.Kind.ROOM)
    workshops.follow_in_room(viewer=facilitator, page=f"{cast.with_delonghi.pk}/compare/start")
    pair = table.rate(cast.carla, table.licence, table.system, 3, reason=REASON)
    table.agree(table.marketing, table.shelf, 2)
    comparing.make_pair(seen=table.seen(cast.bo), offer_id=table.brand.pk, need_id=table.pull.pk)
    comparing.declare_unmatched(seen=table.seen(cast.bo), note_id=table.design.pk)
    outcome.created()
    comparing.add_sentence(seen=table.seen(cast.bo), kind="transfer", text="Monthly talks", carries=[str(pair.pk)])
    outcome.step(finding="gap", note_id=table.design.pk)
    return Hidden(outcome, pair, rita, screen.code, {**cast.members, "noor": noor, "rita": rita})


hidden_again = remembered(hide)


def both_ways(hidden: Hidden) -> Iterator[tuple[int, str]]:
    """Let De'Longhi have said one thing, then another; yields the round and the reason of each."""
    for turn, (strength, reason, by) in enumerate([(1, REASON, hidden.cast.carla), (3, OTHER_REASON, hidden.rita)]):
        hidden.say_instead(strength, reason, by)
        yield turn, reason
