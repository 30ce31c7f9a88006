"""Outcomes over REST: the decision and both sides' yes, next steps, what is accepted and where it lands."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.events.models import Event
from partners.outcome.models import Decision, NextStep
from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.outcome.conftest import Outcome, outcome

__all__ = ["outcome"]

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def bo(outcome: Outcome, program: Callable[..., Program]) -> Program:
    """The script of Nespresso's member."""
    return program(outcome.cast.bo)


@pytest.fixture
def eli(outcome: Outcome, program: Callable[..., Program]) -> Program:
    """The observer's script."""
    return program(outcome.cast.eli)


@pytest.fixture
def here(outcome: Outcome) -> str:
    """The partnership with De'Longhi."""
    return str(outcome.cast.with_delonghi.pk)


@pytest.fixture
def address(here: str) -> str:
    """Its outcome."""
    return f"partnerships/{here}/outcome/"


class TestDecision:
    def test_is_nothing_yet(self, bo: Program, address: str) -> None:
        told = bo.get(address)
        assert (told["decision"]["verdict"], told["decision"]["assents"], told["decision"]["agreed"]) == ("", [], False)
        assert told["candidates"] == []
        assert not Decision.objects.exists(), "reading writes nothing"

    def test_is_made_explained_and_agreed(self, outcome: Outcome, bo: Program, carla: Program, address: str) -> None:
        cast = outcome.cast
        first = bo.call("GET", address)["ETag"]
        told = bo.patch(address, {"verdict": "go_on", "why": "It pays both"}, if_match=first)
        assert (told["decision"]["verdict"], told["decision"]["why"]) == ("go_on", "It pays both")
        assert (told["decision"]["by"], told["decision"]["why_version"]) == (str(cast.bo.pk), 1)
        read = {"verdict": "go_on", "why_version": 1}
        bo.put(f"{address}assents/{cast.nespresso.pk}/", read)
        agreed = carla.put(f"{address}assents/{cast.delonghi.pk}/", read)
        assert agreed["decision"]["agreed"]
        assert {row["by"] for row in agreed["decision"]["assents"]} == {str(cast.bo.pk), str(cast.carla.pk)}
        assert bo.status(address, "PATCH", {"why": "Other"}, if_match=told["etag"]) == 412, "a yes is a change"
        reworded = bo.patch(address, {"why": "It pays both, and customers"}, if_match=agreed["etag"])
        assert (reworded["decision"]["agreed"], reworded["decision"]["assents"]) == (False, [])
        stale = carla.put(f"{address}assents/{cast.delonghi.pk}/", read, status=409)
        assert (stale["error"]["code"], stale["error"]["theirs"]) == ("reworded", "It pays both, and customers")
        assert bo.patch(address, {"verdict": ""}, if_match="*")["decision"]["decided_at"] is None

    def test_is_changed_only_in_the_version_that_was_read(self, bo: Program, carla: Program, address: str) -> None:
        assert bo.call("PATCH", address, {"verdict": "stop"}).json()["error"]["code"] == "version_missing"
        assert bo.status(address, "PATCH", {"verdict": "stop"}) == 428
        read = bo.get(address)["etag"]
        carla.patch(address, {"why": "By then"}, if_match=read)
        refused = bo.patch(address, {"why": "By now", "verdict": "stop"}, status=412, if_match=read)["error"]
        assert (refused["yours"], refused["theirs"]["why"]) == ({"why": "By now", "verdict": "stop"}, "By then")
        assert bo.get(address)["decision"]["verdict"] == ""

    def test_is_all_of_what_is_sent_or_nothing(self, bo: Program, address: str) -> None:
        refused = bo.patch(address, {"verdict": "adapt", "why": "x" * 1001}, status=422, if_match="*")
        assert "why" in refused["error"]["fields"]
        for verdict in ("perhaps", None, 3):
            bo.patch(address, {"verdict": verdict}, status=422, if_match="*")
        assert not Event.objects.filter(kind="decision_made").exists()

    def test_is_written_by_the_two_companies(self, ana: Program, eli: Program, dan: Program, address: str) -> None:
        ana.patch(address, {"verdict": "go_on"}, if_match="*")
        assert eli.get(address)["decision"]["verdict"] == "go_on"
        assert eli.status(address, "PATCH", {"verdict": "stop"}) == 403
        assert [dan.status(address, method, {}, if_match="*") for method in ("GET", "PATCH")] == [404, 404]

    def test_is_agreed_by_each_for_itself(self, outcome: Outcome, ana: Program, bo: Program, address: str) -> None:
        cast = outcome.cast
        assert bo.put(f"{address}assents/{cast.nespresso.pk}/", {}, status=422)["error"]["code"] == "undecided"
        ana.patch(address, {"verdict": "go_on"}, if_match="*")
        for who in (ana, bo):
            assert who.status(f"{address}assents/{cast.delonghi.pk}/", "PUT", {}) == 403
        assert bo.status(f"{address}assents/{cast.breville.pk}/", "PUT", {}) == 404
        bo.put(f"{address}assents/{cast.nespresso.pk}/")
        assert bo.delete(f"{address}assents/{cast.nespresso.pk}/", status=200)["decision"]["assents"] == []


class TestSteps:
    def test_are_written_changed_ticked_and_dropped(self, outcome: Outcome, bo: Program, here: str) -> None:
        sent = {"partnership": here, "what": "Ask ten shops", "who": "carla rossi", "by_when": "2025-05-29"}
        made = bo.post("steps/", sent)
        assert (made["who"], made["member"]) == ("Carla Rossi", str(outcome.cast.carla.pk))
        assert (made["by_when"], made["done_at"], made["author"]) == ("2025-05-29", None, str(outcome.cast.bo.pk))
        address = f"steps/{made['id']}/"
        changed = bo.patch(address, {"what": "Ask 20 shops", "who": "The shops", "done": True}, if_match=made["etag"])
        assert (changed["what"], changed["what_version"], changed["who"]) == ("Ask 20 shops", 2, "The shops")
        assert (changed["member"], changed["by_when"]) == (None, "2025-05-29")
        assert changed["done_at"]
        assert changed["etag"] != made["etag"]
        assert bo.patch(address, {"done": False, "by_when": None}, if_match="*")["done_at"] is None
        bo.delete(address, if_match="*")
        assert bo.status(address) == 404
        assert bo.status(address, "PATCH", {"what": "Late"}, if_match="*") == 404
        assert bo.post(f"{address}restoration/", None, status=200)["what"] == "Ask 20 shops"

    def test_made_twice_are_made_once(self, bo: Program, here: str) -> None:
        sent = {"id": str(uuid.uuid4()), "partnership": here, "what": "Ask ten shops"}
        assert bo.post("steps/", sent) == bo.post("steps/", sent)
        assert NextStep.objects.count() == 1

    def test_are_changed_only_in_the_version_that_was_read(self, outcome: Outcome, bo: Program) -> None:
        step = outcome.step()
        address = f"steps/{step.pk}/"
        read = bo.call("GET", address)["ETag"]
        for method, body in (("PATCH", {"what": "Other"}), ("DELETE", None)):
            assert bo.status(address, method, body) == 428
        bo.patch(address, {"what": "By then"}, if_match=read)
        refused = bo.patch(address, {"what": "By now", "done": True}, status=412, if_match=read)["error"]
        assert (refused["yours"]["what"], refused["theirs"]["what"]) == ("By now", "By then")
        assert refused["theirs"]["done_at"] is None
        assert bo.status(address, "DELETE", None, if_match=read) == 412

    def test_stand_in_order(self, outcome: Outcome, bo: Program, here: str) -> None:
        first, second, third = (outcome.step(text).pk for text in ("One", "Two", "Three"))

        def order() -> list[str]:
            rows = bo.get(f"steps/?partnership={here}")["results"]
            return [row["what"] for row in sorted(rows, key=lambda row: row["rank"])]

        bo.patch(f"steps/{third}/", {"after": "first"}, if_match="*")
        assert order() == ["Three", "One", "Two"]
        bo.patch(f"steps/{first}/", {"after": str(second)}, if_match="*")
        assert order() == ["Three", "Two", "One"]
        for wrong in ("last", None, 1, str(outcome.table.licence.pk)):
            assert "after" in bo.patch(f"steps/{first}/", {"after": wrong}, status=422, if_match="*")["error"]["fields"]

    def test_are_found_by_what_matters(self, outcome: Outcome, bo: Program, here: str) -> None:
        made = {
            what: bo.post("steps/", {"partnership": here, "what": what, **more})["id"]
            for what, more in {
                "Soon": {"by_when": "2025-05-01", "who": "Carla Rossi"},
                "Later": {"by_when": "2025-06-01"},
                "Sometime": {},
            }.items()
        }
        bo.patch(f"steps/{made['Later']}/", {"done": True}, if_match="*")

        def found(query: str) -> list[str]:
            return [row["what"] for row in bo.get(f"steps/?partnership={here}&{query}")["results"]]

        assert found("done=true") == ["Later"]
        assert found("done=false") == ["Soon", "Sometime"]
        assert found("due=2025-05-31") == ["Soon"]
        assert found(f"member={outcome.cast.carla.pk}") == ["Soon"]
        assert bo.get(f"steps/?partnership={outcome.cast.with_breville.pk}")["results"] == []
        for wrong in ("due=soon", "due=10000-01-01", "member=1"):
            assert bo.status(f"steps/?partnership={here}&{wrong}") == 422, wrong

    def test_can_be_followed(self, outcome: Outcome, bo: Program, here: str) -> None:
        one, two = (bo.post("steps/", {"partnership": here, "what": what}) for what in ("One", "Two"))
        moment = quote(two["updated_at"])
        bo.patch(f"steps/{one['id']}/", {"done": True}, if_match="*")
        bo.delete(f"steps/{two['id']}/", if_match="*")
        since = bo.get(f"steps/?partnership={here}&updated_since={moment}")
        assert [row["id"] for row in since["results"]] == [one["id"]]
        assert [row["id"] for row in since["deleted"]] == [two["id"]]
        cast = outcome.cast
        workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        since = bo.get(f"steps/?workspace={cast.workspace.pk}&updated_since={moment}")
        assert (since["results"], {row["id"] for row in since["deleted"]}) == ([], {one["id"], two["id"]})

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"what": ""}, "what"),
            ({"what": "x" * 501}, "what"),
            ({"by_when": "someday"}, "by_when"),
            ({"by_when": "1066-10-14"}, "by_when"),
            ({"who": "x" * 81}, "who"),
            ({"finding": "gossip"}, "finding"),
            ({"partnership": "here"}, "partnership"),
        ],
    )
    def test_that_make_no_sense_are_refused(self, bo: Program, here: str, sent: dict[str, str], field: str) -> None:
        refused = bo.post("steps/", {"partnership": here, "what": "Ask", **sent}, status=422)
        assert field in refused["error"]["fields"]
        assert not NextStep.objects.exists()

    def test_answer_a_finding_about_a_note(self, outcome: Outcome, bo: Program, here: str) -> None:
        need = outcome.table.system
        sent = {"partnership": here, "what": "Find who can", "finding": "gap", "note": str(need.pk)}
        made = bo.post("steps/", sent)
        assert (made["finding"], made["note"]) == ("gap", str(need.pk))
        assert bo.post("steps/", sent | {"note": NOWHERE}, status=404)["error"]["code"] == "not_found"

    def test_are_of_the_two_companies(self, outcome: Outcome, eli: Program, dan: Program, here: str) -> None:
        step = outcome.step()
        address = f"steps/{step.pk}/"
        assert eli.get(address)["what"] == "Ask ten shops"
        for method, body in (("PATCH", {"done": True}), ("DELETE", None)):
            assert eli.status(address, method, body) == 403
            assert dan.status(address, method, body) == 404
        assert eli.status("steps/", "POST", {"partnership": here, "what": "Watch"}) == 403
        assert dan.status("steps/", "POST", {"partnership": here, "what": "Watch"}) == 404
        assert dan.status(f"steps/?partnership={here}") == 404
        assert dan.get(f"steps/?workspace={outcome.cast.workspace.pk}")["results"] == []
        assert [who.status(f"{address}restoration/", "POST") for who in (eli, dan)] == [403, 404]

    def test_take_a_known_number_of_queries(self, outcome: Outcome, carla: Program) -> None:
        counts = []
        for _round in range(2):
            for place in range(6):
                outcome.step(f"Step {place}", who="Bo Keller", note_id=outcome.table.system.pk, finding="gap")
            with CaptureQueriesContext(connection) as queries:
                carla.get(f"steps/?workspace={outcome.cast.workspace.pk}")
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestAcceptance:
    def test_says_what_is_missing(self, outcome: Outcome, bo: Program, address: str) -> None:
        cast, sentence = outcome.cast, outcome.created()
        (told,) = bo.get(address)["candidates"]
        both = {str(cast.nespresso.pk), str(cast.delonghi.pk)}
        assert {(row["lacks"], row["organisation"]) for row in told["missing"]} == {
            (lacks, pk) for lacks in ("yes", "pair") for pk in both
        }
        assert (told["sentence"], told["organisation"]) == (str(sentence.pk), str(cast.nespresso.pk))
        refused = bo.put(f"sentences/{sentence.pk}/acceptance/", {}, status=422)["error"]
        assert (refused["code"], refused["missing"]) == ("not_ready", told["missing"])

    def test_lands_on_the_business_models_and_is_taken_back(
        self, outcome: Outcome, bo: Program, carla: Program, address: str
    ) -> None:
        cast, sentence = outcome.cast, outcome.agreed()
        (ready,) = bo.get(address)["candidates"]
        assert (ready["missing"], ready["accepted_at"], ready["notes"]) == ([], None, [])
        accepted = carla.put(f"sentences/{sentence.pk}/acceptance/")
        assert accepted["accepted_at"]
        assert {row["block"] for row in accepted["notes"]} == {"key_partners"}
        assert carla.put(f"sentences/{sentence.pk}/acceptance/", {}) == accepted, "twice is once"
        landed = bo.put(f"sentences/{sentence.pk}/landing/", {"into": "revenue_streams"})
        note = outcome.landed("nespresso", "revenue_streams")
        place = {"note": str(note.pk), "organisation": str(cast.nespresso.pk), "block": "revenue_streams"}
        assert place in landed["notes"]
        assert bo.put(f"sentences/{sentence.pk}/landing/", {"into": "channels"}) == landed, "it stands already"
        bo.patch(f"notes/{note.pk}/", {"text": "In my words"}, if_match="*")
        back = bo.delete(f"sentences/{sentence.pk}/acceptance/", status=200)
        assert (back["accepted_at"], back["notes"]) == (None, [place]), "what somebody has gone on with stays"
        assert bo.delete(f"sentences/{sentence.pk}/acceptance/", status=200) == back

    def test_can_land_at_once(self, outcome: Outcome, bo: Program) -> None:
        sentence = outcome.agreed()
        told = bo.put(f"sentences/{sentence.pk}/acceptance/", {"into": "revenue_streams"})
        assert {row["block"] for row in told["notes"]} == {"key_partners", "revenue_streams"}

    def test_asked_for_what_makes_no_sense_is_refused(self, outcome: Outcome, bo: Program, here: str) -> None:
        sentence = outcome.agreed()
        path = f"sentences/{sentence.pk}"
        assert bo.put(f"{path}/landing/", {"into": "channels"}, status=422)["error"]["code"] == "not_accepted"
        for into in ("nowhere", "desired_value", None, ""):
            assert "into" in bo.put(f"{path}/landing/", {"into": into}, status=422)["error"]["fields"]
        assert "into" in bo.put(f"{path}/acceptance/", {"into": "nowhere"}, status=422)["error"]["fields"]
        transfer = bo.post("sentences/", {"partnership": here, "kind": "transfer", "text": "Monthly"})["id"]
        for pk in (transfer, NOWHERE):
            assert bo.status(f"sentences/{pk}/acceptance/", "PUT", {}) == 404
            assert bo.status(f"sentences/{pk}/acceptance/", "DELETE") == 404
            assert bo.status(f"sentences/{pk}/landing/", "PUT", {"into": "channels"}) == 404

    def test_is_of_the_two_companies(self, outcome: Outcome, eli: Program, dan: Program) -> None:
        sentence = outcome.agreed()
        tries: list[tuple[str, str, Any]] = [
            ("PUT", "acceptance", {}),
            ("DELETE", "acceptance", None),
            ("PUT", "landing", {"into": "channels"}),
        ]
        for method, what, body in tries:
            assert eli.status(f"sentences/{sentence.pk}/{what}/", method, body) == 403
            assert dan.status(f"sentences/{sentence.pk}/{what}/", method, body) == 404


class TestWhilePrivate:
    """A decision and steps are open; what rests on the sheets is not there."""

    def test_nothing_of_the_sheets_is_told(
        self, outcome: Outcome, ana: Program, bo: Program, carla: Program, address: str
    ) -> None:
        cast, sentence = outcome.cast, outcome.created("Each machine brings a repeat pod buyer")
        step = outcome.step(by=cast.carla, finding="gap", note_id=outcome.table.pull.pk)
        workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
        for who in (ana, bo):
            told = who.get(address)
            assert told["candidates"] == []
            assert who.get(f"steps/{step.pk}/")["note"] is None
        assert carla.get(f"steps/{step.pk}/")["note"] == str(outcome.table.pull.pk), "on their own sheet"
        bo.patch(address, {"verdict": "adapt"}, if_match="*")
        for method, what, body in (("PUT", "acceptance", {}), ("DELETE", "acceptance", None), ("PUT", "landing", {})):
            assert bo.status(f"sentences/{sentence.pk}/{what}/", method, body) == 404
        sent = {"partnership": str(cast.with_delonghi.pk), "what": "Peek", "note": str(outcome.table.pull.pk)}
        assert bo.status("steps/", "POST", sent) == 404
