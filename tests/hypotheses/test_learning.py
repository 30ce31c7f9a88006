"""Tests and learning cards: what is fixed before the start, data, acceptance, and what follows for both companies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from partners.base.dates import months_later
from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.hypotheses import operations
from partners.hypotheses.models import LearningCard, TestCard
from partners.hypotheses.rules import Claim, Doubt, Standing, State
from tests.hypotheses.conftest import SUPPORTED, Ideas

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class TestATest:
    def test_runs_from_what_proves_it_right_to_its_end(self, ideas: Ideas) -> None:
        idea = ideas.add()
        test = ideas.test(idea)
        assert ideas.read(idea).state is State.TEST_DESIGNED
        seen = ideas.table.seen(ideas.cast.carla)
        operations.start_test(seen=seen, test=test)
        operations.count_points(seen=seen, test=test, points=12)
        assert ideas.read(idea).state is State.TESTING
        operations.end_test(seen=seen, test=test)
        now = TestCard.objects.get(pk=test.pk)
        assert (now.run, now.points, now.version) == ("ended", 12, 1)
        assert now.criterion_at_start == now.criterion

    def test_twice_with_one_id_is_one(self, ideas: Ideas) -> None:
        idea, made = ideas.add(), uuid4()
        assert ideas.test(idea, test_id=made) == ideas.test(idea, test_id=made)

    def test_is_named_after_its_experiment(self, ideas: Ideas) -> None:
        assert ideas.test(ideas.add(), title="", experiment="paid_trial").title == "Paid trial over time"

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"title": ""}, "empty"),
            ({"claims": []}, "no_claim"),
            ({"claims": ["weather"]}, "unknown_claim"),
            ({"experiment": "horoscope"}, "unknown_experiment"),
            ({"cost": 4}, "mark"),
            ({"starts_on": TODAY, "due_on": TODAY - timedelta(days=1)}, "days"),
            ({"due_on": date(1, 1, 1)}, "date"),
            ({"links": ["javascript:alert(1)"]}, "link"),
            ({"links": ["https://[a"]}, "link"),
            ({"points_wanted": 0}, "mark"),
        ],
    )
    def test_says_what_is_wrong(self, ideas: Ideas, wrong: dict[str, Any], code: str) -> None:
        idea = ideas.add()
        with pytest.raises(Invalid) as refused:
            ideas.test(idea, **wrong)
        assert refused.value.code == code

    def test_has_an_owner_of_each_company(self, ideas: Ideas) -> None:
        idea = ideas.add()
        test = ideas.test(idea, owner_start_id=ideas.cast.bo.pk, owner_end_id=ideas.cast.carla.pk)
        assert (test.owner_start, test.owner_end) == (ideas.cast.bo, ideas.cast.carla)
        with pytest.raises(Invalid) as refused:
            ideas.test(idea, owner_start_id=ideas.cast.carla.pk)
        assert refused.value.code == "owner"

    def test_starts_only_with_what_proves_it_right(self, ideas: Ideas) -> None:
        test = ideas.test(ideas.add(), criterion="")
        with pytest.raises(Invalid) as refused:
            operations.start_test(seen=ideas.table.seen(ideas.cast.bo), test=test)
        assert refused.value.code == "no_criterion"

    def test_that_started_changes_what_proves_it_right_only_with_a_reason_that_stays(self, ideas: Ideas) -> None:
        test, seen = ideas.started(ideas.add()), ideas.table.seen(ideas.cast.bo)
        with pytest.raises(Invalid) as refused:
            operations.change_test(seen=seen, test=test, criterion="10 of 100")
        assert refused.value.code == "no_reason"
        changed = operations.change_test(seen=seen, test=test, criterion="10 of 100", why="Fewer shops than planned")
        assert (changed.criterion, changed.criterion_at_start) == ("10 of 100", "30 of 100 buyers order pods again")
        assert changed.criterion_why == "Fewer shops than planned"
        ideas.undo()
        back = TestCard.objects.get(pk=test.pk)
        assert (back.criterion, back.criterion_why) == (back.criterion_at_start, "")

    def test_that_started_is_about_the_same_to_its_end(self, ideas: Ideas) -> None:
        test = ideas.started(ideas.add())
        with pytest.raises(Invalid) as refused:
            operations.change_test(seen=ideas.table.seen(ideas.cast.bo), test=test, claims=["model_start"])
        assert refused.value.code == "started"

    def test_counts_only_while_it_runs(self, ideas: Ideas) -> None:
        test = ideas.test(ideas.add())
        with pytest.raises(Invalid) as refused:
            operations.count_points(seen=ideas.table.seen(ideas.cast.bo), test=test, points=1)
        assert refused.value.code == "not_running"


class TestACard:
    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"observed": " "}, "no_data"),
            ({"data_points": 0}, "no_data"),
            ({"data_points": None}, "no_data"),
            ({"observed_on": None}, "no_data"),
            ({"level": None}, "no_data"),
            ({"level": 6}, "mark"),
            ({"verdicts": {}}, "no_claim"),
            ({"verdicts": {"customer": "maybe"}}, "unknown_outcome"),
            ({"observed_on": TODAY + timedelta(days=2)}, "date"),
            ({"decision": "celebrate"}, "unknown_decision"),
        ],
    )
    def test_says_what_is_wrong(self, ideas: Ideas, wrong: dict[str, Any], code: str) -> None:
        idea = ideas.add()
        ideas.test(idea)
        with pytest.raises(Invalid) as refused:
            ideas.card(idea, **wrong)
        assert refused.value.code == code
        assert not LearningCard.objects.exists()

    def test_speaks_of_the_words_that_were_tested(self, ideas: Ideas) -> None:
        idea = ideas.add()
        test = ideas.started(idea)
        operations.reword_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, words={"segment": "offices"})
        assert ideas.card(idea, tests=[test.pk]).version == 1
        assert ideas.card(idea).version == 2
        with pytest.raises(NotFound):
            ideas.card(idea, tests=[uuid4()])

    def test_is_accepted_by_each_company_for_itself(self, ideas: Ideas) -> None:
        idea = ideas.add()
        ideas.test(idea)
        card = ideas.card(idea)
        for who in (ideas.cast.bo, ideas.cast.ana):
            with pytest.raises(Forbidden):
                operations.accept_card(seen=ideas.table.seen(who), card=card, organisation_id=ideas.cast.delonghi.pk)
        ideas.accept(card, ideas.cast.bo)
        assert ideas.read(idea).claims[Claim.CUSTOMER].doubts == {Doubt.NOT_ACCEPTED_BY_END}
        ideas.accept(card, ideas.cast.carla)
        assert ideas.read(idea).state is State.VALIDATED

    def test_that_changes_is_to_be_accepted_again(self, ideas: Ideas) -> None:
        idea = ideas.add()
        ideas.test(idea)
        card = ideas.accept(ideas.card(idea))
        operations.change_card(seen=ideas.table.seen(ideas.cast.bo), card=card, data_points=12)
        assert ideas.read(idea).state is State.TESTING
        with pytest.raises(Conflict):
            operations.accept_card(
                seen=ideas.table.seen(ideas.cast.carla),
                card=card,
                organisation_id=ideas.cast.delonghi.pk,
                revision=1,
            )

    def test_words_of_two_people_are_merged(self, ideas: Ideas) -> None:
        idea = ideas.add()
        ideas.test(idea)
        card = ideas.card(idea)
        base = {"observed": card.observed}
        for who, text in (
            (ideas.cast.bo, "34 of 100 buyers ordered new pods again"),
            (ideas.cast.carla, "34 of 100 shop buyers ordered pods again"),
        ):
            operations.change_card(seen=ideas.table.seen(who), card=card, base=base, observed=text)
        assert LearningCard.objects.get(pk=card.pk).observed == "34 of 100 shop buyers ordered new pods again"

    def test_what_was_done_is_taken_back(self, ideas: Ideas) -> None:
        idea = ideas.add()
        ideas.test(idea)
        card, seen = ideas.card(idea), ideas.table.seen(ideas.cast.bo)

        def stands() -> tuple[object, ...]:
            row = LearningCard.objects.get(pk=card.pk)
            return row.observed, row.level, row.verdicts, row.acceptances.count(), row.deleted_at is None

        done: list[Callable[[], object]] = [
            lambda: operations.change_card(seen=seen, card=card, observed="Nobody came", level=2),
            lambda: ideas.accept(card, ideas.cast.bo),
            lambda: operations.remove_card(seen=seen, card=card),
        ]
        for do in done:
            before = stands()
            do()
            after = stands()
            ideas.undo()
            assert stands() == before != after
            ideas.redo()
            assert stands() == after


class TestValidatedForBoth:
    @pytest.mark.parametrize(
        ("lacks", "state"),
        [
            ({"verdicts": SUPPORTED | {"model_end": "unclear"}}, State.SUPPORTED_START_ONLY),
            ({"verdicts": SUPPORTED | {"model_start": "unclear"}}, State.SUPPORTED_END_ONLY),
            ({"costs_end": ""}, State.SUPPORTED_START_ONLY),
            ({"costs_start": ""}, State.SUPPORTED_END_ONLY),
            ({"verdicts": SUPPORTED | {"customer": "refutes"}}, State.REFUTED),
            ({"level": 2}, State.TESTING),
        ],
    )
    def test_lacks_one_thing(self, ideas: Ideas, lacks: dict[str, Any], state: State) -> None:
        idea = ideas.add()
        ideas.started(idea)
        ideas.accept(ideas.card(idea, **lacks))
        assert ideas.read(idea).state is state

    def test_falls_back_by_itself_when_its_evidence_is_too_old(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        last_day = months_later(TODAY, 6)
        assert ideas.read(idea, last_day).state is State.VALIDATED
        later = ideas.read(idea, last_day + timedelta(days=1))
        assert later.state is not State.VALIDATED
        assert later.claims[Claim.CUSTOMER].standing is Standing.OPEN
        assert later.claims[Claim.CUSTOMER].doubts == {Doubt.TOO_OLD}

    def test_asks_for_what_the_workshop_asks_for(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        workspace = ideas.cast.workspace
        workspace.evidence_level, workspace.evidence_months = 5, 1
        workspace.save()
        assert ideas.read(idea).state is not State.VALIDATED
