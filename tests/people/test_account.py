"""Oneself: a name, and being forgotten."""

import pytest

from partners.events.models import Event
from partners.people.models import GuestPass, User
from partners.workspaces.models import Membership
from tests.factories import Cast


class TestAnAccount:
    def test_shows_itself(self, cast: Cast) -> None:
        page = cast.client(cast.ana).get("/me/").content.decode()
        assert "ana@nespresso.example" in page

    def test_changes_the_name_in_every_workshop(self, cast: Cast) -> None:
        answer = cast.client(cast.bo).post("/me/", {"name": "Bo K."})
        assert answer.status_code == 302
        cast.bo.refresh_from_db()
        assert (cast.bo.name, User.objects.get(email="bo@nespresso.example").name) == ("Bo K.", "Bo K.")

    def test_keeps_what_was_typed_when_it_does_not_fit(self, cast: Cast) -> None:
        answer = cast.client(cast.bo).post("/me/", {"name": "B" * 81})
        assert answer.status_code == 422
        assert "B" * 81 in answer.content.decode()

    def test_is_deleted_only_by_who_is_sure(self, cast: Cast) -> None:
        answer = cast.client(cast.bo).post("/me/deletion/")
        assert answer.status_code == 422
        assert User.objects.filter(email="bo@nespresso.example").exists()

    def test_deleted_is_a_former_member_everywhere(self, cast: Cast) -> None:
        note = cast.note("Boutiques", by=cast.bo)
        client = cast.client(cast.bo)
        assert client.post("/me/deletion/", {"sure": "1"}).status_code == 302
        assert not User.objects.filter(email="bo@nespresso.example").exists()
        assert client.get("/me/").headers["Location"] == "/accounts/login/"
        of_ana = cast.client(cast.ana)
        for address in (f"/notes/{note.pk}/", f"/w/{cast.workspace.pk}/activity/", f"/w/{cast.workspace.pk}/members/"):
            page = of_ana.get(address).content.decode()
            assert "Bo Keller" not in page, address
        assert "former member" in of_ana.get(f"/w/{cast.workspace.pk}/activity/").content.decode()

    def test_leaves_no_name_in_the_log(self, cast: Cast) -> None:
        cast.note("Boutiques", by=cast.bo)
        cast.client(cast.bo).post("/me/deletion/", {"sure": "1"})
        assert not any("Bo Keller" in str(data) for data in Event.objects.values_list("data", flat=True))

    def test_of_the_last_facilitator_stays_until_another_takes_over(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).post("/me/deletion/", {"sure": "1"})
        assert answer.status_code == 422
        assert "Coffee machines under two names" in answer.content.decode()


class TestAGuest:
    def test_sees_the_workshops_of_this_browser(self, cast: Cast) -> None:
        page = cast.client(cast.carla).get("/me/").content.decode()
        assert "Coffee machines under two names" in page
        assert "Forget me here" in page

    def test_takes_another_name(self, cast: Cast) -> None:
        cast.client(cast.carla).post(f"/me/{cast.workspace.pk}/name/", {"name": "Carla R."})
        cast.carla.refresh_from_db()
        assert cast.carla.name == "Carla R."

    def test_is_forgotten_on_demand(self, cast: Cast) -> None:
        note = cast.note("Repair network", by=cast.carla, canvas=cast.model(cast.delonghi), block="channels")
        answer = cast.client(cast.carla).post(f"/me/{cast.workspace.pk}/forgetting/")
        assert answer.cookies[cast.pass_cookie]["max-age"] == 0
        cast.carla.refresh_from_db()
        assert (cast.carla.name, GuestPass.objects.filter(membership=cast.carla).count()) == ("", 0)
        piece = cast.client(cast.ana).get(f"/notes/{note.pk}/").content.decode()
        assert "former member" in piece
        assert "Carla" not in piece

    def test_cannot_forget_somewhere_else(self, cast: Cast) -> None:
        assert cast.client(cast.finn).post(f"/me/{cast.workspace.pk}/forgetting/").status_code == 404

    def test_who_runs_the_workshop_alone_stays(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).post(f"/me/{cast.workspace.pk}/forgetting/")
        assert answer.status_code == 422
        assert Membership.objects.get(pk=cast.ana.pk).removed_at is None


def test_nobody_is_asked_to_sign_in(cast: Cast) -> None:
    assert cast.client(None).get("/me/").headers["Location"] == "/accounts/login/"


class TestTheStyleSheetOfOnesOwn:
    def test_marks_what_is_mine(self, cast: Cast) -> None:
        answer = cast.client(cast.carla).get(f"/me.css?w={cast.workspace.pk}")
        assert f'[data-author="{cast.carla.pk}"]' in answer.content.decode()
        assert answer.headers["Content-Type"].startswith("text/css")

    def test_is_kept_by_this_browser_alone(self, cast: Cast) -> None:
        answer = cast.client(cast.carla).get(f"/me.css?w={cast.workspace.pk}")
        assert "private" in answer.headers["Cache-Control"]
        assert "Cookie" in answer.headers["Vary"]

    def test_costs_nothing_the_second_time(self, cast: Cast) -> None:
        client = cast.client(cast.carla)
        etag = client.get(f"/me.css?w={cast.workspace.pk}").headers["ETag"]
        assert client.get(f"/me.css?w={cast.workspace.pk}", headers={"If-None-Match": etag}).status_code == 304

    @pytest.mark.parametrize("query", ["", "?w=nonsense", "?w=00000000-0000-4000-8000-000000000000"])
    def test_is_empty_for_who_belongs_nowhere(self, cast: Cast, query: str) -> None:
        answer = cast.client(cast.finn).get(f"/me.css{query}")
        assert (answer.status_code, answer.content) == (200, b"")
