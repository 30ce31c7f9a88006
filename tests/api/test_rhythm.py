"""The rhythm over REST: iterations planned, closed and taken away, tests put into them, big questions answered."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.hypotheses.conftest import Ideas, ideas

__all__ = ["ideas"]

NOWHERE = "00000000-0000-4000-8000-000000000000"
MAY = {"starts_on": "2026-05-04", "ends_on": "2026-05-15"}
JUNE = {"starts_on": "2026-06-01", "ends_on": "2026-06-12"}
LONG_AGO = "updated_since=2020-01-01T00:00:00Z"


@pytest.fixture
def bo(ideas: Ideas, program: Callable[..., Program]) -> Program:
    """The script of Nespresso's member."""
    return program(ideas.cast.bo)


@pytest.fixture
def here(ideas: Ideas) -> str:
    """The partnership with De'Longhi."""
    return str(ideas.cast.with_delonghi.pk)


@pytest.fixture
def may(bo: Program, here: str) -> dict[str, Any]:
    """An iteration."""
    made: dict[str, Any] = bo.post("iterations/", {"partnership": here, "name": "May", **MAY})
    return made


class TestIterations:
    def test_are_planned_closed_and_reviewed_again(
        self, ideas: Ideas, bo: Program, carla: Program, may: dict[str, Any]
    ) -> None:
        path, cast = f"iterations/{may['id']}/", ideas.cast
        assert (may["name"], may["starts_on"], may["ends_on"]) == ("May", *MAY.values())
        assert (may["author"], may["closed_at"], may["workspace"]) == (str(cast.bo.pk), None, str(cast.workspace.pk))
        refused = carla.patch(f"{path}review/", {"priority": " "}, status=422, if_match=may["etag"])["error"]
        assert list(refused["fields"]) == ["priority"], "one line at least"
        closed = carla.patch(f"{path}review/", {"priority": "Shops before milk"}, if_match=may["etag"])
        assert (closed["closed_by"], closed["priority"]) == (str(cast.carla.pk), "Shops before milk")
        assert closed["closed_at"]
        assert bo.status(f"{path}review/", "PATCH", {"adapts": "Both"}) == 428
        stale = bo.patch(f"{path}review/", {"priority": "Milk"}, status=412, if_match=may["etag"])["error"]
        assert (stale["yours"], stale["theirs"]["priority"]) == ({"priority": "Milk"}, "Shops before milk")
        again = bo.patch(f"{path}review/", {"adapts": "Both"}, if_match=closed["etag"])
        assert (again["priority"], again["adapts"]) == ("Shops before milk", "Both")
        assert (again["closed_at"], again["closed_by"]) == (closed["closed_at"], closed["closed_by"])
        assert bo.status(f"{path}review/", "DELETE", None) == 428
        opened = bo.delete(f"{path}review/", status=200, if_match=again["etag"])
        assert (opened["closed_at"], opened["priority"]) == (None, "Shops before milk")

    def test_share_no_day(self, bo: Program, here: str, may: dict[str, Any]) -> None:
        sent = {"partnership": here, "name": "June", **JUNE}
        refused = bo.post("iterations/", sent | {"starts_on": MAY["ends_on"]}, status=422)["error"]
        assert (refused["code"], list(refused["fields"])) == ("overlaps", ["starts_on"])
        june = bo.post("iterations/", sent)
        path = f"iterations/{june['id']}/"
        assert bo.patch(path, {"ends_on": "2026-05-31"}, status=422, if_match="*")["error"]["code"] == "days"
        assert bo.patch(path, {"starts_on": "2026-05-16", "name": "Late May"}, if_match="*")["name"] == "Late May"
        bo.delete(f"iterations/{may['id']}/", if_match="*")
        bo.patch(path, {"starts_on": "2026-05-15"}, if_match="*")
        assert bo.post(f"iterations/{may['id']}/restoration/", None, status=422)["error"]["code"] == "overlaps"

    def test_hold_tests_and_leave_them_in_none(self, ideas: Ideas, bo: Program, here: str, may: dict[str, Any]) -> None:
        sent = {"hypothesis": str(ideas.add().pk), "title": "Pilot", "claims": ["customer"], "iteration": may["id"]}
        test, other = bo.post("tests/", sent), bo.post("tests/", sent | {"iteration": None})
        assert (test["iteration"], other["iteration"]) == (may["id"], None)

        def within() -> list[str]:
            return [row["id"] for row in bo.get(f"tests/?partnership={here}&iteration={may['id']}")["results"]]

        assert within() == [test["id"]]
        bo.patch(f"tests/{other['id']}/", {"iteration": may["id"]}, if_match=other["etag"])
        assert within() == [test["id"], other["id"]]
        bo.patch(f"tests/{other['id']}/", {"iteration": None}, if_match="*")
        wrong = bo.patch(f"tests/{other['id']}/", {"iteration": NOWHERE}, status=422, if_match="*")["error"]
        assert list(wrong["fields"]) == ["iteration"]
        moment = quote(timezone.now().isoformat())
        bo.delete(f"iterations/{may['id']}/", if_match="*")
        assert (bo.get(f"tests/{test['id']}/")["iteration"], within()) == (None, [])
        told = bo.get(f"tests/?partnership={here}&updated_since={moment}")["results"]
        assert [row["id"] for row in told] == [test["id"]], "who follows tests hears of it"
        bo.post(f"iterations/{may['id']}/restoration/", None, status=200)
        assert bo.get(f"tests/{test['id']}/")["iteration"] == may["id"]

    def test_are_deleted_followed_and_brought_back(self, bo: Program, here: str, may: dict[str, Any]) -> None:
        path = f"iterations/{may['id']}/"
        assert bo.status(path, "DELETE", None) == 428
        assert bo.status(path, "PATCH", {"name": "So"}) == 428
        bo.patch(path, {"name": "Spring"}, if_match=may["etag"])
        assert bo.status(path, "DELETE", None, if_match=may["etag"]) == 412
        bo.delete(path, if_match="*")
        assert bo.status(path) == 404
        told = bo.get(f"iterations/?partnership={here}&{LONG_AGO}")
        assert (told["results"], [row["id"] for row in told["deleted"]]) == ([], [may["id"]])
        assert bo.post(f"{path}restoration/", None, status=200)["name"] == "Spring"
        told = bo.get(f"iterations/?partnership={here}&{LONG_AGO}")
        assert ([row["id"] for row in told["results"]], told["deleted"]) == ([may["id"]], [])

    @pytest.mark.parametrize(
        ("field", "value"), [("name", ""), ("name", "x" * 61), ("starts_on", None), ("ends_on", "1900-01-01")]
    )
    def test_refuse_what_makes_no_sense_at_its_field(
        self, bo: Program, may: dict[str, Any], field: str, value: Any
    ) -> None:
        refused = bo.patch(f"iterations/{may['id']}/", {field: value}, status=422, if_match="*")["error"]
        assert list(refused["fields"]) == [field]


class TestQuestions:
    def test_are_asked_linked_answered_and_opened_again(self, ideas: Ideas, bo: Program, here: str) -> None:
        idea, other = str(ideas.add().pk), ideas.add()
        made = bo.post("questions/", {"partnership": here, "text": "Who pays?", "ideas": [idea, str(other.pk)]})
        assert (made["is_open"], made["ideas"], made["author"]) == (True, [idea, str(other.pk)], str(ideas.cast.bo.pk))
        path = f"questions/{made['id']}/"
        said = bo.patch(path, {"text": "Who pays first?", "ideas": [idea], "answer": "Both"}, if_match=made["etag"])
        assert (said["text"], said["ideas"], said["answer"], said["is_open"]) == (
            "Who pays first?",
            [idea],
            "Both",
            False,
        )
        stale = bo.patch(path, {"answer": "Neither"}, status=412, if_match=made["etag"])["error"]
        assert (stale["yours"], stale["theirs"]["answer"]) == ({"answer": "Neither"}, "Both")

        def found(state: str) -> list[str]:
            return [row["id"] for row in bo.get(f"questions/?partnership={here}&open={state}")["results"]]

        assert (found("true"), found("false")) == ([], [made["id"]])
        assert bo.patch(path, {"answer": ""}, if_match="*")["is_open"]
        assert (found("true"), found("false")) == ([made["id"]], [])

    def test_are_changed_wholly_or_not_at_all(self, bo: Program, here: str) -> None:
        path = f"questions/{bo.post('questions/', {'partnership': here, 'text': 'Who pays?'})['id']}/"
        assert bo.status(path, "PATCH", {"text": "Who?", "ideas": [NOWHERE]}, if_match="*") == 404
        wrong = bo.patch(path, {"text": "Who?", "answer": "x" * 1001}, status=422, if_match="*")["error"]
        assert list(wrong["fields"]) == ["answer"]
        assert bo.get(path)["text"] == "Who pays?"

    def test_leave_out_ideas_that_are_gone_and_say_so(self, ideas: Ideas, bo: Program, here: str) -> None:
        idea = str(ideas.add().pk)
        made = bo.post("questions/", {"partnership": here, "text": "Who pays?", "ideas": [idea]})
        moment = quote(timezone.now().isoformat())
        bo.delete(f"hypotheses/{idea}/", if_match="*")
        (told,) = bo.get(f"questions/?partnership={here}&updated_since={moment}")["results"]
        assert (told["id"], told["ideas"]) == (made["id"], [])

    def test_made_twice_are_made_once(self, bo: Program, here: str) -> None:
        sent = {"id": str(uuid.uuid4()), "partnership": here, "text": "Who pays?"}
        assert bo.post("questions/", sent) == bo.post("questions/", sent)
        sent = {"id": str(uuid.uuid4()), "partnership": here, "name": "May", **MAY}
        assert bo.post("iterations/", sent) == bo.post("iterations/", sent)

    def test_are_deleted_followed_and_brought_back(self, bo: Program, here: str) -> None:
        made = bo.post("questions/", {"partnership": here, "text": "Who pays?"})
        path = f"questions/{made['id']}/"
        assert bo.status(path, "DELETE", None) == 428
        bo.delete(path, if_match=made["etag"])
        assert bo.status(path) == 404
        told = bo.get(f"questions/?partnership={here}&{LONG_AGO}")
        assert (told["results"], [row["id"] for row in told["deleted"]]) == ([], [made["id"]])
        assert bo.post(f"{path}restoration/", None, status=200)["text"] == "Who pays?"


class TestWho:
    def test_who_watches_reads_and_a_rival_finds_nothing(
        self, ideas: Ideas, program: Callable[..., Program], here: str, may: dict[str, Any]
    ) -> None:
        bo, eli, dan = (program(ideas.cast.members[name]) for name in ("bo", "eli", "dan"))
        asked = bo.post("questions/", {"partnership": here, "text": "Who pays?"})
        for path, body in ((f"iterations/{may['id']}/", {"name": "So"}), (f"questions/{asked['id']}/", {"text": "So"})):
            assert eli.get(path)["partnership"] == here
            assert eli.status(path, "PATCH", body) == 403, "who may not write hears that first"
            assert dan.status(path) == 404
            assert dan.status(path, "PATCH", body, if_match="*") == 404
        for name in ("iterations", "questions"):
            assert dan.status(f"{name}/?partnership={here}") == 404
            assert dan.get(f"{name}/?workspace={ideas.cast.workspace.pk}")["results"] == []

    def test_while_the_sheets_are_private_there_is_none(
        self, ideas: Ideas, program: Callable[..., Program], bo: Program, here: str, may: dict[str, Any]
    ) -> None:
        cast, asked = ideas.cast, bo.post("questions/", {"partnership": here, "text": "Who pays?"})
        workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
        for who in map(program, (cast.ana, cast.bo, cast.carla)):
            tries: list[tuple[str, str, Any]] = [
                ("POST", "iterations/", {"partnership": here, "name": "June", **JUNE}),
                ("POST", "questions/", {"partnership": here, "text": "And?"}),
            ]
            for path in (f"iterations/{may['id']}/", f"questions/{asked['id']}/"):
                tries += [("GET", path, None), ("PATCH", path, {}), ("DELETE", path, None)]
                tries += [("POST", f"{path}restoration/", None)]
            tries += [("PATCH", f"iterations/{may['id']}/review/", {"adapts": "So"})]
            for method, path, body in tries:
                assert who.status(path, method, body, if_match="*") == 404, (method, path)
            for name in ("iterations", "questions"):
                assert who.status(f"{name}/?partnership={here}") == 404
                told = who.get(f"{name}/?workspace={cast.workspace.pk}&{LONG_AGO}")
                assert (told["results"], told["deleted"]) == ([], [])

    def test_it_goes_with_the_partnership(self, ideas: Ideas, bo: Program, here: str, may: dict[str, Any]) -> None:
        asked = bo.post("questions/", {"partnership": here, "text": "Who pays?"})
        cast = ideas.cast
        workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        for name, thing in (("iterations", may), ("questions", asked)):
            assert bo.status(f"{name}/{thing['id']}/") == 404
            told = bo.get(f"{name}/?workspace={cast.workspace.pk}&{LONG_AGO}")
            assert (told["results"], [row["id"] for row in told["deleted"]]) == ([], [thing["id"]])


@pytest.mark.parametrize("name", ["iterations", "questions", "tests"])
def test_lists_are_read_in_a_known_number_of_queries(ideas: Ideas, bo: Program, here: str, name: str) -> None:
    counts = []
    day = timezone.localdate()
    for turn in range(2):
        idea, when = ideas.add(), (day + timedelta(days=turn)).isoformat()
        made = bo.post("iterations/", {"partnership": here, "name": "Day", "starts_on": when, "ends_on": when})
        bo.post("questions/", {"partnership": here, "text": "Who pays?", "ideas": [str(idea.pk)]})
        ideas.test(idea, iteration_id=uuid.UUID(made["id"]))
        bo.get(f"{name}/?partnership={here}")  # what is prepared once is prepared now
        with CaptureQueriesContext(connection) as queries:
            bo.get(f"{name}/?partnership={here}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
