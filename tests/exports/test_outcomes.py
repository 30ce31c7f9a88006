"""What companies decided, do next and accepted, as it is exported: whole, in order, and silent about what is hidden."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.outcome import operations
from partners.workspaces import operations as workshops
from tests.exports.test_json import exported
from tests.outcome.conftest import IN_MAY, Outcome, outcome
from tests.remembering import remembered

__all__ = ["outcome"]


@pytest.fixture
def full(outcome: Outcome) -> Outcome:
    """An outcome with something of everything, agreed by both."""
    return full_again(outcome)


@remembered
def full_again(outcome: Outcome) -> Outcome:
    cast, seen = outcome.cast, outcome.table.seen
    operations.decide(seen=seen(cast.bo), verdict="go_on")
    operations.explain(seen=seen(cast.bo), text="It pays both")
    for member in (cast.bo, cast.carla):
        assert member.organisation_id
        operations.assent(seen=seen(member), organisation_id=member.organisation_id)
    outcome.accept(outcome.agreed(), into="revenue_streams")
    outcome.step("Ask ten shops", who="Carla Rossi", by_when=IN_MAY, finding="gap", note_id=outcome.table.pull.pk)
    done = outcome.step("Write a letter", who="The lawyers")
    operations.tick_step(seen=seen(cast.bo), step=done)
    operations.move_step(seen=seen(cast.bo), step=done, after=None)
    operations.remove_step(seen=seen(cast.bo), step=outcome.step("Forget this"))
    return outcome


def of_delonghi(document: dict[str, Any], full: Outcome) -> dict[str, Any]:
    """The outcome with De'Longhi in a document."""
    wanted = str(full.cast.with_delonghi.pk)
    (found,) = (each for each in document["outcomes"] if each["partnership"] == wanted)
    told: dict[str, Any] = found
    return told


def test_all_of_it_is_there(full: Outcome) -> None:
    cast = full.cast
    document = exported(cast, cast.ana)
    assert len(document["outcomes"]) == 2
    told = of_delonghi(document, full)
    decision = told["decision"]
    assert (decision["verdict"], decision["why"], decision["agreed"]) == ("go_on", "It pays both", True)
    assert {row["by"] for row in decision["assents"]} == {str(cast.bo.pk), str(cast.carla.pk)}
    letter, shops = told["steps"]
    assert (letter["who"], letter["member"], bool(letter["done_at"])) == ("The lawyers", None, True)
    assert (shops["who"], shops["member"], shops["by_when"]) == ("Carla Rossi", str(cast.carla.pk), "2025-05-29")
    assert (shops["finding"], shops["note"]) == ("gap", str(full.table.pull.pk))
    (accepted,) = told["accepted"]
    landed = full.landed("nespresso", "revenue_streams")
    place = {"note": str(landed.pk), "organisation": str(cast.nespresso.pk), "block": "revenue_streams"}
    assert place in accepted["notes"]
    notes = {note["id"] for sheet in document["canvases"] for block in sheet["blocks"] for note in block["notes"]}
    assert {row["note"] for row in accepted["notes"]} <= notes
    (compared,) = (row for row in document["comparisons"] if row["partnership"] == told["partnership"])
    assert accepted["sentence"] in {row["id"] for row in compared["sentences"]}


def test_one_sheet_comes_with_that_of_its_partnership(full: Outcome) -> None:
    cast = full.cast
    sheet, model = cast.sheet(cast.with_delonghi, cast.nespresso), cast.model(cast.nespresso)
    told = exported(cast, cast.bo, f"canvases/{sheet.pk}/export/")["outcomes"]
    assert [row["partnership"] for row in told] == [str(cast.with_delonghi.pk)]
    assert len(told[0]["steps"]) == 2
    assert exported(cast, cast.bo, f"canvases/{model.pk}/export/")["outcomes"] == []


def test_nothing_is_there_for_the_rival(full: Outcome) -> None:
    cast = full.cast
    document = exported(cast, cast.dan)
    assert [row["partnership"] for row in document["outcomes"]] == [str(cast.with_breville.pk)]
    assert "It pays both" not in json.dumps(document)
    nothing = {"verdict": "", "why": "", "why_version": 0, "by": None, "decided_at": None, "assents": []}
    assert document["outcomes"][0]["decision"] == nothing | {"agreed": False}


def test_people_who_are_hidden_are_not_named(full: Outcome) -> None:
    """Somebody of the rival who does a step is nobody for De'Longhi."""
    cast = full.cast
    operations.change_step(seen=full.table.seen(cast.ana), step=full.step("Taste it"), who="Dan Webb")
    steps = {row["what"]: row for row in of_delonghi(exported(cast, cast.carla), full)["steps"]}
    assert (steps["Taste it"]["who"], steps["Taste it"]["member"]) == ("", None)
    steps = {row["what"]: row for row in of_delonghi(exported(cast, cast.ana), full)["steps"]}
    assert (steps["Taste it"]["who"], steps["Taste it"]["member"]) == ("Dan Webb", str(cast.dan.pk))


def test_while_the_sheets_are_private_their_notes_are_not_named(outcome: Outcome) -> None:
    cast = outcome.cast
    step = outcome.step(by=cast.carla, finding="gap", note_id=outcome.table.pull.pk)
    workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
    told = {who: of_delonghi(exported(cast, cast.members[who]), outcome) for who in ("ana", "bo", "carla")}
    assert {who: row["steps"][0]["note"] for who, row in told.items()} == {
        "ana": None,
        "bo": None,
        "carla": str(step.note_id),
    }
    assert [row["accepted"] for row in told.values()] == [[], [], []]


def test_queries_do_not_grow(full: Outcome) -> None:
    counts = []
    for _round in range(2):
        for place in range(5):
            full.step(f"Step {place}", who="Bo Keller", note_id=full.table.system.pk)
        full.accept(_another(full))
        with CaptureQueriesContext(connection) as queries:
            exported(full.cast, full.cast.carla)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _another(full: Outcome) -> Any:
    sentence = full.created("And one more")
    full.both_say_yes(sentence)
    return sentence
