"""What joint ideas put on notes and pairs: a mark for each state, for who sees the idea, at a fixed price."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.hypotheses import operations
from partners.hypotheses.boards.marks import ORDER, Marks, draw_marks
from partners.hypotheses.boards.words import SYMBOLS
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.rules import State
from partners.value_fit import operations as comparing
from partners.workspaces.models import Invitation, Membership
from partners.workspaces.operations import invite, seal
from tests.hypotheses.conftest import Ideas, idea_with

pytestmark = pytest.mark.django_db
BOTH_BUT = {"customer": "supports", "transfer": "supports"}


def both_sheets(ideas: Ideas) -> list[Canvas]:
    """The sheets of Nespresso and De'Longhi about their partnership."""
    cast = ideas.cast
    return [cast.sheet(cast.with_delonghi, company) for company in (cast.nespresso, cast.delonghi)]


def marks(ideas: Ideas, who: Membership | None = None, *canvases: Canvas, days: int = 0) -> Marks:
    """The marks of some sheets for somebody; Bo's of both sheets when nothing is said."""
    viewer = ideas.cast.viewer(who or ideas.cast.bo)
    canvas_ids = [canvas.pk for canvas in canvases or both_sheets(ideas)]
    return draw_marks(viewer, canvas_ids, today=timezone.localdate() + timedelta(days=days))


def on(found: Marks, thing: UUID) -> list[str]:
    """The words of the marks on a note or a pair."""
    return [mark.words for spot in found.spots if thing in spot.things for mark in spot.marks]


def resting(ideas: Ideas, **more: Any) -> SynergyHypothesis:
    """An idea that rests on Nespresso's licence."""
    return ideas.add(notes=[ideas.table.licence.pk], **more)


def learned(verdicts: dict[str, str]) -> Callable[[Ideas], SynergyHypothesis]:
    """An idea with a card that both companies have accepted."""

    def make(ideas: Ideas) -> SynergyHypothesis:
        idea = resting(ideas)
        ideas.test(idea)
        ideas.accept(ideas.card(idea, verdicts=verdicts))
        return idea

    return make


def described(ideas: Ideas) -> SynergyHypothesis:
    idea = resting(ideas)
    ideas.test(idea)
    return idea


def running(ideas: Ideas) -> SynergyHypothesis:
    idea = resting(ideas)
    ideas.started(idea)
    return idea


def unclear(ideas: Ideas) -> SynergyHypothesis:
    idea = resting(ideas)
    operations.end_test(seen=ideas.table.seen(ideas.cast.bo), test=ideas.started(idea))
    claims = ("customer", "transfer", "model_start", "model_end")
    ideas.accept(ideas.card(idea, verdicts=dict.fromkeys(claims, "unclear")))
    return idea


def dropped(ideas: Ideas) -> SynergyHypothesis:
    return operations.retire_idea(seen=ideas.table.seen(ideas.cast.bo), idea=resting(ideas), why="Too dear")


def gone_on(ideas: Ideas) -> SynergyHypothesis:
    idea = resting(ideas)
    new = operations.pivot_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, why="Rather rent")
    operations.remove_idea(seen=ideas.table.seen(ideas.cast.bo), idea=new)
    return idea


TABLE: dict[State, tuple[Callable[[Ideas], SynergyHypothesis], str, str]] = {
    State.DRAFT: (lambda ideas: resting(ideas, flagged=False), "idea: draft", ""),
    State.FLAGGED: (resting, "idea: worth a test", ""),
    State.TEST_DESIGNED: (described, "idea: test described", ""),
    State.TESTING: (running, "idea: being tested", ""),
    State.SUPPORTED_START_ONLY: (
        learned(BOTH_BUT | {"model_start": "supports"}),
        "idea: only for Nespresso so far",
        "ask",
    ),
    State.SUPPORTED_END_ONLY: (
        learned(BOTH_BUT | {"model_end": "supports"}),
        "idea: only for De'Longhi so far",
        "ask",
    ),
    State.VALIDATED: (
        learned(BOTH_BUT | {"model_start": "supports", "model_end": "supports"}),
        "idea: holds for both",
        "ok",
    ),
    State.REFUTED: (learned({"customer": "refutes"}), "idea: did not hold", "bad"),
    State.INCONCLUSIVE: (unclear, "idea: nothing clear yet", ""),
    State.RETIRED: (dropped, "idea: dropped", ""),
    State.PIVOTED: (gone_on, "idea: went on as another idea", ""),
}
"""Of each state: how an idea gets there, what its mark says, and its tone."""


class TestStates:
    def test_each_has_a_mark(self) -> None:
        assert TABLE.keys() == set(State) == set(ORDER) == SYMBOLS.keys()

    @pytest.mark.parametrize("state", State)
    def test_says_how_far_the_idea_is_by_words_and_by_a_drawing(self, ideas: Ideas, state: State) -> None:
        make, words, tone = TABLE[state]
        idea = make(ideas)
        [spot] = marks(ideas).spots
        [mark] = spot.marks
        assert spot.things == (ideas.table.licence.pk,)
        assert (mark.state, mark.words, mark.tone, mark.symbol) == (state.value, words, tone, SYMBOLS[state])
        assert mark.href == f"/ideas/{idea.pk}/"
        assert idea.title in mark.names

    def test_what_holds_for_one_only_is_neither_green_nor_ticked(self, ideas: Ideas) -> None:
        green = {state for state, (_make, _words, tone) in TABLE.items() if tone == "ok"}
        assert green == {State.VALIDATED}
        ticked = {state for state, symbol in SYMBOLS.items() if "check" in symbol}
        assert ticked == {State.VALIDATED}

    def test_evidence_that_has_become_too_old_takes_the_green_away(self, ideas: Ideas) -> None:
        TABLE[State.VALIDATED][0](ideas)
        licence = ideas.table.licence.pk
        assert on(marks(ideas), licence) == ["idea: holds for both"]
        assert on(marks(ideas, days=400), licence) == ["idea: being tested"]

    def test_a_comparison_that_mostly_pays_one_side_does_too(self, ideas: Ideas) -> None:
        TABLE[State.VALIDATED][0](ideas)
        assert marks(ideas).follows_comparison
        seen, table = ideas.table.seen(ideas.cast.bo), ideas.table
        for need in (table.shelf, table.design, table.system, table.pull):
            comparing.declare_unmatched(seen=seen, note_id=need.pk)
        company = ideas.cast.nespresso.pk
        comparing.add_sentence(
            seen=seen, kind="created", text="Pods", beneficiary="organisation", organisation_id=company
        )
        assert on(marks(ideas), table.licence.pk) == ["idea: only for Nespresso so far"]


class TestWhatIsMarked:
    def test_the_pair_with_its_offer_and_its_need(self, ideas: Ideas) -> None:
        table = ideas.table
        pair = table.agree(table.licence, table.system)
        ideas.add(pairs=[pair.pk])
        [spot] = marks(ideas).spots
        assert set(spot.things) == {pair.pk, table.licence.pk, table.system.pk}
        comparing.remove_pair(seen=table.seen(ideas.cast.bo), pair=pair)
        assert marks(ideas).spots == ()

    def test_the_business_model_note_that_a_note_was_taken_from(self, ideas: Ideas) -> None:
        cast = ideas.cast
        origin = cast.note("Patents", by=cast.ana)
        Note.objects.filter(pk=ideas.table.licence.pk).update(source_note=origin)
        resting(ideas)
        assert on(marks(ideas, None, cast.model(cast.nespresso)), origin.pk) == ["idea: worth a test"]

    def test_a_need_from_which_it_was_flagged(self, ideas: Ideas) -> None:
        client = ideas.cast.client(ideas.cast.bo)
        here = ideas.cast.with_delonghi.pk
        page = client.get(f"/p/{here}/ideas/new/", {"note": str(ideas.table.shelf.pk)}).content.decode()
        assert f'name="note" value="{ideas.table.shelf.pk}"' in page

    def test_several_ideas_in_one_state_are_one_mark(self, ideas: Ideas) -> None:
        for title in ("Capsules", "Kettles"):
            resting(ideas, title=title)
        running(ideas)
        licence = ideas.table.licence.pk
        assert on(marks(ideas), licence) == ["idea: being tested", "2 ideas: worth a test"]
        [spot] = marks(ideas).spots
        assert spot.marks[1].names == "“Capsules” and “Kettles”"
        assert spot.marks[1].href == f"/p/{ideas.cast.with_delonghi.pk}/ideas/"

    def test_nothing_of_a_deleted_note_or_idea(self, ideas: Ideas) -> None:
        idea = resting(ideas)
        sheet = ideas.cast.seen(ideas.cast.bo, both_sheets(ideas)[0])
        sheets.delete_note(sheet=sheet, note=ideas.table.licence, confirmed=True)
        assert marks(ideas).spots == ()
        sheets.restore_note(sheet=sheet, note=ideas.table.licence)
        assert len(marks(ideas).spots) == 1
        operations.remove_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea)
        assert marks(ideas).spots == ()


class TestWhoSeesThem:
    def test_who_sees_the_partnership_watchers_included(self, ideas: Ideas) -> None:
        resting(ideas)
        for who in (ideas.cast.ana, ideas.cast.bo, ideas.cast.carla, ideas.cast.eli):
            assert len(marks(ideas, who).spots) == 1
        assert marks(ideas, ideas.cast.dan).spots == ()

    def test_nobody_while_it_is_private(self, ideas: Ideas) -> None:
        resting(ideas)
        seal(ideas.cast.viewer(ideas.cast.ana), ideas.cast.with_delonghi)
        for who in (ideas.cast.ana, ideas.cast.bo, ideas.cast.carla):
            assert marks(ideas, who).spots == ()

    def test_on_a_model_that_a_rival_sees_too_they_see_their_own(self, ideas: Ideas) -> None:
        cast = ideas.cast
        origin = cast.note("Patents", by=cast.ana)
        Note.objects.filter(pk=ideas.table.licence.pk).update(source_note=origin)
        resting(ideas, title="With De'Longhi")
        theirs = cast.note(
            "Patents", by=cast.ana, canvas=cast.sheet(cast.with_breville, cast.nespresso), block="value_offer"
        )
        Note.objects.filter(pk=theirs.pk).update(source_note=origin)
        idea_with(ideas, cast.with_breville, by=cast.ana, notes=[theirs.pk], title="With Breville")
        model = cast.model(cast.nespresso)
        names = {
            who: " ".join(mark.names for spot in marks(ideas, who, model).spots for mark in spot.marks)
            for who in (cast.carla, cast.dan)
        }
        assert names == {cast.carla: "“With De'Longhi”", cast.dan: "“With Breville”"}
        [spot] = marks(ideas, cast.ana, model).spots
        assert spot.marks[0].href == f"/w/{cast.workspace.pk}/ideas/"

    def test_the_address_asks_who_it_is(self, ideas: Ideas) -> None:
        resting(ideas, title="Hushed")
        cast = ideas.cast
        address = f"/w/{cast.workspace.pk}/ideas/marks/"
        named = {"canvas": [*(str(canvas.pk) for canvas in both_sheets(ideas)), "no id"]}
        assert "Hushed" in cast.client(cast.carla).get(address, named).content.decode()
        assert "Hushed" not in cast.client(cast.dan).get(address, named).content.decode()
        assert cast.client(cast.finn).get(address, named).status_code == 404
        assert "Hushed" not in cast.client(cast.bo).get(address).content.decode(), "no sheet was named"


class TestTheWall:
    @pytest.fixture
    def room(self, ideas: Ideas) -> str:
        """Where the screen in the room fetches the marks."""
        ana, partnership = ideas.cast.viewer(ideas.cast.ana), ideas.cast.with_delonghi
        return f"/room/{invite(viewer=ana, kind=Invitation.Kind.ROOM, partnership=partnership).code}/marks/"

    def test_shows_what_the_room_may_see(self, ideas: Ideas, room: str) -> None:
        resting(ideas, title="One system")
        cast, nobody = ideas.cast, Client()
        canvas = {"canvas": str(cast.sheet(cast.with_delonghi, cast.nespresso).pk)}
        assert "One system" in nobody.get(room, canvas).content.decode()
        rivals = cast.sheet(cast.with_breville, cast.nespresso)
        note = cast.note("Pods", by=cast.ana, canvas=rivals, block="value_offer")
        idea_with(ideas, cast.with_breville, by=cast.ana, notes=[note.pk], title="With Breville")
        assert nobody.get(room, {"canvas": str(rivals.pk)}).content.decode().strip() == ""
        seal(cast.viewer(cast.ana), cast.with_delonghi)
        assert "One system" not in nobody.get(room, canvas).content.decode()


class TestThePage:
    @pytest.mark.parametrize(
        ("place", "is_marked"),
        [("models/start/", True), ("sketch/start/", True), ("sketch/end/", False), ("compare/", True)],
    )
    def test_fetches_the_marks_of_the_sheets_on_it(self, ideas: Ideas, place: str, is_marked: bool) -> None:
        resting(ideas)
        client = ideas.cast.client(ideas.cast.bo)
        page = client.get(f"/p/{ideas.cast.with_delonghi.pk}/{place}").content.decode()
        [address] = re.findall(r'id="idea-marks" hidden hx-get="([^"]+)"', page)
        assert "topic=ideas" in page
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert ("worth a test" in answer.content.decode()) == is_marked

    def test_says_what_a_mark_is_in_words(self, ideas: Ideas) -> None:
        resting(ideas, title="One system")
        cast = ideas.cast
        query = {"canvas": str(both_sheets(ideas)[0].pk)}
        said = cast.client(cast.bo).get(f"/w/{cast.workspace.pk}/ideas/marks/", query).content.decode()
        assert re.search(r'<a class="idea-mark" data-state="flagged"[^>]*><svg.*?</svg>', said)
        assert 'idea: worth a test<span class="sr"> (“One system”)</span>' in said


def test_costs_the_same_however_much_there_is(ideas: Ideas) -> None:
    counted = []
    bo = ideas.cast.client(ideas.cast.bo)
    address = f"/w/{ideas.cast.workspace.pk}/ideas/marks/"
    query = {"canvas": [str(canvas.pk) for canvas in both_sheets(ideas)]}
    for more in (1, 6):
        for _ in range(more):
            TABLE[State.VALIDATED][0](ideas)
            ideas.add(notes=[ideas.table.system.pk], title="Other")
        bo.get(address, query)
        with CaptureQueriesContext(connection) as asked:
            bo.get(address, query)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_no_page_of_notes_asks_more_because_of_them(ideas: Ideas) -> None:
    counted = []
    bo = ideas.cast.client(ideas.cast.bo)
    for _ in range(2):
        address = f"/p/{ideas.cast.with_delonghi.pk}/sketch/"
        bo.get(address)
        with CaptureQueriesContext(connection) as asked:
            bo.get(address)
        counted.append(len(asked))
        resting(ideas)
    assert counted[0] == counted[1]
