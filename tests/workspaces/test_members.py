"""People and sharing."""

import re

import pytest

from partners.events.models import Event
from partners.workspaces import operations
from partners.workspaces.models import Invitation, Membership
from tests.factories import Cast


def page(cast: Cast, who: Membership) -> str:
    return cast.client(who).get(f"/w/{cast.workspace.pk}/members/").content.decode()


def change(cast: Cast, person: Membership, **values: object) -> int:
    answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/members/{person.pk}/", values)
    person.refresh_from_db()
    return answer.status_code


class TestTheList:
    def test_shows_everybody_to_who_sees_everything(self, cast: Cast) -> None:
        seen = page(cast, cast.bo)
        assert all(name in seen for name in ("Ana Vries", "Bo Keller", "Carla Rossi", "Dan Webb", "Eli Stone"))

    def test_shows_a_guest_nobody_of_the_rival(self, cast: Cast) -> None:
        seen = page(cast, cast.carla)
        assert "Carla Rossi" in seen
        assert "Ana Vries" in seen
        assert "Dan Webb" not in seen
        assert "Breville" not in seen

    def test_leads_back_to_the_person_that_was_changed(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/members/{cast.carla.pk}/", {"role": "observer"})
        assert answer.headers["Location"].endswith(f"#member-{cast.carla.pk}")

    @pytest.mark.parametrize("people", [0, 10])
    def test_costs_the_same_for_ten_more(self, cast: Cast, people: int, django_assert_max_num_queries: object) -> None:
        for number in range(people):
            cast.join(f"Guest {number}", cast.delonghi)
        client = cast.client(cast.ana)
        with django_assert_max_num_queries(13):  # type: ignore[operator]  # pytest-django's fixture
            client.get(f"/w/{cast.workspace.pk}/members/")


class TestMovingSomebody:
    def test_takes_one_click_and_shows_what_that_side_sees(self, cast: Cast) -> None:
        assert change(cast, cast.carla, organisation=cast.breville.pk) == 302
        assert cast.carla.organisation == cast.breville
        assert list(cast.carla.partnerships.all()) == [cast.with_breville]
        assert cast.client(cast.carla).get(f"/p/{cast.with_delonghi.pk}/models/").status_code == 404

    def test_to_the_focal_company_opens_everything(self, cast: Cast) -> None:
        change(cast, cast.carla, organisation=cast.nespresso.pk)
        assert cast.carla.scope == Membership.Scope.WORKSPACE

    def test_leaves_a_facilitator_in_charge(self, cast: Cast) -> None:
        change(cast, cast.bo, role="facilitator")
        change(cast, cast.bo, organisation=cast.delonghi.pk)
        assert (cast.bo.organisation, cast.bo.scope) == (cast.delonghi, Membership.Scope.WORKSPACE)

    def test_out_of_all_companies(self, cast: Cast) -> None:
        change(cast, cast.carla, organisation="none")
        assert cast.carla.organisation is None

    @pytest.mark.parametrize("organisation", ["nonsense", "00000000-0000-4000-8000-000000000000"])
    def test_to_no_company_of_this_workshop_is_refused(self, cast: Cast, organisation: str) -> None:
        assert change(cast, cast.carla, organisation=organisation) == 404


class TestRightsAndScope:
    def test_a_role_by_one_click(self, cast: Cast) -> None:
        change(cast, cast.bo, role="facilitator")
        assert cast.bo.role == "facilitator"

    def test_no_such_role(self, cast: Cast) -> None:
        assert change(cast, cast.bo, role="king") == 422

    def test_the_last_facilitator_stays_one(self, cast: Cast) -> None:
        assert change(cast, cast.ana, role="member") == 422
        assert cast.ana.role == "facilitator"

    def test_named_partnerships_only(self, cast: Cast) -> None:
        change(cast, cast.bo, scope="partnerships", partnership=[cast.with_breville.pk])
        assert list(cast.bo.partnerships.all()) == [cast.with_breville]
        assert cast.client(cast.bo).get(f"/p/{cast.with_delonghi.pk}/models/").status_code == 404

    def test_the_whole_workshop(self, cast: Cast) -> None:
        change(cast, cast.carla, scope="workspace")
        assert "Breville" in page(cast, cast.carla)


class TestTakingSomebodyOut:
    def test_keeps_their_words(self, cast: Cast) -> None:
        note = cast.note("Repair network", by=cast.carla, canvas=cast.model(cast.delonghi), block="channels")
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/members/{cast.carla.pk}/removal/")
        assert cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/").status_code == 404
        assert "Carla Rossi" in cast.client(cast.ana).get(f"/notes/{note.pk}/").content.decode()

    def test_forgets_their_name_when_asked(self, cast: Cast) -> None:
        note = cast.note("Repair network", by=cast.carla, canvas=cast.model(cast.delonghi), block="channels")
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/members/{cast.carla.pk}/removal/", {"forget": "1"})
        ana = cast.client(cast.ana)
        for address in (f"/notes/{note.pk}/", f"/w/{cast.workspace.pk}/activity/", f"/w/{cast.workspace.pk}/members/"):
            assert "Carla" not in ana.get(address).content.decode()
        assert not any("Carla" in str(data) for data in Event.objects.values_list("data", flat=True))

    def test_works_once(self, cast: Cast) -> None:
        address = f"/w/{cast.workspace.pk}/members/{cast.carla.pk}/removal/"
        cast.client(cast.ana).post(address)
        assert cast.client(cast.ana).post(address).status_code == 404


class TestLeaving:
    def test_oneself(self, cast: Cast) -> None:
        answer = cast.client(cast.carla).post(f"/w/{cast.workspace.pk}/leaving/")
        assert answer.headers["Location"] == "/"
        assert cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/").status_code == 404

    def test_the_last_facilitator_cannot(self, cast: Cast) -> None:
        assert cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/leaving/").status_code == 422


class TestSharing:
    def test_shows_code_and_qr_to_facilitators_alone(self, cast: Cast) -> None:
        spoken = re.compile(r"[A-Z]{3} [2-9]{3} [A-Z]{2}")
        assert spoken.search(page(cast, cast.ana))
        for who in (cast.bo, cast.carla, cast.eli):
            assert not spoken.search(page(cast, who))
            assert cast.code.code not in page(cast, who)

    def test_makes_a_link_for_one_side_and_role(self, cast: Cast) -> None:
        where = f"{cast.with_breville.pk}:{cast.breville.pk}"
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/links/", {"where": where, "role": "observer"})
        link = Invitation.objects.get(kind=Invitation.Kind.SIDE)
        assert (link.organisation, link.partnership, link.role) == (cast.breville, cast.with_breville, "observer")
        assert f"/join/{link.code}/" in page(cast, cast.ana)

    def test_makes_a_link_for_watching(self, cast: Cast) -> None:
        values = {"where": f"{cast.with_breville.pk}:", "role": "facilitator"}
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/links/", values)
        assert Invitation.objects.get(kind=Invitation.Kind.SIDE).role == "observer"

    @pytest.mark.parametrize(
        ("where", "role", "status"), [("x:y", "member", 404), ("", "member", 422), ("x", "king", 422)]
    )
    def test_refuses_a_link_to_nowhere(self, cast: Cast, where: str, role: str, status: int) -> None:
        answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/links/", {"where": where, "role": role})
        assert answer.status_code == status

    def test_renews_one_partnerships_code_and_leaves_the_other(self, cast: Cast) -> None:
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/codes/", {"partnership": cast.with_breville.pk})
        cast.code.refresh_from_db()
        assert cast.code.revoked_at is None
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/codes/", {"partnership": cast.with_delonghi.pk})
        cast.code.refresh_from_db()
        assert cast.code.revoked_at is not None

    def test_ends_a_link(self, cast: Cast) -> None:
        link = operations.invite(
            viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi, organisation=cast.delonghi
        )
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/invitations/{link.pk}/revocation/")
        assert link.code not in page(cast, cast.ana)

    def test_hides_other_partnerships_codes_from_a_facilitator_of_one(self, cast: Cast) -> None:
        operations.renew_code(viewer=cast.viewer(cast.ana), partnership=cast.with_breville)
        limited = cast.join("Gina Bay", cast.delonghi, role="facilitator", partnership=cast.with_delonghi)
        assert "Breville" not in page(cast, limited)

    def test_the_dialog_shows_address_code_and_qr(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).get(f"/p/{cast.with_delonghi.pk}/invite/", headers={"HX-Request": "true"})
        words = answer.content.decode()
        assert "testserver/join/" in words
        assert "QR code to join" in words
        assert "<html" not in words
