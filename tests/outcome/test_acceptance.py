"""Accepting a created value: what follows from it on both business models, and how it is taken back."""

from __future__ import annotations

import pytest

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.outcome import operations
from partners.outcome.boards.page import draw_outcome
from partners.value_fit import operations as comparing
from partners.value_fit.models import Pair
from partners.workspaces.models import Membership
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.django_db


class TestItIsReady:
    def test_when_both_said_yes_and_a_pair_each_way_is_agreed(self, outcome: Outcome) -> None:
        sentence = outcome.created()
        with pytest.raises(Invalid) as caught:
            outcome.accept(sentence)
        assert [each["lacks"] for each in caught.value.details["missing"]] == ["yes", "yes", "pair", "pair"]
        (candidate,) = draw_outcome(outcome.table.seen(outcome.cast.eli)).candidates
        assert candidate.lacks == (
            "Nespresso has not said yes yet",
            "De'Longhi has not said yes yet",
            "no need of Nespresso is met by an agreed pair yet",
            "no need of De'Longhi is met by an agreed pair yet",
        )

    def test_not_while_pairs_go_one_way_only(self, outcome: Outcome) -> None:
        outcome.table.agree(outcome.table.licence, outcome.table.system)
        sentence = outcome.created()
        outcome.both_say_yes(sentence)
        with pytest.raises(Invalid) as caught:
            outcome.accept(sentence)
        assert caught.value.details["missing"] == [{"lacks": "pair", "organisation": str(outcome.cast.nespresso.pk)}]

    def test_not_on_what_one_side_alone_has_rated(self, outcome: Outcome) -> None:
        sentence = outcome.agreed()
        comparing.take_rating_back(
            seen=outcome.table.seen(outcome.cast.bo),
            pair=Pair.objects.get(need=outcome.table.shelf),
            organisation_id=outcome.cast.nespresso.pk,
        )
        with pytest.raises(Invalid):
            outcome.accept(sentence)


class TestTheFirstAcceptance:
    def test_names_each_company_on_the_others_model(self, outcome: Outcome) -> None:
        outcome.table.agree(outcome.table.making, outcome.table.design, 2)
        outcome.accept(outcome.agreed())
        assert outcome.on_model("nespresso", "key_partners") == [
            "De'Longhi: Shelf and channel marketing; Machine design and making"
        ]
        assert outcome.on_model("delonghi", "key_partners") == ["Nespresso: Working capsule system"]
        note = outcome.landed("delonghi", "key_partners")
        assert note.source_note == outcome.table.system
        assert note.basis == Note.Basis.KNOWN

    def test_takes_what_is_partly_met_where_nothing_is_met(self, outcome: Outcome) -> None:
        outcome.table.agree(outcome.table.licence, outcome.table.system, 1)
        outcome.table.agree(outcome.table.marketing, outcome.table.shelf, 1)
        sentence = outcome.created()
        outcome.both_say_yes(sentence)
        outcome.accept(sentence)
        assert outcome.on_model("delonghi", "key_partners") == ["Nespresso: Working capsule system"]

    def test_is_one_change_and_twice_is_once(self, outcome: Outcome) -> None:
        sentence, before = outcome.agreed(), outcome.last()
        outcome.accept(sentence, into="revenue_streams")
        assert outcome.told(before) == ["note_added", "note_added", "note_added", "created_value_accepted"]
        outcome.accept(sentence, into="revenue_streams")
        assert len(outcome.told(before)) == 4

    def test_the_second_adds_no_partners(self, outcome: Outcome) -> None:
        outcome.accept(outcome.agreed())
        second = outcome.created("A new machine category", organisation_id=outcome.cast.delonghi.pk)
        outcome.both_say_yes(second)
        outcome.accept(second, into="customer_segments")
        assert len(outcome.on_model("nespresso", "key_partners")) == 1
        assert outcome.on_model("delonghi", "customer_segments") == ["A new machine category"]


class TestWhereItLands:
    def test_in_the_block_of_the_company_it_is_for(self, outcome: Outcome) -> None:
        outcome.accept(outcome.agreed(), into="revenue_streams")
        assert outcome.on_model("nespresso", "revenue_streams") == ["Each machine brings a repeat pod buyer"]
        assert outcome.on_model("delonghi", "revenue_streams") == []

    def test_for_the_customer_in_both_value_propositions(self, outcome: Outcome) -> None:
        sentence = outcome.agreed("Machine and coffee that match", beneficiary="customer", organisation_id=None)
        outcome.accept(sentence, into="channels")
        for company in ("nespresso", "delonghi"):
            assert outcome.on_model(company, "value_propositions") == ["Machine and coffee that match"]

    def test_with_the_note_it_came_from(self, outcome: Outcome) -> None:
        cast = outcome.cast
        theirs = cast.note(
            "Installed base",
            by=cast.carla,
            canvas=cast.sheet(cast.with_delonghi, cast.delonghi),
            block="created_value",
            beneficiary="partner",
        )
        outcome.table.agree(outcome.table.licence, outcome.table.system)
        outcome.table.agree(outcome.table.marketing, outcome.table.shelf)
        sentence = comparing.add_sentence(seen=outcome.table.seen(cast.bo), kind="created", source_note_id=theirs.pk)
        outcome.both_say_yes(sentence)
        outcome.accept(sentence, into="channels")
        assert outcome.landed("nespresso", "channels").source_note == theirs

    def test_later_and_only_once(self, outcome: Outcome) -> None:
        sentence = outcome.accept(outcome.agreed())
        for block in ("revenue_streams", "channels"):
            operations.put_into_model(seen=outcome.table.seen(outcome.cast.bo), sentence=sentence, into=block)
        assert outcome.on_model("nespresso", "revenue_streams") == ["Each machine brings a repeat pod buyer"]
        assert outcome.on_model("nespresso", "channels") == []

    def test_says_so_on_both_sides(self, outcome: Outcome) -> None:
        outcome.accept(outcome.agreed(), into="revenue_streams")
        (candidate,) = draw_outcome(outcome.table.seen(outcome.cast.carla)).candidates
        assert "Revenue Streams of Nespresso" in candidate.landed
        page = outcome.cast.client(outcome.cast.carla).get(f"/p/{outcome.cast.with_delonghi.pk}/models/start/")
        assert page.content.decode().count("from What becomes possible together") == 1
        assert page.content.decode().count("from Desired Value") == 1

    def test_and_not_to_whom_the_partnership_does_not_exist(self, outcome: Outcome) -> None:
        outcome.accept(outcome.agreed(), into="revenue_streams")
        page = outcome.cast.client(outcome.cast.dan).get(f"/p/{outcome.cast.with_breville.pk}/models/start/")
        assert "from What becomes possible together" not in page.content.decode()
        assert "from Desired Value" not in page.content.decode()
        events = outcome.cast.client(outcome.cast.dan).get(f"/api/v1/events/?workspace={outcome.cast.workspace.pk}")
        assert str(outcome.table.shelf.pk) not in events.content.decode()

    @pytest.mark.parametrize("block", ["key_partner", "desired_value", "x" * 100])
    def test_refuses_a_block_that_is_none(self, outcome: Outcome, block: str) -> None:
        sentence, before = outcome.agreed(), outcome.last()
        with pytest.raises(Invalid):
            outcome.accept(sentence, into=block)
        assert outcome.told(before) == []

    def test_refuses_what_was_not_accepted(self, outcome: Outcome) -> None:
        with pytest.raises(Invalid):
            operations.put_into_model(
                seen=outcome.table.seen(outcome.cast.bo), sentence=outcome.agreed(), into="channels"
            )


class TestTakenBack:
    def test_goes_what_nobody_touched(self, outcome: Outcome) -> None:
        sentence = outcome.accept(outcome.agreed(), into="revenue_streams")
        note = outcome.landed("nespresso", "key_partners")
        seen = outcome.cast.seen(outcome.cast.bo, note.canvas)
        sheets.edit_note(sheet=seen, note=note, text="De'Longhi, for the shelf")
        back = operations.take_acceptance_back(seen=outcome.table.seen(outcome.cast.bo), sentence=sentence)
        assert [note.text for note in back.left] == ["De'Longhi, for the shelf"]
        assert outcome.on_model("nespresso", "revenue_streams") == []
        assert outcome.on_model("delonghi", "key_partners") == []
        assert outcome.on_model("nespresso", "key_partners") == ["De'Longhi, for the shelf"]
        outcome.accept(sentence)
        assert outcome.on_model("nespresso", "key_partners") == ["De'Longhi, for the shelf"]
        assert outcome.on_model("delonghi", "key_partners") == ["Nespresso: Working capsule system"]

    def test_partners_stay_while_another_stands(self, outcome: Outcome) -> None:
        first = outcome.accept(outcome.agreed())
        second = outcome.created("A new machine category")
        outcome.both_say_yes(second)
        outcome.accept(second)
        for sentence, left in ((first, 1), (second, 0)):
            operations.take_acceptance_back(seen=outcome.table.seen(outcome.cast.bo), sentence=sentence)
            assert len(outcome.on_model("nespresso", "key_partners")) == left


class TestUndo:
    def test_there_and_back_and_there_again(self, outcome: Outcome) -> None:
        """By Carla, who may not write on Nespresso's model otherwise."""
        outcome.accept(outcome.agreed(), into="revenue_streams")
        note = outcome.landed("nespresso", "revenue_streams")
        for _again in range(2):
            assert outcome.undo(outcome.cast.carla).what == "accepted “Each machine brings a repeat pod buyer”"
            assert outcome.on_model("nespresso", "key_partners") == outcome.on_model("delonghi", "key_partners") == []
            assert outcome.on_model("nespresso", "revenue_streams") == []
            outcome.redo(outcome.cast.carla)
            assert outcome.landed("nespresso", "revenue_streams") == note
            assert len(outcome.on_model("delonghi", "key_partners")) == 1

    def test_leaves_what_somebody_has_gone_on_with(self, outcome: Outcome) -> None:
        outcome.accept(outcome.agreed(), into="revenue_streams")
        note = outcome.landed("nespresso", "revenue_streams")
        sheets.edit_note(sheet=outcome.cast.seen(outcome.cast.bo, note.canvas), note=note, text="A pod buyer")
        undone = outcome.undo(outcome.cast.carla)
        assert undone.left == ("“A pod buyer” stays on the business model: somebody has gone on with it.",)
        assert outcome.on_model("nespresso", "revenue_streams") == ["A pod buyer"]

    def test_of_taking_back(self, outcome: Outcome) -> None:
        sentence = outcome.accept(outcome.agreed(), into="revenue_streams")
        operations.take_acceptance_back(seen=outcome.table.seen(outcome.cast.bo), sentence=sentence)
        outcome.undo(outcome.cast.bo)
        assert len(outcome.on_model("nespresso", "revenue_streams")) == 1
        sentence.refresh_from_db()
        assert sentence.accepted_at is not None

    def test_of_landing_alone(self, outcome: Outcome) -> None:
        sentence = outcome.accept(outcome.agreed())
        operations.put_into_model(seen=outcome.table.seen(outcome.cast.carla), sentence=sentence, into="channels")
        outcome.undo(outcome.cast.carla)
        assert outcome.on_model("nespresso", "channels") == []
        assert len(outcome.on_model("nespresso", "key_partners")) == 1
        outcome.redo(outcome.cast.carla)
        assert len(outcome.on_model("nespresso", "channels")) == 1

    def test_does_not_agree_again_for_others(self, outcome: Outcome) -> None:
        sentence = outcome.accept(outcome.agreed())
        outcome.undo(outcome.cast.carla)
        comparing.edit_sentence(seen=outcome.table.seen(outcome.cast.bo), sentence=sentence, text="Something else")
        with pytest.raises(Conflict):
            outcome.redo(outcome.cast.carla)


class TestRights:
    def test_people_of_either_company_and_facilitators(self, outcome: Outcome) -> None:
        sentence = outcome.agreed()
        for member in (outcome.cast.ana, outcome.cast.bo, outcome.cast.carla):
            outcome.accept(sentence, by=member)
            operations.take_acceptance_back(seen=outcome.table.seen(member), sentence=sentence)
        with pytest.raises(Forbidden):
            outcome.accept(sentence, by=outcome.cast.eli)
        with pytest.raises(NotFound):
            outcome.accept(sentence, by=outcome.cast.dan)

    def test_on_a_locked_model_only_facilitators(self, outcome: Outcome) -> None:
        sentence = outcome.agreed()
        Canvas.objects.filter(pk=outcome.cast.model(outcome.cast.nespresso).pk).update(locked_at="2025-01-01T00:00Z")
        with pytest.raises(Forbidden):
            outcome.accept(sentence, by=outcome.cast.bo)
        outcome.accept(sentence, by=outcome.cast.ana)

    def test_people_of_a_third_company_who_see_it(self, outcome: Outcome) -> None:
        sentence = outcome.agreed()
        Membership.objects.filter(pk=outcome.cast.dan.pk).update(scope=Membership.Scope.WORKSPACE)
        with pytest.raises(Forbidden):
            outcome.accept(sentence, by=outcome.cast.dan)
