"""The Compare page and its requests: what each reader is sent, what is refused, and how many queries it takes."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.base.ordering import rank_at
from partners.canvases.models import Note
from partners.value_fit.models import Declaration, Pair, Rating
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


def address(table: Table, what: str = "compare") -> str:
    return f"/p/{table.cast.with_delonghi.pk}/{what}/"


def page(table: Table, who: Membership) -> str:
    answer = table.cast.client(who).get(address(table))
    assert answer.status_code == 200
    return answer.content.decode()


def row(html: str, need: Note) -> str:
    found = re.search(rf'<li class="need-row[^"]*" id="row-{need.pk}".*?</li>', html, re.DOTALL)
    assert found, "the need has a row"
    return found[0]


def evenness(html: str) -> str:
    """What is said of how even a comparison is."""
    return html.partition("how even")[2].partition("</p>")[0]


def rated(table: Table, client: Client, pair: tuple[Note, Note], company: str, strength: int, **more: str) -> str:
    offer, need = pair
    fields = {"offer": offer.pk, "need": need.pk, "organisation": company, "strength": strength, **more}
    answer = client.post(address(table, "ratings"), fields)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


class TestWhatEachReaderIsSent:
    """A rating is its side's own until both have rated."""

    REASON = "only with evenings settled"

    @pytest.fixture
    def hidden(self, table: Table) -> Table:
        """De'Longhi has rated, Nespresso has not."""
        table.rate(table.cast.carla, table.licence, table.system, 1, reason=self.REASON)
        return table

    def test_its_own_people_see_it(self, hidden: Table) -> None:
        said = row(page(hidden, hidden.cast.carla), hidden.system)
        assert "partly</p>" in said
        assert self.REASON in said

    @pytest.mark.parametrize("who", ["ana", "bo", "eli"])
    def test_the_other_side_the_facilitator_and_who_watches_learn_only_that_it_was_made(
        self, hidden: Table, who: str
    ) -> None:
        html = page(hidden, hidden.cast.members[who])
        said = row(html, hidden.system)
        assert "De&#39;Longhi has rated" in said
        assert self.REASON not in html
        assert 'aria-pressed="true" hx-post' not in said

    def test_what_the_other_side_is_sent_is_the_same_whatever_was_said(self, hidden: Table) -> None:
        def told() -> str:
            return re.sub(r'data-drawn="\d+"|data-cursor="[^"]+"|data-version="\d+"', "", page(hidden, hidden.cast.bo))

        before = told()
        hidden.rate(hidden.cast.carla, hidden.licence, hidden.system, 3, reason="another reason")
        assert told() == before

    def test_an_answer_to_the_other_side_does_not_tell_it_either(self, hidden: Table) -> None:
        cast = hidden.cast
        told = cast.client(cast.bo).post(address(hidden, "unmatched"), {"note": hidden.pull.pk}).content.decode()
        assert self.REASON not in told
        answer = cast.client(cast.bo).post(address(hidden, "looked-through"), {"organisation": cast.nespresso.pk})
        assert self.REASON not in answer.content.decode()

    def test_once_both_have_rated_everybody_sees_both(self, hidden: Table) -> None:
        hidden.rate(hidden.cast.bo, hidden.licence, hidden.system, 2)
        for who in ("ana", "bo", "carla", "eli"):
            said = row(page(hidden, hidden.cast.members[who]), hidden.system)
            assert "counts as partly" in said
            assert self.REASON in said

    def test_a_rival_finds_nothing(self, hidden: Table) -> None:
        client = hidden.cast.client(hidden.cast.dan)
        assert client.get(address(hidden)).status_code == 404
        assert client.get(address(hidden, "menu"), {"note": str(hidden.system.pk)}).status_code == 404


class TestRequests:
    def test_docking_and_rating_is_one_request_and_answers_with_the_row(self, table: Table) -> None:
        cast = table.cast
        told = rated(table, cast.client(cast.carla), (table.licence, table.system), str(cast.delonghi.pk), 3)
        assert f'id="row-{table.system.pk}"' in told
        assert f'data-gone="tray-{table.licence.pk}"' in told
        assert f'id="figures-{cast.with_delonghi.pk}"' in told

    def test_the_figures_follow(self, table: Table) -> None:
        cast = table.cast
        rated(table, cast.client(cast.carla), (table.licence, table.system), str(cast.delonghi.pk), 3)
        told = rated(table, cast.client(cast.bo), (table.licence, table.system), str(cast.nespresso.pk), 3)
        assert "50<small> %</small>" in told

    def test_two_zeros_are_not_called_even_before_anything_is_agreed(self, table: Table) -> None:
        bo = table.cast.bo
        assert "100 %" not in evenness(page(table, bo))
        table.rate(bo, table.licence, table.system, 0)
        assert "nothing agreed yet" in evenness(page(table, bo))
        table.rate(table.cast.carla, table.licence, table.system, 0)
        assert "100 %" in evenness(page(table, bo))

    def test_a_reason_is_asked_for_where_sides_differ_and_kept(self, table: Table) -> None:
        cast = table.cast
        rated(table, cast.client(cast.carla), (table.licence, table.system), str(cast.delonghi.pk), 3)
        told = rated(table, cast.client(cast.bo), (table.licence, table.system), str(cast.nespresso.pk), 1)
        assert 'name="reason"' in told
        told = rated(
            table, cast.client(cast.bo), (table.licence, table.system), str(cast.nespresso.pk), 1, reason="not at cost"
        )
        assert "not at cost" in told
        told = rated(table, cast.client(cast.bo), (table.licence, table.system), str(cast.nespresso.pk), 2)
        assert "not at cost" in told

    @pytest.mark.parametrize(
        ("who", "fields", "status"),
        [
            ("carla", {"strength": "4"}, 422),
            ("carla", {"strength": "-1"}, 422),
            ("carla", {"strength": "fully"}, 422),
            ("carla", {"strength": ""}, 422),
            ("carla", {"reason": "x" * 301}, 422),
            ("carla", {"offer": "brand", "need": "licence"}, 422),
            ("carla", {"offer": "00000000-0000-0000-0000-000000000000"}, 404),
            ("carla", {"offer": "nothing"}, 422),
            ("bo", {}, 403),
            ("eli", {}, 403),
            ("dan", {}, 404),
        ],
    )
    def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
        self, table: Table, who: str, fields: dict[str, str], status: int
    ) -> None:
        cast = table.cast
        sent: dict[str, object] = {
            "offer": table.licence.pk,
            "need": table.system.pk,
            "organisation": cast.delonghi.pk,
            "strength": "2",
        }
        notes = {"brand": table.brand.pk, "licence": table.licence.pk}
        sent |= {name: notes.get(value, value) for name, value in fields.items()}
        answer = cast.client(cast.members[who]).post(address(table, "ratings"), sent, headers={"HX-Request": "true"})
        assert answer.status_code == status
        assert not Rating.objects.exists()

    def test_a_pair_is_taken_apart_and_its_offer_is_back_in_the_tray(self, table: Table) -> None:
        pair = table.agree(table.licence, table.system)
        answer = table.cast.client(table.cast.bo).post(f"/pairs/{pair.pk}/removal/")
        assert f'id="tray-{table.licence.pk}"' in answer.content.decode()
        assert Pair.objects.get().removed_at is not None
        assert table.cast.client(table.cast.bo).post(f"/pairs/{pair.pk}/removal/").status_code == 404

    def test_what_was_declared_shows(self, table: Table) -> None:
        client = table.cast.client(table.cast.carla)
        told = client.post(address(table, "unmatched"), {"note": table.system.pk}).content.decode()
        assert "nobody offers this" in row(told, table.system)
        told = client.post(address(table, "same"), {"first": table.design.pk, "second": table.pull.pk}).content.decode()
        assert "both need this" in row(told, table.pull)
        told = client.post(address(table, "looked-through"), {"organisation": table.cast.delonghi.pk}).content.decode()
        assert "2 of 2 looked at" in told
        assert Declaration.objects.count() == 3

    def test_offers_that_are_the_same_say_so_where_they_are_docked(self, table: Table) -> None:
        table.agree(table.brand, table.pull)
        client = table.cast.client(table.cast.bo)
        assert "both bring this" not in row(page(table, table.cast.bo), table.pull)
        client.post(address(table, "same"), {"first": table.brand.pk, "second": table.marketing.pk})
        for who in (table.cast.bo, table.cast.carla):
            assert "both bring this: Retail marketing" in row(page(table, who), table.pull)

    def test_opposed_interests_are_on_the_agenda(self, table: Table) -> None:
        pair = table.agree(table.licence, table.system)
        told = table.cast.client(table.cast.bo).post(f"/pairs/{pair.pk}/interest/", {"interest": "opposed"})
        assert "opposed interests" in told.content.decode()

    def test_the_log_by_rest_does_not_tell_what_was_said(self, table: Table) -> None:
        table.rate(table.cast.carla, table.licence, table.system, 1, reason="only with evenings settled")
        for who in ("bo", "ana", "eli"):
            client = table.cast.client(table.cast.members[who])
            told = json.dumps(client.get(f"/api/v1/events/?workspace={table.cast.workspace.pk}&kind=pair_rated").json())
            assert "pair_rated" in told
            assert "strength" not in told
            assert "evenings" not in told


class TestWhatAPersonMayDo:
    @pytest.mark.parametrize(
        ("who", "rights"),
        [
            ("bo", ("yes", "start", "", "start")),
            ("carla", ("yes", "end", "", "end")),
            ("ana", ("yes", "start", "end", "start")),
            ("eli", ("", "", "", "")),
        ],
    )
    def test_stands_on_the_page(self, table: Table, who: str, rights: tuple[str, ...]) -> None:
        html = page(table, table.cast.members[who])
        names = ("data-negotiates", "data-rates", "data-notes-for", "data-agrees")
        assert " ".join(f'{name}="{sides}"' for name, sides in zip(names, rights, strict=True)) in html

    def test_who_watches_has_no_menu_of_deeds(self, table: Table) -> None:
        html = (
            table.cast.client(table.cast.eli)
            .get(address(table, "menu"), {"note": str(table.system.pk)})
            .content.decode()
        )
        assert "hx-post" not in html


def crowd(cast: Cast, needs: int) -> None:
    """Needs and offers on both sides, paired and rated by both, straight into the tables."""
    sides = [
        (cast.sheet(cast.with_delonghi, cast.nespresso), cast.nespresso, cast.bo),
        (cast.sheet(cast.with_delonghi, cast.delonghi), cast.delonghi, cast.carla),
    ]
    made = {
        (company.pk, block): Note.objects.bulk_create(
            Note(canvas=sheet, block=block, text=f"{block} {place}", author=by, rank=rank_at(place), weight=2)
            for place in range(needs)
        )
        for sheet, company, by in sides
        for block in (NEEDS, OFFERS)
    }
    pairs = Pair.objects.bulk_create(
        Pair(partnership=cast.with_delonghi, offer=offer, need=need, made_by=cast.bo)
        for ours, theirs in ((cast.nespresso, cast.delonghi), (cast.delonghi, cast.nespresso))
        for offer, need in zip(made[ours.pk, OFFERS], made[theirs.pk, NEEDS], strict=True)
    )
    Rating.objects.bulk_create(
        Rating(pair=pair, organisation=company, strength=2, by=by) for pair in pairs for _, company, by in sides
    )


@pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
@pytest.mark.parametrize("who", ["ana", "bo", "carla"])
def test_queries_do_not_grow_with_needs(cast: Cast, who: str) -> None:
    client = cast.client(cast.members[who])
    counts = []
    for needs in (4, 56):
        crowd(cast, needs)
        client.get(f"/p/{cast.with_delonghi.pk}/compare/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/p/{cast.with_delonghi.pk}/compare/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 12, [query["sql"][:120] for query in queries]
