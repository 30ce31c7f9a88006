"""A comparison and an outcome on the wall: what both have said, and never a byte of what only one has."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from partners.facilitation import operations
from partners.outcome import operations as outcomes
from partners.value_fit import operations as comparing
from partners.value_fit.queries import OFFERS
from partners.workspaces.models import Invitation
from partners.workspaces.operations import invite, remove_member, reveal, seal
from tests.factories import Cast
from tests.value_fit.conftest import Table, table

__all__ = ["table"]


@pytest.fixture
def wall(cast: Cast) -> str:
    """The address of a room screen."""
    return f"/room/{invite(viewer=cast.viewer(cast.ana), kind=Invitation.Kind.ROOM).code}/"


def show(cast: Cast, place: str = "compare") -> None:
    """The facilitator sends the wall to a place."""
    operations.show_on_wall(viewer=cast.viewer(cast.ana), page=f"{cast.with_delonghi.pk}/{place}/start")


def read(address: str) -> str:
    """A page of the wall, in whatever browser hangs there."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(html: str) -> list[str]:
    """Its headings."""
    return re.findall(r"<h2[^>]*>(.*?)</h2>", html)


class TestCompareOnTheWall:
    def test_lists_what_to_talk_about_and_what_both_say_alike(self, cast: Cast, table: Table, wall: str) -> None:
        table.agree(table.licence, table.system)
        table.rate(cast.bo, table.marketing, table.shelf, 3)
        table.rate(cast.carla, table.marketing, table.shelf, 1, reason="Only in two countries")
        comparing.declare_unmatched(seen=table.seen(cast.carla), note_id=table.pull.pk)
        show(cast)
        html = read(wall)
        assert titles(html) == ["Talk about these 2", "Both say the same", "Not asked for yet"]
        assert "Only in two countries" in html
        assert "nobody offers this" in html
        assert "both say: fully" in html
        tray = html[html.index("Not asked for yet") :]
        assert table.brand.text in tray
        assert table.licence.text not in tray

    def test_a_rating_whose_other_side_is_missing_changes_no_byte(self, cast: Cast, table: Table, wall: str) -> None:
        comparing.make_pair(seen=table.seen(cast.bo), offer_id=table.licence.pk, need_id=table.system.pk)
        show(cast)
        operations.show_figures(viewer=cast.viewer(cast.ana), shown=True)
        before = read(f"{wall}now/")
        assert "1 being rated" in before
        assert table.licence.text not in before
        table.rate(cast.carla, table.licence, table.system, 1, reason="They are slow")
        assert read(f"{wall}now/") == before
        table.rate(cast.carla, table.licence, table.system, 3)
        assert read(f"{wall}now/") == before
        table.rate(cast.bo, table.licence, table.system, 3)
        assert "both say: fully" in read(f"{wall}now/")

    def test_opposed_interests_are_talked_about_before_both_have_rated(
        self, cast: Cast, table: Table, wall: str
    ) -> None:
        pair = table.rate(cast.carla, table.licence, table.system, 1, reason="They are slow")
        comparing.say_interest(seen=table.seen(cast.carla), pair=pair, interest="opposed")
        show(cast)
        html = read(f"{wall}now/")
        assert titles(html)[0] == "Talk about this one"
        assert "opposed interests" in html
        assert "partly" not in html
        assert "slow" not in html

    def test_what_both_say_is_not_a_match_leaves_the_need_open(self, cast: Cast, table: Table, wall: str) -> None:
        table.agree(table.licence, table.system, 0)
        show(cast)
        html = read(wall)
        assert titles(html)[0] == "Talk about this one"
        assert "both say: not" in html
        assert "not met" in html
        assert "nobody offers this" not in html

    def test_a_guess_is_shown_as_one(self, cast: Cast, table: Table, wall: str) -> None:
        remove_member(viewer=cast.viewer(cast.ana), member=cast.carla)
        table.rate(cast.ana, table.licence, table.system, 2, of=cast.delonghi)
        table.rate(cast.ana, table.licence, table.system, 2)
        show(cast)
        assert "if our guess holds: mostly" in read(wall)

    def test_figures_are_hidden_until_they_are_shown(self, cast: Cast, table: Table, wall: str) -> None:
        table.agree(table.licence, table.system)
        show(cast)
        assert "needs met, agreed" not in read(f"{wall}now/")
        operations.show_figures(viewer=cast.viewer(cast.ana), shown=True)
        assert "needs met, agreed" in read(f"{wall}now/")

    def test_is_face_down_while_the_sheets_are_private(self, cast: Cast, table: Table, wall: str) -> None:
        ana = cast.viewer(cast.ana)
        seal(ana, cast.with_delonghi)
        show(cast)
        html = read(wall)
        assert html.count("private until reveal") == 2
        for note in (table.licence, table.system, table.marketing, table.shelf):
            assert note.text not in html
        assert Client().get(f"{wall}now/").status_code == 204
        reveal(ana, cast.with_delonghi)
        assert table.licence.text in read(wall)

    def test_keeps_within_its_queries_however_much_is_compared(
        self, cast: Cast, table: Table, wall: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(20):
            canvas = cast.sheet(cast.with_delonghi, cast.nespresso)
            table.agree(cast.note(f"Offer {number}", canvas=canvas, block=OFFERS), table.system)
        show(cast)
        with django_assert_max_num_queries(16):
            read(f"{wall}now/")

    def test_listens_for_what_changes_it(self, cast: Cast, table: Table, wall: str) -> None:
        show(cast)
        html = read(wall)
        assert "topic=compare" in html
        assert "live:session from:body" in html


class TestOtherPlaces:
    def test_a_sketch_shows_both_sheets(self, cast: Cast, wall: str) -> None:
        show(cast, "sketch")
        html = read(wall)
        assert html.count('<section class="sheet"') == 2
        assert Client().get(f"{wall}now/").status_code == 204

    def test_an_outcome_shows_the_decision_and_next_steps(self, cast: Cast, table: Table, wall: str) -> None:
        outcomes.decide(seen=table.seen(cast.bo), verdict="go_on")
        outcomes.add_step(seen=table.seen(cast.bo), what="Ask the payer", who="Carla Rossi")
        show(cast, "outcome")
        html = read(wall)
        assert "Go on" in html
        assert "Ask the payer" in html
        assert "Carla Rossi" in html

    @pytest.mark.parametrize("place", ["models", "sketch", "compare", "outcome"])
    def test_every_place_is_shown_from_the_session_bar(self, cast: Cast, table: Table, wall: str, place: str) -> None:
        client, bar = cast.client(cast.ana), f"/w/{cast.workspace.pk}/session/"
        here = {"here": f"{cast.with_delonghi.pk}/{place}/end"}
        assert "Show this on the wall" in client.get(bar, here).content.decode()
        assert "On the wall" in client.post(bar, here | {"do": "show"}).content.decode()
        assert 'class="room-title"' in read(wall)
        assert "Show this on the wall" in client.post(bar, here | {"do": "show-code"}).content.decode()
        assert 'class="room-title"' not in read(wall)
