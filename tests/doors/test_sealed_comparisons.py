"""Private again after something was compared: what was said of hidden notes is hidden with them, at every address.

Sheets can be made private as long as no pair stands; declarations, joint sentences, rounds and what became of them may
be there by then, and all of them carry the notes' words.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from partners.hypotheses import operations as trying
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.live.doors import Asked, admit, known_topics
from partners.live.render import news
from partners.outcome.models import NextStep
from partners.value_fit import operations as comparing
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.workspaces import operations as workshops
from partners.workspaces.models import Invitation, Membership
from tests.doors.sweeping import addresses, read, sweep
from tests.hypotheses.conftest import WORDS, Ideas
from tests.outcome.conftest import Outcome
from tests.remembering import remembered

SECRET = "Hushed"


@remembered
def sealed_again(outcome: Outcome) -> Outcome:
    """All that can be said of De'Longhi's notes was said, the pairs are apart, and the sheets are private again."""
    cast, table = outcome.cast, outcome.table
    theirs = cast.sheet(cast.with_delonghi, cast.delonghi)
    wish = cast.note("Hushed wish", by=cast.carla, canvas=theirs, block="desired_value")
    gift = cast.note("Hushed gift", by=cast.carla, canvas=theirs, block="value_offer")
    way = cast.note("Hushed way", by=cast.carla, canvas=theirs, block="transfer_activities")
    pairs = [table.agree(table.licence, wish), table.agree(gift, table.shelf)]
    seen = table.seen(cast.carla)
    comparing.say_interest(seen=seen, pair=pairs[0], interest="opposed")
    comparing.declare_same(seen=seen, first_id=wish.pk, second_id=table.design.pk)
    sentence = comparing.add_sentence(seen=seen, kind="transfer", source_note_id=way.pk)
    comparing.consent(seen=seen, sentence=sentence, organisation_id=cast.delonghi.pk)
    comparing.edit_sentence(seen=seen, sentence=sentence, text="Hushed way, more often")
    outcome.step("Talk it over", finding="gap", note_id=wish.pk)
    _test_an_idea(Ideas(table), wish.pk)
    comparing.start_round(seen=table.seen(cast.ana), name="Round one")
    for pair in pairs:
        comparing.remove_pair(seen=seen, pair=pair)
    comparing.declare_unmatched(seen=seen, note_id=gift.pk)
    comparing.declare_looked_through(seen=seen, organisation_id=cast.delonghi.pk)
    workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
    return outcome


def _test_an_idea(ideas: Ideas, note: UUID) -> None:
    """De'Longhi writes down ideas of the hidden wish, tests one, learns from it, and deletes the other."""
    carla, seen = ideas.cast.carla, ideas.table.seen(ideas.cast.carla)
    idea = ideas.add(by=carla, title="Hushed idea", words={**WORDS, "new_value": "Hushed value"}, notes=[note])
    ideas.test(idea, by=carla, title="Hushed test", does="Hushed ways")
    ideas.accept(ideas.card(idea, by=carla, title="Hushed lesson", observed="Hushed things were seen"))
    trying.reword_idea(seen=seen, idea=idea, words={"segment": "Hushed people"})
    trying.remove_idea(seen=seen, idea=ideas.add(by=carla, title="Hushed and deleted"))
    today = timezone.localdate()
    iteration = trying.plan_iteration(seen=seen, name="Hushed weeks", starts_on=today, ends_on=today)
    trying.close_iteration(seen=seen, iteration=iteration, priority="Hushed review")
    question = trying.ask_question(seen=seen, text="Hushed question?", ideas=[idea.pk])
    trying.answer_question(seen=seen, question=question, answer="Hushed answer")


@pytest.fixture
def sealed(outcome: Outcome) -> Outcome:
    return sealed_again(outcome)


@pytest.mark.parametrize("who", ["bo", "eli", "room"])
def test_no_address_tells_of_hidden_notes(sealed: Outcome, who: str) -> None:
    cast = sealed.cast
    facilitator = cast.viewer(cast.ana)
    room = workshops.invite(viewer=facilitator, kind=Invitation.Kind.ROOM).code
    workshops.follow_in_room(viewer=facilitator, page=f"{cast.with_delonghi.pk}/compare/start")
    client = cast.client(None if who == "room" else cast.members[who])
    only: dict[str, list[Any]] = {
        "partnership_id": [cast.with_delonghi.pk],
        "organisation_id": [cast.delonghi.pk],
        "member_id": [cast.carla.pk],
        "canvas_id": [cast.model(cast.nespresso).pk],
        "note_id": [sealed.table.licence.pk],
    }
    told = []
    for address, status, text in sweep(client, addresses(cast, room, only)):
        told += [address] if SECRET in text or status >= 500 else []
    assert told == []


@pytest.mark.parametrize("who", ["bo", "eli"])
def test_the_stream_tells_nothing_of_hidden_notes(sealed: Outcome, who: str) -> None:
    """To who catches up with all that happened: at most that something is to be asked for anew, which says no word."""
    cast = sealed.cast
    asked = Asked(
        workspace_id=cast.workspace.pk,
        canvases=frozenset(cast.sheet(cast.with_delonghi, each).pk for each in (cast.nespresso, cast.delonghi)),
        topics=known_topics(),
        compared=frozenset([cast.with_delonghi.pk]),
        after=None,
        is_garbled=False,
        room="",
        cookies=cast.cookies(cast.members[who]),
    )
    for is_open in (False, True):
        scope = admit(asked).scope
        heard = news(cast.workspace.pk, {scope: 0})
        assert heard is not None
        pieces = heard.pieces[scope] or []
        assert any(SECRET in piece for piece in pieces) is is_open, "after the reveal it is told, else this cannot fail"
        workshops.reveal(cast.viewer(cast.ana), cast.with_delonghi)


def test_there_is_no_comparison_to_read(sealed: Outcome) -> None:
    """Each of its addresses, by page and REST: pages only say that the sheets are private, all else is not found."""
    cast = sealed.cast
    about, note = f"/p/{cast.with_delonghi.pk}", sealed.table.licence.pk
    sentence, pair = JointSentence.objects.get().pk, Pair.objects.all()[0].pk
    pages = [f"{about}/{path}/" for path in ("grid", "sums/start", "sums/fit", "sentences", "rounds", "rounds/1")]
    pages += [f"{about}/rounds/9/", f"/sentences/{sentence}/diff/"]
    asked = [f"{about}/menu/?note={note}", *(f"/sentences/{sentence}/{path}" for path in ("", "edit/", "menu/"))]
    asked += [f"/api/v1/partnerships/{cast.with_delonghi.pk}/fit/", f"/api/v1/pairs/{pair}/"]
    asked += [f"/api/v1/sentences/{sentence}/", f"/api/v1/declarations/{Declaration.objects.all()[0].pk}/"]
    asked += [f"/api/v1/rounds/{Round.objects.get().pk}/"]
    asked += [f"/api/v1/hypotheses/{idea.pk}/" for idea in SynergyHypothesis.objects.all()]
    asked += [f"/api/v1/tests/{TestCard.objects.get().pk}/", f"/api/v1/learnings/{LearningCard.objects.get().pk}/"]
    iteration, question = Iteration.objects.get().pk, BigQuestion.objects.get().pk
    asked += [f"/api/v1/iterations/{iteration}/", f"/api/v1/questions/{question}/", f"/iterations/{iteration}/review/"]
    for who in ("ana", "bo", "carla", "eli"):
        client = cast.client(cast.members[who])
        for headers in ({}, {"HX-Request": "true"}):
            found = {address: client.get(address, headers=headers).status_code for address in asked}
            assert found == dict.fromkeys(asked, 404), who
        for page in [
            *pages,
            *(f"{about}/{place}/" for place in ("compare", "outcome", "report", "rhythm", "learning")),
        ]:
            answer = client.get(page)
            assert answer.status_code == 200, (who, page)
            assert "private until" in answer.content.decode().lower(), (who, page)
        for part in (f"{about}/sums/fit/", f"{about}/rounds/", f"/sentences/{sentence}/diff/"):
            assert client.get(part, headers={"HX-Request": "true", "HX-Target": "popover"}).status_code == 404, part


def test_nothing_can_be_said_in_it(sealed: Outcome) -> None:
    cast, table = sealed.cast, sealed.table
    about, sentence = f"/p/{cast.with_delonghi.pk}", JointSentence.objects.get().pk
    company, note = cast.nespresso.pk, table.licence.pk
    iteration, question = Iteration.objects.get().pk, BigQuestion.objects.get().pk
    tries: dict[str, dict[str, Any]] = {
        f"{about}/pairs/": {"offer": note, "need": table.system.pk},
        f"{about}/ratings/": {"offer": note, "need": table.system.pk, "organisation": company, "strength": 1},
        f"{about}/unmatched/": {"note": note},
        f"{about}/looked-through/": {"organisation": company},
        f"{about}/same/": {"first": note, "second": table.making.pk},
        f"{about}/sentences/": {"kind": "created", "text": "More"},
        f"/sentences/{sentence}/": {"text": "Other words", "base_version": 1},
        f"/sentences/{sentence}/fields/": {"carries": "all"},
        f"/sentences/{sentence}/consent/": {"organisation": company, "given": 1},
        f"/sentences/{sentence}/removal/": {"removed": 1},
        f"/sentences/{sentence}/acceptance/": {"accepted": 1},
        f"/sentences/{sentence}/landing/": {"into": "channels"},
        f"{about}/iterations/": {"name": "Later", "starts_on": "2026-01-05", "ends_on": "2026-01-09"},
        f"/iterations/{iteration}/": {"name": "Later", "starts_on": "2026-01-05", "ends_on": "2026-01-09"},
        f"/iterations/{iteration}/review/": {"priority": "Other words"},
        f"/iterations/{iteration}/reopening/": {},
        f"/iterations/{iteration}/removal/": {"removed": 1},
        f"{about}/questions/": {"text": "More?"},
        f"/questions/{question}/": {"text": "Other words?"},
        f"/questions/{question}/answer/": {"answer": "Other words"},
        f"/questions/{question}/removal/": {"removed": 1},
    }
    client = cast.client(cast.bo)
    for address, fields in tries.items():
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(address, fields, headers=headers)
            assert answer.status_code == 404, address
            assert SECRET not in answer.content.decode(), address
    assert NextStep.objects.get().what == "Talk it over"
    for _turn in range(4):  # past the next step, to what was rated
        undone = client.post(f"/w/{cast.workspace.pk}/undo/", headers={"HX-Request": "true"})
        assert undone.status_code in (200, 404, 422)
        assert SECRET not in undone.content.decode()
    assert not Pair.objects.filter(removed_at=None).exists()


def test_after_the_reveal_all_is_there_again(sealed: Outcome) -> None:
    """Nothing was lost, and the same doors tell it: else they could not fail."""
    cast = sealed.cast
    workshops.reveal(cast.viewer(cast.ana), cast.with_delonghi)
    workspace, client = cast.workspace.pk, cast.client(cast.eli)
    doors = [
        f"/w/{workspace}/activity/",
        f"/p/{cast.with_delonghi.pk}/compare/",
        f"/p/{cast.with_delonghi.pk}/outcome/",
    ]
    doors += [f"/api/v1/{name}/?workspace={workspace}" for name in ("events", "sentences", "rounds", "notes")]
    doors += [f"/api/v1/{name}/?workspace={workspace}" for name in ("hypotheses", "tests", "learnings")]
    doors += [f"/api/v1/{name}/?workspace={workspace}" for name in ("iterations", "questions", "timeline")]
    doors += [
        f"/p/{cast.with_delonghi.pk}/rhythm/",
        f"/p/{cast.with_delonghi.pk}/learning/",
        f"/w/{workspace}/learning/",
    ]
    doors += [f"/api/v1/workspaces/{workspace}/{name}" for name in ("export/", "hypotheses.csv")]
    assert [address for address in doors if SECRET not in read(client, address)[1]] == []


def test_who_comes_later_is_told_nothing_of_before(sealed: Outcome) -> None:
    cast = sealed.cast
    late = cast.join("Lea Late", cast.nespresso)
    watcher = cast.join("Wim Watch", None, role=Membership.Role.OBSERVER, partnership=cast.with_delonghi)
    for member in (late, watcher):
        for address in (f"/w/{cast.workspace.pk}/activity/", f"/api/v1/events/?workspace={cast.workspace.pk}"):
            assert SECRET not in read(cast.client(member), address)[1], address
