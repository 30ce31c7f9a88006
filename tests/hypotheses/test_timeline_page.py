"""The pages of the learning timeline: what stands on them, for whom, under which headings, and what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.hypotheses import operations
from partners.hypotheses.models import LearningCard
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas, idea_with
from tests.hypotheses.test_rhythm import asked, planned

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page(cast: Cast, who: Membership, query: str = "", *, workshop: bool = False) -> str:
    path = f"/w/{cast.workspace.pk}/learning/" if workshop else f"/p/{cast.with_delonghi.pk}/learning/"
    answer = cast.client(who).get(path + query)
    assert answer.status_code == 200
    return answer.content.decode()


def learned_a_lot(ideas: Ideas) -> None:
    """One idea that holds, one that was dropped, an iteration that was closed, a big question that was answered."""
    seen = ideas.table.seen(ideas.cast.carla)
    ideas.validated(learned="They come back for pods", decision="persevere")
    operations.retire_idea(seen=seen, idea=ideas.add(title="Milk machine"), why="Too dear to build")
    iteration = planned(ideas, "First weeks", TODAY - timedelta(days=1))
    operations.close_iteration(seen=seen, iteration=iteration, priority="Shops before milk")
    question = asked(ideas, "Who pays for the stand?")
    operations.answer_question(seen=seen, question=question, answer="The shops do")


class TestThePage:
    def test_tells_what_was_learned_and_what_came_of_it(self, ideas: Ideas) -> None:
        learned_a_lot(ideas)
        for who in (ideas.cast.bo, ideas.cast.eli):
            shown = page(ideas.cast, who)
            for words in (
                "34 of 100 buyers ordered pods again",
                "They come back for pods",
                "carry on",
                "customer wants it: <strong>supports it</strong>",
                "level 4",
                "accepted it, Carla",
                "holds for both",
                "Too dear to build",
                "Shops before milk",
                "Who pays for the stand?",
                "The shops do",
            ):
                assert words in shown, words
        assert shown.index("The shops do") < shown.index("Too dear to build") < shown.index("They come back for pods")

    def test_says_what_fell_back(self, ideas: Ideas) -> None:
        ideas.validated()
        assert "Fell back" not in page(ideas.cast, ideas.cast.bo)
        operations.remove_card(seen=ideas.table.seen(ideas.cast.bo), card=LearningCard.objects.get())
        shown = page(ideas.cast, ideas.cast.bo)
        assert "Fell back" in shown
        assert "before: holds for both" in shown

    def test_begins_with_what_it_is_for(self, ideas: Ideas) -> None:
        assert "Nothing learned yet" in page(ideas.cast, ideas.cast.bo)
        assert "Nothing learned yet" in page(ideas.cast, ideas.cast.bo, workshop=True)

    @pytest.mark.parametrize(
        ("query", "there", "not_there"),
        [
            ("?what=learned", "They come back", "Shops before milk"),
            ("?what=review", "Shops before milk", "They come back"),
            ("?what=answer", "The shops do", "Too dear"),
            ("?what=state", "Too dear", "They come back"),
            ("?risk=desirability", "They come back", "Too dear"),
            ("?risk=adaptability", "Nothing is one of these", "They come back"),
            (
                "?what=nonsense&risk=nonsense&owner=x&partner=y&page=-3&by=z",
                "They come back",
                "Nothing is one of these",
            ),
        ],
    )
    def test_can_be_filtered(self, ideas: Ideas, query: str, there: str, not_there: str) -> None:
        learned_a_lot(ideas)
        shown = page(ideas.cast, ideas.cast.bo, query)
        assert there in shown
        assert not_there not in shown

    def test_can_be_filtered_by_who_tests_it(self, ideas: Ideas) -> None:
        learned_a_lot(ideas)
        idea = ideas.add(title="Carla's own")
        ideas.test(idea, owner_end_id=ideas.cast.carla.pk)
        ideas.card(idea, title="Carla saw it")
        shown = page(ideas.cast, ideas.cast.bo, f"?owner={ideas.cast.carla.pk}")
        assert "Carla saw it" in shown
        assert "They come back" not in shown

    def test_stands_under_months_or_iterations(self, ideas: Ideas) -> None:
        learned_a_lot(ideas)
        assert timezone.localtime().strftime("%B %Y") in page(ideas.cast, ideas.cast.bo)
        shown = page(ideas.cast, ideas.cast.bo, "?by=iteration")
        assert 'id="time-1">First weeks' in shown
        ideas.card(ideas.started(ideas.add()).hypothesis, title="Seen long ago")
        LearningCard.objects.filter(title="Seen long ago").update(created_at=timezone.now() - timedelta(days=90))
        shown = page(ideas.cast, ideas.cast.bo, "?by=iteration")
        assert shown.index("First weeks") < shown.index("Outside of iterations") < shown.index("Seen long ago")

    def test_has_pages_and_one_page_of_all(self, ideas: Ideas) -> None:
        idea = ideas.started(ideas.add()).hypothesis
        for number in range(33):
            ideas.card(idea, title=f"Card {number}.", verdicts={"customer": "unclear"})
        first, second, whole = (page(ideas.cast, ideas.cast.bo, query) for query in ("", "?page=2", "?page=all"))
        assert ("Card 32." in first, "Card 0." in first) == (True, False)
        assert ("Card 32." in second, "Card 0." in second) == (False, True)
        assert ("Card 32." in whole, "Card 0." in whole) == (True, True)
        assert "All 33 on one page" in first

    def test_costs_the_same_however_much_there_is_on_whichever_page(self, ideas: Ideas) -> None:
        learned_a_lot(ideas)
        idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.bo)
        gone = ideas.card(ideas.validated())
        operations.remove_card(seen=ideas.table.seen(ideas.cast.bo), card=gone)
        few = self._costs(ideas)
        for number in range(3):
            idea = ideas.validated()
            card = ideas.card(idea)
            operations.remove_card(seen=ideas.table.seen(ideas.cast.bo), card=card)
            for _turn in range(10):
                ideas.card(idea)
            question = asked(ideas, f"What {number}?", ideas=[idea.pk])
            operations.answer_question(seen=ideas.table.seen(ideas.cast.bo), question=question, answer="That")
        many = self._costs(ideas)
        assert [cost <= before for cost, before in zip(many, few, strict=True)] == [True] * 4, (few, many)
        assert max(many) < 30

    def _costs(self, ideas: Ideas) -> list[int]:
        client, costs = ideas.cast.client(ideas.cast.bo), []
        for path in (f"/p/{ideas.cast.with_delonghi.pk}/learning/", f"/w/{ideas.cast.workspace.pk}/learning/"):
            for query in ("", "?page=2&by=iteration"):
                client.get(path + query)  # what is prepared once is prepared now
                with CaptureQueriesContext(connection) as asked_for:
                    client.get(path + query)
                costs.append(len(asked_for))
        return costs


class TestForWhom:
    def test_a_private_partnership_says_so(self, ideas: Ideas) -> None:
        learned_a_lot(ideas)
        seen = ideas.table.seen(ideas.cast.ana)
        seal(viewer=ideas.cast.viewer(ideas.cast.ana), partnership=seen.partnership)
        for who in (ideas.cast.ana, ideas.cast.carla):
            shown = page(ideas.cast, who)
            assert "Private until reveal" in shown
            assert "They come back" not in shown + page(ideas.cast, who, workshop=True)

    def test_who_does_not_see_the_partnership_finds_nothing(self, ideas: Ideas) -> None:
        learned_a_lot(ideas)
        cast = ideas.cast
        assert cast.client(cast.dan).get(f"/p/{cast.with_delonghi.pk}/learning/").status_code == 404
        assert cast.client(cast.finn).get(f"/w/{cast.workspace.pk}/learning/").status_code == 404
        assert cast.client(None).get(f"/p/{cast.with_delonghi.pk}/learning/").status_code == 404
        shown = page(cast, cast.dan, workshop=True)
        assert "They come back" not in shown
        assert "They come back" in page(cast, cast.ana, workshop=True)

    def test_is_found_from_the_board_and_the_rhythm(self, ideas: Ideas) -> None:
        cast = ideas.cast
        ideas.add()
        here = f"/p/{cast.with_delonghi.pk}"
        for path in (f"{here}/ideas/", f"{here}/rhythm/"):
            assert f'href="{here}/learning/"' in cast.client(cast.eli).get(path).content.decode()
        workshop = cast.client(cast.bo).get(f"/w/{cast.workspace.pk}/ideas/").content.decode()
        assert f'href="/w/{cast.workspace.pk}/learning/"' in workshop
