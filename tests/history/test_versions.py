"""A note's versions: who wrote what and when, what is hidden from whom, and back to any of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.events.models import Event
from partners.history.versions import versions_of
from partners.workspaces.operations import reveal, seal
from partners.workspaces.operations.people import forget_member, remove_member
from tests.factories import Cast
from tests.history.acts import back, on

HTMX = {"HX-Request": "true"}


@pytest.fixture
def worded(cast: Cast, note: Note) -> Note:
    """“Brand”, which Bo made strong and Ana spread over Europe."""
    sheets.edit_note(**on(cast, note, cast.bo), text="Strong brand")
    sheets.edit_note(**on(cast, note), text="Strong brand in Europe")
    return note


class TestVersions:
    def test_say_who_wrote_what(self, cast: Cast, worded: Note) -> None:
        found = versions_of(**on(cast, worded))
        assert [(each.number, each.by.name, each.text) for each in found] == [
            (3, "Ana Vries", "Strong brand in Europe"),
            (2, "Bo Keller", "Strong brand"),
            (1, "Ana Vries", "Brand"),
        ]
        assert [each.is_now for each in found] == [True, False, False]
        assert [(run.mark, run.text) for run in found[0].runs] == [("same", "Strong brand"), ("new", " in Europe")]

    def test_cost_the_same_however_many(self, cast: Cast, note: Note) -> None:
        costs = []
        for _time in range(2):
            sheets.edit_note(**on(cast, note), text=f"Brand {Event.objects.count()}")
            sheets.move_note(**on(cast, note), to=cast.seen(cast.ana, note.canvas), block="channels", after="first")
            given = on(cast, note, cast.bo)
            with CaptureQueriesContext(connection) as asked:
                versions_of(**given)
            costs.append(len(asked))
        assert costs == [1, 1]

    def test_call_nobody_by_a_name_that_was_forgotten(self, cast: Cast, worded: Note) -> None:
        remove_member(viewer=cast.viewer(cast.ana), member=cast.bo)
        forget_member(cast.bo)
        assert versions_of(**on(cast, worded))[1].by.name == "former member"

    def test_of_a_hidden_sheet_are_not_there(self, cast: Cast, worded: Note) -> None:
        """What was written while it stood on Nespresso’s sheet with Breville is not for De’Longhi’s people."""
        away = cast.seen(cast.ana, cast.sheet(cast.with_breville, cast.nespresso))
        home = cast.seen(cast.ana, cast.model(cast.nespresso))
        sheets.move_note(**on(cast, worded), to=away, block="value_offer")
        assert cast.client(cast.carla).get(f"/notes/{worded.pk}/versions/").status_code == 404
        sheets.edit_note(**on(cast, worded), text="A secret for Breville")
        sheets.edit_note(**on(cast, worded), text="Brand, once more")
        sheets.move_note(**on(cast, worded), to=home, block="key_resources")
        html = cast.client(cast.carla).get(f"/notes/{worded.pk}/versions/").content.decode()
        assert "secret" not in html
        assert [each.text for each in versions_of(**on(cast, worded, cast.carla))] == [
            "Brand, once more",
            "Strong brand in Europe",
            "Strong brand",
            "Brand",
        ]
        assert "A secret for Breville" in [each.text for each in versions_of(**on(cast, worded))]

    def test_from_before_a_seal_follow_the_seal_of_now(self, cast: Cast) -> None:
        sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
        note = cast.note("Licence", canvas=sketch, block="value_offer")
        address, carla = f"/notes/{note.pk}/versions/", cast.client(cast.carla)
        assert carla.get(address).status_code == 200
        seal(cast.viewer(cast.ana), cast.with_delonghi)
        assert carla.get(address).status_code == 404
        sheets.edit_note(**on(cast, note), text="Licence at cost")
        reveal(cast.viewer(cast.ana), cast.with_delonghi)
        assert "at cost" in carla.get(address).content.decode()


class TestRestoring:
    def test_is_an_edit_that_can_be_undone(self, cast: Cast, worded: Note) -> None:
        client, address = cast.client(cast.ana), f"/notes/{worded.pk}/versions/1/restoration/"
        html = client.post(address, {"base_version": "3"}, headers=HTMX).content.decode()
        assert "as it is now" in html
        worded.refresh_from_db()
        assert (worded.text, worded.text_version) == ("Brand", 4)
        back(cast)
        worded.refresh_from_db()
        assert worded.text == "Strong brand in Europe"

    def test_works_without_scripts(self, cast: Cast, worded: Note) -> None:
        response = cast.client(cast.ana).post(f"/notes/{worded.pk}/versions/2/restoration/", {"base_version": "3"})
        assert (response.status_code, response["Location"]) == (302, f"/notes/{worded.pk}/versions/")

    def test_is_merged_with_what_somebody_types_meanwhile(self, cast: Cast, worded: Note) -> None:
        sheets.edit_note(**on(cast, worded, cast.bo), text="The Strong brand in Europe")
        client, address = cast.client(cast.ana), f"/notes/{worded.pk}/versions/2/restoration/"
        client.post(address, {"base_version": "3"})
        worded.refresh_from_db()
        assert worded.text == "The Strong brand"

    def test_leaves_the_same_words_to_whoever_changed_them(self, cast: Cast, worded: Note) -> None:
        sheets.edit_note(**on(cast, worded, cast.bo), text="Strong brand in Asia")
        address = f"/notes/{worded.pk}/versions/2/restoration/"
        response = cast.client(cast.ana).post(address, {"base_version": "3"}, headers=HTMX)
        assert response.status_code == 409
        assert "same words" in response.content.decode()
        worded.refresh_from_db()
        assert worded.text == "Strong brand in Asia"

    def test_asks_for_the_right_to_write(self, cast: Cast, worded: Note) -> None:
        carla, address = cast.client(cast.carla), f"/notes/{worded.pk}/versions/"
        assert "Bring these words back" not in carla.get(address).content.decode()
        assert carla.post(f"{address}1/restoration/").status_code == 403
        assert carla.get(f"{address}1/restoration/").status_code == 405
        assert cast.client(cast.ana).post(f"{address}9/restoration/").status_code == 404
        assert cast.client(cast.finn).get(address).status_code == 404

    def test_not_of_a_note_in_the_trash(self, cast: Cast, worded: Note) -> None:
        sheets.delete_note(**on(cast, worded))
        client, address = cast.client(cast.ana), f"/notes/{worded.pk}/versions/"
        assert "in the trash" in client.get(address).content.decode()
        assert client.post(f"{address}1/restoration/", headers=HTMX).status_code == 409
