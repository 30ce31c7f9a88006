"""Writing joint ideas down: legal moves, versions, what people change at once, and undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.hypotheses import operations
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.rules import Label, State
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import WORDS, Ideas

pytestmark = pytest.mark.django_db


class TestWritingOneDown:
    def test_is_a_synergy_worth_a_test(self, ideas: Ideas) -> None:
        read = ideas.read(ideas.add())
        assert read.row.title == "one system that always works"
        assert (read.state, read.synergy.label, read.level) == (State.FLAGGED, Label.SYNERGY, 0)

    def test_what_fails_the_test_is_kept_and_named(self, ideas: Ideas) -> None:
        trade = ideas.add(words={"input_start": "pods", "transfer": "an order"})
        read = ideas.read(trade)
        assert (read.synergy.label, read.row.title) == (Label.EXCHANGE, "pods")

    def test_twice_with_one_id_is_one(self, ideas: Ideas) -> None:
        made = uuid4()
        assert ideas.add(idea_id=made) == ideas.add(idea_id=made)
        assert len(ideas.all()) == 1

    def test_rests_on_notes_and_pairs_of_this_partnership(self, ideas: Ideas) -> None:
        pair = ideas.table.agree(ideas.table.licence, ideas.table.system)
        idea = ideas.add(notes=[ideas.table.licence.pk], pairs=[pair.pk])
        assert list(idea.notes.all()) == [ideas.table.licence]
        with pytest.raises(NotFound):
            ideas.add(notes=[uuid4()])

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"words": {}}, "empty"),
            ({"words": WORDS | {"slogan": "x"}}, "unknown_slot"),
            ({"words": WORDS | {"block_end": "basement"}}, "unknown_block"),
            ({"words": WORDS | {"transfer": "x" * 301}}, "too_long"),
            ({"importance": 6}, "mark"),
            ({"assumed_level": 2}, "mark"),
            ({"finding": "treasure"}, "unknown_finding"),
        ],
    )
    def test_says_what_is_wrong(self, ideas: Ideas, wrong: dict[str, Any], code: str) -> None:
        with pytest.raises(Invalid) as refused:
            operations.add_idea(seen=ideas.table.seen(ideas.cast.bo), **{"words": WORDS} | wrong)
        assert refused.value.code == code
        assert ideas.all() == []

    def test_only_people_of_the_two_companies_do(self, ideas: Ideas) -> None:
        with pytest.raises(Forbidden):
            ideas.add(by=ideas.cast.eli)
        ideas.add(by=ideas.cast.carla)
        ideas.add(by=ideas.cast.ana)

    def test_there_are_none_while_the_sheets_are_private(self, ideas: Ideas) -> None:
        idea = ideas.add()
        seen = ideas.table.seen(ideas.cast.ana)
        seal(viewer=ideas.cast.viewer(ideas.cast.ana), partnership=seen.partnership)
        with pytest.raises(NotFound):
            operations.change_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, title="Other")
        assert ideas.all() == []


class TestRewording:
    def test_makes_a_version_on_which_nothing_is_known(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        assert ideas.read(idea).state is State.VALIDATED
        operations.reword_idea(seen=ideas.table.seen(ideas.cast.carla), idea=idea, words={"new_value": "two systems"})
        read = ideas.read(idea)
        assert (read.row.version, read.state) == (2, State.TESTING)

    def test_the_very_words_taken_back_bring_their_evidence_back(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        operations.reword_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, words={"new_value": "two systems"})
        ideas.undo()
        assert ideas.read(idea).state is State.VALIDATED
        operations.reword_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, words={"new_value": "three"})
        assert (ideas.read(idea).row.version, ideas.read(idea).state) == (3, State.TESTING)

    def test_the_same_words_are_no_version(self, ideas: Ideas) -> None:
        idea = ideas.add()
        operations.reword_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, words={"new_value": WORDS["new_value"]})
        assert ideas.read(idea).row.version == 1
        assert ideas.told() == ["idea_added"]

    def test_of_two_people_is_merged(self, ideas: Ideas) -> None:
        idea = ideas.add()
        for who, text in (
            (ideas.cast.bo, "one new system that always works"),
            (ideas.cast.carla, "one system that works"),
        ):
            operations.reword_idea(
                seen=ideas.table.seen(who), idea=idea, words={"new_value": text}, base={"new_value": WORDS["new_value"]}
            )
        assert ideas.read(idea).row.words["new_value"] == "one new system that works"

    def test_of_the_same_words_offers_both(self, ideas: Ideas) -> None:
        idea, base = ideas.add(), {"new_value": WORDS["new_value"]}
        seen = ideas.table.seen(ideas.cast.bo)
        operations.reword_idea(seen=seen, idea=idea, words={"new_value": "one system that never fails"}, base=base)
        with pytest.raises(Conflict) as refused:
            operations.reword_idea(seen=seen, idea=idea, words={"new_value": "one system that often works"}, base=base)
        assert refused.value.details["field"] == "new_value"
        assert "never fails" in refused.value.details["theirs"]
        assert "often works" in refused.value.details["yours"]

    def test_of_a_deleted_idea_keeps_the_words(self, ideas: Ideas) -> None:
        idea = ideas.add()
        seen = ideas.table.seen(ideas.cast.carla)
        operations.remove_idea(seen=seen, idea=idea)
        with pytest.raises(Conflict) as refused:
            operations.reword_idea(seen=seen, idea=idea, words={"new_value": "mine"})
        assert refused.value.details["yours"] == "mine"


Move = Callable[[Ideas, SynergyHypothesis], object]

MOVES: dict[str, Move] = {
    "flag": lambda on, idea: operations.flag_idea(seen=on.table.seen(on.cast.bo), idea=idea),
    "reword": lambda on, idea: operations.reword_idea(
        seen=on.table.seen(on.cast.bo), idea=idea, words={"segment": "all who drink coffee"}
    ),
    "design_test": lambda on, idea: on.test(idea),
    "learn": lambda on, idea: on.card(idea),
    "pivot": lambda on, idea: operations.pivot_idea(seen=on.table.seen(on.cast.bo), idea=idea, why="Too dear"),
    "retire": lambda on, idea: operations.retire_idea(seen=on.table.seen(on.cast.bo), idea=idea, why="No need"),
    "take_up": lambda on, idea: operations.take_idea_up(seen=on.table.seen(on.cast.bo), idea=idea),
}
LEGAL = {
    "draft": {"flag", "reword", "retire"},
    "flagged": {"reword", "design_test", "pivot", "retire"},
    "tested": {"reword", "design_test", "learn", "pivot", "retire"},
    "retired": {"take_up"},
    "pivoted": set(),
}


def in_state(ideas: Ideas, state: str) -> SynergyHypothesis:
    idea = ideas.add(flagged=state != "draft")
    if state == "tested":
        ideas.test(idea)
    if state == "retired":
        MOVES["retire"](ideas, idea)
    if state == "pivoted":
        MOVES["pivot"](ideas, idea)
    return idea


@pytest.mark.parametrize("state", LEGAL)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_is_done_or_refused_with_what_comes_first(ideas: Ideas, state: str, move: str) -> None:
    idea = in_state(ideas, state)
    before = ideas.told()
    if move in LEGAL[state]:
        MOVES[move](ideas, idea)
        assert len(ideas.told()) > len(before)
        return
    with pytest.raises(Invalid) as refused:
        MOVES[move](ideas, idea)
    assert refused.value.code == "illegal_move"
    assert ideas.told() == before, "nothing was changed"


class TestGoingOn:
    @pytest.mark.parametrize("move", ["retire", "pivot"])
    def test_asks_why(self, ideas: Ideas, move: str) -> None:
        idea = ideas.add()
        leave = operations.retire_idea if move == "retire" else operations.pivot_idea
        with pytest.raises(Invalid) as refused:
            leave(seen=ideas.table.seen(ideas.cast.bo), idea=idea, why="  ")
        assert refused.value.code == "no_reason"

    def test_with_another_begins_a_draft_with_its_words(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        new = operations.pivot_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, why="Shops want more")
        assert (ideas.read(idea).state, ideas.read(new).state) == (State.PIVOTED, State.DRAFT)
        assert (new.came_from, new.words) == (idea, idea.words)
        assert ideas.read(new).cards == [], "what was learned stays with the one before"


class TestUndo:
    def test_takes_back_and_does_again_each_thing(self, ideas: Ideas) -> None:
        seen = ideas.table.seen(ideas.cast.bo)
        idea = ideas.add(flagged=False)

        def stands() -> tuple[object, ...]:
            row = SynergyHypothesis.objects.get(pk=idea.pk)
            notes = sorted(str(note.pk) for note in row.notes.all())
            return (
                row.words,
                row.version,
                row.word,
                row.word_why,
                row.title,
                row.importance,
                notes,
                row.deleted_at is None,
            )

        done: list[Callable[[], object]] = [
            lambda: operations.flag_idea(seen=seen, idea=idea),
            lambda: operations.reword_idea(seen=seen, idea=idea, words={"transfer": "a shared laboratory"}),
            lambda: operations.change_idea(
                seen=seen, idea=idea, title="Lab", importance=5, notes=[ideas.table.licence.pk]
            ),
            lambda: operations.retire_idea(seen=seen, idea=idea, why="No laboratory"),
            lambda: operations.take_idea_up(seen=seen, idea=idea),
            lambda: operations.remove_idea(seen=seen, idea=idea),
        ]
        for do in done:
            before = stands()
            do()
            after = stands()
            assert after != before
            ideas.undo()
            assert stands() == before
            ideas.redo()
            assert stands()[0] == after[0]
            assert stands()[2:] == after[2:]

    def test_leaves_what_others_have_gone_on_with(self, ideas: Ideas) -> None:
        idea = ideas.add()
        ideas.test(idea, by=ideas.cast.carla)
        with pytest.raises(Conflict, match="Others have gone on"):
            ideas.undo()
        assert ideas.read(idea).row.deleted_at is None

    def test_of_a_flag_goes_on_where_others_said_otherwise(self, ideas: Ideas) -> None:
        idea = ideas.add(flagged=False)
        operations.flag_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea)
        operations.retire_idea(seen=ideas.table.seen(ideas.cast.carla), idea=idea, why="No need")
        with pytest.raises(Conflict, match="said otherwise"):
            ideas.undo()
        assert ideas.read(idea).state is State.RETIRED
