"""Tests of joint ideas over REST."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.api.conftest import Program
from tests.api.hypotheses.conftest import NOWHERE
from tests.hypotheses.conftest import Ideas


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
