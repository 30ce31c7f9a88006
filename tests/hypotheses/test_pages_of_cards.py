"""The pages on which tests and learning cards are written, and the small requests about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from partners.hypotheses import operations
from partners.hypotheses.models import LearningCard, TestCard
from tests.hypotheses.conftest import Ideas
from tests.hypotheses.test_pages import HTMX, client, main_of, values_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(ideas: Ideas) -> Client:
    return client(ideas)


def described() -> dict[str, Any]:
    return {"id": str(uuid4()), "claims": ["customer"], "criterion": "30 of 100", "experiment": "small_pilot"}


def learned() -> dict[str, Any]:
    verdicts = {f"verdict-{claim}": "supports" for claim in ("customer", "model_start")}
    day = timezone.localdate().isoformat()
    return verdicts | {
        "id": str(uuid4()),
        "observed": "34 of 100",
        "observed_on": day,
        "data_points": "100",
        "level": "4",
    }


class TestTests:
    def test_are_described_once_and_named_by_their_experiment(self, ideas: Ideas, bo: Client) -> None:
        idea, sent = ideas.add(), described()
        assert "Pilot with a few customers" in main_of(bo.get(f"/ideas/{idea.pk}/tests/"))
        for _twice in range(2):
            answer = bo.post(f"/ideas/{idea.pk}/tests/", sent)
            assert answer.headers["Location"] == f"/ideas/{idea.pk}/#idea-tests"
        assert TestCard.objects.get().title == "Pilot with a few customers"

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"claims": []}, "choose what must be true"),
            ({"starts_on": "2026-05-02", "due_on": "2026-05-01"}, "The deadline is before the start."),
            ({"due_on": "tomorrow"}, "This is no date"),
            ({"links": "javascript:alert(1)"}, "A link begins with https://"),
            ({"points_wanted": "many"}, "This is no whole number."),
            ({"experiment": "nonsense"}, "no such experiment"),
            ({"cost": "7"}, "Choose 1, 2 or 3."),
            ({"owner_end": str(uuid4())}, "Choose somebody of De&#39;Longhi."),
        ],
    )
    def test_are_refused_at_their_field_with_everything_typed(
        self, ideas: Ideas, bo: Client, wrong: dict[str, Any], says: str
    ) -> None:
        idea = ideas.add()
        answer = bo.post(f"/ideas/{idea.pk}/tests/", described() | {"does": "Sell ten"} | wrong)
        page = main_of(answer)
        assert answer.status_code == 422
        assert says in page
        assert values_in(page)["does"] == "Sell ten"
        assert not TestCard.objects.exists()

    def test_start_count_and_end_on_the_page(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        test = ideas.test(idea, points_wanted=200)
        here = f"/ideas/{idea.pk}/tests/{test.pk}"
        assert "runs" in bo.post(f"{here}/start/", headers=HTMX).content.decode()
        assert "50 of 200 data points" in bo.post(f"{here}/count/", {"points": "50"}, headers=HTMX).content.decode()
        for wrong in ({"points": "x"}, {"points": "-1"}, {}):
            assert bo.post(f"{here}/count/", wrong, headers=HTMX).status_code == 422
        assert "Let it go on" in bo.post(f"{here}/end/", {"ended": "1"}, headers=HTMX).content.decode()
        assert bo.post(f"{here}/start/").status_code == 302

    def test_say_what_to_look_at(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        yesterday = timezone.localdate() - timedelta(days=1)
        ideas.started(idea, by_product=True, due_on=yesterday)
        ideas.test(idea, criterion="", title="Vague")
        page = main_of(bo.get(f"/ideas/{idea.pk}/"))
        assert "1 day over its day" in page
        assert "Only product people own it" in page
        assert "Nothing says yet what would prove it right." in page

    def test_a_late_criterion_asks_why_and_shows_what_it_was(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        test = ideas.started(idea)
        sent = {"title": test.title, "criterion": "20 of 100", "base-criterion": test.criterion}
        refused = bo.post(f"/ideas/{idea.pk}/tests/{test.pk}/", sent)
        assert refused.status_code == 422
        assert "say why what proves it right changes" in main_of(refused)
        assert bo.post(f"/ideas/{idea.pk}/tests/{test.pk}/", sent | {"why": "Two shops closed"}).status_code == 302
        page = main_of(bo.get(f"/ideas/{idea.pk}/"))
        assert "It was: “30 of 100 buyers order pods again”. Why: Two shops closed" in page

    def test_both_versions_come_back(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        test = ideas.test(idea, does="Ask them")
        operations.change_test(seen=ideas.table.seen(ideas.cast.carla), test=test, does="Watch them")
        sent = described() | {"title": "Pilot", "does": "Pay them", "base-does": "Ask them"}
        answer = bo.post(f"/ideas/{idea.pk}/tests/{test.pk}/", sent)
        assert answer.status_code == 409
        assert values_in(main_of(answer))["does"] == "Pay them"
        assert ">Watch them</blockquote>" in main_of(answer)

    def test_are_deleted_with_the_way_back(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        address = f"/ideas/{idea.pk}/tests/{ideas.test(idea).pk}/removal/"
        answer = bo.post(address, {"removed": "1"}, headers=HTMX).content.decode()
        assert "Deleted: “Pilot in ten shops”" in answer
        assert "Pilot in ten shops" in bo.post(address, {"removed": ""}, headers=HTMX).content.decode()


class TestLearningCards:
    def test_begin_with_what_the_test_knows(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        test = ideas.started(idea, experiment="small_pilot")
        operations.count_points(seen=ideas.table.seen(ideas.cast.bo), test=test, points=40)
        page = main_of(bo.get(f"/ideas/{idea.pk}/learning/?test={test.pk}"))
        assert f'value="{test.pk}" checked' in page
        assert 'name="data_points" value="40"' in page
        assert '<option value="4" selected>' in page
        assert bo.get(f"/ideas/{idea.pk}/learning/?test=%00").status_code == 200

    def test_are_written_once(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        sent = learned() | {"tests": [str(ideas.test(idea).pk)]}
        for _twice in range(2):
            assert bo.post(f"/ideas/{idea.pk}/learning/", sent).headers["Location"].endswith("#idea-cards")
        assert LearningCard.objects.get().verdicts == {"customer": "supports", "model_start": "supports"}
        page = main_of(bo.get(f"/ideas/{idea.pk}/"))
        assert "It does not say what it costs Nespresso" in page

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"observed": " "}, "a card without data proves nothing"),
            ({"data_points": ""}, "at least one"),
            ({"level": ""}, "Evidence goes from 0"),
            ({"observed_on": "2090-01-01"}, "This day is still to come."),
            ({"verdict-customer": "", "verdict-model_start": ""}, "Say for at least one claim"),
            ({"verdict-customer": "perhaps"}, "supports a claim, refutes it"),
            ({"decision": "nonsense"}, "Decide: carry on"),
            ({"tests": "x"}, "not one of the choices"),
        ],
    )
    def test_are_refused_at_their_field_with_everything_typed(
        self, ideas: Ideas, bo: Client, wrong: dict[str, Any], says: str
    ) -> None:
        idea = ideas.add()
        ideas.test(idea)
        answer = bo.post(f"/ideas/{idea.pk}/learning/", learned() | {"learned": "They come back"} | wrong)
        page = main_of(answer)
        assert answer.status_code == 422
        assert says in page
        assert values_in(page)["learned"] == "They come back"
        assert not LearningCard.objects.exists()

    def test_are_accepted_by_each_company_for_itself(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        ideas.test(idea)
        card = ideas.card(idea)
        address = f"/ideas/{idea.pk}/learning/{card.pk}/acceptance/"
        own, other = ({"organisation": str(each.pk), "given": "1", "revision": "1"}
                      for each in (ideas.cast.nespresso, ideas.cast.delonghi))  # fmt: skip
        assert bo.post(address, other, headers=HTMX).status_code == 403
        assert "accepted it, Bo Keller" in bo.post(address, own, headers=HTMX).content.decode()
        assert client(ideas, "carla").post(address, other, headers=HTMX).status_code == 200
        assert "holds for both" in main_of(bo.get(f"/ideas/{idea.pk}/"))
        operations.change_card(seen=ideas.table.seen(ideas.cast.bo), card=card, learned="More")
        assert bo.post(address, own, headers=HTMX).status_code == 409

    def test_both_versions_come_back(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        ideas.test(idea)
        card = ideas.card(idea, learned="They like it")
        operations.change_card(seen=ideas.table.seen(ideas.cast.carla), card=card, learned="They love it")
        sent = learned() | {"learned": "They hate it", "base-learned": "They like it"}
        answer = bo.post(f"/ideas/{idea.pk}/learning/{card.pk}/", sent)
        assert answer.status_code == 409
        assert ">They love it</blockquote>" in main_of(answer)

    def test_say_what_changing_one_takes_away(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.validated()
        card = LearningCard.objects.get()
        assert "both are asked again" in main_of(bo.get(f"/ideas/{idea.pk}/learning/{card.pk}/"))
        sent = learned() | {"costs_start": "4", "costs_end": "20"}
        assert bo.post(f"/ideas/{idea.pk}/learning/{card.pk}/", sent).status_code == 302
        assert "has not accepted it yet" in main_of(bo.get(f"/ideas/{idea.pk}/"))
        address = f"/ideas/{idea.pk}/learning/{card.pk}/removal/"
        assert "Deleted: “" in bo.post(address, {"removed": "1"}, headers=HTMX).content.decode()


class TestWhatComesTooLate:
    """The idea is another by the time the form comes back: it says so, and everything typed is in it still."""

    def test_a_card_before_any_test_is_not_begun_and_not_lost(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        address = f"/ideas/{idea.pk}/learning/"
        begun = bo.get(address, follow=True)
        assert begun.redirect_chain == [(f"/ideas/{idea.pk}/", 302)]
        assert "Describe a test first." in begun.content.decode()
        answer = bo.post(address, learned() | {"learned": "They come back"})
        assert answer.status_code == 422
        assert "Describe a test first." in main_of(answer)
        assert values_in(main_of(answer))["learned"] == "They come back"

    def test_a_test_of_a_dropped_idea(self, ideas: Ideas, bo: Client) -> None:
        idea = ideas.add()
        operations.retire_idea(seen=ideas.table.seen(ideas.cast.carla), idea=idea, why="Nobody wants it")
        address = f"/ideas/{idea.pk}/tests/"
        assert "This idea was dropped" in bo.get(address, follow=True).content.decode()
        answer = bo.post(address, described())
        assert answer.status_code == 422
        assert "This idea was dropped" in main_of(answer)
        assert values_in(main_of(answer))["criterion"] == "30 of 100"

    @pytest.mark.parametrize("what", ["tests", "learning"])
    def test_the_idea_was_deleted(self, ideas: Ideas, bo: Client, what: str) -> None:
        idea = ideas.add()
        ideas.test(idea)
        operations.remove_idea(seen=ideas.table.seen(ideas.cast.carla), idea=idea)
        sent, field = (described(), "criterion") if what == "tests" else (learned(), "observed")
        answer = bo.post(f"/ideas/{idea.pk}/{what}/", sent)
        assert answer.status_code == 409
        assert "Somebody deleted this idea." in main_of(answer)
        assert values_in(main_of(answer))[field] == sent[field]
        assert bo.get(f"/ideas/{idea.pk}/{what}/").status_code == 404

    @pytest.mark.parametrize("what", ["tests", "learning"])
    def test_the_very_thing_was_deleted(self, ideas: Ideas, bo: Client, what: str) -> None:
        idea, carla = ideas.add(), ideas.table.seen(ideas.cast.carla)
        test = ideas.test(idea)
        card = ideas.card(idea)
        if what == "tests":
            operations.remove_test(seen=carla, test=test)
        else:
            operations.remove_card(seen=carla, card=card)
        sent, field = (described(), "criterion") if what == "tests" else (learned(), "observed")
        address = f"/ideas/{idea.pk}/{what}/{(test if what == 'tests' else card).pk}/"
        for _again in range(2):
            answer = bo.post(address, sent)
            assert answer.status_code == 409
            assert "Somebody deleted this" in main_of(answer)
            assert values_in(main_of(answer))[field] == sent[field]
        assert bo.get(address).status_code == 404
