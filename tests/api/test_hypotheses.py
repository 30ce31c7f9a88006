"""Joint ideas over REST: written, tested, learned from, accepted, and told as they stand today."""

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

from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.rules import REQUIRED, RULE_VERSION
from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.hypotheses.conftest import SUPPORTED, WORDS, Ideas, ideas

__all__ = ["ideas"]

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def bo(ideas: Ideas, program: Callable[..., Program]) -> Program:
    """The script of Nespresso's member."""
    return program(ideas.cast.bo)


@pytest.fixture
def eli(ideas: Ideas, program: Callable[..., Program]) -> Program:
    """The observer's script."""
    return program(ideas.cast.eli)


@pytest.fixture
def here(ideas: Ideas) -> str:
    """The partnership with De'Longhi."""
    return str(ideas.cast.with_delonghi.pk)


def learned(idea: str, **more: Any) -> dict[str, Any]:
    """What a card says that supports everything."""
    return {
        "hypothesis": idea,
        "observed": "34 of 100 buyers ordered pods again",
        "observed_on": timezone.localdate().isoformat(),
        "data_points": 100,
        "verdicts": SUPPORTED,
        "level": 4,
        "costs_start": "4 for each pod",
        "costs_end": "20 for each machine",
        **more,
    }


class TestIdeas:
    def test_are_walked_to_a_decision(self, ideas: Ideas, bo: Program, carla: Program, here: str) -> None:
        cast = ideas.cast
        answers = {"vanishes_without_start": True, "vanishes_without_end": True}
        made = bo.post("hypotheses/", {"partnership": here, "words": WORDS, "draft": True, **answers})
        path = f"hypotheses/{made['id']}/"
        assert (made["state"], made["label"], made["title"]) == ("draft", "synergy", WORDS["new_value"])
        assert made["checks"]["new_value"]
        assert (made["level"], made["score"], made["quadrant"]) == (0, 15, "test_now")
        assert made["rule_version"] == RULE_VERSION
        assert bo.post(f"{path}flag/", None, status=200)["state"] == "flagged"
        test = bo.post("tests/", {"hypothesis": made["id"], "claims": ["customer"], "experiment": "small_pilot"})
        assert bo.get(path)["state"] == "test_designed"
        told = bo.put(f"tests/{test['id']}/start/", status=422)["error"]
        assert (told["code"], list(told["fields"])) == ("no_criterion", ["criterion"])
        bo.patch(f"tests/{test['id']}/", {"criterion": "30 of 100"}, if_match=test["etag"])
        running = bo.put(f"tests/{test['id']}/start/")
        assert (running["run"], running["criterion_at_start"]) == ("running", "30 of 100")
        assert bo.get(path)["state"] == "testing"
        assert bo.put(f"tests/{test['id']}/count/", {"points": 34})["points"] == 34
        assert bo.put(f"tests/{test['id']}/end/")["run"] == "ended"
        card = bo.post("learnings/", learned(made["id"], tests=[test["id"]]))
        assert (card["tests"], card["agreed"], card["is_of_now"]) == ([test["id"]], False, True)
        bo.put(f"learnings/{card['id']}/acceptances/{cast.nespresso.pk}/", {"revision": 1})
        one_sided = bo.get(path)
        assert one_sided["state"] != "validated"
        assert {doubt for claim in one_sided["claims"] for doubt in claim["doubts"]} == {"not_accepted_by_end"}
        carla.put(f"learnings/{card['id']}/acceptances/{cast.delonghi.pk}/", {"revision": 1})
        holds = carla.get(path)
        assert (holds["state"], holds["level"], holds["holds_only_for"]) == ("validated", 4, None)
        assert holds["expires_on"] > timezone.localdate().isoformat()
        required = [claim for claim in holds["claims"] if claim["claim"] in {claim.value for claim in REQUIRED}]
        assert {(claim["standing"], claim["rests_on"]) for claim in required} == {("supported", card["id"])}
        companies = {claim["claim"]: claim["organisation"] for claim in holds["claims"] if claim["organisation"]}
        assert companies == {"model_start": str(cast.nespresso.pk), "model_end": str(cast.delonghi.pk)}

    def test_that_hold_for_one_only_say_for_whom(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.add()
        ideas.test(idea)
        ideas.accept(ideas.card(idea, verdicts={**SUPPORTED, "model_end": "unclear"}))
        told = bo.get(f"hypotheses/{idea.pk}/")
        assert (told["state"], told["waits_for"]) == ("supported_start_only", "model_end")
        assert (told["holds_only_for"], told["expires_on"]) == (str(ideas.cast.nespresso.pk), None)

    def test_are_reworded_and_marked_in_the_version_that_was_read(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.validated()
        path = f"hypotheses/{idea.pk}/"
        read = bo.call("GET", path)["ETag"]
        for method, body in (("PATCH", {"title": "Other"}), ("DELETE", None)):
            assert bo.call(method, path, body).json()["error"]["code"] == "version_missing"
        changed = bo.patch(path, {"importance": 5, "words": {"segment": "flats"}}, if_match=read)
        assert (changed["importance"], changed["words"]["segment"]) == (5, "flats")
        assert (changed["version"], changed["state"]) == (2, "testing"), "what was learned is old"
        assert changed["words"]["new_value"] == WORDS["new_value"]
        refused = bo.patch(path, {"title": "Late"}, status=412, if_match=read)["error"]
        assert (refused["yours"], refused["theirs"]["version"]) == ({"title": "Late"}, 2)
        assert bo.status(path, "DELETE", None, if_match=read) == 412

    def test_are_changed_wholly_or_not_at_all(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.add()
        body = {"words": {"segment": "flats"}, "notes": [NOWHERE]}
        assert bo.patch(f"hypotheses/{idea.pk}/", body, status=404, if_match="*")["error"]["code"] == "not_found"
        assert bo.get(f"hypotheses/{idea.pk}/")["version"] == 1

    def test_are_deleted_with_their_cards_and_brought_back(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.validated()
        path, since = f"hypotheses/{idea.pk}/", quote((timezone.now() - timedelta(hours=1)).isoformat())
        bo.delete(path, if_match="*")
        assert bo.status(path) == 404
        about = f"?workspace={ideas.cast.workspace.pk}"
        for name in ("hypotheses", "tests", "learnings"):
            assert bo.get(f"{name}/{about}")["results"] == []
            (gone,) = bo.get(f"{name}/{about}&updated_since={since}")["deleted"]
            assert bo.status(f"{name}/{gone['id']}/") == 404
        later = quote(timezone.now().isoformat())
        assert bo.post(f"{path}restoration/", None, status=200)["state"] == "validated"
        for name in ("hypotheses", "tests", "learnings"):
            assert len(bo.get(f"{name}/{about}&updated_since={later}")["results"]) == 1, "all of it came back"

    def test_are_dropped_taken_up_and_gone_on_with(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.add()
        path = f"hypotheses/{idea.pk}/"
        assert "why" in bo.post(f"{path}retirement/", {"why": ""}, status=422)["error"]["fields"]
        dropped = bo.post(f"{path}retirement/", {"why": "Too dear"}, status=200)
        assert (dropped["state"], dropped["why"]) == ("retired", "Too dear")
        again = bo.post(f"{path}flag/", None, status=422)["error"]
        assert (again["code"], again["state"]) == ("illegal_move", "retired")
        assert bo.post(f"{path}taking-up/", None, status=200)["state"] == "flagged"
        sent = {"why": "Rent instead", "id": str(uuid.uuid4())}
        new = bo.post(f"{path}pivot/", sent)
        assert (new["id"], new["came_from"], new["state"]) == (sent["id"], str(idea.pk), "draft")
        assert bo.post(f"{path}pivot/", sent)["id"] == new["id"]
        assert bo.get(path)["state"] == "pivoted"
        other = ideas.add()
        taken = {"why": "Rent instead", "id": str(idea.pk)}
        assert bo.status(f"hypotheses/{other.pk}/pivot/", "POST", taken) == 404, "an id of another idea"

    def test_are_found_by_state_and_partnership(self, ideas: Ideas, bo: Program, here: str) -> None:
        holds, waits = ideas.validated(), ideas.add()

        def found(query: str) -> list[str]:
            return [row["id"] for row in bo.get(f"hypotheses/?{query}")["results"]]

        assert found(f"partnership={here}") == [str(holds.pk), str(waits.pk)]
        assert found(f"partnership={here}&state=validated") == [str(holds.pk)]
        assert found(f"partnership={here}&state=flagged") == [str(waits.pk)]
        assert found(f"partnership={ideas.cast.with_breville.pk}") == []
        assert bo.status(f"hypotheses/?partnership={here}&state=won") == 422
        first = bo.get(f"hypotheses/?partnership={here}&limit=1")
        (second,) = bo.get(first["next"].partition("/api/v1/")[2])["results"]
        assert second["id"] == str(waits.pk)

    def test_can_be_followed_with_what_hangs_on_them(self, ideas: Ideas, bo: Program, here: str) -> None:
        one, two = ideas.add(), ideas.add()
        moment = quote(bo.get(f"hypotheses/{two.pk}/")["updated_at"])
        ideas.test(one)
        ideas.accept(ideas.card(one))
        rows = bo.get(f"hypotheses/?partnership={here}&updated_since={moment}")["results"]
        assert [row["id"] for row in rows] == [str(two.pk), str(one.pk)]

    def test_made_twice_are_made_once(self, bo: Program, here: str) -> None:
        sent = {"id": str(uuid.uuid4()), "partnership": here, "words": {"new_value": "One system"}}
        assert bo.post("hypotheses/", sent) == bo.post("hypotheses/", sent)
        key = str(uuid.uuid4())
        del sent["id"]
        first, again = (bo.post("hypotheses/", sent, idempotency_key=key) for _turn in range(2))
        assert first == again
        assert SynergyHypothesis.objects.count() == 2

    def test_say_what_they_rest_on(self, ideas: Ideas, bo: Program, here: str) -> None:
        table, cast = ideas.table, ideas.cast
        pair = table.agree(table.licence, table.system)
        sent = {"partnership": here, "words": WORDS, "notes": [str(table.licence.pk)], "pairs": [str(pair.pk)]}
        made = bo.post("hypotheses/", {**sent, "finding": "met"})
        assert (made["notes"], made["pairs"], made["finding"]) == (sent["notes"], sent["pairs"], "met")
        deleted = cast.client(cast.bo).post(f"/notes/{table.licence.pk}/deletion/", {"confirmed": "1"})
        assert deleted.status_code == 302
        told = bo.get(f"hypotheses/{made['id']}/")
        assert (told["notes"], told["pairs"]) == ([], [])
        assert told["words"]["input_start"] == WORDS["input_start"], "the text is kept"
        for wrong in ({"notes": [str(cast.note("Elsewhere").pk)]}, {"pairs": [NOWHERE]}, {"sentence": NOWHERE}):
            assert bo.status("hypotheses/", "POST", sent | {"notes": [], "pairs": []} | wrong) == 404, wrong

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("words", {"segment": "x" * 301}),
            ("words", {"block_start": "desired_value"}),
            ("words", []),
            ("importance", 6),
            ("importance", None),
            ("assumed_level", 2),
            ("vanishes_without_start", "perhaps"),
            ("notes", ["one"]),
            ("title", ""),
        ],
    )
    def test_refuse_what_makes_no_sense_at_its_field(self, ideas: Ideas, bo: Program, field: str, value: Any) -> None:
        idea = ideas.add()
        refused = bo.patch(f"hypotheses/{idea.pk}/", {field: value}, status=422, if_match="*")["error"]
        assert any(name.partition(".")[0] == field for name in refused["fields"])


class TestTests:
    def test_are_described_changed_and_brought_back(self, ideas: Ideas, bo: Program) -> None:
        cast, idea = ideas.cast, ideas.add()
        sent = {
            "hypothesis": str(idea.pk),
            "title": "Pilot",
            "claims": ["transfer", "customer"],
            "owner_start": str(cast.bo.pk),
            "owner_end": str(cast.carla.pk),
            "due_on": "2026-12-24",
            "cost": 2,
        }
        made = bo.post("tests/", sent)
        assert made["claims"] == ["customer", "transfer"]
        assert (made["owner_start"], made["owner_end"]) == (str(cast.bo.pk), str(cast.carla.pk))
        path = f"tests/{made['id']}/"
        read = bo.call("GET", path)["ETag"]
        assert bo.status(path, "PATCH", {"does": "Ask"}) == 428
        changed = bo.patch(path, {"does": "Ask", "owner_end": None, "cost": None}, if_match=read)
        assert (changed["does"], changed["owner_end"], changed["cost"]) == ("Ask", None, None)
        assert bo.patch(path, {"does": "Late"}, status=412, if_match=read)["error"]["theirs"]["does"] == "Ask"
        bo.delete(path, if_match="*")
        assert bo.status(path) == 404
        assert bo.post(f"{path}restoration/", None, status=200)["does"] == "Ask"

    def test_fix_their_criterion_when_they_start(self, ideas: Ideas, bo: Program) -> None:
        test = ideas.started(ideas.add())
        path = f"tests/{test.pk}/"
        refused = bo.patch(path, {"criterion": "10 of 100"}, status=422, if_match="*")["error"]
        assert (refused["code"], list(refused["fields"])) == ("no_reason", ["why"])
        told = bo.patch(path, {"criterion": "10 of 100", "why": "Half the shops are shut"}, if_match="*")
        assert (told["criterion"], told["criterion_why"]) == ("10 of 100", "Half the shops are shut")
        assert told["criterion_at_start"] == test.criterion
        assert bo.patch(path, {"claims": ["transfer"]}, status=422, if_match="*")["error"]["code"] == "started"

    def test_start_end_and_go_on_once(self, ideas: Ideas, bo: Program) -> None:
        test = ideas.test(ideas.add())
        path = f"tests/{test.pk}/"
        assert bo.put(f"{path}count/", {"points": 3}, status=422)["error"]["code"] == "not_running"
        assert bo.put(f"{path}end/", status=422)["error"]["code"] == "not_running"
        assert bo.put(f"{path}start/") == bo.put(f"{path}start/")
        assert bo.put(f"{path}end/") == bo.put(f"{path}end/")
        assert bo.delete(f"{path}end/", status=200)["run"] == "running"

    def test_are_found_by_what_matters(self, ideas: Ideas, bo: Program, here: str) -> None:
        idea, other = ideas.add(), ideas.add()
        waits = ideas.test(idea, due_on=timezone.localdate())
        runs = ideas.started(other)

        def found(query: str) -> list[str]:
            return [row["id"] for row in bo.get(f"tests/?{query}")["results"]]

        assert found(f"partnership={here}") == [str(waits.pk), str(runs.pk)]
        assert found(f"hypothesis={other.pk}") == [str(runs.pk)]
        assert found(f"partnership={here}&run=designed") == [str(waits.pk)]
        assert found(f"partnership={here}&run=running") == [str(runs.pk)]
        assert found(f"partnership={here}&run=ended") == []
        assert found(f"partnership={here}&due={timezone.localdate()}") == [str(waits.pk)]
        assert bo.status(f"tests/?hypothesis={NOWHERE}") == 404
        for wrong in ("run=walking", "due=soon"):
            assert bo.status(f"tests/?partnership={here}&{wrong}") == 422, wrong

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("claims", []),
            ("claims", ["luck"]),
            ("experiment", "magic"),
            ("cost", 4),
            ("due_on", "soon"),
            ("due_on", "1999-12-31"),
            ("points_wanted", 0),
            ("links", ["javascript:alert(1)"]),
            ("owner_start", NOWHERE),
        ],
    )
    def test_refuse_what_makes_no_sense_at_its_field(self, ideas: Ideas, bo: Program, field: str, value: Any) -> None:
        test = ideas.test(ideas.add())
        refused = bo.patch(f"tests/{test.pk}/", {field: value}, status=422, if_match="*")["error"]
        assert any(name.partition(".")[0] == field for name in refused["fields"])

    def test_are_not_due_before_they_start(self, ideas: Ideas, bo: Program) -> None:
        sent = {"hypothesis": str(ideas.add().pk), "title": "Pilot", "claims": ["customer"]}
        days = {"starts_on": "2026-12-02", "due_on": "2026-12-01"}
        assert "due_on" in bo.post("tests/", sent | days, status=422)["error"]["fields"]


class TestLearnings:
    def test_say_something_only_with_data(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.add()
        whole = learned(str(idea.pk))
        assert bo.post("learnings/", whole, status=422)["error"]["code"] == "illegal_move", "nothing was tested"
        ideas.test(idea)
        for name in ("observed", "observed_on", "data_points", "verdicts", "level"):
            refused = bo.post("learnings/", {key: value for key, value in whole.items() if key != name}, status=422)
            assert list(refused["error"]["fields"]) == [name]
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        wrong = {"observed": "", "data_points": 0, "verdicts": {}, "observed_on": tomorrow, "level": 6}
        for name, value in wrong.items():
            assert list(bo.post("learnings/", whole | {name: value}, status=422)["error"]["fields"]) == [name]
        assert bo.status("learnings/", "POST", whole | {"tests": [NOWHERE]}) == 404

    def test_are_accepted_as_they_read_and_by_nobody_else(
        self, ideas: Ideas, ana: Program, bo: Program, carla: Program, eli: Program
    ) -> None:
        cast, idea = ideas.cast, ideas.add()
        ideas.test(idea)
        made = bo.post("learnings/", learned(str(idea.pk)))
        path = f"learnings/{made['id']}/"
        ours, theirs = (f"{path}acceptances/{pk}/" for pk in (cast.nespresso.pk, cast.delonghi.pk))
        for who in (ana, bo, eli):
            assert who.status(theirs, "PUT", {}) == 403
        assert bo.status(f"{path}acceptances/{cast.breville.pk}/", "PUT", {}) == 404
        bo.put(ours, {"revision": 1})
        agreed = carla.put(theirs, {})
        assert agreed["agreed"]
        assert {row["by"] for row in agreed["acceptances"]} == {str(cast.bo.pk), str(cast.carla.pk)}
        assert bo.status(path, "PATCH", {"level": 5}, if_match=made["etag"]) == 412, "a yes is a change"
        changed = bo.patch(path, {"level": 5}, if_match=agreed["etag"])
        assert (changed["revision"], changed["acceptances"], changed["agreed"]) == (2, [], False)
        stale = carla.put(theirs, {"revision": 1}, status=409)["error"]
        assert (stale["code"], stale["version"]) == ("reworded", 2)
        carla.put(theirs, {"revision": 2})
        assert carla.delete(theirs, status=200)["acceptances"] == []

    def test_are_deleted_brought_back_and_followed(self, ideas: Ideas, bo: Program, here: str) -> None:
        idea = ideas.add()
        ideas.test(idea)
        one, two = (str(ideas.card(idea).pk) for _ in range(2))
        moment = quote(bo.get(f"learnings/{two}/")["updated_at"])
        bo.patch(f"learnings/{one}/", {"verdicts": {"customer": "refutes"}}, if_match="*")
        bo.delete(f"learnings/{two}/", if_match="*")
        since = bo.get(f"learnings/?hypothesis={idea.pk}&updated_since={moment}")
        assert [row["id"] for row in since["results"]] == [one]
        assert since["results"][0]["verdicts"] == {"customer": "refutes"}
        assert [row["id"] for row in since["deleted"]] == [two]
        assert bo.post(f"learnings/{two}/restoration/", None, status=200)["id"] == two
        assert len(bo.get(f"learnings/?partnership={here}")["results"]) == 2

    def test_on_an_earlier_sentence_are_told_as_old(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.validated()
        bo.patch(f"hypotheses/{idea.pk}/", {"words": {"segment": "flats"}}, if_match="*")
        (card,) = bo.get(f"learnings/?hypothesis={idea.pk}")["results"]
        assert (card["version"], card["is_of_now"]) == (1, False)


class TestWho:
    WRITES: tuple[tuple[str, str, Any], ...] = (
        ("POST", "hypotheses/", "idea"),
        ("PATCH", "hypotheses/{idea}/", {"importance": 1}),
        ("DELETE", "hypotheses/{idea}/", None),
        ("POST", "hypotheses/{idea}/restoration/", None),
        ("POST", "hypotheses/{draft}/flag/", None),
        ("POST", "hypotheses/{idea}/retirement/", {"why": "So"}),
        ("POST", "hypotheses/{idea}/pivot/", {"why": "So"}),
        ("POST", "hypotheses/{rests}/taking-up/", None),
        ("POST", "tests/", "test"),
        ("PATCH", "tests/{test}/", {"does": "So"}),
        ("DELETE", "tests/{test}/", None),
        ("POST", "tests/{test}/restoration/", None),
        ("PUT", "tests/{test}/start/", None),
        ("PUT", "tests/{runs}/count/", {"points": 1}),
        ("PUT", "tests/{runs}/end/", None),
        ("DELETE", "tests/{runs}/end/", None),
        ("POST", "learnings/", "card"),
        ("PATCH", "learnings/{card}/", {"learned": "So"}),
        ("DELETE", "learnings/{card}/", None),
        ("POST", "learnings/{card}/restoration/", None),
        ("PUT", "learnings/{card}/acceptances/{company}/", {}),
        ("DELETE", "learnings/{card}/acceptances/{company}/", None),
    )

    @pytest.fixture
    def tries(self, ideas: Ideas, here: str) -> list[tuple[str, str, Any]]:
        """Every write, with ids filled in."""
        idea, draft, rests = ideas.add(), ideas.add(flagged=False), ideas.add()
        runs = ideas.started(idea)
        workshop = ideas.cast.client(ideas.cast.bo)
        program = Program(workshop)
        program.post(f"hypotheses/{rests.pk}/retirement/", {"why": "So"}, status=200)
        ids = {"idea": idea.pk, "draft": draft.pk, "rests": rests.pk, "runs": runs.pk, "test": ideas.test(idea).pk}
        ids |= {"card": ideas.card(idea).pk, "company": ideas.cast.nespresso.pk}
        bodies = {
            "idea": {"partnership": here, "words": WORDS},
            "test": {"hypothesis": str(idea.pk), "title": "Pilot", "claims": ["customer"]},
            "card": learned(str(idea.pk)),
        }
        return [
            (method, path.format(**ids), bodies.get(body, body) if isinstance(body, str) else body)
            for method, path, body in self.WRITES
        ]

    def test_people_of_the_two_companies_and_facilitators_write(
        self, tries: list[tuple[str, str, Any]], bo: Program, eli: Program, dan: Program
    ) -> None:
        for method, path, body in tries:
            assert eli.status(path, method, body, if_match="*") == 403, (method, path)
            assert eli.status(path, method, body) == 403, "who may not write hears that first"
            assert dan.status(path, method, body, if_match="*") == 404, (method, path)
        in_order = [each for each in tries if each[0] != "DELETE" or "end" in each[1] or "acceptances" in each[1]]
        for method, path, body in in_order:
            if "pivot" not in path and "retirement" not in path:
                assert bo.status(path, method, body, if_match="*") in (200, 201), (method, path)

    def test_while_the_sheets_are_private_there_is_nothing(
        self, ideas: Ideas, tries: list[tuple[str, str, Any]], program: Callable[..., Program], here: str
    ) -> None:
        cast = ideas.cast
        workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
        for who in map(program, (cast.ana, cast.bo, cast.carla)):
            for method, path, body in tries:
                assert who.status(path, method, body, if_match="*") == 404, (method, path)
                assert who.status(path, method, body) == 404, (method, path)
            for name in ("hypotheses", "tests", "learnings"):
                assert who.status(f"{name}/?partnership={here}") == 404
                told = who.get(f"{name}/?workspace={cast.workspace.pk}&updated_since=2020-01-01T00:00:00Z")
                assert (told["results"], told["deleted"]) == ([], [])

    def test_the_library_is_told_to_everybody_who_asks_by_name(self, eli: Program, ideas: Ideas) -> None:
        kinds = eli.get("experiments/")["results"]
        assert len(kinds) >= 25
        assert {kind["level"] for kind in kinds} == {1, 2, 3, 4, 5}
        assert all(kind["title"] and kind["risks"] for kind in kinds)
        assert ideas.cast.client(None).get("/api/v1/experiments/").status_code == 401


@pytest.mark.parametrize("name", ["hypotheses", "tests", "learnings"])
def test_lists_are_read_in_a_known_number_of_queries(ideas: Ideas, bo: Program, here: str, name: str) -> None:
    counts = []
    for _turn in range(2):
        ideas.validated()
        ideas.validated()
        bo.get(f"{name}/?partnership={here}")  # what is prepared once is prepared now
        with CaptureQueriesContext(connection) as queries:
            bo.get(f"{name}/?partnership={here}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
