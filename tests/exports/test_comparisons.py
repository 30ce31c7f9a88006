"""What companies compared, as it is exported: in the open format, and as tables with a column per company."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.value_fit import operations
from partners.value_fit.models import Rating
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership, Workspace
from tests.examples.again import ana_again, loaded
from tests.exports.test_json import exported
from tests.factories import Cast
from tests.remembering import remembered
from tests.value_fit.conftest import Table


@pytest.fixture
def full(table: Table) -> Table:
    """A comparison with something of everything, in its second round."""
    return full_again(table)


@remembered
def full_again(table: Table) -> Table:
    cast = table.cast
    agreed = table.agree(table.licence, table.system, 2)
    operations.say_interest(seen=table.seen(cast.bo), pair=agreed, interest="opposed")
    operations.declare_unmatched(seen=table.seen(cast.bo), note_id=table.brand.pk)
    operations.declare_looked_through(seen=table.seen(cast.carla), organisation_id=cast.delonghi.pk)
    operations.declare_same(seen=table.seen(cast.carla), first_id=table.design.pk, second_id=table.pull.pk)
    sentence = operations.add_sentence(
        seen=table.seen(cast.bo), kind="transfer", text="Licence, monthly", carries=[agreed.pk]
    )
    operations.consent(seen=table.seen(cast.bo), sentence=sentence, organisation_id=cast.nespresso.pk)
    operations.add_sentence(
        seen=table.seen(cast.carla),
        kind="created",
        text="A new category",
        beneficiary="organisation",
        organisation_id=cast.delonghi.pk,
        target_block="revenue_streams",
    )
    operations.start_round(seen=table.seen(cast.ana), name="Monday")
    return table


def rows(cast: Cast, who: Membership, name: str) -> list[dict[str, str]]:
    """The rows of a table as somebody gets them."""
    answer = cast.client(who).get(f"/api/v1/workspaces/{cast.workspace.pk}/{name}.csv")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert f"-{name}.csv" in answer["Content-Disposition"]
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def of_delonghi(document: dict[str, Any], table: Table) -> dict[str, Any]:
    """The comparison with De'Longhi in a document."""
    wanted = str(table.cast.with_delonghi.pk)
    (found,) = (each for each in document["comparisons"] if each["partnership"] == wanted)
    compared: dict[str, Any] = found
    return compared


class TestDocument:
    def test_holds_all_that_was_said(self, full: Table) -> None:
        document = exported(full.cast, full.cast.ana)
        assert document["withheld"] == []
        compared = of_delonghi(document, full)
        (pair,) = compared["pairs"]
        assert (pair["agreed"], pair["interest"], pair["needing"]["from_round"]) == (2, "opposed", 1)
        assert pair["needing"]["by"] == str(full.cast.carla.pk)
        assert {row["kind"] for row in compared["declarations"]} == {"unmatched", "looked_through", "same"}
        created, transfer = compared["sentences"]
        assert (transfer["carries"], len(transfer["consents"]), transfer["agreed"]) == ([pair["id"]], 1, False)
        assert (created["organisation"], created["target_block"]) == (str(full.cast.delonghi.pk), "revenue_streams")
        (ended,) = compared["rounds"]
        assert (ended["name"], ended["agreed"]["coverage"][1]["value"]) == ("Monday", 0.3333)
        assert len(document["comparisons"]) == 2

    @pytest.mark.parametrize("who", ["carla", "eli", "dan"])
    def test_names_only_what_is_in_it(self, full: Table, who: str) -> None:
        document = exported(full.cast, full.cast.members[who])
        known = {row["id"] for part in ("organisations", "partnerships", "members") for row in document[part]}
        known |= {note["id"] for sheet in document["canvases"] for block in sheet["blocks"] for note in block["notes"]}
        known |= {pair["id"] for compared in document["comparisons"] for pair in compared["pairs"]}
        for compared in document["comparisons"]:
            named = {pair[end] for pair in compared["pairs"] for end in ("offer", "need")}
            named |= {row[what] for row in compared["declarations"] for what in ("organisation", "note", "other", "by")}
            named |= {row["author"] for row in compared["sentences"]}
            assert named - {None} <= known
        assert len(document["comparisons"]) == 1

    def test_of_a_sheet_holds_its_partnerships_comparison(self, full: Table) -> None:
        cast = full.cast
        sheet = cast.sheet(cast.with_delonghi, cast.delonghi)
        document = exported(cast, cast.carla, f"canvases/{sheet.pk}/export/")
        assert [each["partnership"] for each in document["comparisons"]] == [str(cast.with_delonghi.pk)]
        model = exported(cast, cast.carla, f"canvases/{cast.model(cast.delonghi).pk}/export/")
        assert model["comparisons"] == []

    def test_has_no_comparison_while_sheets_are_private(self, table: Table) -> None:
        cast = table.cast
        workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
        for who in (cast.ana, cast.carla):
            partnerships = {each["partnership"] for each in exported(cast, who)["comparisons"]}
            assert str(cast.with_delonghi.pk) not in partnerships

    def test_is_read_in_a_known_number_of_queries(self, full: Table) -> None:
        counts = []
        for offer, need in ((full.brand, full.pull), (full.marketing, full.shelf)):
            full.agree(offer, need)
            with CaptureQueriesContext(connection) as queries:
                exported(full.cast, full.cast.carla)
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_keeps_a_rating_to_its_side(self, table: Table) -> None:
        cast = table.cast
        table.rate(cast.carla, table.licence, table.system, 3, reason="All we need")
        told = {}
        for name in ("ana", "bo", "carla", "eli"):
            document = exported(cast, cast.members[name])
            (pair,) = of_delonghi(document, table)["pairs"]
            told[name] = (pair["needing"]["hidden"], pair["needing"]["strength"], "ratings" in document["withheld"])
        hidden, open_ = (True, None, True), (False, 3, False)
        assert told == {"ana": hidden, "bo": hidden, "carla": open_, "eli": hidden}
        table.rate(cast.bo, table.licence, table.system, 2)
        for member in (cast.ana, cast.eli):
            document = exported(cast, member)
            assert "ratings" not in document["withheld"]
            assert of_delonghi(document, table)["pairs"][0]["agreed"] == 2


class TestMatches:
    def test_have_a_column_per_company(self, full: Table) -> None:
        (row,) = rows(full.cast, full.cast.ana, "matches")
        assert (row["offer"], row["offered_by"]) == ("Technology licence at cost", "Nespresso")
        assert (row["need"], row["needed_by"], row["weight"]) == ("Working capsule system", "De'Longhi", "2")
        assert (row["Nespresso"], row["De'Longhi"], row["Breville"]) == ("2", "2", "")
        assert (row["agreed"], row["if_guesses_hold"], row["rests_on_a_guess"]) == ("2", "2", "")

    def test_say_waiting_and_rated_instead_of_what_is_not_told(self, table: Table) -> None:
        cast = table.cast
        table.rate(cast.carla, table.licence, table.system, 3, reason="All we need")
        (ours,), (theirs,) = rows(cast, cast.bo, "matches"), rows(cast, cast.carla, "matches")
        assert (ours["Nespresso"], ours["De'Longhi"], ours["De'Longhi: reason"]) == ("waiting", "rated", "")
        assert (theirs["Nespresso"], theirs["De'Longhi"], theirs["De'Longhi: reason"]) == (
            "waiting",
            "3",
            "All we need",
        )
        assert "Breville" not in theirs

    def test_tell_companies_of_one_name_apart(self, table: Table) -> None:
        cast = table.cast
        table.agree(table.licence, table.system, 2)
        workshops.change_organisation(viewer=cast.viewer(cast.ana), organisation=cast.breville, name="De'Longhi")
        (row,) = rows(cast, cast.ana, "matches")
        assert (row["De'Longhi"], row["De'Longhi (2)"], row["De'Longhi: reason (2)"]) == ("2", "", "")

    def test_mark_guesses_and_run_nothing(self, table: Table) -> None:
        cast = table.cast
        pair = table.agree(table.licence, table.system)
        Rating.objects.filter(pair=pair, organisation=cast.delonghi).update(stands_in=True, reason="=1+1")
        workshops.change_organisation(viewer=cast.viewer(cast.ana), organisation=cast.breville, name="=Breville")
        (row,) = rows(cast, cast.ana, "matches")
        assert (row["agreed"], row["if_guesses_hold"], row["rests_on_a_guess"]) == ("", "3", "yes")
        assert row["De'Longhi: reason"] == "'=1+1"
        assert "'=Breville" in row

    def test_are_none_of_what_is_hidden(self, full: Table) -> None:
        assert rows(full.cast, full.cast.dan, "matches") == []


class TestFindings:
    def test_of_the_hip_example_are_those_of_its_page(self, db: None, client: Any) -> None:
        ana = ana_again()
        workspace: Workspace = loaded("hip-replacement", ana)
        client.force_login(ana)
        text = client.get(f"/api/v1/workspaces/{workspace.pk}/findings.csv").getvalue().decode()
        found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert [row["finding"] for row in found] == ["met"] * 4 + ["gap", "surplus"]
        gap, surplus = found[-2:]
        assert (gap["about"], gap["says"]) == ("Fellmark Municipal Home Rehab", "nobody offers this")
        assert (gap["Fellmark Municipal Home Rehab"], gap["Northlake Day Surgery"]) == ("Funding for pre-training", "")
        assert gap["next"] == "Find who can offer “Funding for pre-training”"
        assert surplus["notes"] == "Front-line view on homes"

    def test_put_the_notes_of_both_where_they_belong(self, full: Table) -> None:
        (opposed,) = (row for row in rows(full.cast, full.cast.carla, "findings") if row["finding"] == "opposed")
        assert opposed["notes"] == "Technology licence at cost → Working capsule system"
        assert (opposed["Nespresso"], opposed["De'Longhi"]) == ("Technology licence at cost", "Working capsule system")

    def test_say_nothing_of_a_rating_that_is_not_told(self, table: Table) -> None:
        told = []
        for strength in (0, 3):
            table.rate(table.cast.carla, table.licence, table.system, strength)
            told.append(rows(table.cast, table.cast.bo, "findings"))
        assert told[0] == told[1]
