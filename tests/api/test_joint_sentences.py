"""Joint sentences over REST: begun, agreed, reworded, and what they carry."""

from __future__ import annotations

from urllib.parse import quote

from tests.api.conftest import Program, side
from tests.value_fit.conftest import Table

NOWHERE = "00000000-0000-4000-8000-000000000000"


class TestSentences:
    def test_are_begun_agreed_and_reworded(self, table: Table, bo: Program, carla: Program, here: str) -> None:
        made = bo.post("sentences/", {"partnership": here, "kind": "transfer", "text": "Licence and specifications"})
        address = f"sentences/{made['id']}/"
        for who, member in ((bo, table.cast.bo), (carla, table.cast.carla)):
            agreed = who.put(f"{address}consents/{side(table, member)}/", {"version": 1})
        assert agreed["agreed"]
        assert {row["by"] for row in agreed["consents"]} == {str(table.cast.bo.pk), str(table.cast.carla.pk)}
        assert bo.status(address, "PATCH", {"text": "Licence"}, if_match=made["etag"]) == 412, "a yes is a change"
        reworded = bo.patch(address, {"text": "Licence, monthly"}, if_match=agreed["etag"])
        assert (reworded["agreed"], reworded["consents"], reworded["text_version"]) == (False, [], 2)
        stale = carla.put(f"{address}consents/{side(table, table.cast.carla)}/", {"version": 1}, status=409)
        assert stale["error"]["theirs"] == "Licence, monthly"
        carla.put(f"{address}consents/{side(table, table.cast.carla)}/", {})
        assert carla.delete(f"{address}consents/{side(table, table.cast.carla)}/", status=200)["consents"] == []
        bo.delete(address, if_match="*")
        assert bo.status(address) == 404
        assert bo.post(f"{address}restoration/", None, status=200)["text"] == "Licence, monthly"

    def test_are_changed_only_in_the_version_that_was_read(self, table: Table, bo: Program, here: str) -> None:
        made = bo.post("sentences/", {"partnership": here, "kind": "transfer", "text": "Licence"})
        address = f"sentences/{made['id']}/"
        assert bo.call("GET", address)["ETag"] == made["etag"]
        for method, body in (("PATCH", {"text": "Other"}), ("DELETE", None)):
            assert bo.call(method, address, body).json()["error"]["code"] == "version_missing"
        bo.patch(address, {"text": "By then"}, if_match=made["etag"])
        refused = bo.patch(address, {"text": "By now"}, status=412, if_match=made["etag"])["error"]
        assert (refused["yours"], refused["theirs"]["text"]) == ({"text": "By now"}, "By then")

    def test_say_whom_created_value_is_for(self, table: Table, bo: Program, here: str) -> None:
        cast = table.cast
        theirs = cast.note(
            "A new category",
            by=cast.carla,
            canvas=cast.sheet(cast.with_delonghi, cast.delonghi),
            block="created_value",
            beneficiary="us",
        )
        made = bo.post("sentences/", {"partnership": here, "kind": "created", "source_note": str(theirs.pk)})
        assert (made["text"], made["organisation"]) == ("A new category", str(cast.delonghi.pk))
        own = {"organisation": str(cast.nespresso.pk), "target_block": "revenue_streams"}
        changed = bo.patch(f"sentences/{made['id']}/", own, if_match="*")
        assert (changed["beneficiary"], changed["organisation"]) == ("organisation", str(cast.nespresso.pk))
        customer = bo.patch(f"sentences/{made['id']}/", {"beneficiary": "customer"}, if_match="*")
        assert (customer["beneficiary"], customer["organisation"]) == ("customer", None)
        foreign = {"organisation": str(cast.breville.pk)}
        assert bo.patch(f"sentences/{made['id']}/", foreign, status=422, if_match="*")["error"]["code"] == "for_whom"

    def test_carry_pairs(self, table: Table, bo: Program, here: str) -> None:
        pair = table.agree(table.licence, table.system)
        body = {"partnership": here, "kind": "transfer", "text": "Licence"}
        assert bo.post("sentences/", body)["carries"] is None
        assert bo.post("sentences/", body | {"carries": [str(pair.pk)]})["carries"] == [str(pair.pk)]
        assert bo.post("sentences/", body | {"carries": [NOWHERE]}, status=404)["error"]["code"] == "not_found"

    def test_can_be_followed(self, table: Table, bo: Program, carla: Program, here: str) -> None:
        first, second = (
            bo.post("sentences/", {"partnership": here, "kind": "transfer", "text": text}) for text in ("One", "Two")
        )
        moment = quote(second["updated_at"])
        carla.put(f"sentences/{first['id']}/consents/{side(table, table.cast.carla)}/", {})
        bo.delete(f"sentences/{second['id']}/", if_match="*")
        since = bo.get(f"sentences/?partnership={here}&updated_since={moment}")
        assert [row["id"] for row in since["results"]] == [first["id"]]
        assert [row["id"] for row in since["deleted"]] == [second["id"]]

    def test_nobody_says_yes_for_the_other_company(self, table: Table, ana: Program, bo: Program, here: str) -> None:
        made = bo.post("sentences/", {"partnership": here, "kind": "transfer", "text": "Licence"})
        for who in (ana, bo):
            assert who.status(f"sentences/{made['id']}/consents/{side(table, table.cast.carla)}/", "PUT", {}) == 403
