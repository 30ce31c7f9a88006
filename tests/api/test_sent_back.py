"""What was read can be sent back as it is."""

from __future__ import annotations

from datetime import date

import pytest

from partners.events.models import Event
from partners.hypotheses.operations import ask_question, plan_iteration
from tests.api.conftest import Program
from tests.hypotheses.conftest import Ideas, ideas
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
