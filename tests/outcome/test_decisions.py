"""The decision: who writes it, whose words stay, and what both companies agreed to."""

from __future__ import annotations

import pytest

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.outcome import operations
from partners.outcome.boards.decisions import DrawnDecision, draw_decision
from partners.outcome.models import Decision
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.django_db


def drawn(outcome: Outcome) -> DrawnDecision:
    return draw_decision(outcome.table.seen(outcome.cast.eli))


def decide(outcome: Outcome, verdict: str = "go_on", by: Membership | None = None) -> Decision:
    return operations.decide(seen=outcome.table.seen(by or outcome.cast.bo), verdict=verdict)


def both_agree(outcome: Outcome) -> None:
    for member in (outcome.cast.bo, outcome.cast.carla):
        assert member.organisation_id
        operations.assent(seen=outcome.table.seen(member), organisation_id=member.organisation_id)


class TestIt:
    def test_says_what_why_and_who(self, outcome: Outcome) -> None:
        decide(outcome)
        operations.explain(seen=outcome.table.seen(outcome.cast.carla), text=" Four of five needs are met. ")
        both_agree(outcome)
        found = drawn(outcome)
        assert (found.words, found.why, found.name) == ("Go on", "Four of five needs are met.", "Bo Keller")
        assert [(each.company, each.name) for each in found.assents] == [
            ("Nespresso", "Bo Keller"),
            ("De'Longhi", "Carla Rossi"),
        ]
        assert found.is_agreed

    def test_the_last_word_stands_and_asks_both_again(self, outcome: Outcome) -> None:
        decide(outcome)
        both_agree(outcome)
        decide(outcome, "stop", by=outcome.cast.carla)
        assert (drawn(outcome).words, drawn(outcome).is_agreed) == ("Stop", False)
        both_agree(outcome)
        operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="No money")
        assert not drawn(outcome).is_agreed

    def test_said_again_is_said_once(self, outcome: Outcome) -> None:
        decide(outcome)
        both_agree(outcome)
        before = outcome.last()
        decide(outcome, by=outcome.cast.carla)
        operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="")
        both_agree(outcome)
        assert outcome.told(before) == []
        assert drawn(outcome).is_agreed

    def test_is_one_however_many_begin_it(self, outcome: Outcome) -> None:
        decide(outcome)
        operations.explain(seen=outcome.table.seen(outcome.cast.ana), text="Because")
        assert Decision.objects.count() == 1


class TestTwoPeopleSayWhy:
    def test_both_words_stay(self, outcome: Outcome) -> None:
        first = operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="Needs are met")
        for member, text in ((outcome.cast.bo, "Four needs are met"), (outcome.cast.carla, "Needs are met, mostly")):
            operations.explain(seen=outcome.table.seen(member), text=text, base_version=first.why_version)
        assert drawn(outcome).why == "Four needs are met, mostly"

    def test_the_same_words_are_a_conflict_with_both(self, outcome: Outcome) -> None:
        first = operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="Cheap")
        operations.explain(seen=outcome.table.seen(outcome.cast.carla), text="Dear", base_version=first.why_version)
        with pytest.raises(Conflict) as caught:
            operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="Free", base_version=first.why_version)
        assert (caught.value.details["yours"], caught.value.details["theirs"]) == ("Free", "Dear")
        assert drawn(outcome).why == "Dear"

    def test_both_began_with_nothing(self, outcome: Outcome) -> None:
        operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="Cheap", base_version=0)
        with pytest.raises(Conflict):
            operations.explain(seen=outcome.table.seen(outcome.cast.carla), text="Quick", base_version=0)


class TestBadInput:
    @pytest.mark.parametrize("verdict", ["perhaps", "GO_ON", "x" * 200])
    def test_another_decision(self, outcome: Outcome, verdict: str) -> None:
        with pytest.raises(Invalid):
            decide(outcome, verdict)
        assert not Decision.objects.exists()

    def test_too_many_words(self, outcome: Outcome) -> None:
        seen = outcome.table.seen(outcome.cast.bo)
        operations.explain(seen=seen, text="x" * 1000)
        with pytest.raises(Invalid):
            operations.explain(seen=seen, text="x" * 1001)

    def test_agreeing_to_nothing(self, outcome: Outcome) -> None:
        with pytest.raises(Invalid):
            both_agree(outcome)

    def test_agreeing_to_what_reads_otherwise_by_now(self, outcome: Outcome) -> None:
        decide(outcome)
        seen, ours = outcome.table.seen(outcome.cast.bo), outcome.cast.nespresso.pk
        with pytest.raises(Conflict):
            operations.assent(seen=seen, organisation_id=ours, verdict="stop")
        with pytest.raises(Conflict):
            operations.assent(seen=seen, organisation_id=ours, verdict="go_on", version=7)

    def test_agreeing_for_the_other_company(self, outcome: Outcome) -> None:
        decide(outcome)
        for member in (outcome.cast.bo, outcome.cast.ana):
            with pytest.raises(Forbidden):
                operations.assent(seen=outcome.table.seen(member), organisation_id=outcome.cast.delonghi.pk)
        with pytest.raises(NotFound):
            operations.assent(seen=outcome.table.seen(outcome.cast.bo), organisation_id=outcome.cast.breville.pk)

    def test_by_who_watches_or_belongs_elsewhere(self, outcome: Outcome) -> None:
        with pytest.raises(Forbidden):
            decide(outcome, by=outcome.cast.eli)
        Membership.objects.filter(pk=outcome.cast.dan.pk).update(scope=Membership.Scope.WORKSPACE)
        with pytest.raises(Forbidden):
            decide(outcome, by=outcome.cast.dan)

    def test_on_a_partnership_that_was_taken_away(self, outcome: Outcome) -> None:
        seen = outcome.table.seen(outcome.cast.bo)
        seen.partnership.deleted_at = seen.partnership.created_at
        seen.partnership.save()
        with pytest.raises(NotFound):
            operations.decide(seen=seen, verdict="stop")

    def test_while_the_sheets_are_private_is_none(self, outcome: Outcome) -> None:
        seal(outcome.cast.viewer(outcome.cast.ana), outcome.cast.with_delonghi)
        decide(outcome)
        assert drawn(outcome).words == "Go on"


class TestUndo:
    def test_of_a_decision_gives_both_their_yes_back(self, outcome: Outcome) -> None:
        decide(outcome)
        both_agree(outcome)
        decide(outcome, "stop", by=outcome.cast.ana)
        outcome.undo(outcome.cast.ana)
        found = drawn(outcome)
        assert (found.words, [each.name for each in found.assents]) == ("Go on", ["Bo Keller", "Carla Rossi"])
        outcome.redo(outcome.cast.ana)
        assert (drawn(outcome).words, drawn(outcome).is_agreed) == ("Stop", False)

    def test_not_when_the_reason_reads_otherwise_by_now(self, outcome: Outcome) -> None:
        decide(outcome)
        both_agree(outcome)
        decide(outcome, "stop", by=outcome.cast.ana)
        operations.explain(seen=outcome.table.seen(outcome.cast.carla), text="Because")
        outcome.undo(outcome.cast.ana)
        assert (drawn(outcome).words, drawn(outcome).is_agreed) == ("Go on", False)

    def test_of_words_keeps_what_others_wrote(self, outcome: Outcome) -> None:
        operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="Needs are met")
        operations.explain(seen=outcome.table.seen(outcome.cast.bo), text="Four needs are met")
        operations.explain(seen=outcome.table.seen(outcome.cast.carla), text="Four needs are met, mostly")
        outcome.undo(outcome.cast.bo)
        assert drawn(outcome).why == "Needs are met, mostly"

    def test_of_a_decision_that_others_changed_since(self, outcome: Outcome) -> None:
        decide(outcome)
        decide(outcome, "stop", by=outcome.cast.carla)
        with pytest.raises(Conflict):
            outcome.undo(outcome.cast.bo)

    def test_of_a_yes(self, outcome: Outcome) -> None:
        decide(outcome)
        both_agree(outcome)
        outcome.undo(outcome.cast.carla)
        assert [each.given for each in drawn(outcome).assents] == [True, False]
        outcome.redo(outcome.cast.carla)
        assert drawn(outcome).is_agreed
