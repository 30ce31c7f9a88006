"""Joint ideas as they are exported: with tests and what was learned, as they stand, and silent about the hidden."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.hypotheses import operations
from partners.workspaces import operations as workshops
from tests.exports.test_comparisons import rows
from tests.exports.test_json import exported
from tests.hypotheses.conftest import SUPPORTED, WORDS, Ideas, ideas
from tests.remembering import remembered
from tests.value_fit.conftest import table

__all__ = ["ideas", "table"]

PARTS = ("ideas", "tests", "learnings", "iterations", "questions")


@pytest.fixture
def full(ideas: Ideas) -> Ideas:
    """An idea that holds for both, one that waits for De'Longhi, a draft; and of each thing one that is deleted."""
    return full_again(ideas)


@remembered
def full_again(ideas: Ideas) -> Ideas:
    cast = ideas.cast
    ideas.validated()
    waiting = ideas.add(title="Waiting")
    seen, day = ideas.table.seen(cast.bo), date(2026, 5, 4)
    may, june = (
        operations.plan_iteration(seen=seen, name=name, starts_on=start, ends_on=start + timedelta(days=10))
        for name, start in (("May", day), ("Deleted weeks", day + timedelta(days=30)))
    )
    operations.close_iteration(seen=ideas.table.seen(cast.carla), iteration=may, adapts="Both send one person")
    ideas.test(waiting, title="Loose", iteration_id=june.pk)
    operations.remove_iteration(seen=seen, iteration=june)
    operations.ask_question(seen=seen, text="Who pays?", ideas=[waiting.pk])
    operations.remove_question(seen=seen, question=operations.ask_question(seen=seen, text="Deleted question"))
    test = ideas.started(
        waiting,
        iteration_id=may.pk,
        owner_end_id=cast.carla.pk,
        experiment="small_pilot",
        links=["https://example.org/a"],
    )
    ideas.accept(ideas.card(waiting, verdicts={**SUPPORTED, "model_end": "unclear"}, tests=[str(test.pk)]))
    ideas.add(flagged=False, words={"input_start": "=1+1"})
    operations.remove_idea(seen=ideas.table.seen(cast.bo), idea=ideas.add(title="Deleted"))
    operations.remove_test(seen=ideas.table.seen(cast.bo), test=ideas.test(waiting, title="Deleted test"))
    return ideas


def of_delonghi(document: dict[str, Any], full: Ideas) -> dict[str, Any]:
    """The ideas with De'Longhi in a document."""
    wanted = str(full.cast.with_delonghi.pk)
    (found,) = (each for each in document["hypotheses"] if each["partnership"] == wanted)
    told: dict[str, Any] = found
    return told


def test_all_of_it_is_there(full: Ideas) -> None:
    cast = full.cast
    document = exported(cast, cast.ana)
    assert len(document["hypotheses"]) == 2
    told = of_delonghi(document, full)
    holds, waiting, draft = told["ideas"]
    assert (holds["state"], holds["words"]["new_value"], holds["label"]) == (
        "validated",
        WORDS["new_value"],
        "synergy",
    )
    assert (waiting["state"], waiting["holds_only_for"]) == ("supported_start_only", str(cast.nespresso.pk))
    assert (draft["state"], draft["label"]) == ("draft", "exchange")
    _first, loose, test = told["tests"]
    assert (test["run"], test["owner_end"], test["hypothesis"]) == ("running", str(cast.carla.pk), waiting["id"])
    _first, card = told["learnings"]
    assert (card["tests"], card["agreed"], card["is_of_now"]) == ([test["id"]], True, True)
    (may,), (question,) = told["iterations"], told["questions"]
    assert (may["name"], may["starts_on"], may["adapts"]) == ("May", "2026-05-04", "Both send one person")
    assert (may["author"], may["closed_by"]) == (str(cast.bo.pk), str(cast.carla.pk))
    assert (test["iteration"], loose["iteration"]) == (may["id"], None)
    assert (question["text"], question["is_open"], question["ideas"]) == ("Who pays?", True, [waiting["id"]])
    assert "Deleted" not in json.dumps(told)


@pytest.mark.parametrize("who", ["carla", "eli"])
def test_it_names_only_what_is_in_it(full: Ideas, who: str) -> None:
    document = exported(full.cast, full.cast.members[who])
    (told,) = document["hypotheses"]
    people = {row["id"] for row in document["members"]}
    named = {row["author"] for part in PARTS for row in told[part]}
    named |= {row[owner] for row in told["tests"] for owner in ("owner_start", "owner_end")}
    named |= {row["closed_by"] for row in told["iterations"]}
    named |= {said["by"] for row in told["learnings"] for said in row["acceptances"]}
    assert named - {None} <= people
    assert exported(full.cast, full.cast.dan)["hypotheses"][0]["ideas"] == []


def test_a_sheet_comes_with_the_ideas_of_its_partnership(full: Ideas) -> None:
    cast = full.cast
    sheet = cast.sheet(cast.with_delonghi, cast.delonghi)
    (told,) = exported(cast, cast.carla, f"canvases/{sheet.pk}/export/")["hypotheses"]
    assert len(told["ideas"]) == 3
    assert exported(cast, cast.carla, f"canvases/{cast.model(cast.delonghi).pk}/export/")["hypotheses"] == []


def test_there_are_none_while_sheets_are_private(full: Ideas) -> None:
    cast = full.cast
    workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
    for member in (cast.ana, cast.bo, cast.carla):
        found = {each["partnership"] for each in exported(cast, member)["hypotheses"]}
        assert str(cast.with_delonghi.pk) not in found
        assert rows(cast, member, "hypotheses") == []


def test_the_table_has_a_row_per_idea_and_columns_per_company(full: Ideas) -> None:
    holds, waiting, draft = rows(full.cast, full.cast.ana, "hypotheses")
    assert (holds["state"], holds["says"], holds["is"]) == ("validated", "holds for both", "joint idea")
    assert (holds["Nespresso: brings"], holds["De'Longhi: gains"]) == (WORDS["input_start"], WORDS["gain_end"])
    assert (holds["De'Longhi: in block"], holds["De'Longhi: pays"]) == ("Revenue Streams", "supported")
    assert (waiting["says"], waiting["De'Longhi: pays"]) == ("only for Nespresso so far", "open")
    assert (waiting["Nespresso: pays"], waiting["Breville: pays"], waiting["expires_on"]) == ("supported", "", "")
    assert (waiting["tests"], waiting["learnings"]) == ("2", "1")
    assert (draft["Nespresso: brings"], draft["idea"]) == ("'=1+1", "'=1+1")
    assert "Breville: brings" not in rows(full.cast, full.cast.carla, "hypotheses")[0]
    assert rows(full.cast, full.cast.dan, "hypotheses") == []


def test_it_is_read_in_a_known_number_of_queries(full: Ideas) -> None:
    counts = []
    for turn in range(2):
        holds = full.validated()
        seen, day = full.table.seen(full.cast.bo), date(2026, 7, turn + 1)
        operations.plan_iteration(seen=seen, name="July", starts_on=day, ends_on=day)
        operations.ask_question(seen=seen, text="And then?", ideas=[holds.pk])
        exported(full.cast, full.cast.carla)
        with CaptureQueriesContext(connection) as queries:
            exported(full.cast, full.cast.carla)
            rows(full.cast, full.cast.carla, "hypotheses")
        counts.append(len(queries))
    assert counts[0] == counts[1]
