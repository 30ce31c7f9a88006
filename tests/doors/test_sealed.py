"""Private until reveal, door by door: nothing of a sealed sheet leaves the server for those from whom it is hidden.

Two checks at every address of the site: the words, ids and people's acts of the hidden sheet are in no answer; and
whatever is written there, the answers stay the same, so that no count, order or version tells of it either.
"""

from __future__ import annotations

import pytest

from partners.canvases import operations as sheets
from partners.canvases.access import canvas_in
from partners.canvases.models import Note
from tests.doors.sweeping import read, sweep, without_own_words
from tests.doors.whispering import Talks, heard, told_of

LISTS = ("/api/v1/notes/", "/api/v1/comments/", "/api/v1/events/")
WATCHERS = ("ana", "bo", "carla", "dan", "eli", "noor", "olga", "third", "room")
"""One side's facilitator and member; the other's guest; a rival's guest; who watches one partnership; a facilitator of
no company who has not asked to look; who watches the whole workshop; a rival's member who sees it all; the wall."""
COMPARED = ("ana", "bo", "dan", "noor", "room")
"""One of each kind, for whom no answer may differ from before."""


@pytest.mark.parametrize("who", WATCHERS)
def test_what_the_others_write_is_nowhere(talks: Talks, who: str) -> None:
    """Not a word of it nor an id; and whatever is written, no answer changes."""
    client = talks.client(who)
    asked = talks.addresses(who) if who in COMPARED else []
    before = {address: (status, without_own_words(text)) for address, status, text in sweep(client, asked)}
    hidden = talks.whisper_behind(who)
    answers = list(sweep(client, talks.addresses(who)))
    assert told_of(hidden, answers) == []
    after = {address: (status, without_own_words(text)) for address, status, text in answers}
    assert [address for address, answer in before.items() if answer[0] != 405 and after[address] != answer] == []


def test_after_the_reveal_everybody_is_told(talks: Talks) -> None:
    """The same sweep hears it then: else it could not fail."""
    hidden = talks.delonghi_whispers()
    talks.reveal()
    doors = ("/sketch/end/", "/activity/", "/find/", "/export/", "notes.csv", "/comments/", *LISTS)
    for who in ("bo", "olga"):
        told = " ".join(heard(talks, who, hidden, at=doors))
        assert [door for door in doors if door not in told] == [], who
    assert {line.split("/")[1] for line in heard(talks, "dan", hidden)} == {"room"}, "whoever knows the wall’s link"
    assert "Secret" in read(talks.client("room"), f"/room/{talks.room}/")[1]


def test_each_side_sees_its_own(talks: Talks) -> None:
    cast = talks.cast
    hidden = talks.delonghi_whispers()
    doors = ("/sketch/end/", "/activity/", "/find/", "notes.csv", "/models/", *LISTS)
    told = " ".join(heard(talks, "carla", hidden, at=doors))
    assert [door for door in doors if door not in told] == []
    assert "offered" in read(talks.client("carla"), f"/p/{cast.with_delonghi.pk}/models/end/")[1]


def test_who_asked_to_look_sees_both(talks: Talks) -> None:
    cast = talks.cast
    hidden = talks.delonghi_whispers()
    assert talks.client("noor").post(f"/p/{cast.with_delonghi.pk}/look/").status_code == 302
    assert heard(talks, "noor", hidden, at=("/sketch/end/",))
    for who in ("ana", "carla"):
        activity = read(talks.client(who), f"/w/{cast.workspace.pk}/activity/")[1]
        assert "Noor Bakker asked to look at what is private" in activity


class TestPrograms:
    def test_see_and_change_the_seal(self, talks: Talks) -> None:
        client, address = talks.client("ana"), f"/api/v1/partnerships/{talks.cast.with_delonghi.pk}/"
        assert client.get(address).json()["sealed"] is True
        assert client.post(f"{address}reveal/").json()["sealed"] is False
        assert client.post(f"{address}reveal/").json()["sealed"] is False
        assert client.post(f"{address}seal/").json()["sealed"] is True
        assert client.post(f"{address}look/").status_code == 403
        assert talks.client("noor").post(f"{address}look/").status_code == 200
        assert talks.client("bo").post(f"{address}reveal/").status_code == 403

    def test_who_follows_along_hears_at_the_reveal_what_was_written_before(self, talks: Talks) -> None:
        cast, client = talks.cast, talks.client("bo")
        talks.delonghi_whispers()
        address = f"/api/v1/notes/?workspace={cast.workspace.pk}&updated_since="
        as_of = client.get(f"{address}2000-01-01T00:00:00Z").json()["as_of"]
        Note.objects.update(updated_at="2001-01-01T00:00:00Z")
        Note.objects.filter(text="Secret regret").update(deleted_at="2001-01-01T00:00:00Z")
        talks.reveal()
        told = client.get(f"{address}{as_of.replace('+', '%2B')}").json()
        assert told["complete"]
        texts = [note["text"] for note in told["results"]]
        assert "Secret wish, in other words" in texts
        assert "Secret regret" not in texts

    def test_an_export_says_that_something_is_withheld(self, talks: Talks) -> None:
        cast = talks.cast
        address = f"/api/v1/workspaces/{cast.workspace.pk}/export/"
        withheld = {who: talks.client(who).get(address).getvalue() for who in ("ana", "noor", "carla")}
        assert b'"withheld": ["canvases", "comments", "thumbs"]' in withheld["ana"]
        assert b'"withheld": ["canvases", "comments", "thumbs"]' in withheld["noor"]
        assert b'"withheld": ["canvases", "comments", "members",' in withheld["carla"]
        talks.reveal()
        assert b'"withheld": []' in talks.client("ana").get(address).getvalue()

    def test_a_version_is_of_what_one_sees(self, talks: Talks) -> None:
        """Taking a note to a hidden sheet leaves its version as it is: else a program could tell what is wanted."""
        cast = talks.cast
        source = Note.objects.get(text="Nespresso has it")
        address = f"/api/v1/notes/{source.pk}/"
        before = talks.client("bo").get(address).headers["ETag"]
        sheets.take_note(
            source=canvas_in(cast.viewer(cast.carla), cast.model(cast.nespresso)),
            note=source,
            into=cast.seen(cast.carla, talks.sheet(cast.delonghi)),
        )
        assert talks.client("bo").get(address).headers["ETag"] == before
