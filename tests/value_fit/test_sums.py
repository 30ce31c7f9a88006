"""Every number opens its arithmetic: the worked example's sums as they stand on the page."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from partners.value_fit.models import Rating
from partners.workspaces.models import Membership, Partnership
from tests.examples.again import ana_again, loaded
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


def words(client: Client, partnership: Partnership, what: str, **headers: str) -> str:
    """What stands on the page of a sum."""
    answer = client.get(f"/p/{partnership.pk}/sums/{what}/", headers=headers)
    assert answer.status_code == 200
    main = answer.content.decode().partition('<div class="sums"')[2].partition("</div>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


class TestTheHipReplacementExample:
    @pytest.fixture
    def client(self) -> Client:
        ana = ana_again()
        loaded("hip-replacement", ana)
        client = Client()
        client.force_login(ana)
        return client

    @pytest.fixture
    def partnership(self, client: Client) -> Partnership:
        return Partnership.objects.get(first__short_name="Northlake", second__short_name="Fellmark")

    @pytest.mark.parametrize(
        ("what", "written"),
        [
            ("end", "agreed: 54 % (3×1 + 2×0.67 + 0) ÷ 8 = 0.54"),
            ("start", "agreed: 87 % (3×1 + 2×0.67) ÷ 5 = 0.87"),
            ("fit", "agreed: 54 % the lower of 0.87 (Northlake) and 0.54 (Fellmark) = 0.54"),
            ("balance", "agreed: 68 % 1 − (0.867 − 0.542) = 0.675"),
        ],
    )
    def test_is_written_out(self, client: Client, partnership: Partnership, what: str, written: str) -> None:
        assert written in words(client, partnership, what)

    def test_names_and_links_each_need(self, client: Client, partnership: Partnership) -> None:
        page = client.get(f"/p/{partnership.pk}/sums/end/").content.decode()
        needs = re.findall(rf'<a href="/p/{partnership.pk}/compare/#row-[0-9a-f-]+" dir="auto">(.*?)</a>', page)
        assert needs == ["Discharge date a week ahead", "Surgical instruction", "Funding for pre-training"]
        assert "Surgical instruction important, 2 mostly 1.33" in words(client, partnership, "end")

    def test_without_guesses_both_ways_of_counting_are_one(self, client: Client, partnership: Partnership) -> None:
        assert "The same if guesses hold." in words(client, partnership, "end")

    def test_a_guess_makes_a_second_sum(self, client: Client, partnership: Partnership) -> None:
        Rating.objects.filter(
            pair__partnership=partnership, pair__need__text="Surgical instruction", organisation=partnership.first
        ).update(stands_in=True, confirmed_by=None)
        said = words(client, partnership, "end")
        assert "agreed: 38 % (3×1 + 0 + 0) ÷ 8 = 0.38" in said
        assert "if guesses hold: 54 % (3×1 + 2×0.67 + 0) ÷ 8 = 0.54" in said


class TestAnySum:
    def test_fills_the_popover_for_htmx(self, table: Table) -> None:
        client = table.cast.client(table.cast.carla)
        answer = client.get(f"/p/{table.cast.with_delonghi.pk}/sums/start/", headers={"HX-Request": "true"})
        assert answer.content.decode().lstrip().startswith('<div class="sums" id="sums">')

    def test_is_the_same_for_both_companies(self, table: Table) -> None:
        table.rate(table.cast.carla, table.licence, table.system, 3)
        said = {
            words(table.cast.client(who), table.cast.with_delonghi, "end") for who in (table.cast.bo, table.cast.carla)
        }
        assert len(said) == 1
        assert "(0 + 0) ÷ 4 = 0" in said.pop()

    def test_of_nothing_is_not_known(self, table: Table) -> None:
        client, partnership = table.cast.client(table.cast.ana), table.cast.with_breville
        assert "agreed: not known not known: no needs are noted" in words(client, partnership, "start")
        assert "needs are missing: Nespresso, Breville" in words(client, partnership, "fit")

    def test_of_sixty_needs_stands_in_the_table_only(self, table: Table) -> None:
        for number in range(12):
            table.cast.note(f"Need {number}", by=table.cast.ana, canvas=table.shelf.canvas, block="desired_value")
        table.agree(table.making, table.design, 3)
        assert "2 ÷ 28 = 0.07" in words(table.cast.client(table.cast.ana), table.cast.with_delonghi, "start")

    @pytest.mark.parametrize("what", ["middle", "agreed"])
    def test_of_anything_else_is_not_found(self, table: Table, what: str) -> None:
        assert (
            table.cast.client(table.cast.ana).get(f"/p/{table.cast.with_delonghi.pk}/sums/{what}/").status_code == 404
        )

    def test_is_not_found_by_a_rival(self, table: Table) -> None:
        rival: Membership = table.cast.dan
        assert table.cast.client(rival).get(f"/p/{table.cast.with_delonghi.pk}/sums/fit/").status_code == 404
