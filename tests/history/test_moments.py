"""Moments of a sheet: found, kept, compared and copied; by whom, and what is hidden from whom."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.events.models import Event
from partners.history.moments import moments_of, steps_of
from partners.history.operations import copy_as_of, keep_moment
from partners.workspaces.models import Workspace
from partners.workspaces.operations import add_organisation, reveal, seal
from tests.doors.sweeping import without_own_words
from tests.factories import Cast
from tests.history.acts import address, head, on


class TestTheSlider:
    def test_goes_through_every_change(self, cast: Cast, model: Canvas, note: Note) -> None:
        sheets.edit_note(**on(cast, note), text="Reputation")
        client = cast.client(cast.carla)
        first, now = (client.get(f"{address(model)}?step={step}").content.decode() for step in (3, 4))
        assert "Brand" in first
        assert "Reputation" not in first.partition('id="moment"')[2]
        assert "Reputation" in now
        assert "changed “Brand” to “Reputation”" in now
        assert ("nothing then" in first, "nothing then" in now, "nothing yet" in now) == (True, False, True)
        assert 'max="4" value="3"' in first

    def test_says_nothing_of_hidden_people_and_hidden_notes(self, cast: Cast, model: Canvas, note: Note) -> None:
        """Dan of Breville says something, and a note is taken to the talks with Breville: for Carla, nothing is new."""
        secret = cast.note("Secret talks", canvas=model)
        away = cast.seen(cast.ana, cast.sheet(cast.with_breville, cast.nespresso))
        sheets.move_note(**on(cast, secret), to=away, block="value_offer")
        client = cast.client(cast.carla)
        pages = []
        for _time in range(2):
            pages.append(client.get(f"{address(model)}?step=2").content.decode())
            sheets.give_thumb(**on(cast, note, cast.dan))
            sheets.add_comment(**on(cast, note, cast.dan), text="Hushed comment")
        assert 'max="3"' in pages[0]
        assert "Secret" not in pages[0]
        assert without_own_words(pages[0]) == without_own_words(pages[1])

    def test_costs_the_same_however_much_happened(self, cast: Cast, model: Canvas, note: Note) -> None:
        client, costs = cast.client(cast.ana), []
        for _round in range(2):
            cast.note("More")
            sheets.edit_note(**on(cast, note), text=f"Brand {head(cast)}")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"{address(model)}?step=3")
            costs.append(len(asked))
        assert costs[0] == costs[1] <= 16

    def test_is_for_those_who_see_the_sheet(self, cast: Cast) -> None:
        hidden = cast.sheet(cast.with_breville, cast.nespresso)
        for page in ("", "compared/", "0/restoration/"):
            assert cast.client(cast.carla).get(address(hidden, page)).status_code == 404
            assert cast.client(cast.finn).get(address(hidden, page)).status_code == 404
        for odd in ("?step=x", "?step=999999999999999999999", "?at=-1", "?at=99999999999999999999"):
            assert cast.client(cast.ana).get(address(hidden, odd)).status_code == 200

    def test_follows_the_seal_of_now(self, cast: Cast) -> None:
        sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
        cast.note("Licence", canvas=sketch, block="value_offer")
        carla = cast.client(cast.carla)
        seal(cast.viewer(cast.ana), cast.with_delonghi)
        assert carla.get(address(sketch)).status_code == 404
        reveal(cast.viewer(cast.ana), cast.with_delonghi)
        html = carla.get(address(sketch)).content.decode()
        assert "Licence" in html
        assert "At the reveal" in html


class TestKeeping:
    def test_gives_now_or_then_a_name(self, cast: Cast, model: Canvas, note: Note) -> None:
        client = cast.client(cast.carla)
        then = head(cast)
        client.post(address(model), {"name": "Before the break"})
        sheets.edit_note(**on(cast, note), text="Reputation")
        client.post(address(model), {"name": "Begin", "at": str(then - 2)})
        sheet = cast.seen(cast.ana, model)
        found = {each.name: each for each in moments_of(sheet, steps_of(sheet)) if each.sort == "kept"}
        assert (found["Begin"].seq, found["Begin"].by) == (then - 2, "Carla Rossi")
        html = client.get(f"{address(model)}?at={found['Before the break'].seq}").content.decode()
        assert "Brand" in html.partition('id="moment"')[2]

    def test_asks_for_a_name_and_the_right_to_speak(self, cast: Cast, model: Canvas) -> None:
        response = cast.client(cast.ana).post(address(model), {"name": " "})
        assert response.status_code == 422
        assert "Give it a name" in response.content.decode()
        assert cast.client(cast.eli).post(address(model), {"name": "Mine"}).status_code == 403

    def test_a_session_begins_after_a_pause(self, cast: Cast, model: Canvas, note: Note) -> None:
        before = head(cast)
        Event.objects.filter(seq__lte=before).update(at=Event.objects.latest("seq").at - timedelta(days=1))
        sheets.edit_note(**on(cast, note), text="Reputation")
        sheet = cast.seen(cast.ana, model)
        assert [(each.seq, each.sort) for each in moments_of(sheet, steps_of(sheet))] == [(before, "session")]


class TestTwoMoments:
    def test_say_what_was_added_changed_moved_and_taken_away(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        sheets.edit_note(**on(cast, note), text="Reputation")
        sheets.delete_note(**on(cast, Note.objects.get(text="Club")))
        boutiques = Note.objects.get(text="Boutiques")
        sheets.move_note(**on(cast, boutiques), to=cast.seen(cast.ana, model), block="channels")
        cast.note("Shops", block="channels")
        html = cast.client(cast.carla).get(address(model, f"compared/?before={then}")).content.decode()
        assert "1 note added · 1 note changed · 1 note moved · 1 note gone" in html
        counted = {mark: html.count(f"was-{mark}") for mark in ("added", "changed", "moved", "removed")}
        assert counted == {"added": 1, "changed": 2, "moved": 2, "removed": 1}
        assert "Both are the same" in cast.client(cast.eli).get(address(model, "compared/")).content.decode()

    def test_say_of_one_that_was_put_first_that_it_alone_was_moved(self, cast: Cast, model: Canvas) -> None:
        *_before, three = [cast.note(text, block="channels") for text in ("one", "two", "three")]
        then = head(cast)
        sheets.move_note(**on(cast, three), to=cast.seen(cast.ana, model), block="channels", after="first")
        cast.note("zero", block="channels", after="first")
        html = cast.client(cast.carla).get(address(model, f"compared/?before={then}")).content.decode()
        assert "1 note added · 1 note moved" in html


class TestCopying:
    def test_makes_a_workshop_as_of_then(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        sheets.edit_note(**on(cast, note), text="Reputation")
        client, page = cast.client(cast.ana), address(model, f"{then}/copy/")
        response = client.post(page)
        copy = Workspace.objects.exclude(pk=cast.workspace.pk).get()
        assert response["Location"] == f"/w/{copy.pk}/"
        notes = Note.objects.filter(canvas__workspace=copy).order_by("rank")
        assert list(notes.values_list("text", flat=True)) == ["Club", "Brand", "Boutiques"]
        assert Event.objects.filter(workspace=copy, kind="note_added").count() == 3

    def test_leaves_a_guess_a_guess(self, cast: Cast) -> None:
        lonely = add_organisation(viewer=cast.viewer(cast.ana), name="Lonely")
        assert cast.note("Perhaps shops", canvas=cast.model(lonely), block="channels").is_guess
        assert cast.ana.user
        copy = copy_as_of(viewer=cast.viewer(cast.ana), user=cast.ana.user, title="Copy", moment=head(cast))
        assert Note.objects.get(canvas__workspace=copy).is_guess

    def test_is_for_facilitators_from_whom_nothing_is_hidden(self, cast: Cast, model: Canvas, note: Note) -> None:
        page = address(model, "1/copy/")
        assert [cast.client(who).post(page).status_code for who in (cast.bo, cast.carla, cast.finn)] == [403, 403, 404]
        seal(cast.viewer(cast.ana), cast.with_delonghi)
        assert cast.client(cast.ana).post(page).status_code == 403


def test_keeping_is_told(cast: Cast, model: Canvas) -> None:
    keep_moment(sheet=cast.seen(cast.bo, model), name="Halfway")
    assert (
        "Bo Keller kept a moment as “Halfway”"
        in cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/activity/").content.decode()
    )
