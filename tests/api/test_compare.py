"""Comparisons over REST: pairs and ratings, declarations, rounds, and what comes of them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.canvases import operations as sheets
from partners.value_fit.models import Rating
from partners.value_fit.rules import RULE_VERSION
from partners.workspaces import operations as workshops
from tests.api.conftest import Program, put_together, side
from tests.value_fit.conftest import Table

NOWHERE = "00000000-0000-4000-8000-000000000000"


class TestPairs:
    def test_are_made_rated_and_taken_apart(self, table: Table, bo: Program, carla: Program) -> None:
        made = put_together(bo, table)
        assert (made["agreed"], made["hoped"], made["interest"]) == (None, None, "")
        assert {made[end]["rated"] for end in ("needing", "bringing")} == {False}
        nespresso, delonghi = (
            f"pairs/{made['id']}/ratings/{side(table, who)}/" for who in (table.cast.bo, table.cast.carla)
        )
        carla.put(delonghi, {"strength": 3})
        told = bo.put(nespresso, {"strength": 2, "reason": "Only in Europe"})
        assert (told["agreed"], told["hoped"]) == (2, 2)
        assert (told["bringing"]["reason"], told["bringing"]["by"]) == ("Only in Europe", str(table.cast.bo.pk))
        changed = carla.patch(delonghi, {"reason": "All we need"})
        assert (changed["needing"]["strength"], changed["needing"]["reason"]) == (3, "All we need")
        assert carla.patch(f"pairs/{made['id']}/", {"interest": "opposed"})["interest"] == "opposed"
        assert bo.delete(nespresso, status=200)["agreed"] is None
        bo.delete(f"pairs/{made['id']}/")
        assert bo.status(f"pairs/{made['id']}/") == 404
        assert put_together(carla, table)["needing"]["strength"] == 3, "what was said is there again"

    def test_made_twice_are_one(self, table: Table, bo: Program) -> None:
        body = {"id": str(uuid.uuid4()), "offer": str(table.licence.pk), "need": str(table.system.pk)}
        assert bo.post("pairs/", body)["id"] == body["id"] == bo.post("pairs/", body | {"id": NOWHERE})["id"]
        other = body | {"need": str(table.pull.pk)}
        assert bo.post("pairs/", other, status=409)["error"]["code"] == "exists"

    @pytest.mark.parametrize(
        ("offer", "need", "refusal"),
        [
            ("licence", "brand", (422, "not_a_pair")),
            ("shelf", "system", (422, "not_a_pair")),
            ("licence", "shelf", (422, "same_side")),
            ("licence", "nowhere", (404, "not_found")),
            ("nowhere", "shelf", (404, "not_found")),
            ("model", "shelf", (422, "not_a_pair")),
            ("foreign", "shelf", (404, "not_found")),
            ("gone", "shelf", (404, "not_found")),
            ("marketing", "gone need", (409, "deleted")),
        ],
    )
    def test_are_an_offer_and_a_need_across(
        self, table: Table, bo: Program, offer: str, need: str, refusal: tuple[int, str]
    ) -> None:
        cast = table.cast
        notes = {"nowhere": NOWHERE, "model": str(cast.note("Boutiques").pk)}
        foreign = cast.sheet(cast.with_breville, cast.breville)
        notes["foreign"] = str(cast.note("Grinders", by=cast.dan, canvas=foreign, block="value_offer").pk)
        for name, note in (("gone", table.making), ("gone need", table.design)):
            if name in (offer, need):
                by = cast.carla if note is table.making else cast.ana
                sheets.delete_note(sheet=cast.seen(by, note.canvas), note=note)
                notes[name] = str(note.pk)
        body = {
            name: notes.get(value) or str(getattr(table, value).pk)
            for name, value in (("offer", offer), ("need", need))
        }
        answer = bo.call("POST", "pairs/", body)
        assert (answer.status_code, answer.json()["error"]["code"]) == refusal

    def test_are_found_by_filters(self, table: Table, ana: Program, here: str) -> None:
        first, second = table.agree(table.licence, table.system), table.agree(table.marketing, table.shelf)
        ana.patch(f"pairs/{first.pk}/", {"interest": "common"})

        def found(query: str) -> set[str]:
            return {row["id"] for row in ana.get(f"pairs/?{query}")["results"]}

        assert found(f"partnership={here}") == {str(first.pk), str(second.pk)}
        assert found(f"partnership={here}&offer={table.licence.pk}") == {str(first.pk)}
        assert found(f"partnership={here}&need={table.shelf.pk}") == {str(second.pk)}
        assert found(f"partnership={here}&organisation={table.cast.nespresso.pk}") == {str(second.pk)}
        assert found(f"workspace={table.cast.workspace.pk}&interest=common") == {str(first.pk)}

    def test_can_be_followed(self, table: Table, ana: Program, here: str) -> None:
        rated, apart, orphan = (
            table.agree(table.licence, table.system),
            table.agree(table.brand, table.pull),
            table.agree(table.marketing, table.shelf),
        )
        table.agree(table.making, table.design)
        path = f"pairs/?partnership={here}&updated_since="
        everything = ana.get(f"{path}2020-01-01T00:00:00Z")
        assert len(everything["results"]) == 4
        moment = quote(max(row["updated_at"] for row in everything["results"]))
        assert [row["id"] for row in ana.get(path + moment)["results"]] == [everything["results"][-1]["id"]]
        table.rate(table.cast.bo, table.licence, table.system, 1)
        ana.delete(f"pairs/{apart.pk}/")
        sheet = table.cast.seen(table.cast.ana, table.shelf.canvas)
        sheets.delete_note(sheet=sheet, note=table.shelf)
        since = ana.get(path + moment)
        assert str(rated.pk) in {row["id"] for row in since["results"]}
        assert {row["id"] for row in since["deleted"]} == {str(apart.pk), str(orphan.pk)}
        assert datetime.fromisoformat(since["as_of"]) < datetime.fromisoformat(since["deleted"][-1]["deleted_at"])
        sheets.restore_note(sheet=sheet, note=table.shelf)
        since = ana.get(path + moment)
        assert str(orphan.pk) in {row["id"] for row in since["results"]}
        assert {row["id"] for row in since["deleted"]} == {str(apart.pk)}

    def test_go_with_their_partnership(self, table: Table, ana: Program) -> None:
        pair = table.agree(table.licence, table.system)
        cast = table.cast
        workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        since = ana.get(f"pairs/?workspace={cast.workspace.pk}&updated_since=2020-01-01T00:00:00Z")
        assert (since["results"], [row["id"] for row in since["deleted"]]) == ([], [str(pair.pk)])

    def test_are_read_in_a_known_number_of_queries(self, table: Table, ana: Program, here: str) -> None:
        counts = []
        for offer, need in ((table.licence, table.system), (table.brand, table.pull)):
            table.agree(offer, need)
            with CaptureQueriesContext(connection) as queries:
                ana.get(f"pairs/?partnership={here}")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 9

    def test_say_when_a_note_reads_otherwise_now(self, table: Table, carla: Program) -> None:
        pair = table.agree(table.licence, table.system)
        sheets.edit_note(
            sheet=table.cast.seen(table.cast.ana, table.licence.canvas), note=table.licence, text="A licence"
        )
        told = carla.get(f"pairs/{pair.pk}/")
        assert (told["agreed"], told["needing"]["wording_changed"], told["bringing"]["wording_changed"]) == (
            3,
            True,
            True,
        )


class TestRatings:
    def test_belong_to_their_side(self, table: Table, bo: Program, carla: Program) -> None:
        pair = put_together(bo, table)
        other = f"pairs/{pair['id']}/ratings/{side(table, table.cast.carla)}/"
        assert bo.put(other, {"strength": 3}, status=403)["error"]["code"] == "forbidden"
        foreign = f"pairs/{pair['id']}/ratings/{table.cast.breville.pk}/"
        assert bo.put(foreign, {"strength": 3}, status=422)["error"]["code"] == "foreign_company"
        assert bo.patch(other, {"strength": 3}, status=403)["error"]["code"] == "forbidden"
        assert carla.patch(other, {"reason": "Why"}, status=404)["error"]["code"] == "not_found"

    @pytest.mark.parametrize("body", [{}, {"strength": 4}, {"strength": -1}, {"strength": None}, {"strength": "x"}])
    def test_are_not_partly_mostly_or_fully(self, table: Table, bo: Program, body: dict[str, Any]) -> None:
        pair = put_together(bo, table)
        own = f"pairs/{pair['id']}/ratings/{side(table, table.cast.bo)}/"
        assert "strength" in bo.put(own, body, status=422)["error"]["fields"]

    def test_of_a_stand_in_are_guesses_until_confirmed(self, table: Table, carla: Program) -> None:
        pair = table.agree(table.licence, table.system)
        Rating.objects.filter(pair=pair, organisation=table.cast.delonghi).update(stands_in=True)
        told = carla.get(f"pairs/{pair.pk}/")
        assert (told["agreed"], told["hoped"], told["needing"]["stands_in"]) == (None, 3, True)
        own = f"pairs/{pair.pk}/ratings/{side(table, table.cast.carla)}/confirmation/"
        confirmed = carla.put(own)
        assert (confirmed["agreed"], confirmed["needing"]["confirmed_by"]) == (3, str(table.cast.carla.pk))
        assert carla.delete(own, status=200)["agreed"] is None


class TestDeclarations:
    def test_are_made_once_and_taken_back(self, table: Table, carla: Program, here: str) -> None:
        body = {"partnership": here, "kind": "unmatched", "note": str(table.system.pk)}
        made = carla.post("declarations/", body)
        assert (made["note"], made["by"]) == (str(table.system.pk), str(table.cast.carla.pk))
        assert carla.post("declarations/", body) == made
        assert carla.get(f"declarations/{made['id']}/") == made
        carla.delete(f"declarations/{made['id']}/")
        assert carla.status(f"declarations/{made['id']}/") == 404

    def test_say_that_two_are_the_same_or_that_all_was_looked_at(self, table: Table, carla: Program, here: str) -> None:
        same = {"partnership": here, "kind": "same", "note": str(table.making.pk), "other": str(table.brand.pk)}
        made = carla.post("declarations/", same)
        assert (made["note"], made["other"]) == (str(table.brand.pk), str(table.making.pk)), "first company first"
        through = {"partnership": here, "kind": "looked_through", "organisation": side(table, table.cast.carla)}
        done = carla.post("declarations/", through)
        listed = carla.get(f"declarations/?partnership={here}")["results"]
        assert [row["id"] for row in listed] == [made["id"], done["id"]]
        assert carla.get(f"declarations/?partnership={here}&kind=same")["results"] == [made]
        assert carla.get(f"declarations/?partnership={here}&note={table.making.pk}")["results"] == [made]
        for row in listed:
            carla.delete(f"declarations/{row['id']}/")

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ({"kind": "unmatched"}, 422),
            ({"kind": "same", "note": "brand"}, 422),
            ({"kind": "same", "note": "brand", "other": "licence"}, 422),
            ({"kind": "looked_through"}, 422),
            ({"kind": "looked_through", "organisation": "nespresso"}, 403),
            ({"kind": "looked_through", "organisation": "breville"}, 422),
            ({"kind": "perhaps", "note": "brand"}, 422),
        ],
    )
    def test_that_make_no_sense_are_refused(
        self, table: Table, carla: Program, here: str, sent: dict[str, str], status: int
    ) -> None:
        known = {**table.__dict__, **table.cast.__dict__}
        body = {name: value if name == "kind" else str(known[value].pk) for name, value in sent.items()}
        carla.post("declarations/", {"partnership": here, **body}, status=status)


class TestFitAndRounds:
    def test_tell_the_numbers_with_their_sums_and_the_rules(self, table: Table, ana: Program, here: str) -> None:
        table.agree(table.licence, table.system, 2)
        fit = ana.get(f"partnerships/{here}/fit/")
        assert (fit["rule_version"], fit["round"], fit["moved"]) == (RULE_VERSION, 1, [])
        ours, theirs = fit["agreed"]["coverage"]
        assert (ours["organisation"], ours["value"]) == (str(table.cast.nespresso.pk), 0)
        assert (theirs["value"], fit["agreed"]["fit"], fit["agreed"]["balance"]) == (0.3333, 0, 0.6667)
        assert theirs["terms"] == [
            {"need": str(table.system.pk), "weight": 2, "strength": 2},
            {"need": str(table.pull.pk), "weight": 2, "strength": 0},
        ]
        kinds = {found["kind"] for found in fit["findings"]}
        assert kinds == {"met", "not_looked_at", "transfer_gap"}
        met = next(found for found in fit["findings"] if found["kind"] == "met")
        assert (met["organisation"], met["notes"]) == (str(table.cast.delonghi.pk), [str(table.system.pk)])

    def test_know_nothing_where_nothing_is_desired(self, table: Table, ana: Program) -> None:
        fit = ana.get(f"partnerships/{table.cast.with_breville.pk}/fit/")
        assert fit["agreed"]["fit"] is None
        assert [side["value"] for side in fit["hoped"]["coverage"]] == [None, None]

    def test_are_kept_and_moved_on_from(self, table: Table, ana: Program, bo: Program, here: str) -> None:
        table.agree(table.licence, table.system)
        assert bo.status("rounds/", "POST", {"partnership": here}) == 403
        ended = ana.post("rounds/", {"partnership": here, "name": "Monday", "after": 1})
        assert (ended["number"], ended["name"], ended["ended_by"]) == (1, "Monday", str(table.cast.ana.pk))
        assert ended["agreed"]["coverage"][1] == {"organisation": str(table.cast.delonghi.pk), "value": 0.5}
        assert {need["state"] for need in ended["needs"]} == {"met", "not_looked_at"}
        assert ended["pairs"][0]["agreed"] == 3
        assert ana.post("rounds/", {"partnership": here, "after": 1}, status=409)["error"]["code"] == "round_ended"
        table.agree(table.brand, table.pull)
        fit = bo.get(f"partnerships/{here}/fit/")
        assert fit["round"] == 2
        assert [(row["need"], row["before"], row["after"]) for row in fit["moved"]] == [
            (str(table.pull.pk), "not_looked_at", "met")
        ]
        assert bo.get(f"rounds/?partnership={here}")["results"] == [ended]
        assert bo.get(f"rounds/{ended['id']}/") == ended
        assert {row["needing"]["from_round"] for row in bo.get(f"pairs/?partnership={here}")["results"]} == {1, None}
