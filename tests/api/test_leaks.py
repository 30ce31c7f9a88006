"""A guest of one partner learns nothing of its rival by any door: fields, counts, filters, order, errors, events."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.utils import timezone

from partners.base.models import Identified
from partners.canvases import operations as sheets
from partners.hypotheses import operations as trying
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.outcome import operations as deciding
from partners.outcome.models import NextStep
from partners.value_fit import operations as comparing
from partners.value_fit.access import comparison_in
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.factories import Cast


@pytest.fixture
def rivals(cast: Cast) -> set[str]:
    """Talks with Breville, as busy as talks can be; returns every word and id that must stay there."""
    breville_model = cast.model(cast.breville)
    ours = cast.sheet(cast.with_breville, cast.nespresso)
    theirs = cast.sheet(cast.with_breville, cast.breville)
    shared = cast.note("Club membership")  # on the business model that De'Longhi sees too
    hidden = [
        cast.note("Flavour lab", by=cast.dan, canvas=breville_model, block="key_resources"),
        cast.note("Exclusive launch", canvas=ours, block="value_offer", tags=["secret plan"]),
        cast.note("Barista training", by=cast.dan, canvas=theirs, block="desired_value"),
    ]
    sheets.take_note(source=cast.seen(cast.dan, shared.canvas), note=shared, into=cast.seen(cast.dan, theirs))
    ana = cast.viewer(cast.ana)
    pair = comparing.make_pair(
        seen=comparison_in(ana, cast.with_breville.pk), offer_id=hidden[1].pk, need_id=hidden[2].pk
    )
    # Read anew for each: what is joint, declared and kept beside the pair.
    sentence = comparing.add_sentence(
        seen=comparison_in(ana, cast.with_breville.pk), kind="transfer", text="Pods by pipeline"
    )
    comparing.declare_looked_through(seen=comparison_in(ana, cast.with_breville.pk), organisation_id=cast.nespresso.pk)
    ended = comparing.start_round(seen=comparison_in(ana, cast.with_breville.pk), name="Kitchen table talk")
    deciding.explain(seen=comparison_in(ana, cast.with_breville.pk), text="Because of the grinder")
    step = deciding.add_step(
        seen=comparison_in(ana, cast.with_breville.pk), what="Call the roastery", note_id=hidden[2].pk
    )
    tried = _tested(cast)
    comment = sheets.add_comment(sheet=cast.seen(cast.dan, shared.canvas), note=shared, text="We at the lab love it")
    sheets.give_thumb(sheet=cast.seen(cast.dan, shared.canvas), note=shared, given=True)
    workshops.change_partnership(
        viewer=cast.viewer(cast.ana), partnership=cast.with_breville, state="parked", state_reason="Waiting for Sydney"
    )
    moved = cast.note("Wanders off", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="intent")
    sheets.move_note(
        sheet=cast.seen(cast.ana, moved.canvas),
        note=moved,
        to=cast.seen(cast.ana, ours),
        block="intent",
    )
    arrived = cast.note("Comes over", canvas=ours, block="intent")
    sheets.move_note(
        sheet=cast.seen(cast.ana, ours),
        note=arrived,
        to=cast.seen(cast.ana, cast.sheet(cast.with_delonghi, cast.nespresso)),
        block="intent",
    )
    ids = [cast.breville, cast.with_breville, cast.dan, breville_model, ours, theirs, comment, *hidden]
    ids += [pair, sentence, ended, step, Declaration.objects.get(), *tried]
    words = [
        "Espresso vans",
        "Drive through",
        "Queues",
        "Harbour",
        "straws",
        "grinds",
        "Whoever",
        "grinder",
        "roastery",
        "pipeline",
        "Kitchen table",
        "Breville",
        "Flavour lab",
        "Exclusive launch",
        "secret plan",
        "Barista",
        "Sydney",
        "Dan Webb",
        "the lab",
    ]
    return {str(thing.pk) for thing in ids} | set(words)


def _tested(cast: Cast) -> list[Identified]:
    """A joint idea with Breville, its test, what was learned, and their rhythm."""
    seen = comparison_in(cast.viewer(cast.ana), cast.with_breville.pk)
    idea = trying.add_idea(seen=seen, words={"new_value": "Espresso vans"})
    test = trying.design_test(seen=seen, idea=idea, title="Drive through", claims=["customer"])
    card = trying.write_card(
        seen=seen,
        idea=idea,
        observed="Queues all day",
        observed_on=timezone.localdate(),
        data_points=1,
        verdicts={"customer": "supports"},
        level=2,
    )
    today = timezone.localdate()
    iteration = trying.plan_iteration(seen=seen, name="Harbour sprint", starts_on=today, ends_on=today)
    trying.close_iteration(seen=seen, iteration=iteration, adapts="Longer straws")
    question = trying.ask_question(seen=seen, text="Who grinds?", ideas=[idea.pk])
    trying.answer_question(seen=seen, question=question, answer="Whoever queues")
    return [idea, test, card, iteration, question]


LISTS = (
    "workspaces",
    "organisations",
    "partnerships",
    "canvases",
    "blocks",
    "notes",
    "comments",
    "members",
    "events",
    "pairs",
    "declarations",
    "sentences",
    "rounds",
    "steps",
    "hypotheses",
    "tests",
    "learnings",
    "iterations",
    "questions",
    "timeline",
)
UNFOLLOWED = {"blocks", "declarations", "events", "rounds", "timeline"}
TABLES = ("notes.csv", "matches.csv", "findings.csv", "hypotheses.csv")


def _texts(program: Program, cast: Cast) -> Iterator[tuple[str, str]]:
    here = f"workspace={cast.workspace.pk}"
    since = "updated_since=2020-01-01T00:00:00Z"
    for name in LISTS:
        yield name, json.dumps(program.get(f"{name}/?{here}"))
        if name in UNFOLLOWED:
            continue
        yield f"{name} since", json.dumps(program.get(f"{name}/?{here}&{since}"))
    for path in (f"workspaces/{cast.workspace.pk}/{name}" for name in ("export/", *TABLES)):
        answer = program.call("GET", path)
        yield path, answer.getvalue().decode()


def test_no_answer_holds_a_word_or_id_of_the_rival(cast: Cast, rivals: set[str], carla: Program) -> None:
    found = {(name, secret) for name, text in _texts(carla, cast) for secret in rivals if secret in text}
    assert found == set()


def test_the_facilitator_sees_all_of_it(cast: Cast, rivals: set[str], ana: Program) -> None:
    everything = "".join(text for _name, text in _texts(ana, cast))
    assert {secret for secret in rivals if secret not in everything} == set()


def test_counts_leave_out_who_is_not_seen(cast: Cast, rivals: set[str], carla: Program, ana: Program) -> None:
    path = f"notes/?canvas={cast.model(cast.nespresso).pk}"
    (seen,) = carla.get(path)["results"]
    (all_of_it,) = ana.get(path)["results"]
    assert (seen["comments"], seen["thumbs"]) == (0, 0)
    assert (all_of_it["comments"], all_of_it["thumbs"]) == (1, 1)


def test_filters_by_hidden_things_find_nothing(cast: Cast, rivals: set[str], carla: Program) -> None:
    here = f"workspace={cast.workspace.pk}"
    queries = [
        f"notes/?{here}&canvas={cast.sheet(cast.with_breville, cast.nespresso).pk}",
        f"notes/?{here}&partnership={cast.with_breville.pk}",
        f"notes/?{here}&organisation={cast.breville.pk}",
        f"notes/?{here}&author={cast.dan.pk}",
        f"notes/?{here}&tag=secret+plan",
        f"comments/?{here}&author={cast.dan.pk}",
        f"canvases/?{here}&organisation={cast.breville.pk}",
        f"canvases/?{here}&partnership={cast.with_breville.pk}",
        f"blocks/?{here}&partnership={cast.with_breville.pk}",
        f"partnerships/?{here}&organisation={cast.breville.pk}",
        f"partnerships/?{here}&state=parked",
        f"members/?{here}&organisation={cast.breville.pk}",
        f"events/?{here}&partnership={cast.with_breville.pk}",
        f"events/?{here}&canvas={cast.model(cast.breville).pk}",
        f"events/?{here}&thing={cast.breville.pk}",
    ]
    assert {query: carla.get(query)["results"] for query in queries} == {query: [] for query in queries}


def test_hidden_things_and_made_up_ones_answer_alike(cast: Cast, rivals: set[str], carla: Program) -> None:
    made_up = "00000000-0000-4000-8000-000000000000"
    hidden = {
        "partnerships/{}/": cast.with_breville.pk,
        "organisations/{}/": cast.breville.pk,
        "canvases/{}/": cast.model(cast.breville).pk,
        "canvases/{}/export/": cast.model(cast.breville).pk,
        "members/{}/": cast.dan.pk,
        "partnerships/{}/fit/": cast.with_breville.pk,
        "pairs/{}/": Pair.objects.get().pk,
        "declarations/{}/": Declaration.objects.get().pk,
        "sentences/{}/": JointSentence.objects.get().pk,
        "rounds/{}/": Round.objects.get().pk,
        "steps/{}/": NextStep.objects.get().pk,
        "steps/?partnership={}": cast.with_breville.pk,
        "hypotheses/{}/": SynergyHypothesis.objects.get().pk,
        "hypotheses/?partnership={}": cast.with_breville.pk,
        "tests/{}/": TestCard.objects.get().pk,
        "tests/?hypothesis={}": SynergyHypothesis.objects.get().pk,
        "learnings/{}/": LearningCard.objects.get().pk,
        "learnings/?partnership={}": cast.with_breville.pk,
        "iterations/{}/": Iteration.objects.get().pk,
        "iterations/?partnership={}": cast.with_breville.pk,
        "questions/{}/": BigQuestion.objects.get().pk,
        "questions/?partnership={}": cast.with_breville.pk,
        "partnerships/{}/outcome/": cast.with_breville.pk,
        "pairs/?partnership={}": cast.with_breville.pk,
        "rounds/?partnership={}": cast.with_breville.pk,
        "notes/?canvas={}": cast.model(cast.breville).pk,
        "notes/?partnership={}": cast.with_breville.pk,
    }
    for path, pk in hidden.items():
        real, forged = carla.call("GET", path.format(pk)), carla.call("GET", path.format(made_up))
        assert (real.status_code, real.content) == (404, forged.content)
    target = {"block": "intent", "canvas": str(cast.sheet(cast.with_breville, cast.nespresso).pk)}
    note = cast.note("Own words", by=cast.carla, canvas=cast.sheet(cast.with_delonghi, cast.delonghi), block="intent")
    assert carla.status(f"notes/{note.pk}/", "PATCH", target, if_match="*") == 404
    assert carla.status("notes/", "POST", target | {"text": "Hello"}) == 404


def test_a_note_that_went_where_it_is_hidden_is_told_as_gone(
    cast: Cast, rivals: set[str], carla: Program, ana: Program
) -> None:
    since = f"notes/?workspace={cast.workspace.pk}&updated_since=2020-01-01T00:00:00Z"
    gone = {row["id"] for row in carla.get(since)["deleted"]}
    wandered = {row["id"] for row in ana.get(since)["results"] if row["text"] == "Wanders off"}
    assert gone == wandered
    assert ana.get(since)["deleted"] == []


def test_what_others_may_see_is_told_to_facilitators_and_oneself(cast: Cast, carla: Program, ana: Program) -> None:
    here = f"members/?workspace={cast.workspace.pk}"
    assert {row["name"]: row["scope"] for row in carla.get(here)["results"]} == {
        "Ana Vries": None,
        "Bo Keller": None,
        "Carla Rossi": "partnerships",
        "Eli Stone": None,
    }
    assert {row["scope"] for row in ana.get(here)["results"]} == {"workspace", "partnerships"}
