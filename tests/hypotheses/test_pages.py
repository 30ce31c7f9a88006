"""The page of an idea and the form that flags one, address by address."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.hypotheses import operations
from partners.hypotheses.models import SynergyHypothesis
from partners.value_fit import operations as comparing
from partners.workspaces.models import Partnership
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import WORDS, Ideas

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def home(ideas: Ideas) -> str:
    return f"/p/{ideas.cast.with_delonghi.pk}/ideas"


def client(ideas: Ideas, name: str = "bo") -> Client:
    return ideas.cast.client(ideas.cast.members[name])


def main_of(answer: Any) -> str:
    page: str = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def readable(idea: SynergyHypothesis, home: str) -> list[str]:
    """The addresses of pages about an idea and its partnership."""
    return [f"{home}/new/", *(f"/ideas/{idea.pk}/{page}" for page in ("", "tests/", "learning/"))]


def values_in(page: str) -> dict[str, str]:
    """What stands in the text fields of a form."""
    return dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', page))


class TestThePage:
    @pytest.mark.parametrize("name", ["ana", "bo", "carla", "eli"])
    def test_is_for_who_sees_the_partnership(self, ideas: Ideas, name: str) -> None:
        idea = ideas.validated()
        page = main_of(client(ideas, name).get(f"/ideas/{idea.pk}/"))
        assert "holds for both" in page
        assert "a coffee brand people ask for" in page

    def test_does_not_exist_for_others(self, ideas: Ideas, home: str) -> None:
        idea = ideas.add()
        test = ideas.test(idea)
        for address in readable(idea, home):
            assert client(ideas, "dan").get(address).status_code == 404, address
        other = ideas.add(title="Another")
        assert client(ideas).get(f"/ideas/{other.pk}/tests/{test.pk}/").status_code == 404
        Partnership.objects.update(deleted_at="2025-01-01T00:00Z")
        assert client(ideas).get(f"/ideas/{idea.pk}/").status_code == 404

    def test_gives_who_watches_nothing_to_press(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        ideas.started(idea)
        for query in ("", "?edit=words", "?edit=title", "?edit=drop"):
            page = main_of(client(ideas, "eli").get(f"/ideas/{idea.pk}/{query}"))
            assert not re.findall(r"hx-post|<textarea|<select|<form", page)
        assert client(ideas, "eli").get(f"/ideas/{idea.pk}/tests/").status_code == 403

    def test_offers_a_company_its_own_yes_only(self, ideas: Ideas) -> None:
        idea = ideas.add()
        ideas.test(idea)
        ideas.card(idea)
        page = main_of(client(ideas, "carla").get(f"/ideas/{idea.pk}/"))
        assert "Yes, De&#39;Longhi accepts this" in page
        assert "Yes, Nespresso accepts this" not in page
        assert "waits for Nespresso and De&#39;Longhi to accept it" in page

    def test_one_company_alone_never_looks_like_success(self, ideas: Ideas) -> None:
        idea = ideas.add()
        ideas.test(idea)
        verdicts = {"customer": "supports", "transfer": "supports", "model_start": "supports"}
        ideas.accept(ideas.card(idea, verdicts=verdicts))
        page = main_of(client(ideas).get(f"/ideas/{idea.pk}/"))
        head = page[page.index('class="idea-state') : page.index('id="idea-claims"')]
        assert "only for Nespresso so far" in head
        assert "show that it pays for De&#39;Longhi too" in head
        assert "pill-ok" not in page
        assert "3 of 4 hold" in page

    def test_says_when_it_was_deleted_and_brings_it_back(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        bo = client(ideas)
        assert bo.post(f"/ideas/{idea.pk}/removal/", {"removed": "1"}).status_code == 302
        page = main_of(bo.get(f"/ideas/{idea.pk}/"))
        assert "Somebody deleted this idea" in page
        assert "34 of 100" not in page.partition('id="idea-story"')[0]
        assert bo.post(f"/ideas/{idea.pk}/flag/").status_code == 404
        bo.post(f"/ideas/{idea.pk}/removal/", {"removed": ""})
        assert "holds for both" in main_of(bo.get(f"/ideas/{idea.pk}/"))

    @pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
    def test_costs_the_same_however_much_there_is(self, ideas: Ideas) -> None:
        idea = ideas.add()
        costs = []
        for count in (1, 12):
            for number in range(count):
                test = ideas.started(idea, title=f"Test {number}", owner_start_id=ideas.cast.bo.pk)
                ideas.accept(ideas.card(idea, tests=[test.pk]))
                ideas.add(title=f"Another {number}")
            bo = client(ideas)
            bo.get(f"/ideas/{idea.pk}/")
            for address in (f"/ideas/{idea.pk}/", f"/p/{ideas.cast.with_delonghi.pk}/outcome/"):
                with CaptureQueriesContext(connection) as asked:
                    bo.get(address)
                costs.append(len(asked))
        few, many = costs[:2], costs[2:]
        assert few == many
        assert max(many) <= 30

    def test_is_private_with_the_sheets(self, ideas: Ideas, home: str) -> None:
        idea = ideas.validated()
        seal(ideas.cast.viewer(ideas.cast.ana), ideas.cast.with_delonghi)
        for address in readable(idea, home):
            answer = client(ideas).get(address)
            assert answer.status_code == 200, address
            assert "rivate until reveal" in answer.content.decode()
            assert "coffee brand" not in answer.content.decode()
        for address in (f"{home}/", f"{home}/check/", f"/ideas/{idea.pk}/words/", f"/ideas/{idea.pk}/tests/"):
            assert client(ideas).post(address, {"input_start": "x"}).status_code == 404, address
        page = client(ideas).get(f"/p/{ideas.cast.with_delonghi.pk}/outcome/").content.decode()
        assert "coffee brand" not in page


class TestFlagging:
    def test_a_pair_fills_both_sides_as_far_as_it_goes(self, ideas: Ideas, home: str) -> None:
        table = ideas.table
        there, back = table.agree(table.licence, table.system), table.agree(table.marketing, table.shelf)
        across = comparing.add_sentence(seen=table.seen(ideas.cast.bo), kind="transfer", text="Licence and launches")
        for member in (ideas.cast.bo, ideas.cast.carla):
            assert member.organisation_id
            comparing.consent(seen=table.seen(member), sentence=across, organisation_id=member.organisation_id)
        page = main_of(client(ideas).get(f"{home}/new/?pair={there.pk}&pair={back.pk}"))
        filled = values_in(page)
        assert filled["input_start"] == "Technology licence at cost"
        assert filled["input_end"] == "Retail marketing"
        assert filled["transfer"] == "Licence and launches"
        assert filled["segment"] == "Households that want espresso at a push of a button"
        assert page.count('name="pair"') == page.count('name="note"') == 2

    def test_a_finding_and_a_created_value_fill_what_they_know(self, ideas: Ideas, home: str) -> None:
        table = ideas.table
        page = main_of(client(ideas).get(f"{home}/new/?finding=surplus&note={table.brand.pk}"))
        assert values_in(page)["input_start"] == "Brand and coffee marketing"
        assert 'name="finding" value="surplus"' in page
        table.agree(table.licence, table.system)
        created = comparing.add_sentence(
            seen=table.seen(ideas.cast.bo),
            kind="created",
            text="Each machine brings a pod buyer",
            beneficiary="organisation",
            organisation_id=ideas.cast.nespresso.pk,
            target_block="revenue_streams",
        )
        page = main_of(client(ideas).get(f"{home}/new/?sentence={created.pk}"))
        assert values_in(page)["gain_start"] == "Each machine brings a pod buyer"
        assert values_in(page)["input_start"] == "Technology licence at cost"
        assert '<option value="revenue_streams" selected>' in page

    def test_matches_can_be_chosen_in_the_form_and_their_words_put_in(self, ideas: Ideas, home: str) -> None:
        table = ideas.table
        there, back = table.agree(table.licence, table.system), table.agree(table.marketing, table.shelf)
        page = main_of(client(ideas).get(f"{home}/new/?pair={there.pk}"))
        assert f'value="{there.pk}" checked' in page
        assert f'value="{back.pk}">' in page
        sent = {
            "id": str(uuid4()),
            "pair": [str(there.pk), str(back.pk)],
            "input_start": "All our patents + the club",
            "why_neither": "Because",
            "vanishes_without_end": "yes",
        }
        answer = client(ideas).post(f"{home}/filled/", sent)
        page = main_of(answer)
        assert answer.status_code == 200
        assert f'value="{back.pk}" checked' in page
        values = values_in(page)
        assert values["input_start"] == "All our patents + the club + Technology licence at cost"
        assert values["input_end"] == "Retail marketing", "where nothing stood"
        assert values["why_neither"] == "Because", "what was typed stays"
        assert (
            values_in(main_of(client(ideas).post(f"{home}/filled/", values | sent)))["input_end"] == values["input_end"]
        )
        assert not SynergyHypothesis.objects.exists()
        part_of_it = {"pair": [str(there.pk)], "input_start": "A licence", "input_end": "Technology licence"}
        values = values_in(main_of(client(ideas).post(f"{home}/filled/", part_of_it)))
        assert values["input_start"] == "A licence + Technology licence at cost", "not the same, though much of it"
        assert values["input_end"] == "Technology licence", "nothing is brought by that side"

    def test_what_is_not_of_this_partnership_is_passed_over(self, ideas: Ideas, home: str) -> None:
        cast = ideas.cast
        rival = cast.note("Hushed", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="value_offer")
        for query in (f"note={rival.pk}", f"pair={uuid4()}", f"sentence={uuid4()}", "note=x&pair=%00&finding=nonsense"):
            answer = client(ideas).get(f"{home}/new/?{query}")
            assert answer.status_code == 200
            assert "Hushed" not in answer.content.decode()

    def test_is_written_down_once_with_what_it_rests_on(self, ideas: Ideas, home: str) -> None:
        pair = ideas.table.agree(ideas.table.licence, ideas.table.system)
        sent = WORDS | {
            "id": str(uuid4()),
            "pair": str(pair.pk),
            "note": str(ideas.table.licence.pk),
            "importance": "5",
        }
        sent |= {"vanishes_without_start": "yes", "vanishes_without_end": "yes"}
        for _twice in range(2):
            assert client(ideas).post(f"{home}/", sent).headers["Location"] == f"/ideas/{sent['id']}/"
        idea = SynergyHypothesis.objects.get()
        assert (idea.pk, idea.word, idea.importance) == (UUID(sent["id"]), "flagged", 5)
        assert [each.pk for each in idea.pairs.all()] == [pair.pk]
        assert ideas.read(idea).synergy.is_synergy
        page = main_of(client(ideas).get(f"/ideas/{idea.pk}/"))
        assert "Technology licence at cost → Working capsule system" in page

    @pytest.mark.parametrize(
        ("takes_away", "label"),
        [
            ({"new_value": "", "segment": ""}, "plain trade"),
            ({"new_value": "", "block_start": "cost_structure", "block_end": "cost_structure"}, "cheaper, same value"),
            ({"vanishes_without_end": "no"}, "side by side"),
            ({}, "joint idea"),
        ],
    )
    def test_what_fails_the_synergy_test_is_named_and_kept(
        self, ideas: Ideas, home: str, takes_away: dict[str, str], label: str
    ) -> None:
        sent = WORDS | {"vanishes_without_start": "yes", "vanishes_without_end": "yes"} | takes_away
        region = client(ideas).post(f"{home}/check/", sent, headers=HTMX).content.decode()
        assert f"<strong>{label}</strong>" in region
        page = main_of(client(ideas).post(f"{home}/check/", sent))
        assert f"<strong>{label}</strong>" in page
        assert values_in(page)["input_start"] == sent["input_start"]
        assert not SynergyHypothesis.objects.exists()
        made = client(ideas).post(f"{home}/", sent).headers["Location"]
        assert f"<strong>{label}</strong>" in main_of(client(ideas).get(made))

    def test_is_refused_at_its_field_with_everything_typed(self, ideas: Ideas, home: str) -> None:
        sent = WORDS | {"new_value": "x" * 301, "must_customer": "They pay", "title": "Coffee", "pair": str(uuid4())}
        answer = client(ideas).post(f"{home}/", sent)
        page = main_of(answer)
        assert answer.status_code == 422
        assert "At most 300 characters" in page
        assert 'aria-invalid="true"' in page
        assert values_in(page)["must_customer"] == "They pay"
        assert 'value="Coffee"' in page

    @pytest.mark.parametrize(
        "wrong",
        [{"block_start": "nonsense"}, {"importance": "9"}, {"importance": "x"}, {"vanishes_without_start": "perhaps"}],
    )
    def test_nonsense_is_refused_with_words(self, ideas: Ideas, home: str, wrong: dict[str, str]) -> None:
        answer = client(ideas).post(f"{home}/", WORDS | wrong)
        assert answer.status_code == 422
        assert 'class="error' in main_of(answer)
        assert not SynergyHypothesis.objects.exists()

    def test_a_draft_is_flagged_later(self, ideas: Ideas, home: str) -> None:
        made = client(ideas).post(f"{home}/", WORDS | {"draft": "1"}).headers["Location"]
        assert "draft" in main_of(client(ideas).get(made))
        head = client(ideas).post(f"{made}flag/", headers=HTMX).content.decode()
        assert "worth a test" in head
        assert client(ideas).post(f"{made}flag/", headers=HTMX).status_code == 422


class TestMoves:
    def test_dropping_asks_why_and_can_be_taken_up_again(self, ideas: Ideas) -> None:
        idea = ideas.add()
        bo, here = client(ideas), f"/ideas/{idea.pk}"
        refused = bo.post(f"{here}/drop/", {"why": " "}, headers=HTMX)
        assert refused.status_code == 422
        assert "Say why" in refused.content.decode()
        assert "Too dear" in bo.post(f"{here}/drop/", {"why": "Too dear"}, headers=HTMX).content.decode()
        head = bo.post(f"{here}/taking-up/", headers=HTMX).content.decode()
        assert "worth a test" in head

    def test_going_on_opens_the_other_idea_and_both_name_each_other(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        bo = client(ideas)
        assert bo.post(f"/ideas/{idea.pk}/going-on/", {"why": ""}, headers=HTMX).status_code == 422
        sent = {"why": "Customers asked for tea", "id": str(uuid4())}
        made = bo.post(f"/ideas/{idea.pk}/going-on/", sent).headers["Location"]
        assert bo.post(f"/ideas/{idea.pk}/going-on/", sent, headers=HTMX).headers["HX-Redirect"] == made
        assert f'href="/ideas/{idea.pk}/"' in main_of(bo.get(made))
        assert made in main_of(bo.get(f"/ideas/{idea.pk}/"))

    def test_marks_are_kept_at_once(self, ideas: Ideas) -> None:
        idea = ideas.add()
        bo, here = client(ideas), f"/ideas/{idea.pk}/marks/"
        bo.post(here, {"importance": "5", "assumed_level": "1", "vanishes_without_end": "no"}, headers=HTMX)
        idea.refresh_from_db()
        assert (idea.importance, idea.assumed_level, idea.vanishes_without_end) == (5, 1, False)
        assert bo.post(here, {"assumed_level": "4"}, headers=HTMX).status_code == 422
        assert "Other" in bo.post(here, {"title": "Other"}, headers=HTMX).content.decode()
        refused = bo.post(here, {"title": ""}, headers=HTMX)
        assert refused.status_code == 422
        assert 'aria-invalid="true"' in refused.content.decode()


class TestRewording:
    def test_words_of_two_people_are_put_together(self, ideas: Ideas) -> None:
        idea = ideas.add()
        operations.reword_idea(
            seen=ideas.table.seen(ideas.cast.carla), idea=idea, words={"transfer": "a licence and shared plans"}
        )
        base = {f"base-{slot}": text for slot, text in WORDS.items()}
        sent = WORDS | base | {"transfer": "one licence and shared specifications"}
        answer = client(ideas).post(f"/ideas/{idea.pk}/words/", sent, headers=HTMX).content.decode()
        assert "one licence and shared plans" in answer
        assert "Others had reworded it meanwhile" in answer

    def test_both_versions_come_back_when_they_cannot(self, ideas: Ideas) -> None:
        idea = ideas.add()
        operations.reword_idea(seen=ideas.table.seen(ideas.cast.carla), idea=idea, words={"segment": "hotels"})
        sent = WORDS | {f"base-{slot}": text for slot, text in WORDS.items()} | {"segment": "offices"}
        for headers in (HTMX, {}):
            answer = client(ideas).post(f"/ideas/{idea.pk}/words/", sent, headers=headers)
            assert answer.status_code == 409
            page = answer.content.decode()
            assert values_in(page)["segment"] == "offices"
            assert '<blockquote class="theirs" dir="auto">hotels</blockquote>' in page
            assert 'name="base-segment" value="hotels"' in page

    def test_what_was_learned_before_is_told_as_old(self, ideas: Ideas) -> None:
        idea = ideas.validated()
        client(ideas).post(f"/ideas/{idea.pk}/words/", {"segment": "hotels"}, headers=HTMX)
        page = main_of(client(ideas).get(f"/ideas/{idea.pk}/"))
        assert "1 card speaks of how it read before" in page
        assert "about the sentence before" in page
        assert "it speaks of the sentence before it was reworded" in page
        assert "being tested" in page


def test_outcome_lists_what_to_test_next_first(ideas: Ideas) -> None:
    ideas.validated()
    ideas.add(title="Nobody knows", importance=5)
    retired = ideas.add(title="Given up")
    operations.retire_idea(seen=ideas.table.seen(ideas.cast.bo), idea=retired, why="Too dear")
    page = client(ideas).get(f"/p/{ideas.cast.with_delonghi.pk}/outcome/").content.decode()
    panel = page[page.index('id="ideas"') : page.index('id="candidates"')]
    assert re.findall(r'dir="auto">([^<]*)</a>', panel) == ["Nobody knows", "one system that always works"]
    assert "30 of 100 buyers order pods again" in panel
    assert "All 3 ideas" in panel


def test_ideas_can_be_flagged_from_wherever_something_was_compared(ideas: Ideas, home: str) -> None:
    table, about = ideas.table, home.removesuffix("/ideas")
    pair = table.agree(table.licence, table.system)
    created = comparing.add_sentence(seen=table.seen(ideas.cast.bo), kind="created", text="More")
    comparing.declare_unmatched(seen=table.seen(ideas.cast.bo), note_id=table.brand.pk)
    bo = client(ideas)
    wanted = {
        f"{about}/menu/?note={table.system.pk}": f"{home}/new/?pair={pair.pk}",
        f"{about}/menu/?note={table.pull.pk}": f"{home}/new/?note={table.pull.pk}",
        f"/sentences/{created.pk}/menu/": f"{home}/new/?sentence={created.pk}",
        f"{about}/compare/": f"{home}/new/?finding=surplus&amp;note={table.brand.pk}",
        f"{about}/outcome/": f"{home}/new/?sentence={created.pk}",
    }
    for address, link in wanted.items():
        assert f'href="{link}"' in bo.get(address).content.decode(), address
