"""The fit grid: what each reader sees in its cells, sorting and filtering, and what it costs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from partners.value_fit import operations
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


def page(table: Table, who: Membership, **asked: str) -> str:
    """The grid as somebody gets it."""
    answer = table.cast.client(who).get(f"/p/{table.cast.with_delonghi.pk}/grid/", asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def cells(html: str, need: Any) -> list[str]:
    """What stands in the row of a need: its best offer first, then a cell for each offer."""
    (row,) = re.findall(rf'<tr data-need="{need.pk}">(.*?)</tr>', html, re.DOTALL)
    return [words(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL)]


def rows(html: str) -> list[str]:
    """The needs that are shown, in order."""
    return [words(head) for head in re.findall(r'<th scope="row">.*?<span class="clamp".*?>(.*?)</span>', html)]


class TestCells:
    def test_what_both_say(self, table: Table) -> None:
        table.agree(table.licence, table.system, 2)
        for who in (table.cast.ana, table.cast.carla, table.cast.eli):
            assert cells(page(table, who), table.system) == ["both say: mostly", "both say: mostly", ""]

    def test_the_lower_where_they_differ(self, table: Table) -> None:
        table.rate(table.cast.bo, table.licence, table.system, 3)
        table.rate(table.cast.carla, table.licence, table.system, 1)
        lower = "differ, counts as partly"
        assert cells(page(table, table.cast.bo), table.system) == [lower, lower, ""]
        table.agree(table.brand, table.system, 1)
        assert cells(page(table, table.cast.bo), table.system)[0] == "both say: partly"

    def test_what_only_one_side_said_stays_with_it(self, table: Table) -> None:
        table.rate(table.cast.carla, table.licence, table.system, 3)
        said = {
            name: cells(page(table, who), table.system)[1] for name, who in table.cast.members.items() if name != "dan"
        }
        assert said == {
            "ana": "rated",
            "bo": "rated",
            "carla": "waiting for Nespresso; said: fully",
            "eli": "waiting",
        }

    def test_a_pair_that_nobody_has_rated(self, table: Table) -> None:
        operations.make_pair(seen=table.seen(table.cast.bo), offer_id=table.licence.pk, need_id=table.system.pk)
        assert cells(page(table, table.cast.bo), table.system) == ["waiting", "not rated", ""]

    def test_a_gap_is_named(self, table: Table) -> None:
        operations.declare_unmatched(seen=table.seen(table.cast.carla), note_id=table.pull.pk)
        assert cells(page(table, table.cast.bo), table.pull) == ["nobody offers this", "", ""]
        assert cells(page(table, table.cast.bo), table.system)[0] == "not looked at yet"


class TestTables:
    def test_name_rows_columns_and_themselves(self, table: Table) -> None:
        html = page(table, table.cast.ana)
        captions = [words(each) for each in re.findall(r"<caption.*?>(.*?)</caption>", html)]
        assert captions == [
            "How far Nespresso’s offers meet De&#39;Longhi’s needs",
            "How far De&#39;Longhi’s offers meet Nespresso’s needs",
        ]
        assert html.count('<th scope="row">') == 4
        assert html.count('<th scope="col" data-offer=') == 4

    def test_lead_from_a_cell_to_its_row_on_compare(self, table: Table) -> None:
        table.agree(table.licence, table.system)
        assert f'<td><a href="/p/{table.cast.with_delonghi.pk}/compare/#row-{table.system.pk}">' in page(
            table, table.cast.ana
        )

    def test_are_cut_into_parts_of_fifteen_offers(self, table: Table) -> None:
        for number in range(15):
            table.cast.note(f"Offer {number}", by=table.cast.ana, canvas=table.licence.canvas, block="value_offer")
        html = page(table, table.cast.ana)
        assert html.count("<table") == 3
        assert "offers 1 to 15 of 17" in words(html)
        assert "offers 16 to 17 of 17" in words(html)

    def test_of_empty_sheets_say_so(self, table: Table) -> None:
        answer = table.cast.client(table.cast.ana).get(f"/p/{table.cast.with_breville.pk}/grid/")
        assert "Breville has noted no needs yet" in words(answer.content.decode())


class TestChoosing:
    @pytest.fixture
    def busy(self, table: Table) -> Table:
        """`system` is met, `pull` a gap, `shelf` differs, `design` rests on a guess."""
        table.agree(table.licence, table.system, 3)
        operations.declare_unmatched(seen=table.seen(table.cast.carla), note_id=table.pull.pk)
        table.rate(table.cast.bo, table.marketing, table.shelf, 1)
        table.rate(table.cast.carla, table.marketing, table.shelf, 2)
        pair = table.agree(table.making, table.design, 2)
        pair.ratings.filter(organisation=table.cast.delonghi).update(stands_in=True)
        return table

    @pytest.mark.parametrize(
        ("chosen", "shown"),
        [
            ("all", ["system", "pull", "shelf", "design"]),
            ("met", ["system"]),
            ("gaps", ["pull"]),
            ("differing", ["shelf"]),
            ("guesses", ["design"]),
            ("nonsense", ["system", "pull", "shelf", "design"]),
        ],
    )
    def test_which_needs(self, busy: Table, chosen: str, shown: list[str]) -> None:
        assert rows(page(busy, busy.cast.ana, filter=chosen)) == [getattr(busy, name).text for name in shown]

    def test_a_filter_keeps_only_the_offers_put_to_what_it_shows(self, busy: Table) -> None:
        html = page(busy, busy.cast.ana, filter="differing")
        assert html.count('<th scope="col" data-offer=') == 1
        assert "1 of 2 needs" in words(html)

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("sheet", ["system", "pull", "shelf", "design"]),
            ("weight", ["pull", "system", "shelf", "design"]),
            ("met", ["system", "pull", "shelf", "design"]),
        ],
    )
    def test_in_which_order(self, busy: Table, sort: str, order: list[str]) -> None:
        busy.pull.weight = 3
        busy.pull.save()
        assert rows(page(busy, busy.cast.ana, sort=sort)) == [getattr(busy, name).text for name in order]


class TestRights:
    def test_a_rival_does_not_find_it(self, table: Table) -> None:
        assert table.cast.client(table.cast.dan).get(f"/p/{table.cast.with_delonghi.pk}/grid/").status_code == 404

    def test_it_is_read_only(self, table: Table) -> None:
        assert table.cast.client(table.cast.ana).post(f"/p/{table.cast.with_delonghi.pk}/grid/").status_code == 405

    def test_sealed_sheets_are_not_compared(self, table: Table) -> None:
        workshops.seal(table.cast.viewer(table.cast.ana), table.cast.with_delonghi)
        answer = table.cast.client(table.cast.carla).get(f"/p/{table.cast.with_delonghi.pk}/grid/")
        assert "Private until reveal" in answer.content.decode()
        assert table.licence.text not in answer.content.decode()
