"""Find leads to what two companies wrote together, and tells nobody else of it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.hypotheses import operations as ideas_of
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import Ideas, ideas, table
from tests.outcome.conftest import Outcome

__all__ = ["ideas", "table"]
pytestmark = pytest.mark.django_db

WORD = "quince"


@pytest.fixture
def written(ideas: Ideas) -> dict[str, str]:
    """One of each kind whose words hold a rare one, with the address where each must be found."""
    return write(ideas)


def write(ideas: Ideas) -> dict[str, str]:
    home, outcome, seen = f"/p/{ideas.cast.with_delonghi.pk}", Outcome(ideas.table), ideas.table.seen(ideas.cast.bo)
    idea = ideas.add(title=f"Idea of a {WORD}")
    test = ideas.test(idea, does=f"offer a {WORD}")
    card = ideas.card(idea, observed=f"three bought a {WORD}")
    sentence = outcome.created(f"A {WORD} for everybody")
    question = ideas_of.ask_question(seen=seen, text=f"Who grows a {WORD}?")
    step = outcome.step(f"Plant a {WORD}")
    page = f"/ideas/{idea.pk}/"
    return {
        "Joint idea": page,
        "Test": f"{page}#test-{test.pk}",
        "Learning card": f"{page}#card-{card.pk}",
        "Joint sentence": f"{home}/compare/#sentence-{sentence.pk}",
        "Big question": f"{home}/rhythm/#question-{question.pk}",
        "Next step": f"{home}/outcome/#step-{step.pk}",
    }


def found(ideas: Ideas, who: str, words: str = WORD) -> list[tuple[str, str]]:
    """What somebody finds: the kind and the address of each."""
    answer = ideas.cast.client(ideas.cast.members[who]).get(f"/w/{ideas.cast.workspace.pk}/find/", {"q": words})
    assert answer.status_code == 200
    listed = answer.content.decode().partition('<ul class="found')[2].partition("</ul>")[0]
    return [(kind, href) for href, kind in re.findall(r'<a href="([^"]*)">.*?<span class="quiet">([^·]*) · ', listed)]


@pytest.mark.parametrize("who", ["ana", "bo", "carla", "eli"])
def test_leads_to_where_each_stands(ideas: Ideas, written: dict[str, str], who: str) -> None:
    assert found(ideas, who) == list(written.items())
    client = ideas.cast.client(ideas.cast.members[who])
    for address in written.values():
        path, _, anchor = address.partition("#")
        page = client.get(path).content.decode()
        assert not anchor or f'id="{anchor}"' in page


def test_finds_words_of_an_ideas_sentence_but_no_names_of_fields(ideas: Ideas) -> None:
    idea = ideas.add()
    assert found(ideas, "bo", "kitchen shop") == [("Joint idea", f"/ideas/{idea.pk}/")]
    assert found(ideas, "bo", "revenue_streams") == []


def test_tells_the_rival_nothing(ideas: Ideas, written: dict[str, str]) -> None:
    assert found(ideas, "bo")
    assert found(ideas, "dan") == []


def test_tells_nobody_of_joint_words_while_the_sheets_are_private(ideas: Ideas, written: dict[str, str]) -> None:
    seal(viewer=ideas.cast.viewer(ideas.cast.ana), partnership=ideas.cast.with_delonghi)
    for who in ("ana", "bo", "carla"):
        assert found(ideas, who) == [("Next step", written["Next step"])]


def test_finds_nothing_of_a_deleted_idea(ideas: Ideas, written: dict[str, str]) -> None:
    idea = ideas.all()[0].row
    ideas_of.remove_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea)
    assert [kind for kind, _ in found(ideas, "bo")] == ["Joint sentence", "Big question", "Next step"]


def test_asks_the_database_no_more_of_many(ideas: Ideas, written: dict[str, str]) -> None:
    with CaptureQueriesContext(connection) as few:
        found(ideas, "bo")
    for _ in range(3):
        write(ideas)
    with CaptureQueriesContext(connection) as many:
        assert len(found(ideas, "bo")) == 24
    assert len(many) == len(few)
