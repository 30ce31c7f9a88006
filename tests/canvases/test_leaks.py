"""Hidden is not sent: what a rival's guest may not see is in none of the answers about sheets and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client

from partners.canvases import operations
from partners.canvases.access import canvases_seen, comments_seen, sees_canvas, visible_canvas_ids
from partners.canvases.fragments import note_pieces
from partners.canvases.models import Canvas, Note
from partners.events.fragments import FeedScope, drawn
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership
from tests.canvases.conftest import Story
from tests.factories import Cast

pytestmark = pytest.mark.django_db

SECRETS = ["Breville", "Dan Webb", "Toasters", "Undercut", "Between us", "Wake up"]


@pytest.fixture
def patents(cast: Cast) -> Note:
    """A note on Nespresso's business model, which both rivals see, with everything about it that only one may know."""
    note = cast.note("Patents", block="key_resources")
    dans = cast.seen(cast.dan, note.canvas)
    operations.add_comment(sheet=dans, note=note, text="Between us, these run out")
    operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text="Since when?")
    operations.give_thumb(sheet=dans, note=note)
    into = cast.seen(cast.dan, cast.sheet(cast.with_breville, cast.breville))
    wanted = operations.take_note(source=dans, note=note, into=into)
    operations.edit_note(sheet=into, note=wanted, text="Undercut with their patents")
    cast.note("Toasters", by=cast.dan, canvas=cast.model(cast.breville), block="value_propositions")
    note.refresh_from_db()
    return note


@pytest.fixture
def hidden(cast: Cast) -> list[Canvas]:
    """The sheets that do not exist for Carla."""
    return [
        cast.model(cast.breville),
        cast.sheet(cast.with_breville, cast.nespresso),
        cast.sheet(cast.with_breville, cast.breville),
    ]


def pages(cast: Cast, note: Note) -> Iterator[tuple[str, str]]:
    """Everything about sheets and notes that Carla can ask for, as (address, answer)."""
    client = cast.client(cast.carla)
    base = f"/p/{cast.with_delonghi.pk}"
    for path in (
        f"{base}/models/start/",
        f"{base}/models/end/",
        f"{base}/sketch/start/",
        f"{base}/sketch/end/",
        f"{base}/compare/",
        f"{base}/outcome/",
        f"/notes/{note.pk}/",
        f"/notes/{note.pk}/menu/",
        f"/notes/{note.pk}/comments/",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        yield path, response.content.decode()


class TestARivalsGuest:
    def test_reads_none_of_the_secrets_anywhere(self, cast: Cast, patents: Note) -> None:
        for path, html in pages(cast, patents):
            found = [secret for secret in SECRETS if secret in html]
            assert found == [], path
            for thing in (cast.with_breville, cast.breville, cast.dan):
                assert str(thing.pk) not in html, path

    def test_sees_only_the_comments_thumbs_and_marks_of_people_they_may_see(self, cast: Cast, patents: Note) -> None:
        carla, ana = (cast.viewer(who) for who in (cast.carla, cast.ana))
        html = note_pieces([patents.pk], carla.audience, cast.workspace)[patents.pk]
        whole = note_pieces([patents.pk], ana.audience, cast.workspace)[patents.pk]
        assert "wanted" in whole
        assert "wanted" not in html
        assert str(cast.dan.pk) in whole, "whose thumb it is"
        assert str(cast.dan.pk) not in html
        assert "data-thumbs" not in html
        assert [said.text for said in comments_seen(carla.audience, patents)] == ["Since when?"]

    def test_gets_the_same_from_the_stream(self, cast: Cast, patents: Note) -> None:
        carla = cast.viewer(cast.carla)
        seen = visible_canvas_ids(carla.audience)
        feed = FeedScope(cast.workspace.pk, seen, frozenset(), carla.audience, "en", seen)
        secret = Note.objects.get(text="Toasters")
        html = "".join(drawn("note", cast.workspace, {feed: [patents.pk, secret.pk]}, 99)[feed])
        assert not [word for word in SECRETS if word in html]
        assert f'<del data-gone="note-{secret.pk}" data-drawn="99">' in html

    def test_does_not_learn_who_wrote_what_they_may_see(self, cast: Cast) -> None:
        """Dan moves to Nespresso and writes; for Carla the note is there, its hidden author is not."""
        note = cast.note("Written by a stranger", by=cast.ana)
        Note.objects.filter(pk=note.pk).update(author=cast.dan)
        html = note_pieces([note.pk], cast.viewer(cast.carla).audience, cast.workspace)[note.pk]
        assert "Written by a stranger" in html
        assert "DW" not in html
        assert str(cast.dan.pk) not in html

    def test_cannot_ask_for_hidden_sheets_and_notes_by_their_ids(
        self, cast: Cast, patents: Note, hidden: list[Canvas]
    ) -> None:
        client = cast.client(cast.carla)
        for canvas in hidden:
            secret = cast.note("Secret", canvas=canvas, block=next(iter(blocks(canvas))))
            for do in asking(client, canvas, secret, patents, cast):
                assert do() == 404
        assert client.get(f"/p/{cast.with_breville.pk}/models/start/").status_code == 404

    def test_hears_the_same_of_a_hidden_note_as_of_none(self, cast: Cast, hidden: list[Canvas]) -> None:
        secret = cast.note("Secret", canvas=hidden[0], block="channels")
        client = cast.client(cast.carla)
        there, nowhere = (client.get(f"/notes/{each}/").content for each in (secret.pk, uuid4()))
        assert there == nowhere

    def test_does_not_learn_where_a_note_went_or_came_from(self, cast: Cast, story: Story) -> None:
        """Nespresso takes one note away to its sheet with Breville, and brings another from there."""
        shared, secret = (cast.sheet(each, cast.nespresso) for each in (cast.with_delonghi, cast.with_breville))
        gone = cast.note("Shelf space", canvas=shared, block="desired_value")
        toasters = cast.note("Toasters", by=cast.dan, canvas=cast.model(cast.breville), block="channels")
        ana = cast.seen(cast.ana, secret)
        came = operations.take_note(source=cast.seen(cast.ana, toasters.canvas), note=toasters, into=ana)
        operations.edit_note(sheet=ana, note=came, text="Ours to say")
        sheet = cast.seen(cast.ana, shared)
        operations.move_note(sheet=sheet, note=gone, to=ana, block="value_offer")
        operations.move_note(sheet=ana, note=came, to=sheet, block="desired_value")
        client = cast.client(cast.carla)

        page = client.get(f"/p/{cast.with_delonghi.pk}/sketch/start/").content.decode()
        assert "Ours to say" in page
        assert "from Channels" not in page
        assert "Shelf space" not in page
        told = client.get(f"/api/v1/events/?workspace={cast.workspace.pk}&after={story.start}").content.decode()
        assert "Ours to say" in told
        for hidden in ("Shelf space", "Toasters", str(secret.pk), str(gone.pk)):
            assert hidden not in told

    def test_cannot_carry_a_note_onto_a_hidden_sheet(self, cast: Cast, hidden: list[Canvas]) -> None:
        note = cast.note(by=cast.carla, canvas=cast.model(cast.delonghi), block="channels")
        for canvas in hidden:
            sends = {"canvas": str(canvas.pk), "block": next(iter(blocks(canvas)))}
            assert cast.client(cast.carla).post(f"/notes/{note.pk}/position/", sends).status_code == 404


def blocks(canvas: Canvas) -> list[str]:
    """Block keys of a sheet's kind that hold notes of any sort."""
    return ["channels"] if canvas.kind == "bmc" else ["intent"]


def asking(client: Client, canvas: Canvas, secret: Note, own: Note, cast: Cast) -> list[Callable[[], int]]:
    """All the ways of naming a hidden sheet or note."""
    note = f"/notes/{secret.pk}/"

    def post(path: str, **sends: str) -> Callable[[], int]:
        return lambda: int(client.post(path, sends).status_code)

    def get(path: str) -> Callable[[], int]:
        return lambda: int(client.get(path).status_code)

    return [
        post(f"/canvases/{canvas.pk}/notes/", block="channels", text="Hello"),
        post(f"/canvases/{canvas.pk}/paste/", block="channels", lines="Hello"),
        *(get(note + page) for page in ("", "edit/", "menu/", "comments/")),
        post(note, text="Hello"),
        post(note + "position/", block="channels"),
        post(note + "look/", fill="rose"),
        *(post(note + deed) for deed in ("copy/", "deletion/", "restoration/", "thumb/", "confirmation/")),
        post(note + "taking/", partnership=str(cast.with_delonghi.pk)),
        post(note + "comments/", text="Hello"),
        post("/notes/many/", do="delete", notes=str(secret.pk)),
        post(f"/notes/{own.pk}/taking/", partnership=str(cast.with_breville.pk)),
    ]


class TestWhoSeesWhichSheets:
    def seen(self, cast: Cast, member: Membership) -> set[tuple[str, str]]:
        sheets = canvases_seen(cast.viewer(member).audience).select_related("organisation", "partnership__second")
        return {(each.organisation.name, each.partnership.second.name if each.partnership else "") for each in sheets}

    def test_the_focal_company_sees_all(self, cast: Cast) -> None:
        everything = {
            ("Nespresso", ""),
            ("De'Longhi", ""),
            ("Breville", ""),
            ("Nespresso", "De'Longhi"),
            ("De'Longhi", "De'Longhi"),
            ("Nespresso", "Breville"),
            ("Breville", "Breville"),
        }
        assert self.seen(cast, cast.ana) == self.seen(cast, cast.bo) == everything

    @pytest.mark.parametrize(("who", "partner"), [("carla", "De'Longhi"), ("eli", "De'Longhi"), ("dan", "Breville")])
    def test_others_see_their_partnership_and_its_two_models(self, cast: Cast, who: str, partner: str) -> None:
        expected = {("Nespresso", ""), (partner, ""), ("Nespresso", partner), (partner, partner)}
        assert self.seen(cast, cast.members[who]) == expected

    def test_a_loaded_sheet_and_a_list_of_sheets_agree(self, cast: Cast) -> None:
        for member in cast.members.values():
            audience = cast.viewer(member).audience
            for canvas in Canvas.objects.select_related("organisation", "partnership"):
                assert sees_canvas(audience, canvas) == (canvas.pk in visible_canvas_ids(audience))

    def test_what_was_taken_away_exists_for_nobody(self, cast: Cast) -> None:
        workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        assert ("Nespresso", "De'Longhi") not in self.seen(cast, cast.ana)
        assert self.seen(cast, cast.carla) == set()
        workshops.remove_organisation(viewer=cast.viewer(cast.ana), organisation=cast.breville)
        assert self.seen(cast, cast.bo) == {("Nespresso", ""), ("De'Longhi", "")}

    def test_equal_rights_make_equal_audiences_and_different_ones_do_not(self, cast: Cast) -> None:
        cora = cast.join("Cora Rossi", cast.delonghi)
        keys = {name: cast.viewer(member).audience.key for name, member in {**cast.members, "cora": cora}.items()}
        assert keys["ana"] == keys["bo"] == "all"
        assert keys["carla"] == keys["cora"]
        assert len({keys[name] for name in ("ana", "carla", "dan")}) == 3
