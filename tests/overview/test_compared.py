"""What the home page says is next once two companies compare, agree and decide."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.outcome import operations
from partners.overview.compared import compared
from partners.value_fit import operations as comparing
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.outcome.conftest import Outcome, outcome
from tests.value_fit.conftest import table

__all__ = ["outcome", "table"]
pytestmark = pytest.mark.django_db


def is_next(outcome: Outcome, who: Membership) -> str:
    html = outcome.cast.client(who).get(f"/w/{outcome.cast.workspace.pk}/").content.decode()
    return unescape(html.split('id="next-what">')[1].split("</h2>")[0])


@pytest.fixture
def modelled(outcome: Outcome) -> Outcome:
    """Both companies have a business model too."""
    outcome.cast.note("Club membership")
    outcome.cast.note("Design", by=outcome.cast.carla, canvas=outcome.cast.model(outcome.cast.delonghi))
    return outcome


def test_the_next_action_goes_all_the_way(modelled: Outcome) -> None:
    cast, table = modelled.cast, modelled.table
    assert is_next(modelled, cast.bo) == "Look at 2 more needs of Nespresso"
    table.rate(cast.bo, table.marketing, table.shelf, 3)
    assert is_next(modelled, cast.bo) == "Look at one more need of Nespresso"
    assert is_next(modelled, cast.carla) == "Rate the pair that waits for De'Longhi"
    table.rate(cast.carla, table.marketing, table.shelf, 3)
    comparing.declare_unmatched(seen=table.seen(cast.bo), note_id=table.design.pk)
    assert is_next(modelled, cast.bo) == "Look at 2 more needs of De'Longhi"
    comparing.declare_looked_through(seen=table.seen(cast.carla), organisation_id=cast.delonghi.pk)
    assert is_next(modelled, cast.bo) == "Agree how it gets from one to the other"
    way = comparing.add_sentence(seen=table.seen(cast.bo), kind="transfer", text="Licence and specifications")
    modelled.both_say_yes(way)
    assert is_next(modelled, cast.bo) == "Decide: go on, adapt or stop"
    operations.decide(seen=table.seen(cast.bo), verdict="go_on")
    assert is_next(modelled, cast.bo) == "Take the report home"
    step = modelled.step(by_when=timezone.localdate())
    assert is_next(modelled, cast.bo) == "One next step is due"
    operations.tick_step(seen=table.seen(cast.bo), step=step)
    assert is_next(modelled, cast.carla) == "Take the report home"


def test_nothing_of_a_sealed_partnership_is_counted(outcome: Outcome) -> None:
    seal(outcome.cast.viewer(outcome.cast.ana), outcome.cast.with_delonghi)
    outcome.cast.with_delonghi.refresh_from_db()
    assert compared([outcome.cast.with_delonghi], today=timezone.localdate()) == {}


def test_it_costs_two_questions_however_much_was_said(modelled: Outcome) -> None:
    table, today, costs = modelled.table, timezone.localdate(), []
    for count in (1, 20):
        for number in range(count):
            need = modelled.cast.note(f"Need {count} {number}", canvas=table.shelf.canvas, block="desired_value")
            table.rate(modelled.cast.bo, table.marketing, need, 2)
            modelled.step(f"Step {number}", by_when=today)
        with CaptureQueriesContext(connection) as asked:
            compared([modelled.cast.with_delonghi, modelled.cast.with_breville], today=today)
        costs.append(len(asked))
        client = modelled.cast.client(modelled.cast.ana)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/w/{modelled.cast.workspace.pk}/")
        assert len(asked) <= 19
    assert costs == [2, 2]
