"""What is sent under a name that means nothing is refused, and what was read can be sent back as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partners.canvases.models import Note
from partners.events.models import Event
from partners.hypotheses.operations import ask_question, plan_iteration
from tests.api.conftest import Program
from tests.factories import Cast
from tests.hypotheses.conftest import SUPPORTED, Ideas, ideas
from tests.outcome.conftest import Outcome

__all__ = ["ideas"]


@pytest.fixture
def standing(ideas: Ideas) -> dict[str, str]:
    """The address of one thing of each kind that can be changed."""
    cast, table = ideas.cast, ideas.table
    seen, outcome = table.seen(cast.bo), Outcome(table)
    idea = ideas.add()
    running = ideas.started(idea)
    plan = plan_iteration(seen=seen, name="May", starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 8))
    return {
        "workspace": f"workspaces/{cast.workspace.pk}/",
        "organisation": f"organisations/{cast.delonghi.pk}/",
        "partnership": f"partnerships/{cast.with_delonghi.pk}/",
        "member": f"members/{cast.carla.pk}/",
        "canvas": f"canvases/{cast.model(cast.nespresso).pk}/",
        "note": f"notes/{table.licence.pk}/",
        "pair": f"pairs/{table.agree(table.licence, table.system).pk}/",
        "sentence": f"sentences/{outcome.agreed().pk}/",
        "step": f"steps/{outcome.step(by=cast.ana).pk}/",
        "outcome": f"partnerships/{cast.with_delonghi.pk}/outcome/",
        "idea": f"hypotheses/{idea.pk}/",
        "test": f"tests/{running.pk}/",
        "learning": f"learnings/{ideas.card(idea).pk}/",
        "iteration": f"iterations/{plan.pk}/",
        "question": f"questions/{ask_question(seen=seen, text='Who pays?', ideas=[idea.pk]).pk}/",
    }


def test_what_was_read_can_be_sent_back_and_changes_nothing(standing: dict[str, str], ana: Program) -> None:
    for name, path in standing.items():
        read, told = ana.get(path), Event.objects.count()
        again = ana.patch(path, read, if_match="*")
        assert (again, Event.objects.count()) == (read, told), name


def test_a_name_that_means_nothing_is_refused(standing: dict[str, str], ana: Program) -> None:
    for name, path in standing.items():
        read = ana.get(path)
        refused = ana.patch(path, {"colour_": "red"}, status=422, if_match="*")
        assert "colour_" in refused["error"]["fields"], name
        assert ana.get(path) == read


def test_nothing_is_made_of_a_body_with_a_slip_in_a_name(cast: Cast, ana: Program) -> None:
    body = {"canvas": str(cast.model(cast.nespresso).pk), "block": "channels", "txt": "Boutiques"}
    refused = ana.post("notes/", body, status=422)
    assert set(refused["error"]["fields"]) == {"txt", "text"}
    assert Note.objects.count() == 0


def test_names_inside_are_read_too(ideas: Ideas, ana: Program) -> None:
    idea = ideas.add()
    ideas.started(idea)
    inside: dict[str, tuple[dict[str, Any], str]] = {
        f"learnings/{ideas.card(idea).pk}/": (
            {"verdicts": SUPPORTED | {"desirable": "supported"}},
            "verdicts.desirable",
        ),
        f"hypotheses/{idea.pk}/": ({"words": {"price": "4"}}, "words.price"),
        f"workspaces/{ideas.cast.workspace.pk}/": ({"fill_meanings": {"pink": "Idea"}}, "fill_meanings.pink"),
        f"workspaces/{ideas.cast.workspace.pk}/session/": ({"landing": {"page": "x"}}, "landing.page"),
    }
    for path, (body, slip) in inside.items():
        refused = ana.patch(path, body, status=422, if_match="*")
        assert slip in refused["error"]["fields"], path


def test_what_is_done_with_a_thing_takes_its_own_names_only(cast: Cast, ana: Program) -> None:
    note = cast.note()
    refused = ana.post(f"notes/{note.pk}/copy/", {"text": "Another text"}, status=422)
    assert list(refused["error"]["fields"]) == ["text"]
    assert Note.objects.count() == 1


def test_a_rating_that_was_read_can_be_said_again(ideas: Ideas, ana: Program) -> None:
    table = ideas.table
    path = f"pairs/{table.agree(table.licence, table.system).pk}/"
    rating = ana.get(path)["needing"]
    assert ana.patch(f"{path}ratings/{rating['organisation']}/", rating)["needing"]["strength"] == rating["strength"]
    refused = ana.patch(f"{path}ratings/{rating['organisation']}/", {"strenght": 1}, status=422)
    assert list(refused["error"]["fields"]) == ["strenght"]


def test_a_note_is_told_nothing_that_its_block_does_not_carry(cast: Cast, ana: Program) -> None:
    meaningless = {"weight": 3, "beneficiary": "us", "verdict": "positive", "target_block": "channels"}
    body = {"canvas": str(cast.model(cast.nespresso).pk), "block": "channels", "text": "Boutiques"}
    refused = ana.post("notes/", body | meaningless, status=422)
    assert set(refused["error"]["fields"]) == set(meaningless)
    made = ana.post("notes/", body | {"basis": "guess", "weight": None, "verdict": ""})
    ana.patch(f"notes/{made['id']}/", {"text": "Shops", "weight": 3}, status=422, if_match="*")
    assert ana.get(f"notes/{made['id']}/") == made


def test_a_note_keeps_what_it_carried_elsewhere_and_takes_on_what_its_new_block_carries(
    cast: Cast, ana: Program
) -> None:
    sheet = str(cast.sheet(cast.with_delonghi, cast.nespresso).pk)
    need = ana.post("notes/", {"canvas": sheet, "block": "desired_value", "text": "Trust", "weight": 3})
    path = f"notes/{need['id']}/"
    assert ana.patch(path, need | {"block": "intent"}, if_match="*")["weight"] == 3
    assert ana.patch(path, {"block": "desired_value", "weight": 1}, if_match="*")["weight"] == 1
