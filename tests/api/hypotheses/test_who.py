"""Who may do what with joint ideas over REST, and what a list of them costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.api.hypotheses.conftest import learned
from tests.hypotheses.conftest import WORDS, Ideas


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
