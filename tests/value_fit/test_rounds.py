"""Rounds on their pages: starting the next, and what moved since."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from partners.value_fit import operations
from partners.value_fit.models import Round
from partners.workspaces import operations as workshops
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    main = answer.content.decode().partition("<main")[2] or answer.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def path(table: Table, number: int | None = None) -> str:
    return f"/p/{table.cast.with_delonghi.pk}/rounds/" + (f"{number}/" if number else "")


class TestStarting:
    def test_keeps_the_round_under_its_name_and_says_so(self, table: Table) -> None:
        client = table.cast.client(table.cast.ana)
        answer = client.post(path(table), {"name": "First look", "after": "1"}, headers={"HX-Request": "true"})
        assert "Kept as “First look”. Round 2 begins." in words(answer)
        assert Round.objects.get().name == "First look"
        assert "Round 2" in words(client.get(f"/p/{table.cast.with_delonghi.pk}/compare/"))

    def test_on_its_own_page_goes_on_to_what_will_move(self, table: Table) -> None:
        client = table.cast.client(table.cast.ana)
        part = client.get(path(table), headers={"HX-Request": "true"}).content.decode()
        assert f'hx-post="{path(table)}"' in part
        assert f'hx-post="{path(table)}"' not in client.get(path(table)).content.decode()

    def test_works_without_scripts(self, table: Table) -> None:
        answer = table.cast.client(table.cast.ana).post(path(table), {"name": "", "after": "1"})
        assert answer.headers["Location"] == path(table, 1)
        assert Round.objects.get().name == "After round 1"

    @pytest.mark.parametrize(("who", "status"), [("bo", 403), ("carla", 403), ("eli", 403), ("dan", 404)])
    def test_is_for_facilitators(self, table: Table, who: str, status: int) -> None:
        client = table.cast.client(table.cast.members[who])
        assert client.post(path(table), {"after": "1"}).status_code == status
        assert not Round.objects.exists()

    def test_twice_at_once_starts_one(self, table: Table) -> None:
        client = table.cast.client(table.cast.ana)
        client.post(path(table), {"after": "1"})
        answer = client.post(path(table), {"after": "1"}, headers={"HX-Request": "true"})
        assert answer.status_code == 409
        assert "Somebody has started the next round already." in words(answer)
        assert Round.objects.count() == 1

    def test_only_facilitators_are_asked(self, table: Table) -> None:
        assert "Start round 2" in words(table.cast.client(table.cast.ana).get(path(table)))
        assert "Start round 2" not in words(table.cast.client(table.cast.bo).get(path(table)))


class TestWhatMoved:
    @pytest.fixture
    def kept(self, table: Table) -> Table:
        """A round that ended with `system` met; `pull` was not looked at."""
        table.agree(table.licence, table.system)
        operations.start_round(seen=table.seen(table.cast.ana), name="First look")
        return table

    def test_is_nothing_at_first(self, kept: Table) -> None:
        said = words(kept.cast.client(kept.cast.carla).get(path(kept, 1)))
        assert "First look" in said
        assert "kept by Ana Vries" in said
        assert "Nothing has moved yet" in said

    def test_tells_figures_needs_and_pairs(self, kept: Table) -> None:
        kept.agree(kept.brand, kept.pull, 2)
        kept.agree(kept.licence, kept.system, 1)
        said = words(kept.cast.client(kept.cast.carla).get(path(kept, 1)))
        assert "De'Longhi: needs met 50 % 50 % no change" in said
        assert "Working capsule system met partly met" in said
        assert "Demand pull of a premium brand not looked at yet met" in said
        assert "Technology licence at cost Working capsule system both say: fully both say: partly" in said
        assert "Brand and coffee marketing Demand pull of a premium brand not together yet both say: mostly" in said

    def test_goes_up_and_down(self, kept: Table) -> None:
        kept.agree(kept.brand, kept.pull, 3)
        said = words(kept.cast.client(kept.cast.carla).get(path(kept, 1)))
        assert "De'Longhi: needs met 50 % 100 % up 50 points" in said
        assert "how even 50 % 0 % down 50 points" in said

    def test_says_nothing_of_what_one_side_has_said(self, kept: Table) -> None:
        before = words(kept.cast.client(kept.cast.bo).get(path(kept, 1)))
        kept.rate(kept.cast.carla, kept.brand, kept.pull, 3)
        after = words(kept.cast.client(kept.cast.bo).get(path(kept, 1)))
        assert "Brand and coffee marketing Demand pull of a premium brand not together yet not agreed" in after
        assert "Demand pull of a premium brand not looked at yet waiting" in after
        assert "De'Longhi: needs met 50 % 50 % no change" in after
        assert before != after

    def test_is_not_found_by_a_rival_nor_for_a_round_to_come(self, kept: Table) -> None:
        assert kept.cast.client(kept.cast.dan).get(path(kept, 1)).status_code == 404
        assert kept.cast.client(kept.cast.ana).get(path(kept, 2)).status_code == 404

    def test_sealed_sheets_have_no_rounds(self, table: Table) -> None:
        workshops.seal(table.cast.viewer(table.cast.ana), table.cast.with_delonghi)
        assert "Private until reveal" in table.cast.client(table.cast.carla).get(path(table)).content.decode()
