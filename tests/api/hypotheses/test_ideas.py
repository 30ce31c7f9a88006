"""Joint ideas over REST: written, changed, dropped, and told as they stand today."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.rules import REQUIRED, RULE_VERSION
from tests.api.conftest import Program
from tests.api.hypotheses.conftest import NOWHERE, learned
from tests.hypotheses.conftest import SUPPORTED, WORDS, Ideas


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
