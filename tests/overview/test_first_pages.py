"""Landing, one's workshops, and a workshop's home."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from partners.examples.reading import SLUGS
from partners.people.models import User
from partners.workspaces import operations
from partners.workspaces.models import Workspace
from tests.factories import PASSWORD, Cast

FORM = {"title": "Milk", "company": "Nespresso", "partner": "Oatly", "customer_segment": "cafés"}


class TestLanding:
    def test_offers_two_ways_in(self, db: None, client: Client) -> None:
        page = client.get("/").content.decode()
        assert 'href="/join/"' in page
        assert 'href="/accounts/login/"' in page

    @pytest.mark.parametrize("who", ["ana", "carla"])
    def test_leads_who_has_workshops_to_them(self, cast: Cast, who: str) -> None:
        assert cast.client(cast.members[who]).get("/").headers["Location"] == "/workshops/"

    @pytest.mark.parametrize("who", [None, "ana"])
    def test_says_why_somebody_is_here_whose_page_was_closed(self, cast: Cast, who: str | None) -> None:
        client = cast.client(cast.members[who] if who else None)
        told = "What you had open is not shared with you any more"
        assert told in client.get("/?closed", follow=True).content.decode()
        assert told not in client.get("/", follow=True).content.decode()

    def test_takes_only_get(self, db: None, client: Client) -> None:
        assert client.post("/").status_code == 405

    def test_says_where_there_is_no_page_to_read(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/device/", headers={"accept": "text/html"})
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert "No page of its own" in answer.content.decode()


class TestSigningIn:
    def test_leads_to_ones_workshops(self, cast: Cast) -> None:
        answer = Client().post("/accounts/login/", {"login": "ana@nespresso.example", "password": PASSWORD})
        assert answer.headers["Location"] == "/workshops/"


class TestANewWorkshop:
    def test_leads_straight_to_the_models(self, cast: Cast) -> None:
        answer = cast.client(cast.finn).post("/workshops/", FORM)
        workspace = Workspace.objects.get(title="Milk")
        assert answer.headers["Location"] == f"/p/{workspace.partnerships.get().pk}/models/start/"
        assert cast.client(cast.finn).get(answer.headers["Location"]).status_code == 200
        assert workspace.canvases.count() == 4

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""},
            {"company": " "},
            {"partner": ""},
            {"partner": "NESPRESSO"},
            {"title": "M" * 121},
            {"title": "\x00"},
        ],
        ids=["no title", "no company", "no partner", "twice the same", "too long", "control characters"],
    )
    def test_keeps_what_was_typed(self, cast: Cast, wrong: dict[str, str]) -> None:
        answer = cast.client(cast.finn).post("/workshops/", FORM | wrong)
        assert answer.status_code == 422
        assert "cafés" in answer.content.decode()
        assert not Workspace.objects.filter(customer_segment="cafés").exists()

    def test_needs_an_account(self, cast: Cast) -> None:
        for who in (None, cast.carla):
            assert cast.client(who).post("/workshops/", FORM).headers["Location"] == "/accounts/login/"

    def test_shows_script_in_a_title_as_text(self, cast: Cast) -> None:
        cast.client(cast.finn).post("/workshops/", FORM | {"title": "<script>alert(1)</script>"})
        page = cast.client(cast.finn).get("/workshops/").content.decode()
        assert "&lt;script&gt;alert(1)" in page


class TestYourWorkshops:
    def test_nobody_is_asked_to_sign_in(self, db: None, client: Client) -> None:
        assert client.get("/workshops/").headers["Location"] == "/accounts/login/"

    def test_name_what_is_next(self, cast: Cast) -> None:
        assert "Next: Fill in Nespresso’s business model" in cast.client(cast.ana).get("/workshops/").content.decode()

    def test_show_a_guest_theirs_and_no_form(self, cast: Cast) -> None:
        page = cast.client(cast.carla).get("/workshops/").content.decode()
        assert "Coffee machines under two names" in page
        assert 'class="new-workshop"' not in page
        assert "Breville" not in page

    def test_offer_the_example_with_the_gap_first(self, cast: Cast) -> None:
        page = cast.client(cast.finn).get("/workshops/").content.decode()
        assert page.index(f"/examples/{SLUGS[0]}/copy/") < page.index(f"/examples/{SLUGS[1]}/copy/")

    @pytest.mark.parametrize("more", [0, 5])
    def test_cost_the_same_for_five_more(
        self, cast: Cast, more: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        user = User.objects.get(email="ana@nespresso.example")
        for number in range(more):
            operations.new_workshop(user=user, title=f"More {number}", company="Nespresso", partner="Oatly")
        client = cast.client(cast.ana)
        with django_assert_max_num_queries(11):
            client.get("/workshops/")


class TestExamples:
    def test_open_as_ones_own(self, cast: Cast) -> None:
        client = cast.client(cast.finn)
        answer = client.post(f"/examples/{SLUGS[0]}/copy/")
        own = Workspace.objects.get(example=SLUGS[0])
        assert answer.headers["Location"] == f"/w/{own.pk}/"
        assert client.get(answer.headers["Location"]).status_code == 200

    def test_are_copied_beside_the_first(self, cast: Cast) -> None:
        client = cast.client(cast.finn)
        client.post(f"/examples/{SLUGS[0]}/copy/")
        client.post(f"/examples/{SLUGS[0]}/copy/")
        page = client.get("/workshops/").content.decode()
        assert Workspace.objects.filter(example=SLUGS[0]).count() == 2
        assert "(copy)" in page.partition("Carry on")[2]

    def test_are_put_back(self, cast: Cast) -> None:
        client = cast.client(cast.finn)
        client.post(f"/examples/{SLUGS[0]}/copy/")
        own = Workspace.objects.get(example=SLUGS[0])
        company = own.organisations.get(is_focal=True)
        client.post(f"/w/{own.pk}/companies/{company.pk}/", {"name": "Another"})
        assert client.post(f"/w/{own.pk}/reset/").status_code == 302
        company.refresh_from_db()
        assert company.name != "Another"

    def test_nothing_else_is_put_back(self, cast: Cast) -> None:
        assert cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/reset/").status_code == 422

    def test_of_another_name_do_not_exist(self, cast: Cast) -> None:
        assert cast.client(cast.finn).post("/examples/tesla-toyota/copy/").status_code == 404

    def test_need_an_account(self, cast: Cast) -> None:
        assert cast.client(cast.carla).post(f"/examples/{SLUGS[0]}/copy/").headers["Location"] == "/accounts/login/"


class TestAWorkshopsHome:
    def home(self, cast: Cast, who: str) -> str:
        return cast.client(cast.members[who]).get(f"/w/{cast.workspace.pk}/").content.decode()

    @pytest.mark.parametrize(
        ("who", "what"),
        [
            ("ana", "Fill in Nespresso’s business model"),
            ("bo", "Fill in Nespresso’s business model"),
            ("carla", "Fill in De&#39;Longhi’s business model"),
            ("dan", "Fill in Breville’s business model"),
            ("eli", "See what Nespresso and De&#39;Longhi are working on"),
        ],
    )
    def test_names_one_next_action_for_each(self, cast: Cast, who: str, what: str) -> None:
        page = self.home(cast, who)
        assert what in page
        assert page.count('class="next-action"') == 1

    def test_moves_on_with_the_notes(self, cast: Cast) -> None:
        cast.note("Club membership")
        cast.note("Design", by=cast.carla, canvas=cast.model(cast.delonghi), block="key_activities")
        assert "Sketch what Nespresso wants and brings" in self.home(cast, "ana")

    def test_never_names_the_rival_to_a_guest(self, cast: Cast) -> None:
        page = self.home(cast, "carla")
        for hidden in ("Breville", "Dan Webb", str(cast.with_breville.pk), str(cast.breville.pk)):
            assert hidden not in page

    @pytest.mark.parametrize("more", [0, 10])
    def test_costs_the_same_for_ten_more_notes(
        self, cast: Cast, more: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(more):
            cast.note(f"Note {number}")
        client = cast.client(cast.ana)
        with django_assert_max_num_queries(17):
            client.get(f"/w/{cast.workspace.pk}/")
