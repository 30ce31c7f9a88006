"""An id of a program's own making: the same thing again is the same thing, other words under it lose nobody's."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.api.conftest import Program
from tests.hypotheses.conftest import Ideas, ideas

__all__ = ["ideas"]
CARD = {
    "title": "Ten shops",
    "observed_on": "2026-05-04",
    "data_points": 10,
    "verdicts": {"customer": "supports"},
    "level": 3,
}
MADE: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "sentences": ({"kind": "transfer", "text": "By licence"}, {"text": "By post"}, {"text": "By licence, yearly"}),
    "steps": ({"what": "Ask ten shops"}, {"what": "Ask nobody"}, {"what": "Ask twelve shops"}),
    "questions": ({"text": "Who pays?"}, {"text": "Who trains?"}, {"text": "Who pays for it?"}),
    "iterations": (
        {"name": "May", "starts_on": "2026-05-04", "ends_on": "2026-05-08"},
        {"ends_on": "2026-05-15"},
        {"ends_on": "2026-05-10", "name": "Early May"},
    ),
    "hypotheses": (
        {"words": {"new_value": "One system"}},
        {"words": {"new_value": "Two systems"}},
        {"words": {"new_value": "One system that works"}},
    ),
    "tests": (
        {"title": "Pilot", "claims": ["customer"], "criterion": "30 of 100"},
        {"criterion": "90 of 100"},
        {"criterion": "40 of 100"},
    ),
    "learnings": (CARD | {"observed": "34 of 100"}, {"observed": "12 of 100"}, {"observed": "34 of 100, twice"}),
}
"""Of each kind of thing what makes it, other words under the same id, and what somebody else changes in it."""


@pytest.mark.parametrize("kind", MADE)
def test_comes_with_other_words_and_is_a_conflict(ideas: Ideas, bo: Program, carla: Program, kind: str) -> None:
    made, other, changed = MADE[kind]
    body = {"id": str(uuid.uuid4()), **_home(ideas, kind), **made}
    first = bo.post(f"{kind}/", body)
    error = bo.post(f"{kind}/", body | other, status=409)["error"]
    said, stands = (each.get("words", each) for each in (other, made))
    assert (error["code"], error["yours"]) == ("other_words", said)
    assert error["theirs"] == {name: stands[name] for name in said}
    assert bo.post(f"{kind}/", body) == first
    now = carla.patch(f"{kind}/{first['id']}/", changed, if_match="*")
    assert bo.post(f"{kind}/", body) == now, "what was sent again is what it was made with, whatever it is by now"
    assert bo.post(f"{kind}/", body | changed) == now
    assert bo.post(f"{kind}/", body | other, status=409)["error"]["yours"] == said


def test_of_a_pair_that_is_of_other_notes(ideas: Ideas, bo: Program) -> None:
    table, made = ideas.table, str(uuid.uuid4())
    body = {"id": made, "offer": str(table.licence.pk), "need": str(table.system.pk)}
    first = bo.post("pairs/", body)
    assert bo.post("pairs/", body) == first
    other = {"offer": str(table.brand.pk), "need": str(table.pull.pk)}
    error = bo.post("pairs/", body | other, status=409)["error"]
    assert (error["code"], error["yours"], error["theirs"] | {"id": made}) == ("exists", other, body)


def _home(ideas: Ideas, kind: str) -> dict[str, str]:
    if kind not in ("tests", "learnings"):
        return {"partnership": str(ideas.cast.with_delonghi.pk)}
    idea = ideas.add()
    ideas.test(idea)  # before there is one nothing can be learned
    return {"hypothesis": str(idea.pk)}
