"""The wall: read-only, following the facilitator, never showing more than its link may see."""

import pytest
from django.test import Client

from partners.workspaces import operations
from partners.workspaces.models import Invitation, Partnership
from partners.workspaces.operations.sharing import spoken_code
from tests.factories import Cast


def wall(cast: Cast, partnership: Partnership | None = None) -> str:
    made = operations.invite(viewer=cast.viewer(cast.ana), kind=Invitation.Kind.ROOM, partnership=partnership)
    return f"/room/{made.code}/"


def show(cast: Cast, page: str) -> int:
    return cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/show/", {"page": page}).status_code


class TestTheWall:
    def test_first_shows_how_to_come_in(self, cast: Cast) -> None:
        page = Client().get(wall(cast, cast.with_delonghi)).content.decode()
        assert 'data-screen="room"' in page
        assert "QR code to join" in page
        assert "/join/" in page

    def test_follows_the_facilitator(self, cast: Cast) -> None:
        cast.note("Club membership")
        room = wall(cast)
        assert show(cast, f"{cast.with_delonghi.pk}/models/start") == 204
        page = Client().get(room).content.decode()
        assert "Nespresso: business model" in page
        assert "Club membership" in page
        assert show(cast, f"{cast.with_delonghi.pk}/sketch/end") == 204
        assert "as De&#39;Longhi sees it" in Client().get(room).content.decode()

    def test_goes_back_to_the_code(self, cast: Cast) -> None:
        room = wall(cast)
        show(cast, f"{cast.with_delonghi.pk}/models/start")
        show(cast, "")
        assert "Nespresso: business model" not in Client().get(room).content.decode()

    def test_reloads_only_when_something_around_the_notes_changed(self, cast: Cast) -> None:
        room = wall(cast)
        show(cast, f"{cast.with_delonghi.pk}/models/start")
        mark = Client().get(room).content.decode().partition("?print=")[2][:16]
        assert Client().get(f"{room}page/?print={mark}").status_code == 204
        show(cast, f"{cast.with_delonghi.pk}/models/end")
        assert Client().get(f"{room}page/?print={mark}").headers["HX-Refresh"] == "true"

    def test_reloads_when_a_colour_means_something_else_or_a_company_is_called_otherwise(self, cast: Cast) -> None:
        room, viewer = wall(cast), cast.viewer(cast.ana)
        show(cast, f"{cast.with_delonghi.pk}/sketch/start")
        for change in (
            lambda: operations.change_workspace(viewer=viewer, fill_meanings={"sun": "a new meaning"}),
            lambda: operations.change_organisation(viewer=viewer, organisation=cast.delonghi, short_name="Kitchens"),
        ):
            mark = Client().get(room).content.decode().partition("?print=")[2][:16]
            change()
            assert Client().get(f"{room}page/?print={mark}").headers.get("HX-Refresh") == "true"

    def test_listens_with_its_own_link(self, cast: Cast) -> None:
        room = wall(cast)
        assert f"room={room.split('/')[2]}" in Client().get(room).content.decode()

    def test_offers_nothing_to_change(self, cast: Cast) -> None:
        room = wall(cast)
        show(cast, f"{cast.with_delonghi.pk}/models/start")
        page = Client().get(room).content.decode()
        assert 'data-can=""' in page
        assert "csrfmiddlewaretoken" not in page

    def test_of_one_partnership_never_shows_another(self, cast: Cast) -> None:
        room = wall(cast, cast.with_delonghi)
        show(cast, f"{cast.with_breville.pk}/models/end")
        page = Client().get(room).content.decode()
        assert "Breville" not in page

    def test_of_one_partnership_names_no_other_code(self, cast: Cast) -> None:
        other = operations.renew_code(viewer=cast.viewer(cast.ana), partnership=cast.with_breville)
        page = Client().get(wall(cast, cast.with_delonghi)).content.decode()
        assert spoken_code(other.code) not in page
        assert spoken_code(cast.code.code) in page

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_takes_only_get(self, cast: Cast, method: str) -> None:
        assert getattr(Client(), method)(wall(cast)).status_code == 405

    def test_ends_when_its_link_is_revoked(self, cast: Cast) -> None:
        room = wall(cast)
        link = Invitation.objects.get(kind=Invitation.Kind.ROOM)
        operations.revoke_invitation(viewer=cast.viewer(cast.ana), invitation=link)
        assert Client().get(room).status_code == 404
        assert Client().get(f"{room}page/").status_code == 404

    def test_the_code_for_the_room_opens_no_wall(self, cast: Cast) -> None:
        assert Client().get(f"/room/{cast.code.code}/").status_code == 404


class TestShowingOnTheWall:
    @pytest.mark.parametrize("who", ["bo", "carla", "eli"])
    def test_is_for_facilitators(self, cast: Cast, who: str) -> None:
        client = cast.client(cast.members[who])
        answer = client.post(f"/w/{cast.workspace.pk}/show/", {"page": f"{cast.with_delonghi.pk}/models/start"})
        assert answer.status_code == 403

    def test_strangers_find_nothing(self, cast: Cast) -> None:
        assert cast.client(cast.finn).post(f"/w/{cast.workspace.pk}/show/").status_code == 404

    @pytest.mark.parametrize("page", ["nonsense", "/", "{pk}/models/middle", "{pk}", "../../etc"])
    def test_refuses_what_is_no_sheet(self, cast: Cast, page: str) -> None:
        assert show(cast, page.format(pk=cast.with_delonghi.pk)) == 422

    def test_takes_only_post(self, cast: Cast) -> None:
        assert cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/show/").status_code == 405
