"""The trash: what lies there for whom, back from it, and emptied for good."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.base.errors import Conflict
from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.events.models import Event
from partners.history.operations import empty_trash
from partners.history.past import boards_at
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership, Organisation, Partnership, Workspace
from tests.factories import Cast
from tests.history.acts import back, head, on


def page(cast: Cast, more: str = "") -> str:
    """A page of the trash."""
    return f"/w/{cast.workspace.pk}/trash/{more}"


def read(cast: Cast, who: Membership, more: str = "") -> str:
    """What somebody reads there."""
    return unescape(cast.client(who).get(page(cast, more)).content.decode())


def empty(cast: Cast) -> dict[str, int]:
    """Ana empties it."""
    return empty_trash(viewer=cast.viewer(cast.ana), until=timezone.now() + timedelta(seconds=1))


@pytest.fixture
def thrown(cast: Cast, note: Note) -> Note:
    """Bo has deleted “Brand”."""
    return sheets.delete_note(**on(cast, note, cast.bo))


class TestWhatLiesThere:
    def test_names_who_deleted_what(self, cast: Cast, thrown: Note) -> None:
        for who in (cast.ana, cast.carla, cast.eli):
            html = read(cast, who)
            assert "Brand" in html
            assert "deleted by Bo Keller" in html
        assert "Bring back" not in read(cast, cast.carla)
        assert "Empty the trash" not in read(cast, cast.bo)
        assert cast.client(cast.finn).get(page(cast)).status_code == 404

    def test_is_hidden_with_its_sheet_and_its_partnership(self, cast: Cast) -> None:
        secret = cast.note("Secret talks", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="intent")
        sheets.delete_note(**on(cast, secret))
        assert "Secret" not in read(cast, cast.carla)
        assert "Secret" in read(cast, cast.bo)
        workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_breville)
        assert "Breville" not in read(cast, cast.carla)
        assert "Nespresso – Breville" in read(cast, cast.bo)

    def test_costs_the_same_however_full(self, cast: Cast, thrown: Note) -> None:
        client, costs = cast.client(cast.ana), []
        for _round in range(2):
            for number in range(3):
                sheets.delete_note(**on(cast, cast.note(f"Gone {number}")))
            with CaptureQueriesContext(connection) as asked:
                client.get(page(cast))
            costs.append(len(asked))
        assert costs[0] == costs[1] <= 14


class TestBringingBack:
    def test_a_note(self, cast: Cast, thrown: Note) -> None:
        address = page(cast, "restoration/")
        assert cast.client(cast.carla).post(address, {"note": str(thrown.pk)}).status_code == 403
        assert cast.client(cast.bo).post(address, {"note": str(thrown.pk)}).status_code == 302
        assert Note.objects.get(pk=thrown.pk).deleted_at is None

    def test_a_partnership_with_its_sheets(self, cast: Cast) -> None:
        note = cast.note("Licence", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="value_offer")
        workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        address, asked = page(cast, "restoration/"), {"partnership": str(cast.with_delonghi.pk)}
        assert cast.client(cast.bo).post(address, asked).status_code == 403
        assert cast.client(cast.ana).post(address, asked).status_code == 302
        assert cast.client(cast.carla).get(f"/notes/{note.pk}/").status_code == 200
        assert "brought back the partnership of Nespresso and De'Longhi" in unescape(
            cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/activity/").content.decode()
        )

    def test_a_company_with_the_partnerships_that_went_with_it(self, cast: Cast) -> None:
        workshops.remove_organisation(viewer=cast.viewer(cast.ana), organisation=cast.breville)
        assert cast.client(cast.dan).get(f"/p/{cast.with_breville.pk}/models/start/").status_code == 404
        address = page(cast, "restoration/")
        barred = cast.client(cast.ana).post(address, {"partnership": str(cast.with_breville.pk)})
        assert (barred.status_code, "Bring Breville back first" in barred.content.decode()) == (409, True)
        cast.client(cast.ana).post(address, {"organisation": str(cast.breville.pk)})
        assert cast.client(cast.dan).get(f"/p/{cast.with_breville.pk}/models/start/").status_code == 200

    def test_not_beside_a_new_partnership_of_the_same_two(self, cast: Cast) -> None:
        viewer = cast.viewer(cast.ana)
        workshops.remove_partnership(viewer=viewer, partnership=cast.with_delonghi)
        workshops.add_partnership(viewer=viewer, first=cast.nespresso, second=cast.delonghi)
        old = Partnership.objects.select_related("first", "second").get(pk=cast.with_delonghi.pk)
        with pytest.raises(Conflict, match="already"):
            workshops.restore_partnership(viewer=viewer, partnership=old)

    def test_nothing_that_does_not_lie_there(self, cast: Cast) -> None:
        for odd in ({}, {"note": "x"}, {"organisation": str(cast.breville.pk)}):
            assert cast.client(cast.ana).post(page(cast, "restoration/"), odd).status_code == 404


class TestEmptying:
    def test_is_for_facilitators_who_have_read_what_goes(self, cast: Cast, thrown: Note) -> None:
        address = page(cast, "emptying/")
        assert [cast.client(who).get(address).status_code for who in (cast.bo, cast.carla)] == [403, 403]
        html = read(cast, cast.ana, "emptying/")
        assert "1 note" in html
        assert "comments on them" not in html  # what there is none of is not listed
        assert cast.client(cast.bo).post(address, {"until": timezone.now().isoformat()}).status_code == 403
        for odd in ("", "yesterday", "2026-01-01T00:00:00"):
            assert cast.client(cast.ana).post(address, {"until": odd}).status_code == 422
        until = html.partition('name="until" value="')[2].partition('"')[0]
        later = sheets.delete_note(**on(cast, Note.objects.get(text="Club")))
        cast.client(cast.ana).post(address, {"until": until})
        assert not Note.objects.filter(pk=thrown.pk).exists()
        assert Note.objects.filter(pk=later.pk).exists()

    def test_of_an_empty_trash_asks_nothing(self, cast: Cast) -> None:
        html = read(cast, cast.ana, "emptying/")
        assert "The trash is empty" in html
        assert "Empty it for good" not in html

    def test_takes_the_words_out_of_the_log_and_keeps_its_numbers(self, cast: Cast, thrown: Note) -> None:
        then, before = head(cast) - 1, Event.objects.count()
        empty(cast)
        assert Event.objects.count() == before + 1
        assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, head(cast) + 1))
        assert "Brand" not in str(list(Event.objects.values_list("data", flat=True)))
        assert "Brand" not in read(cast, cast.ana)
        activity = cast.client(cast.carla).get(f"/w/{cast.workspace.pk}/activity/").content.decode()
        assert "Ana Vries emptied the trash" in activity
        (board,) = boards_at(cast.seen(cast.ana, cast.model(cast.nespresso)), [then])
        assert [each.text for each in board.notes.values()] == ["Club", "Boutiques"]
        assert cast.client(cast.ana).get(f"/notes/{thrown.pk}/versions/").status_code == 404

    def test_undo_says_that_it_is_gone(self, cast: Cast, thrown: Note) -> None:
        empty(cast)
        for who in (cast.bo,):
            with pytest.raises(Conflict, match="The trash was emptied"):
                back(cast, who)

    def test_of_several_undo_takes_back_the_rest(self, cast: Cast, note: Note) -> None:
        lines = sheets.paste_notes(sheet=cast.seen(cast.bo, note.canvas), block="channels", lines="one\ntwo")
        sheets.delete_note(**on(cast, lines.notes[0]))
        empty(cast)
        assert back(cast, cast.bo).left == ("The trash was emptied: what you did there is gone for good.",)
        assert not Note.objects.filter(block="channels", deleted_at=None).exists()

    def test_of_a_partnership_and_a_company_with_all_that_hangs_on_them(self, cast: Cast) -> None:
        cast.note("Whispered offer", canvas=cast.model(cast.breville), by=cast.dan, block="channels")
        cast.note("Secret talks", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="intent")
        workshops.remove_organisation(viewer=cast.viewer(cast.ana), organisation=cast.breville)
        counts = empty(cast)
        assert (counts["notes"], counts["partnerships"], counts["organisations"]) == (2, 1, 1)
        assert not Partnership.objects.filter(pk=cast.with_breville.pk).exists()
        assert not Canvas.objects.filter(organisation=cast.breville).exists()
        told = str(list(Event.objects.values_list("data", flat=True)))
        assert [word for word in ("Breville", "Secret", "Whispered") if word in told] == []
        still = Organisation.objects.get(pk=cast.breville.pk)  # Dan belongs to it: his rights stay as they were
        assert still.name == "–"
        assert cast.client(cast.dan).get(f"/w/{cast.workspace.pk}/").status_code == 200
        assert "Breville" not in read(cast, cast.ana)
        assert empty(cast) == dict.fromkeys(counts, 0)


class TestAWorkshop:
    def test_goes_for_good_when_its_facilitator_says_so_twice(self, cast: Cast, note: Note) -> None:
        address = f"/w/{cast.workspace.pk}/deletion/for-good/"
        assert cast.client(cast.ana).get(address).status_code == 404
        workshops.delete_workspace(viewer=cast.viewer(cast.ana))
        assert cast.client(cast.bo).get(address).status_code == 403
        assert cast.client(cast.finn).get(address).status_code == 404
        assert "for good" in cast.client(cast.ana).get(address).content.decode()
        assert cast.client(cast.ana).post(address).status_code == 302
        assert not Workspace.objects.filter(pk=cast.workspace.pk).exists()
        assert not Event.objects.filter(workspace=cast.workspace.pk).exists()
