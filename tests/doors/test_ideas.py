"""Who may do what with joint ideas by REST: person × deed, against `rules`; whatever programs send, nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from partners.hypotheses import operations as trying
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.workspaces import operations as workshops
from partners.workspaces.models import Invitation, Membership
from partners.workspaces.rules import Action
from tests.api.conftest import Program
from tests.doors.junking import REST_JUNK, wrong_answer, wrong_answers
from tests.doors.requests import UNKNOWN
from tests.doors.test_what_is_said import Door, expected_of, page, rest
from tests.factories import Cast
from tests.hypotheses.conftest import SUPPORTED, WORDS, Ideas, ideas
from tests.remembering import remembered

__all__ = ["ideas"]

PEOPLE = ("ana", "bo", "carla", "dan", "eli", "Jo Park", "Noor Bakker")
"""Facilitator of Nespresso; a member of each company; a rival's guest; who watches; a guest, a facilitator of none."""


@remembered
def busy_again(ideas: Ideas) -> Ideas:
    """An idea with a test that waits, one that runs, and a card; a draft; one that was dropped; and their rhythm."""
    cast, facilitator = ideas.cast, ideas.cast.viewer(ideas.cast.ana)
    wide, roles = Membership.Scope.WORKSPACE, Membership.Role
    for name, role in (("Jo Park", roles.MEMBER), ("Noor Bakker", roles.FACILITATOR)):
        workshops.change_member(viewer=facilitator, member=cast.join(name, None), role=role, scope=wide)
    idea = ideas.add(title="Tried")
    ideas.test(idea, title="Waits")
    ideas.started(idea, title="Runs")
    ideas.accept(ideas.card(idea))
    ideas.add(title="Draft", flagged=False)
    trying.retire_idea(seen=ideas.table.seen(cast.bo), idea=ideas.add(title="Dropped"), why="Too dear")
    seen, day = ideas.table.seen(cast.bo), date(2026, 5, 4)
    trying.plan_iteration(seen=seen, name="May", starts_on=day, ends_on=day + timedelta(days=10))
    trying.ask_question(seen=seen, text="Who pays?", ideas=[idea.pk])
    return ideas


@pytest.fixture
def tested(ideas: Ideas) -> Ideas:
    return busy_again(ideas)


def bodies(cast: Cast) -> dict[tuple[str, str], dict[str, Any]]:
    """Every write of a joint idea, with all that it takes; `?` of an address says that it is of one company."""
    tried, draft, dropped = (SynergyHypothesis.objects.get(title=title).pk for title in ("Tried", "Draft", "Dropped"))
    waits, runs = (TestCard.objects.get(title=title).pk for title in ("Waits", "Runs"))
    card, here, idea = LearningCard.objects.get().pk, str(cast.with_delonghi.pk), str(tried)
    said = {"words": WORDS, "title": "So", "importance": 2, "assumed_level": 1, "notes": [], "pairs": []}
    said |= {"vanishes_without_start": True, "vanishes_without_end": None}
    made = {"id": None, "partnership": here, "draft": True, "finding": "gap", "sentence": None}
    does = {"title": "So", "claims": ["customer"], "experiment": "small_pilot", "does": "So", "metric": "So", "cost": 1}
    does |= {"criterion": "So", "critical": 1, "reliability": 1, "time": 1, "owner_start": None, "owner_end": None}
    does |= {"by_product": True, "by_partnership": True, "starts_on": None, "due_on": None, "points_wanted": 1}
    does |= {"links": ["https://example.org/"], "iteration": None}
    saw = {"observed": "So", "observed_on": timezone.localdate().isoformat(), "data_points": 1, "verdicts": SUPPORTED}
    saw |= {"level": 3, "title": "So", "learned": "So", "will_do": "So", "decision": "pivot", "reliability": 1}
    saw |= {"action": 1, "costs_start": "1", "costs_end": "1", "links": [], "tests": [str(waits)]}
    iteration, question = Iteration.objects.get().pk, BigQuestion.objects.get().pk
    days = {"starts_on": "2026-06-01", "ends_on": "2026-06-05"}
    return {
        ("POST", "iterations/"): {"id": None, "partnership": here, "name": "June"} | days,
        ("PATCH", f"iterations/{iteration}/"): {"name": "June"} | days,
        ("PATCH", f"iterations/{iteration}/review/"): {"priority": "So", "opportunity": "So", "adapts": "So"},
        ("DELETE", f"iterations/{iteration}/review/"): {},
        ("DELETE", f"iterations/{iteration}/"): {},
        ("POST", f"iterations/{iteration}/restoration/"): {},
        ("POST", "questions/"): {"id": None, "partnership": here, "text": "So?", "ideas": [idea]},
        ("PATCH", f"questions/{question}/"): {"text": "So?", "ideas": [], "answer": "So"},
        ("DELETE", f"questions/{question}/"): {},
        ("POST", f"questions/{question}/restoration/"): {},
        ("POST", "hypotheses/"): made | said,
        ("PATCH", f"hypotheses/{tried}/"): said,
        ("DELETE", f"hypotheses/{tried}/"): {},
        ("POST", f"hypotheses/{tried}/restoration/"): {},
        ("POST", f"hypotheses/{draft}/flag/"): {},
        ("POST", f"hypotheses/{tried}/retirement/"): {"why": "So"},
        ("POST", f"hypotheses/{dropped}/taking-up/"): {},
        ("POST", f"hypotheses/{tried}/pivot/"): {"why": "So"},
        ("POST", "tests/"): {"hypothesis": idea} | does,
        ("PATCH", f"tests/{waits}/"): does | {"why": "So"},
        ("DELETE", f"tests/{waits}/"): {},
        ("POST", f"tests/{waits}/restoration/"): {},
        ("PUT", f"tests/{waits}/start/"): {},
        ("PUT", f"tests/{runs}/count/"): {"points": 1},
        ("PUT", f"tests/{runs}/end/"): {},
        ("DELETE", f"tests/{runs}/end/"): {},
        ("POST", "learnings/"): {"hypothesis": idea} | saw,
        ("PATCH", f"learnings/{card}/"): saw,
        ("DELETE", f"learnings/{card}/"): {},
        ("POST", f"learnings/{card}/restoration/"): {},
    }


def doors(cast: Cast) -> Iterator[Door]:
    """Every deed; an acceptance once for each company."""
    both = (cast.nespresso.pk, cast.delonghi.pk)
    for (method, path), body in bodies(cast).items():
        sent = {name: value for name, value in body.items() if name != "id"}
        yield Door(f"{method} {path}", Action.NEGOTIATE, both, rest(method, path, sent))
    card = LearningCard.objects.get().pk
    for company, (method, sent_) in product(both, (("PUT", {"revision": 1}), ("DELETE", None))):
        path = f"learnings/{card}/acceptances/{company}/"
        yield Door(f"{method} {path}", Action.AGREE, (company,), rest(method, path, sent_))


def test_every_door_asks_the_table(tested: Ideas) -> None:
    cast, wrong = tested.cast, []
    tried = list(doors(cast))
    for name in PEOPLE:
        member = cast.members.get(name) or Membership.objects.get(workspace=cast.workspace, name=name)
        client, viewer = cast.client(member), cast.viewer(member)
        for door in tried:
            with transaction.atomic():
                status = door.attempt(client)
                transaction.set_rollback(True)  # the next door finds all as it was
            if status not in (expected := expected_of(viewer, door, cast.with_delonghi.pk)):
                wrong.append(f"{name}, {door.name}: {status}, not {expected}")
    assert wrong == []


def test_who_asks_for_a_yes_by_a_personal_link_asks_the_table(tested: Ideas) -> None:
    """Above all: nobody of one company makes a link to the other's yes, but a facilitator."""
    cast, wrong, made = tested.cast, [], 0
    card = tested.card(SynergyHypothesis.objects.get(title="Tried"), title="Not accepted")
    path = f"/ideas/{card.hypothesis_id}/learning/{card.pk}/asking/"
    for name in PEOPLE:
        member = cast.members.get(name) or Membership.objects.get(workspace=cast.workspace, name=name)
        client, viewer = cast.client(member), cast.viewer(member)
        for company in (cast.nespresso.pk, cast.delonghi.pk):
            door = Door(f"ask {company}", Action.ASK, (company,), page(path, {"organisation": company, "name": "So"}))
            with transaction.atomic():
                status = door.attempt(client)
                made += Invitation.objects.filter(kind="personal").count()
                transaction.set_rollback(True)
            if status not in (expected := expected_of(viewer, door, cast.with_delonghi.pk)):
                wrong.append(f"{name}, {door.name}: {status}, not {expected}")
    assert wrong == []
    assert made


def test_nobody_accepts_for_an_absent_company(tested: Ideas) -> None:
    """Whoever stands in for De'Longhi may write and test; what was learned holds for nobody until it is here."""
    cast = tested.cast
    card = LearningCard.objects.get()
    carla = cast.client(cast.carla)
    program = Program(carla)
    address = f"learnings/{card.pk}/acceptances/{cast.delonghi.pk}/"
    program.delete(address, status=200)
    workshops.leave(viewer=cast.viewer(cast.carla))
    for who in ("ana", "bo", "Noor Bakker"):
        member = cast.members.get(who) or Membership.objects.get(workspace=cast.workspace, name=who)
        assert Program(cast.client(member)).status(address, "PUT", {}) == 403, who
    told = Program(cast.client(cast.bo)).get(f"hypotheses/{card.hypothesis_id}/")
    assert told["state"] != "validated"
    doubts = [claim["doubts"] for claim in told["claims"] if claim["claim"] != "environment"]
    assert doubts == [["not_accepted_by_end"]] * 4


def test_who_owns_a_test_is_told_to_who_sees_them(tested: Ideas) -> None:
    """Somebody of Nespresso who is here for Breville only does not exist for De'Longhi: not by an id either."""
    cast, test = tested.cast, TestCard.objects.get(title="Waits")
    quiet = cast.join("Quinn", cast.nespresso)
    narrow, theirs = Membership.Scope.PARTNERSHIPS, [cast.with_breville]
    workshops.change_member(viewer=cast.viewer(cast.ana), member=quiet, scope=narrow, partnerships=theirs)
    seen = tested.table.seen(cast.ana)
    trying.change_test(seen=seen, test=test, owner_start_id=quiet.pk, owner_end_id=cast.carla.pk)
    trying.change_test(seen=seen, test=test, owner_start_id=None)
    trying.change_test(seen=seen, test=test, owner_start_id=quiet.pk)
    here = f"workspace={cast.workspace.pk}"
    kinds = ("tests", "events", "hypotheses", "learnings", "iterations", "questions")
    paths = [f"{name}/?{here}" for name in kinds]
    for who, is_told in (("ana", True), ("carla", False), ("eli", False)):
        program = Program(cast.client(cast.members[who]))
        told = "".join(program.call("GET", path).content.decode() for path in paths)
        assert (str(quiet.pk) in told, str(cast.carla.pk) in told) == (is_told, True), who
        assert "Quinn" not in told


def test_whatever_programs_send_they_are_answered(tested: Ideas) -> None:
    cast, wrong = tested.cast, []
    program = Program(cast.client(cast.ana))
    card = LearningCard.objects.get().pk
    tries = bodies(cast) | {
        ("PUT", f"learnings/{card}/acceptances/{cast.nespresso.pk}/"): {"revision": 1},
        ("PUT", f"learnings/{card}/acceptances/{UNKNOWN}/"): {"revision": 1},
        ("POST", f"hypotheses/{UNKNOWN}/pivot/"): {"why": "So", "id": str(UNKNOWN)},
        ("PUT", f"tests/{UNKNOWN}/count/"): {"points": 1},
    }
    inside = (("words", ("segment", "block_end", "nowhere")), ("verdicts", ("customer", "luck")))
    for (method, path), body in tries.items():
        send = partial(program.call, method, path, if_match="*")
        found = list(wrong_answers(send, body))
        for field, names in inside:
            for name, value in product(names if field in body else (), REST_JUNK):
                found += wrong_answer(
                    send, {key: said for key, said in body.items() if key != "id"} | {field: {name: value}}
                )
        wrong += [f"{method} {path} with {each}" for each in found]
    assert wrong == []
