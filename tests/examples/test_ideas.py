"""The joint ideas that the examples come with."""

from __future__ import annotations

import pytest
from django.utils import timezone

from partners.examples.operations import reset
from partners.examples.reading import SLUGS, parse, read
from partners.examples.recipe import RecipeError
from partners.hypotheses import operations
from partners.hypotheses.queries import IdeaRead, ideas_of
from partners.hypotheses.rules import Label, State
from partners.people.models import User
from partners.value_fit.access import comparison_in
from partners.workspaces.models import Workspace
from tests.examples.again import ana_again, loaded
from tests.examples.tables import IDEAS
from tests.examples.test_comparing import facilitator
from tests.examples.test_library import SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return ana_again()


def ideas(workspace: Workspace) -> list[IdeaRead]:
    living = workspace.partnerships.filter(deleted_at=None).select_related("first", "second", "workspace")
    return ideas_of(living.order_by("rank")[0], today=timezone.localdate())


def told(workspace: Workspace) -> dict[str, set[str]]:
    return {idea.row.title: {note.text for note in idea.row.notes.all()} for idea in ideas(workspace)}


@pytest.mark.parametrize("slug", SLUGS)
def test_are_those_of_the_method_each_a_synergy_that_nobody_has_tested(slug: str, ana: User) -> None:
    texts = {note.key: note.text for note in read(slug).notes}
    rows = [line.split("|") for line in IDEAS[slug].strip().split("\n")]
    workspace = loaded(slug, ana)
    assert told(workspace) == {title.strip(): {texts[key.strip()] for key in keys.split("+")} for title, keys in rows}
    for idea in ideas(workspace):
        assert (idea.state, idea.synergy.label) == (State.FLAGGED, Label.SYNERGY)
        assert idea.level in (0, 1)


@pytest.mark.parametrize("slug", SLUGS)
def test_are_put_back_with_the_example(slug: str, ana: User) -> None:
    workspace = loaded(slug, ana)
    before = told(workspace)
    first = ideas(workspace)[0].row
    seen = comparison_in(facilitator(workspace), first.partnership_id)
    operations.retire_idea(seen=seen, idea=first, why="Too early")
    operations.add_idea(seen=seen, words={"new_value": "something else"})
    reset(viewer=facilitator(workspace))
    assert told(workspace) == before
    assert {idea.state for idea in ideas(workspace)} == {State.FLAGGED}


def test_of_one_side_only_are_refused() -> None:
    idea = '[[ideas]]\nby = "ana"\ntitle = "Alone"\nnotes = ["a1"]\n[ideas.words]\n'
    with pytest.raises(RecipeError, match="idea Alone"):
        parse("sound", SOUND + idea)
