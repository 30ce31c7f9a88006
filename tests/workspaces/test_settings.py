"""Settings, archive, delete and bring back, copy without notes."""

import pytest

from partners.canvases.models import Note
from partners.workspaces.models import Membership, Workspace
from partners.workspaces.operations import change_workspace
from tests.factories import Cast


def post(cast: Cast, what: str, **values: str) -> int:
    return cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/{what}/", values).status_code


def mine(cast: Cast) -> str:
    return cast.client(cast.ana).get("/workshops/").content.decode()


class TestSettings:
    def test_change(self, cast: Cast) -> None:
        assert post(cast, "settings", title="Two names", customer_segment="offices") == 302
        cast.workspace.refresh_from_db()
        assert (cast.workspace.title, cast.workspace.customer_segment) == ("Two names", "offices")

    @pytest.mark.parametrize("title", ["", "  ", "x" * 121])
    def test_keep_what_was_typed(self, cast: Cast, title: str) -> None:
        answer = cast.client(cast.ana).post(
            f"/w/{cast.workspace.pk}/settings/", {"title": title, "about": "Our story", "language": "en"}
        )
        assert answer.status_code == 422
        assert "Our story" in answer.content.decode()

    def test_stay_open_to_change_when_a_program_has_written_much(self, cast: Cast) -> None:
        change_workspace(viewer=cast.viewer(cast.ana), about="coffee " * 500)
        assert post(cast, "settings", title="Two names", about="coffee " * 500) == 302

    def test_are_sent_where_they_belong_from_a_page_that_shows_refused_colours(self, cast: Cast) -> None:
        answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/meanings/", {"sun": "x" * 41})
        assert answer.status_code == 422
        assert f'method="post" action="/w/{cast.workspace.pk}/settings/"' in answer.content.decode()

    def test_offer_no_language_without_a_catalogue(self, cast: Cast) -> None:
        page = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/settings/").content.decode()
        assert "Language of the sheets" not in page
        post(cast, "settings", title="Two names", language="tlh")
        cast.workspace.refresh_from_db()
        assert cast.workspace.language == "en"

    def test_name_the_colours(self, cast: Cast) -> None:
        post(cast, "meanings", sun="ask a customer", leaf="")
        cast.workspace.refresh_from_db()
        assert cast.workspace.fill_meanings == {"sun": "ask a customer"}

    def test_offer_members_their_data_and_the_way_out_only(self, cast: Cast) -> None:
        page = cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/settings/").content.decode()
        for part in ("export/", "notes.csv", "hypotheses.csv"):
            assert f"/api/v1/workspaces/{cast.workspace.pk}/{part}" in page
        assert "Leave this workshop" in page
        assert "Delete this workshop" not in page
        assert "What the colours mean" not in page


class TestTheArchive:
    def test_puts_aside_and_takes_out_again(self, cast: Cast) -> None:
        post(cast, "archive")
        assert "Archive (1)" in mine(cast)
        assert post(cast, "archive", archived="0") == 302
        assert "Archive (1)" not in mine(cast)

    def test_still_works(self, cast: Cast) -> None:
        post(cast, "archive")
        assert cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/").status_code == 200


class TestDeleting:
    def test_takes_it_away_from_everybody(self, cast: Cast) -> None:
        post(cast, "deletion")
        for who in (cast.ana, cast.bo, cast.carla):
            assert cast.client(who).get(f"/w/{cast.workspace.pk}/").status_code == 404

    def test_is_undone_by_a_facilitator(self, cast: Cast) -> None:
        post(cast, "deletion")
        assert "Deleted (1)" in mine(cast)
        assert cast.client(cast.carla).post(f"/w/{cast.workspace.pk}/restoration/").status_code == 403
        assert cast.client(cast.finn).post(f"/w/{cast.workspace.pk}/restoration/").status_code == 404
        assert post(cast, "restoration") == 302
        assert cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/").status_code == 200


class TestACopyWithoutNotes:
    @pytest.fixture
    def copy(self, cast: Cast) -> Workspace:
        cast.note("Club membership")
        cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/copy/")
        return Workspace.objects.order_by("-created_at")[0]

    def test_has_the_same_companies_and_partnerships(self, copy: Workspace) -> None:
        assert copy.title == "Coffee machines under two names (copy)"
        assert {company.name for company in copy.organisations.all()} == {"Nespresso", "De'Longhi", "Breville"}
        assert copy.partnerships.count() == 2
        assert copy.organisations.get(is_focal=True).name == "Nespresso"

    def test_has_empty_sheets(self, copy: Workspace) -> None:
        assert copy.canvases.count() == 7
        assert not Note.objects.filter(canvas__workspace=copy).exists()

    def test_has_nobody_but_its_maker(self, cast: Cast, copy: Workspace) -> None:
        (only,) = Membership.objects.filter(workspace=copy)
        assert (only.user_id, only.role) == (cast.ana.user_id, "facilitator")
        assert only.organisation == copy.organisations.get(is_focal=True)

    def test_needs_an_account(self, cast: Cast) -> None:
        guest = cast.join("Gina Bay", cast.nespresso, role="facilitator")
        assert cast.client(guest).post(f"/w/{cast.workspace.pk}/copy/").status_code == 403


class TestEvidence:
    def test_is_held_to_what_the_workshop_says(self, cast: Cast) -> None:
        assert post(cast, "evidence", evidence_level="4", evidence_months="3") == 302
        cast.workspace.refresh_from_db()
        assert (cast.workspace.evidence_level, cast.workspace.evidence_months) == (4, 3)

    @pytest.mark.parametrize(
        ("level", "months"), [("1", "3"), ("6", "3"), ("4", "0"), ("4", "25"), ("4", ""), ("x", "3")]
    )
    def test_keeps_what_was_typed(self, cast: Cast, level: str, months: str) -> None:
        answer = cast.client(cast.ana).post(
            f"/w/{cast.workspace.pk}/evidence/", {"evidence_level": level, "evidence_months": months}
        )
        assert answer.status_code == 422
        assert f'value="{months}"' in answer.content.decode() or not months
        cast.workspace.refresh_from_db()
        assert (cast.workspace.evidence_level, cast.workspace.evidence_months) == (3, 6)

    def test_is_for_facilitators(self, cast: Cast) -> None:
        client = cast.client(cast.carla)
        answer = client.post(f"/w/{cast.workspace.pk}/evidence/", {"evidence_level": "2", "evidence_months": "24"})
        assert answer.status_code == 403
