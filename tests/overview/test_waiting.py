"""What waits for a company's yes, on the home of who may give it and of who waits for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.hypotheses import operations
from partners.overview.waiting import waiting_for
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas, ideas
from tests.value_fit.conftest import table

__all__ = ["ideas", "table"]
pytestmark = pytest.mark.django_db


def home(cast: Cast, who: Membership) -> str:
    page = cast.client(who).get(f"/w/{cast.workspace.pk}/").content.decode()
    return page[page.index('id="home-due"') : page.index('id="partnerships"')]


@pytest.fixture
def card(ideas: Ideas) -> Ideas:
    """A card that nobody has accepted."""
    idea = ideas.add()
    ideas.test(idea)
    ideas.card(idea, title="34 of 100 came back")
    return ideas


def test_waits_for_each_company_until_it_says_yes(card: Ideas) -> None:
    cast, row = card.cast, card.all()[0].cards[0]
    for who in (cast.bo, cast.carla):
        assert "waits for the yes of" in home(cast, who)
    card.accept(row, cast.bo)
    assert "De&#39;Longhi has not accepted it" in home(cast, cast.bo)
    assert "waits for the yes" not in home(cast, cast.bo)
    assert "waits for the yes of De&#39;Longhi" in home(cast, cast.carla)
    card.accept(row, cast.carla)
    for who in (cast.bo, cast.carla):
        assert "34 of 100" not in home(cast, who)


def test_nobody_else_is_told_of_it(card: Ideas) -> None:
    assert "34 of 100" not in home(card.cast, card.cast.dan)


def test_a_card_on_old_words_or_behind_a_seal_waits_for_nobody(card: Ideas) -> None:
    cast, seen = card.cast, card.table.seen(card.cast.ana)
    assert waiting_for(cast.viewer(cast.carla)).for_us
    operations.reword_idea(seen=card.table.seen(cast.bo), idea=card.all()[0].row, words={"segment": "offices"})
    assert not waiting_for(cast.viewer(cast.carla)).for_us
    operations.reword_idea(
        seen=card.table.seen(cast.bo), idea=card.all()[0].row, words={"segment": "people who want good coffee at home"}
    )
    card.card(card.all()[0].row)
    assert waiting_for(cast.viewer(cast.carla)).for_us
    seal(viewer=cast.viewer(cast.ana), partnership=seen.partnership)
    assert not waiting_for(cast.viewer(cast.carla)).for_us


def test_what_is_due_soon_stands_beside_it(card: Ideas) -> None:
    today, cast = timezone.localdate(), card.cast
    idea = card.all()[0].row
    card.test(idea, title="Late one", owner_end_id=cast.carla.pk, due_on=today - timedelta(days=2))
    card.test(idea, title="Far one", owner_end_id=cast.carla.pk, due_on=today + timedelta(days=40))
    shown = home(cast, cast.carla)
    assert "Late one" in shown
    assert "was due" in shown
    assert "Far one" not in shown
    assert "Late one" not in home(cast, cast.bo)
