"""Private until reveal: what pages show instead of a hidden sheet, and whom they offer to open it."""

from __future__ import annotations

from partners.workspaces import operations
from tests.doors.sweeping import read
from tests.doors.whispering import Talks, heard


class TestPages:
    def test_the_sketch_lies_face_down_at_the_edge_and_in_the_middle(self, talks: Talks) -> None:
        cast, client = talks.cast, talks.client("bo")
        own = read(client, f"/p/{cast.with_delonghi.pk}/sketch/")[1]
        theirs = read(client, f"/p/{cast.with_delonghi.pk}/sketch/end/")
        assert "private until reveal" in own
        assert "only Nespresso sees it until the reveal" in own
        assert theirs[0] == 200
        assert "De&#39;Longhi’s sketch is private until reveal" in theirs[1]
        assert "data-list" not in theirs[1]

    def test_the_wall_shows_both_face_down(self, talks: Talks) -> None:
        wall = read(talks.client("room"), f"/room/{talks.room}/")[1]
        assert wall.count("private until reveal") == 2
        assert "data-list" not in wall

    def test_the_wall_turns_over_at_the_reveal(self, talks: Talks) -> None:
        client, wall = talks.client("room"), f"/room/{talks.room}/"
        mark = read(client, wall)[1].partition("?print=")[2][:16]
        assert client.get(f"{wall}page/?print={mark}").status_code == 204
        talks.reveal()
        assert client.get(f"{wall}page/?print={mark}").headers["HX-Refresh"] == "true"

    def test_only_facilitators_are_offered_to_reveal(self, talks: Talks) -> None:
        """In the session bar on every place; at a sheet that lies face down, also to look for who may."""
        cast = talks.cast
        bar = f"/w/{cast.workspace.pk}/session/?here={cast.with_delonghi.pk}/sketch/start"
        everybody = ("ana", "bo", "carla", "olga", "noor")
        offered = {who: read(talks.client(who), bar)[1] for who in everybody}
        assert {who for who, page in offered.items() if "Reveal Nespresso and De&#39;Longhi" in page} == {"ana", "noor"}
        down = {who: read(talks.client(who), f"/p/{cast.with_delonghi.pk}/sketch/end/")[1] for who in everybody}
        assert {who for who, page in down.items() if "Look at both sketches" in page} == {"noor"}

    def test_who_may_not_is_told_why(self, talks: Talks) -> None:
        address = f"/p/{talks.cast.with_delonghi.pk}/look/"
        refused = talks.client("ana").post(address)
        assert refused.status_code == 403
        assert "Only a facilitator who belongs to none may look" in refused.content.decode()
        assert talks.client("bo").post(address.replace("look", "reveal")).status_code == 403
        assert talks.client("dan").post(address).status_code == 404

    def test_a_removed_partnership_stays_sealed(self, talks: Talks) -> None:
        cast = talks.cast
        hidden = talks.delonghi_whispers()
        operations.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        for who in ("ana", "eli"):
            assert heard(talks, who, hidden) == []
