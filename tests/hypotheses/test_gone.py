"""What stays of joint ideas when what they rest on goes for good, and when somebody who wrote them is forgotten."""

from __future__ import annotations

import json

from django.utils import timezone

from partners.canvases import operations as sheets
from partners.events.models import Event
from partners.history.operations import empty_trash
from partners.hypotheses import operations as trying
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.hypotheses.conftest import WORDS, Ideas

TABLES = (SynergyHypothesis, TestCard, LearningCard, Iteration, BigQuestion)
SAID = ("Queues", "Pilot in ten shops", "Harbour weeks", "Longer straws", "Who grinds?", "Whoever asks")


def _rhythm(ideas: Ideas) -> None:
    """Carla plans and closes an iteration, asks a big question and answers it."""
    seen, today = ideas.table.seen(ideas.cast.carla), timezone.localdate()
    iteration = trying.plan_iteration(seen=seen, name="Harbour weeks", starts_on=today, ends_on=today)
    trying.close_iteration(seen=seen, iteration=iteration, adapts="Longer straws")
    question = trying.ask_question(
        seen=seen, text="Who grinds?", ideas=list(SynergyHypothesis.objects.values_list("pk", flat=True))
    )
    trying.answer_question(seen=seen, question=question, answer="Whoever asks")


def in_the_log(ideas: Ideas) -> str:
    """All that the log holds."""
    return json.dumps(list(Event.objects.filter(workspace=ideas.cast.workspace).values_list("data", flat=True)))


def test_ideas_go_for_good_with_their_partnership_and_out_of_the_log(ideas: Ideas) -> None:
    cast = ideas.cast
    ideas.validated(observed="Queues all day")
    _rhythm(ideas)
    assert WORDS["segment"] in in_the_log(ideas)
    assert [words for words in SAID if words not in in_the_log(ideas)] == []
    workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
    empty_trash(viewer=cast.viewer(cast.ana), until=timezone.now())
    assert [table.objects.count() for table in TABLES] == [0] * len(TABLES)
    assert [words for words in (WORDS["segment"], *SAID) if words in in_the_log(ideas)] == []


def test_an_idea_keeps_its_words_when_its_notes_go_for_good(ideas: Ideas) -> None:
    cast, table = ideas.cast, ideas.table
    pair = table.agree(table.licence, table.system)
    idea = ideas.add(notes=[table.licence.pk], pairs=[pair.pk])
    program = Program(cast.client(cast.ana))
    sheets.delete_note(sheet=cast.seen(cast.ana, table.licence.canvas), note=table.licence, confirmed=True)
    lying = program.get(f"hypotheses/{idea.pk}/")
    empty_trash(viewer=cast.viewer(cast.ana), until=timezone.now())
    gone = program.get(f"hypotheses/{idea.pk}/")
    for told in (lying, gone):
        assert (told["notes"], told["pairs"]) == ([], [])
        assert told["words"]["input_start"] == WORDS["input_start"]
        assert (told["state"], told["label"]) == ("flagged", "synergy")


def test_who_is_forgotten_is_named_nowhere(ideas: Ideas) -> None:
    cast = ideas.cast
    idea = ideas.add(by=cast.carla)
    ideas.test(idea, by=cast.carla, owner_end_id=cast.carla.pk)
    ideas.accept(ideas.card(idea, by=cast.carla))
    _rhythm(ideas)
    assert ideas.read(idea).state.value == "validated"
    workshops.forget_member(workshops.leave(viewer=cast.viewer(cast.carla)))
    assert "Carla" not in in_the_log(ideas)
    program = Program(cast.client(cast.bo))
    for name in ("hypotheses", "tests", "learnings", "iterations", "questions", "events", "members"):
        assert "Carla" not in json.dumps(program.get(f"{name}/?workspace={cast.workspace.pk}")), name
    assert ideas.read(idea).state.value == "validated", "what the company had said stands"
