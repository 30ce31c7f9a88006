"""What is true or false over REST is said so: nothing else is taken for either."""

from __future__ import annotations

from typing import Any

import pytest

from partners.canvases.models import Note
from partners.hypotheses.models import SynergyHypothesis
from tests.api.conftest import Program
from tests.hypotheses.conftest import Ideas, ideas

__all__ = ["ideas"]
FILTERS = ("steps/?done", "questions/?open", "organisations/?is_focal")


@pytest.fixture
def resting(ideas: Ideas) -> Note:
    """A note that a joint idea rests on."""
    ideas.add(notes=[ideas.table.licence.pk])
    return ideas.table.licence


@pytest.mark.parametrize(
    ("said", "status"),
    [("", 409), ("0", 409), ("false", 409), ("banana", 422), ("yes", 422), ("1", 204), ("true", 204)],
)
def test_a_note_that_ideas_rest_on_goes_only_when_that_is_confirmed(
    resting: Note, bo: Program, said: str, status: int
) -> None:
    query = f"?confirmed={said}" if said else ""
    assert bo.status(f"notes/{resting.pk}/{query}", "DELETE", if_match="*") == status
    resting.refresh_from_db()
    assert (resting.deleted_at is not None) is (status == 204)


@pytest.mark.parametrize("path", FILTERS)
def test_a_filter_says_what_it_did_not_understand(ideas: Ideas, bo: Program, path: str) -> None:
    resource, _, name = path.partition("?")
    where = f"{resource}?workspace={ideas.cast.workspace.pk}&{name}="
    answer = bo.call("GET", f"{where}banana")
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [name]
    both = [{row["id"] for row in bo.get(where + value)["results"]} for value in ("true", "False", "")]
    assert both[0].isdisjoint(both[1])
    assert both[0] | both[1] == both[2]


@pytest.mark.parametrize("said", ["yes", "on", "y", "banana", 2, [], {}])
def test_a_body_says_what_it_did_not_understand(ideas: Ideas, bo: Program, said: Any) -> None:
    body = {"partnership": str(ideas.cast.with_delonghi.pk), "words": {"new_value": "One system"}, "draft": said}
    assert list(bo.post("hypotheses/", body, status=422)["error"]["fields"]) == ["draft"]
    assert not SynergyHypothesis.objects.exists()


def test_every_filter_that_is_true_or_false_is_among_these(ana: Program) -> None:
    paths = ana.get("schema/?format=json")["paths"]
    found = {
        f"{path.removeprefix('/api/v1/')}?{parameter['name']}"
        for path, doors in paths.items()
        for parameter in doors.get("get", {}).get("parameters", [])
        if parameter["schema"].get("type") == "boolean"
    }
    assert found == set(FILTERS)
