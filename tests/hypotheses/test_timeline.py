"""What was learned in time: read from cards, rhythm and log, and from how ideas stood on every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partners.events.models import Event
from partners.hypotheses import operations
from partners.hypotheses.models import Acceptance, LearningCard, SynergyHypothesis
from partners.hypotheses.rules import Claim, State
from partners.hypotheses.timeline import Happening, What, timeline_of
from partners.workspaces import operations as workshops
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import Ideas
from tests.hypotheses.test_rhythm import asked, planned

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def lines(ideas: Ideas, today: date = TODAY) -> list[Happening]:
    return timeline_of([ideas.table.seen(ideas.cast.bo).partnership], today=today).lines


def went(ideas: Ideas, today: date = TODAY) -> list[tuple[str, str]]:
    """How ideas went from state to state, the oldest first."""
    turns = [line.turn for line in reversed(lines(ideas, today)) if line.turn]
    return [(turn.before.value if turn.before else "", turn.after.value) for turn in turns]


def long_ago(ideas: Ideas, days: int) -> None:
    """All that happened so far happened some days earlier than it did."""
    back = timedelta(days=days)
    for event in Event.objects.filter(workspace=ideas.cast.workspace):
        Event.objects.filter(pk=event.pk).update(at=event.at - back)
    for table in (SynergyHypothesis, LearningCard):
        for row in table._default_manager.all():
            table._default_manager.filter(pk=row.pk).update(created_at=row.created_at - back)


class TestHowIdeasWent:
    def test_nothing_is_told_before_something_is_known(self, ideas: Ideas) -> None:
        ideas.started(ideas.add())
        assert went(ideas) == []

    def test_it_holds_with_the_yes_of_the_second(self, ideas: Ideas) -> None:
        ideas.validated()
        assert went(ideas) == [("testing", "validated")]
        turn = next(line for line in lines(ideas) if line.turn and line.turn.after is State.VALIDATED)
        assert turn.event is not None
        assert (turn.event.kind, turn.by) == ("learning_accepted", ideas.cast.carla)

    def test_it_falls_back_on_the_day_its_evidence_is_too_old(self, ideas: Ideas) -> None:
        ideas.validated()
        day = ideas.all()[0].claims[Claim.CUSTOMER].expires_on
        assert day is not None
        assert went(ideas, day - timedelta(days=1))[-1][1] == "validated"
        last = lines(ideas, day + timedelta(days=40))[0]
        assert last.turn is not None
        assert (last.turn.before, last.turn.day, last.turn.number) == (State.VALIDATED, day, None)
        assert (last.event, last.by) == (None, None)
        assert {claim.value for claim in last.turn.changed} == {"customer", "transfer", "model_start", "model_end"}

    def test_it_ages_between_two_things_that_were_done(self, ideas: Ideas) -> None:
        idea = ideas.validated(observed_on=TODAY - timedelta(days=10))
        long_ago(ideas, 5)
        seen = ideas.table.seen(ideas.cast.bo)
        operations.retire_idea(seen=seen, idea=idea, why="Too dear")
        assert went(ideas)[-1] == ("validated", "retired")
        long_ago(ideas, 300)
        LearningCard.objects.update(observed_on=TODAY - timedelta(days=310))
        Event.objects.filter(kind="idea_said", data__after="retired").update(at=timezone.now())
        states = [after for _before, after in went(ideas)]
        assert states.index("validated") < len(states) - 2, "it fell back before it was dropped"
        assert states[-1] == "retired"

    def test_a_yes_taken_back_a_card_changed_a_sentence_reworded(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        seen, carla = ideas.table.seen(ideas.cast.bo), ideas.cast.carla
        card = LearningCard.objects.get()
        operations.accept_card(
            seen=ideas.table.seen(carla), card=card, organisation_id=ideas.cast.delonghi.pk, given=False
        )
        ideas.accept(card, carla)
        operations.change_card(seen=seen, card=card, verdicts={"customer": "refutes", "transfer": "supports"})
        ideas.accept(card)
        operations.reword_idea(seen=seen, idea=idea, words={"new_value": "another value"})
        told = [(line.event.kind, line.turn.after) for line in reversed(lines(ideas)) if line.turn and line.event]
        assert [kind for kind, _after in told][-5:] == [
            "learning_accepted",
            "learning_accepted",
            "learning_changed",
            "learning_accepted",
            "idea_reworded",
        ]
        assert [after.value for _kind, after in told][-5:] == ["testing", "validated", "testing", "refuted", "testing"]

    def test_a_card_that_was_deleted_counted_until_then(self, ideas: Ideas) -> None:
        ideas.validated()
        operations.remove_card(seen=ideas.table.seen(ideas.cast.bo), card=LearningCard.objects.get())
        assert went(ideas)[-2][1] == "validated"
        assert went(ideas)[-1][0] == "validated"
        assert [line.what for line in lines(ideas) if line.what is What.LEARNED] == []

    def test_dropped_with_why_and_gone_on_with_another(self, ideas: Ideas) -> None:
        seen = ideas.table.seen(ideas.cast.bo)
        dropped, went_on = ideas.add(), ideas.add()
        operations.retire_idea(seen=seen, idea=dropped, why="Too dear")
        operations.take_idea_up(seen=seen, idea=dropped)
        operations.pivot_idea(seen=seen, idea=went_on, why="Other shops")
        assert went(ideas) == [("flagged", "retired"), ("retired", "flagged"), ("flagged", "pivoted")]
        whys = [line.event.data["why"] for line in lines(ideas) if line.event]
        assert whys == ["Other shops", "", "Too dear"]

    def test_what_the_workshop_asks_of_evidence_is_asked_of_its_time(self, ideas: Ideas) -> None:
        ideas.validated(level=3)
        workshops.change_workspace(viewer=ideas.cast.viewer(ideas.cast.ana), evidence_level=5)
        assert went(ideas)[-2][1] == "validated"
        last = lines(ideas)[0]
        assert last.event is not None
        assert last.event.kind == "workspace_changed"
        assert last.turn is not None
        assert last.turn.before is State.VALIDATED

    def test_says_what_the_idea_says_of_itself_now(self, ideas: Ideas) -> None:
        """The last turn of an idea that has news leads to where it stands."""
        ideas.validated()
        idea = ideas.add()
        ideas.test(idea)
        ideas.accept(ideas.card(idea, verdicts={"customer": "refutes"}))
        ends = {line.read.row.pk: line.turn.after for line in reversed(lines(ideas)) if line.turn and line.read}
        assert ends == {each.row.pk: each.state for each in ideas.all()}

    def test_undone_is_told_too(self, ideas: Ideas) -> None:
        ideas.validated()
        ideas.undo(ideas.cast.carla)
        assert not Acceptance.objects.filter(organisation=ideas.cast.delonghi).exists()
        assert went(ideas)[-2][1] == "validated"
        assert went(ideas)[-1][0] == "validated"

    def test_an_idea_that_came_with_a_copy_begins_as_it_was_brought(self, ideas: Ideas) -> None:
        ideas.validated()
        Event.objects.filter(workspace=ideas.cast.workspace, thing_type__in=("hypothesis", "learning_card")).delete()
        assert went(ideas) == [("", "validated")]
        assert [line.event for line in lines(ideas) if line.turn] == [None]


class TestTheRest:
    def test_reviews_and_answers(self, ideas: Ideas) -> None:
        seen = ideas.table.seen(ideas.cast.carla)
        iteration, open_one = planned(ideas, "May", TODAY), planned(ideas, "June", TODAY + timedelta(days=30))
        question, unanswered = asked(ideas, "Who pays?"), asked(ideas, "Who else?")
        operations.close_iteration(seen=seen, iteration=iteration, priority="Shops first")
        operations.answer_question(seen=seen, question=question, answer="The shops")
        shown = lines(ideas)
        assert [line.what for line in shown] == [What.ANSWER, What.REVIEW]
        assert [line.by for line in shown] == [ideas.cast.carla, ideas.cast.carla]
        assert (open_one.closed_at, unanswered.answer) == (None, "")

    def test_nothing_that_is_deleted_or_private(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        assert lines(ideas)
        operations.remove_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea)
        assert lines(ideas) == []
        operations.remove_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea, removed=False)
        assert lines(ideas)
        seen = ideas.table.seen(ideas.cast.ana)
        seal(viewer=ideas.cast.viewer(ideas.cast.ana), partnership=seen.partnership)
        assert lines(ideas) == []
