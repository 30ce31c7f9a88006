"""Companies and the partnerships between them."""

import pytest

from partners.workspaces.models import Organisation, Partnership
from tests.factories import Cast


class TestCompanies:
    def test_one_more_comes_with_a_business_model(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).post(
            f"/w/{cast.workspace.pk}/companies/", {"name": "Krups GmbH", "short_name": "Krups", "sector": "appliances"}
        )
        assert answer.status_code == 302
        assert cast.model(Organisation.objects.get(short_name="Krups")).notes.count() == 0

    @pytest.mark.parametrize("name", ["", "   ", "K" * 121, "\x00"])
    def test_without_a_name_keeps_what_was_typed(self, cast: Cast, name: str) -> None:
        answer = cast.client(cast.ana).post(
            f"/w/{cast.workspace.pk}/companies/", {"name": name, "profile": "Makes kettles"}
        )
        assert answer.status_code == 422
        assert "Makes kettles" in answer.content.decode()

    def test_their_own_people_say_what_they_are(self, cast: Cast) -> None:
        address = f"/w/{cast.workspace.pk}/companies/{cast.delonghi.pk}/"
        cast.client(cast.carla).post(
            address, {"name": "De'Longhi Group", "short_name": "De'Longhi", "sector": "appliances"}
        )
        cast.delonghi.refresh_from_db()
        assert (cast.delonghi.name, cast.delonghi.sector) == ("De'Longhi Group", "appliances")

    def test_a_too_long_profile_is_kept_in_the_form(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).post(
            f"/w/{cast.workspace.pk}/companies/{cast.delonghi.pk}/", {"name": "De'Longhi", "profile": "x" * 2001}
        )
        assert answer.status_code == 422
        assert "x" * 2001 in answer.content.decode()

    def test_taken_out_are_gone_with_their_partnerships(self, cast: Cast) -> None:
        client = cast.client(cast.ana)
        client.post(f"/w/{cast.workspace.pk}/companies/{cast.breville.pk}/removal/")
        assert client.get(f"/p/{cast.with_breville.pk}/models/").status_code == 404
        assert "Breville" not in client.get(f"/w/{cast.workspace.pk}/companies/").content.decode().partition("<main")[2]

    def test_the_focal_one_stays(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/companies/{cast.nespresso.pk}/removal/")
        assert answer.status_code == 422


class TestPartnerships:
    def test_between_two_partners_make_a_network(self, cast: Cast) -> None:
        pair = {"first": cast.delonghi.pk, "second": cast.breville.pk}
        answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/partnerships/", pair)
        made = Partnership.objects.get(first=cast.delonghi)
        assert answer.headers["Location"] == f"/p/{made.pk}/models/"

    def test_exist_once_whichever_way_round(self, cast: Cast) -> None:
        pair = {"first": cast.delonghi.pk, "second": cast.nespresso.pk}
        answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/partnerships/", pair)
        assert answer.status_code == 409
        assert "have a partnership here already" in answer.content.decode()

    def test_need_two(self, cast: Cast) -> None:
        pair = {"first": cast.delonghi.pk, "second": cast.delonghi.pk}
        answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/partnerships/", pair)
        assert answer.status_code == 422

    def test_tie_no_company_of_elsewhere(self, cast: Cast) -> None:
        pair = {"first": cast.delonghi.pk, "second": "00000000-0000-4000-8000-000000000000"}
        assert cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/partnerships/", pair).status_code == 404


class TestAPartnershipsState:
    def address(self, cast: Cast) -> str:
        return f"/p/{cast.with_delonghi.pk}/state/"

    def test_is_set_by_either_companys_people(self, cast: Cast) -> None:
        for who, state in ((cast.bo, "designing"), (cast.carla, "testing")):
            cast.client(who).post(self.address(cast), {"state": state})
            cast.with_delonghi.refresh_from_db()
            assert cast.with_delonghi.state == state

    @pytest.mark.parametrize("state", ["parked", "closed"])
    def test_parking_and_closing_need_a_reason(self, cast: Cast, state: str) -> None:
        answer = cast.client(cast.ana).post(self.address(cast), {"state": state, "must_leave": "their own capsules"})
        assert answer.status_code == 422
        assert "their own capsules" in answer.content.decode()
        assert f'value="{state}" selected' in answer.content.decode()

    def test_with_a_reason_it_is_parked(self, cast: Cast) -> None:
        cast.client(cast.ana).post(self.address(cast), {"state": "parked", "state_reason": "wait for the patents"})
        page = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/companies/").content.decode()
        assert "wait for the patents" in page

    def test_says_whom_they_must_leave(self, cast: Cast) -> None:
        cast.client(cast.ana).post(self.address(cast), {"state": "designing", "must_leave": "their own capsules"})
        cast.with_delonghi.refresh_from_db()
        assert cast.with_delonghi.must_leave == "their own capsules"

    def test_there_is_no_other(self, cast: Cast) -> None:
        assert cast.client(cast.ana).post(self.address(cast), {"state": "married"}).status_code == 422
