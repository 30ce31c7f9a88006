"""The learning timeline over REST: whole, in pages, for who may see it, and never written to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.hypotheses import operations
from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.hypotheses.conftest import Ideas, ideas
from tests.hypotheses.test_rhythm import asked, planned

__all__ = ["ideas"]
TODAY = timezone.localdate()


@pytest.fixture
def here(ideas: Ideas) -> str:
    """The partnership with De'Longhi, where something of each kind was learned."""
    seen = ideas.table.seen(ideas.cast.carla)
    ideas.validated(decision="persevere")
    operations.retire_idea(seen=seen, idea=ideas.add(title="Milk machine"), why="Too dear")
    iteration = planned(ideas, "First weeks", TODAY - timedelta(days=1))
    operations.close_iteration(seen=seen, iteration=iteration, priority="Shops before milk")
    question = asked(ideas, "Who pays?")
    operations.answer_question(seen=seen, question=question, answer="The shops")
    return str(ideas.cast.with_delonghi.pk)


def lines(program: Program, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.get(f"timeline/?{query}")["results"]
    return found


class TestTheTimeline:
    def test_comes_in_one_call_with_all_that_its_lines_say(self, ideas: Ideas, here: str, carla: Program) -> None:
        told = lines(carla, f"partnership={here}")
        assert [line["what"] for line in told] == ["answer", "review", "state", "state", "learned"]
        answer, review, dropped, holds, learned = told
        assert (answer["question"]["answer"], answer["by"]) == ("The shops", str(ideas.cast.carla.pk))
        assert (review["iteration"]["priority"], review["learning"]) == ("Shops before milk", None)
        turn = {"before": "flagged", "after": "retired", "because": "idea_said", "why": "Too dear", "claims": []}
        assert dropped["turn"] == turn
        assert (holds["turn"]["after"], holds["turn"]["because"]) == ("validated", "learning_accepted")
        assert set(holds["turn"]["claims"]) == {"customer", "transfer", "model_start", "model_end"}
        assert (learned["learning"]["decision"], len(learned["learning"]["acceptances"])) == ("persevere", 2)
        assert learned["hypothesis"] == holds["hypothesis"] == learned["learning"]["hypothesis"]
        card = carla.get(f"learnings/{learned['learning']['id']}/")
        assert card == learned["learning"]
        assert review["iteration"] == carla.get(f"iterations/{review['iteration']['id']}/")

    def test_is_filtered_and_paged(self, here: str, carla: Program) -> None:
        whole = lines(carla, f"partnership={here}")
        assert [line["what"] for line in lines(carla, f"partnership={here}&what=state")] == ["state", "state"]
        of_one = lines(carla, f"hypothesis={whole[-1]['hypothesis']}")
        assert [line["what"] for line in of_one] == ["state", "learned"]
        paged, query = [], f"partnership={here}&limit=2"
        while query:
            answer = carla.get(f"timeline/?{query}")
            paged += answer["results"]
            query = (answer["next"] or "?").partition("?")[2]
        assert paged == whole

    def test_refuses_what_it_cannot_read(self, here: str, carla: Program) -> None:
        assert carla.status("timeline/") == 422
        for wrong in ("what=all", "limit=0", "cursor=x", "cursor=WzEsMl0=", "partnership=x", "hypothesis=7"):
            assert carla.status(f"timeline/?partnership={here}&{wrong}") == 422, wrong

    def test_is_read_only(self, here: str, carla: Program) -> None:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert carla.status(f"timeline/?partnership={here}", method, {}) == 405

    def test_is_for_who_sees_the_partnership(
        self, ideas: Ideas, here: str, carla: Program, program: Callable[..., Program]
    ) -> None:
        cast = ideas.cast
        assert lines(program(cast.eli), f"partnership={here}") == lines(carla, f"partnership={here}")
        assert program(cast.dan).status(f"timeline/?partnership={here}") == 404
        assert lines(program(cast.dan), f"workspace={cast.workspace.pk}") == []
        workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
        assert carla.status(f"timeline/?partnership={here}") == 404
        assert lines(carla, f"workspace={cast.workspace.pk}") == []

    def test_costs_the_same_however_much_there_is(self, ideas: Ideas, here: str, carla: Program) -> None:
        counts = []
        for _turn in range(2):
            lines(carla, f"partnership={here}")
            with CaptureQueriesContext(connection) as queries:
                lines(carla, f"partnership={here}")
            counts.append(len(queries))
            for number in range(3):
                ideas.validated()
                question = asked(ideas, f"Who {number}?", ideas=[ideas.add().pk])
                operations.answer_question(seen=ideas.table.seen(ideas.cast.bo), question=question, answer="Both")
        assert counts[1] <= counts[0]
