"""A guest's first ten seconds, and every other way in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from partners.base.models import Attempts
from partners.facilitation.views.join import NEWCOMERS, WRONG_CODES
from partners.people.identity import PASS_COOKIE
from partners.people.models import GuestPass
from partners.workspaces import operations
from partners.workspaces.models import Invitation, Membership
from partners.workspaces.operations.sharing import spoken_code
from tests.factories import Cast


def newest(cast: Cast) -> Membership:
    return Membership.objects.filter(workspace=cast.workspace).order_by("-created_at")[0]


def link_for_delonghi(cast: Cast, role: str = Membership.Role.MEMBER) -> Invitation:
    return operations.invite(
        viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi, organisation=cast.delonghi, role=role
    )


class TestTypingTheCode:
    def test_asks_for_it(self, client: Client) -> None:
        assert client.get("/join/").status_code == 200

    @pytest.mark.parametrize("typed", [str, str.lower, spoken_code, lambda code: f" {spoken_code(code).lower()} "])
    def test_takes_it_however_it_is_typed(self, cast: Cast, typed: Callable[[str], str]) -> None:
        answer = Client().post("/join/", {"code": typed(cast.code.code)})
        assert answer.headers["Location"] == f"/join/{cast.code.code}/"

    @pytest.mark.parametrize("typed", ["", "ABC", "\x00", "ABC 234 DE" * 20, "<b>"])
    def test_says_kindly_what_is_wrong(self, cast: Cast, typed: str) -> None:
        answer = Client().post("/join/", {"code": typed})
        assert answer.status_code == 422
        assert "Join with a code" in answer.content.decode()
        assert "<b>" not in answer.content.decode().partition("<main")[2].partition("value=")[2][:20]

    def test_takes_only_get_and_post(self, client: Client) -> None:
        assert client.put("/join/").status_code == 405


class TestTheCodesPage:
    def test_shows_title_host_and_both_companies(self, cast: Cast) -> None:
        page = Client().get(f"/join/{cast.code.code}/").content.decode()
        for words in ("Coffee machines under two names", "Ana Vries invited you", "Join Nespresso", "just watching"):
            assert words in page
        assert "Breville" not in page

    def test_brings_a_guest_to_the_block_in_work(self, cast: Cast) -> None:
        cast.note("Retail relations", by=cast.carla, canvas=cast.model(cast.delonghi), block="key_resources")
        answer = Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "end"})
        canvas = cast.model(cast.delonghi)
        assert answer.headers["Location"] == (
            f"/p/{cast.with_delonghi.pk}/models/end/#b-{canvas.pk}-key_resources"
        )  # fmt: skip

    def test_lets_them_see_it_at_once(self, cast: Cast) -> None:
        client = Client()
        page = client.post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "end"}, follow=True)
        assert page.status_code == 200
        assert newest(cast).name == "Gina Bay"
        assert newest(cast).organisation == cast.delonghi
        assert client.get(f"/p/{cast.with_breville.pk}/models/").status_code == 404

    def test_gives_people_of_the_focal_company_everything(self, cast: Cast) -> None:
        Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "start"})
        assert newest(cast).scope == Membership.Scope.WORKSPACE

    def test_lets_others_just_watch(self, cast: Cast) -> None:
        Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "watch"})
        member = newest(cast)
        assert (member.role, member.organisation) == (Membership.Role.OBSERVER, None)
        assert list(member.partnerships.all()) == [cast.with_delonghi]

    @pytest.mark.parametrize("side", ["", "middle", "START"])
    def test_asks_again_without_a_side_and_keeps_the_name(self, cast: Cast, side: str) -> None:
        answer = Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": side})
        assert answer.status_code == 422
        assert "Gina Bay" in answer.content.decode()

    @pytest.mark.parametrize("name", ["", "   ", "\x01\x02", "G" * 81])
    def test_asks_again_without_a_name(self, cast: Cast, name: str) -> None:
        assert Client().post(f"/join/{cast.code.code}/", {"name": name, "side": "end"}).status_code == 422
        assert newest(cast).name == "Bo Keller"

    def test_shows_script_in_a_name_as_text(self, cast: Cast) -> None:
        Client().post(f"/join/{cast.code.code}/", {"name": "<script>alert(1)</script>", "side": "end"})
        page = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/members/").content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page

    def test_leads_who_is_in_already_straight_on(self, cast: Cast) -> None:
        answer = cast.client(cast.carla).get(f"/join/{cast.code.code}/")
        assert answer.headers["Location"].startswith(f"/p/{cast.with_delonghi.pk}/models/end/")

    def test_does_not_ask_an_account_for_a_name(self, cast: Cast) -> None:
        client = cast.client(cast.finn)
        assert 'name="name"' not in client.get(f"/join/{cast.code.code}/").content.decode()
        client.post(f"/join/{cast.code.code}/", {"side": "end"})
        assert (newest(cast).user, newest(cast).name) == (cast.finn, "Finn Moss")


class TestTheGuestsCookie:
    def test_is_out_of_reach_of_scripts_and_lasts_a_year(self, cast: Cast) -> None:
        answer = Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "end"})
        cookie = answer.cookies[f"{PASS_COOKIE}{cast.workspace.pk.hex}"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == 365 * 24 * 3600
        assert not cookie["secure"]
        assert not GuestPass.objects.filter(token_hash=cookie.value).exists()

    def test_is_secure_over_https(self, cast: Cast) -> None:
        answer = Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "end"}, secure=True)
        assert answer.cookies[cast.pass_cookie]["secure"]

    def test_survives_signing_out(self, cast: Cast) -> None:
        client = cast.client(cast.carla)
        client.force_login(cast.finn)
        client.post("/accounts/logout/")
        assert client.get(f"/w/{cast.workspace.pk}/").status_code == 200


class TestALinkForOneSide:
    def test_fixes_the_side(self, cast: Cast) -> None:
        link = link_for_delonghi(cast)
        page = Client().get(f"/join/{link.code}/").content.decode()
        assert "Join De&#39;Longhi" in page
        assert "Join Nespresso" not in page
        assert "just watching" not in page

    @pytest.mark.parametrize("side", ["start", "watch"])
    def test_lets_nobody_in_elsewhere(self, cast: Cast, side: str) -> None:
        link = link_for_delonghi(cast)
        assert Client().post(f"/join/{link.code}/", {"name": "Gina Bay", "side": side}).status_code == 422

    def test_gives_its_role(self, cast: Cast) -> None:
        link = link_for_delonghi(cast, role=Membership.Role.FACILITATOR)
        Client().post(f"/join/{link.code}/", {"name": "Gina Bay", "side": "end"})
        assert newest(cast).role == Membership.Role.FACILITATOR

    def test_for_watching_offers_that_alone(self, cast: Cast) -> None:
        link = operations.invite(
            viewer=cast.viewer(cast.ana), partnership=cast.with_breville, role=Membership.Role.OBSERVER
        )
        page = Client().get(f"/join/{link.code}/").content.decode()
        assert "Watch" in page
        assert "Join Breville" not in page
        Client().post(f"/join/{link.code}/", {"name": "Gina Bay", "side": "watch"})
        assert list(newest(cast).partnerships.all()) == [cast.with_breville]


class TestAnotherDevice:
    def link(self, cast: Cast) -> str:
        return f"/join/{operations.device_link(member=cast.carla).code}/"

    def test_asks_before_it_is_used_up(self, cast: Cast) -> None:
        link = self.link(cast)
        assert "Continue as Carla Rossi" in Client().get(link).content.decode()
        assert "Continue as Carla Rossi" in Client().get(link).content.decode()

    def test_goes_on_as_the_same_person(self, cast: Cast) -> None:
        people = Membership.objects.count()
        phone = Client()
        assert phone.post(self.link(cast)).status_code == 302
        assert "Carla Rossi" in phone.get("/me/").content.decode()
        assert Membership.objects.count() == people
        assert cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/").status_code == 200

    def test_works_once(self, cast: Cast) -> None:
        link = self.link(cast)
        Client().post(link)
        assert Client().post(link).status_code == 404

    def test_ends_with_the_person(self, cast: Cast) -> None:
        link = self.link(cast)
        operations.remove_member(viewer=cast.viewer(cast.ana), member=cast.carla)
        assert Client().post(link).status_code == 404

    def test_is_made_by_guests_alone(self, cast: Cast) -> None:
        of_carla = cast.client(cast.carla).post(f"/w/{cast.workspace.pk}/device/")
        assert "/join/" in of_carla.content.decode()
        assert cast.client(cast.bo).post(f"/w/{cast.workspace.pk}/device/").status_code == 403
        assert cast.client(cast.finn).post(f"/w/{cast.workspace.pk}/device/").status_code == 404


class TestACodeThatHasEnded:
    def test_expired_says_so(self, cast: Cast) -> None:
        Invitation.objects.filter(pk=cast.code.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        answer = Client().get(f"/join/{cast.code.code}/")
        assert answer.status_code == 404
        assert "This code has ended" in answer.content.decode()

    def test_renewed_stops_the_old_one_at_once(self, cast: Cast) -> None:
        fresh = operations.renew_code(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        assert Client().get(f"/join/{cast.code.code}/").status_code == 404
        assert Client().post(f"/join/{cast.code.code}/", {"name": "G", "side": "end"}).status_code == 404
        assert Client().get(f"/join/{fresh.code}/").status_code == 200

    def test_of_a_removed_partnership_lets_nobody_in(self, cast: Cast) -> None:
        operations.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        assert Client().get(f"/join/{cast.code.code}/").status_code == 404

    def test_of_a_deleted_workshop_never_existed(self, cast: Cast) -> None:
        operations.delete_workspace(viewer=cast.viewer(cast.ana))
        answer = Client().get(f"/join/{cast.code.code}/")
        assert answer.status_code == 404
        assert "does not lead anywhere" in answer.content.decode()

    @pytest.mark.parametrize("path", ["/join/%00/", "/room/%00/", "/signin/%00/", "/join/%EF%BF%BF%0A/"])
    def test_control_characters_lead_nowhere(self, db: None, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_a_room_screens_link_is_no_way_in(self, cast: Cast) -> None:
        room = operations.invite(viewer=cast.viewer(cast.ana), kind=Invitation.Kind.ROOM)
        assert Client().get(f"/join/{room.code}/").status_code == 404

    def test_removed_people_are_out(self, cast: Cast) -> None:
        client = cast.client(cast.carla)
        operations.remove_member(viewer=cast.viewer(cast.ana), member=cast.carla)
        assert client.get(f"/w/{cast.workspace.pk}/").status_code == 404


class TestLimits:
    def test_forty_guests_come_in_from_one_address_within_a_minute(self, cast: Cast) -> None:
        before = Membership.objects.count()
        for number in range(40):
            client = Client(REMOTE_ADDR="192.168.4.1")
            assert client.get(f"/join/{cast.code.code}/").status_code == 200
            answer = client.post(
                f"/join/{cast.code.code}/", {"name": f"Guest {number}", "side": ("start", "end")[number % 2]}
            )
            assert client.get(answer.headers["Location"]).status_code == 200
        assert Membership.objects.count() == before + 40

    @pytest.fixture
    def guesser(self) -> Client:
        """Somebody who has tried 299 wrong codes within the last minutes."""
        WRONG_CODES.count("192.0.2.7")
        Attempts.objects.update(count=299)
        return Client(REMOTE_ADDR="192.0.2.7")

    def test_guessing_codes_gets_nowhere(self, cast: Cast, guesser: Client) -> None:
        assert [guesser.get(f"/join/AAA22{number}AA/").status_code for number in range(3)] == [404, 429, 429]
        assert guesser.get(f"/join/{cast.code.code}/").status_code == 429
        assert guesser.post("/join/", {"code": cast.code.code}).status_code == 429

    def test_typing_wrong_codes_counts_too(self, cast: Cast, guesser: Client) -> None:
        assert guesser.post("/join/", {"code": "AAA222AA"}).status_code == 422
        assert guesser.post("/join/", {"code": "AAA222AA"}).status_code == 429

    def test_right_codes_do_not_count(self, cast: Cast, guesser: Client) -> None:
        assert [guesser.get(f"/join/{cast.code.code}/").status_code for _ in range(3)] == [200] * 3

    def test_the_room_next_door_is_not_stopped_by_it(self, cast: Cast, guesser: Client) -> None:
        guesser.get("/join/AAA222AA/")
        assert Client(REMOTE_ADDR="192.0.2.8").get(f"/join/{cast.code.code}/").status_code == 200

    def test_the_answer_is_a_page_that_says_so(self, cast: Cast, guesser: Client) -> None:
        guesser.get("/join/AAA222AA/")
        assert "Please wait a few minutes" in guesser.get("/join/AAA222AA/").content.decode()

    def test_a_code_lets_no_program_fill_the_room(self, cast: Cast) -> None:
        for _newcomer in range(NEWCOMERS.most):
            NEWCOMERS.count(cast.code.code)
        answer = Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "end"})
        assert answer.status_code == 429


def test_links_are_built_from_the_public_address(cast: Cast, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://canvas.example.org"
    page = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/members/").content.decode()
    assert "canvas.example.org/join/" in page
    assert "Only this computer can open this link" not in page


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_on_loopback_the_share_box_says_so(cast: Cast, host: str) -> None:
    page = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/members/", headers={"Host": host}).content.decode()
    assert "Only this computer can open this link" in page
