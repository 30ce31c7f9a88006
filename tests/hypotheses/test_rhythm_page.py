"""The page of iterations and big questions, and the review of one."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.hypotheses import operations
from partners.hypotheses.models import BigQuestion, Iteration
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas
from tests.hypotheses.test_rhythm import asked, planned

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page(cast: Cast, who: Membership) -> str:
    answer = cast.client(who).get(f"/p/{cast.with_delonghi.pk}/rhythm/")
    assert answer.status_code == 200
    return answer.content.decode()


def post(cast: Cast, who: Membership, path: str, **fields: object) -> tuple[int, str]:
    answer = cast.client(who).post(path, fields, headers={"HX-Request": "true"})
    return answer.status_code, answer.content.decode()


def days(start: date, end: date) -> dict[str, str]:
    return {"starts_on": start.isoformat(), "ends_on": end.isoformat()}


class TestThePage:
    def test_shows_what_runs_now_first_with_its_tests(self, ideas: Ideas) -> None:
        planned(ideas, "Long ago", TODAY - timedelta(days=60))
        now = planned(ideas, "This one", TODAY)
        ideas.test(ideas.add(), title="Ten shops", iteration_id=now.pk, by_product=True)
        asked(ideas, "Who pays?")
        shown = page(ideas.cast, ideas.cast.carla)
        assert shown.index("This one") < shown.index("Long ago")
        assert "Ten shops" in shown
        assert "owned by product people only" in shown
        assert "over, not closed yet" in shown
        assert "Who pays?" in shown

    def test_links_no_idea_that_was_deleted(self, ideas: Ideas) -> None:
        stays, goes = ideas.add(), ideas.add()
        asked(ideas, ideas=[stays.pk, goes.pk])
        operations.remove_idea(seen=ideas.table.seen(ideas.cast.bo), idea=goes)
        shown = page(ideas.cast, ideas.cast.eli)
        assert f"/ideas/{stays.pk}/" in shown
        assert str(goes.pk) not in shown

    def test_is_read_by_who_only_watches(self, ideas: Ideas) -> None:
        planned(ideas, "This one", TODAY)
        shown = page(ideas.cast, ideas.cast.eli)
        assert "This one" in shown
        assert 'name="starts_on"' not in shown

    def test_says_that_the_sheets_are_private(self, ideas: Ideas) -> None:
        planned(ideas, "Secret name", TODAY)
        seen = ideas.table.seen(ideas.cast.ana)
        seal(viewer=ideas.cast.viewer(ideas.cast.ana), partnership=seen.partnership)
        shown = page(ideas.cast, ideas.cast.carla)
        assert "Private until reveal" in shown
        assert "Secret name" not in shown

    @pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
    def test_costs_the_same_however_much_there_is(self, ideas: Ideas) -> None:
        client, path = ideas.cast.client(ideas.cast.bo), f"/p/{ideas.cast.with_delonghi.pk}/rhythm/"
        planned(ideas, "One", TODAY)
        asked(ideas, ideas=[ideas.add().pk])
        client.get(path)
        with CaptureQueriesContext(connection) as few:
            client.get(path)
        for number in range(4):
            iteration = planned(ideas, f"More {number}", TODAY + timedelta(days=20 * (number + 1)))
            idea = ideas.add()
            ideas.test(idea, iteration_id=iteration.pk)
            asked(ideas, f"What {number}?", ideas=[idea.pk])
        with CaptureQueriesContext(connection) as many:
            client.get(path)
        assert len(many) <= len(few)


class TestWriting:
    def test_an_iteration(self, ideas: Ideas) -> None:
        cast = ideas.cast
        path, made = f"/p/{cast.with_delonghi.pk}/iterations/", uuid4()
        fields = days(TODAY, TODAY + timedelta(days=13))
        status, part = post(cast, cast.carla, path, id=made, name="Spring", **fields)
        assert status == 200
        assert "Spring" in part
        status, part = post(cast, cast.carla, f"/iterations/{made}/", name="May", **fields)
        assert (status, Iteration.objects.get(pk=made).name) == (200, "May")
        status, part = post(cast, cast.carla, f"/iterations/{made}/removal/", removed="1")
        assert "Deleted: “May”" in part
        assert Iteration.objects.get(pk=made).deleted_at is not None

    @pytest.mark.parametrize(
        "wrong", [{"name": ""}, {"starts_on": "soon"}, {"ends_on": ""}, days(TODAY, TODAY - timedelta(days=1))]
    )
    def test_keeps_what_was_typed(self, ideas: Ideas, wrong: dict[str, str]) -> None:
        fields = {"name": "Spring"} | days(TODAY, TODAY) | wrong
        status, part = post(ideas.cast, ideas.cast.bo, f"/p/{ideas.cast.with_delonghi.pk}/iterations/", **fields)
        assert status == 422
        assert 'class="error"' in part
        assert all(f'value="{value}"' in part for value in fields.values() if value)
        assert not Iteration.objects.exists()

    def test_a_question_its_answer_and_both_versions(self, ideas: Ideas) -> None:
        cast, made = ideas.cast, uuid4()
        path = f"/p/{cast.with_delonghi.pk}/questions/"
        idea = ideas.add()
        status, part = post(cast, cast.carla, path, id=made, text="Who pays?", idea=idea.pk)
        assert (status, list(BigQuestion.objects.get(pk=made).ideas.all())) == (200, [idea])
        status, part = post(cast, cast.bo, f"/questions/{made}/answer/", answer="The payer", **{"base-answer": ""})
        assert status == 200
        assert "The payer" in part
        clash = {"answer": "Both of us", "base-answer": ""}
        status, part = post(cast, cast.carla, f"/questions/{made}/answer/", **clash)
        assert status == 409
        assert "Both of us" in part
        assert "The payer" in part
        assert post(cast, cast.carla, f"/questions/{made}/answer/", answer="", **{"base-answer": "The payer"})[0] == 200
        assert BigQuestion.objects.get(pk=made).is_open

    def test_belongs_to_people_of_the_two_companies(self, ideas: Ideas) -> None:
        iteration, question = planned(ideas, "This one", TODAY), asked(ideas)
        for who, status in ((ideas.cast.eli, 403), (ideas.cast.dan, 404)):
            for path in (
                f"/p/{ideas.cast.with_delonghi.pk}/iterations/",
                f"/p/{ideas.cast.with_delonghi.pk}/questions/",
                f"/iterations/{iteration.pk}/",
                f"/iterations/{iteration.pk}/reopening/",
                f"/iterations/{iteration.pk}/review/",
                f"/iterations/{iteration.pk}/removal/",
                f"/questions/{question.pk}/",
                f"/questions/{question.pk}/answer/",
                f"/questions/{question.pk}/removal/",
            ):
                fields = {"name": "x", "text": "x", "answer": "x", "priority": "x"} | days(TODAY, TODAY)
                assert post(ideas.cast, who, path, **fields)[0] == status, (who, path)


class TestTheReview:
    def test_looks_at_what_happened_and_is_kept(self, ideas: Ideas) -> None:
        cast, seen = ideas.cast, ideas.table.seen(ideas.cast.bo)
        iteration = planned(ideas, "This one", TODAY)
        idea = ideas.add()
        ideas.test(idea)
        operations.change_idea(seen=seen, idea=idea, importance=5)
        ideas.card(idea)
        path = f"/iterations/{iteration.pk}/review/"
        shown = cast.client(cast.carla).get(path).content.decode()
        assert "importance 3 → 5" in shown
        assert "wrote down what was learned" in shown
        status, _part = post(cast, cast.carla, path, priority="", opportunity="", adapts="")
        assert status == 422
        assert post(cast, cast.carla, path, priority="Shops first", opportunity="", adapts="")[0] == 302
        assert "Shops first" in page(cast, cast.bo)

    def test_is_read_by_who_only_watches(self, ideas: Ideas) -> None:
        cast, iteration = ideas.cast, planned(ideas, "This one", TODAY)
        path = f"/iterations/{iteration.pk}/review/"
        assert path in page(cast, cast.eli)
        assert "Nobody has written a review yet." in cast.client(cast.eli).get(path).content.decode()
        operations.close_iteration(seen=ideas.table.seen(cast.bo), iteration=iteration, priority="Shops first")
        read = cast.client(cast.eli).get(path).content.decode()
        assert "Shops first" in read
        assert 'name="priority"' not in read
        assert cast.client(cast.dan).get(path).status_code == 404

    def test_opens_the_iteration_again(self, ideas: Ideas) -> None:
        cast, iteration = ideas.cast, planned(ideas, "This one", TODAY)
        operations.close_iteration(seen=ideas.table.seen(cast.bo), iteration=iteration, priority="Shops first")
        status, part = post(cast, cast.carla, f"/iterations/{iteration.pk}/reopening/")
        assert status == 200
        assert "Open again" not in part
        assert "Shops first" in cast.client(cast.bo).get(f"/iterations/{iteration.pk}/review/").content.decode()

    def test_offers_both_versions(self, ideas: Ideas) -> None:
        cast, iteration = ideas.cast, planned(ideas, "This one", TODAY)
        path = f"/iterations/{iteration.pk}/review/"
        assert post(cast, cast.carla, path, priority="Shops", **{"base-priority": ""})[0] == 302
        status, part = post(cast, cast.bo, path, priority="Milk", **{"base-priority": ""})
        assert status == 409
        assert "Shops" in part
        assert "Milk" in part


def test_a_test_is_put_into_an_iteration_where_it_is_described(ideas: Ideas) -> None:
    cast, iteration = ideas.cast, planned(ideas, "This one", TODAY)
    idea = ideas.add()
    client, path = cast.client(cast.carla), f"/ideas/{idea.pk}/tests/"
    assert "This one" in client.get(path).content.decode()
    fields = {"title": "Ten shops", "claims": ["customer"], "iteration": str(iteration.pk)}
    assert client.post(path, fields).status_code == 302
    test = iteration.test_cards.get()
    assert f'value="{iteration.pk}" selected' in client.get(f"{path}{test.pk}/").content.decode()
    assert client.post(f"{path}{test.pk}/", fields | {"iteration": ""}).status_code == 302
    assert not iteration.test_cards.exists()
