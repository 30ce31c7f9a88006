"""Private until reveal, door by door: nothing of a sealed sheet leaves the server for those from whom it is hidden.

Two checks at every address of the site: the words, ids and people's acts of the hidden sheet are in no answer; and
whatever is written there, the answers stay the same, so that no count, order or version tells of it either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from partners.canvases import operations as sheets
from partners.canvases.access import canvas_in
from partners.canvases.models import Canvas, Comment, Note
from partners.workspaces import operations
from partners.workspaces.models import Invitation, Membership, Organisation
from tests.doors.sweeping import addresses, read, sweep, without_own_words
from tests.factories import Cast

WORDS = ("Secret", "Hushed")
LISTS = ("/api/v1/notes/", "/api/v1/comments/", "/api/v1/events/")
WATCHERS = ("ana", "bo", "carla", "dan", "eli", "noor", "olga", "third", "room")
"""One side's facilitator and member; the other's guest; a rival's guest; who watches one partnership; a facilitator of
no company who has not asked to look; who watches the whole workshop; a rival's member who sees it all; the wall."""
COMPARED = ("ana", "bo", "dan", "noor", "room")
"""One of each kind, for whom no answer may differ from before."""


@dataclass
class Talks:
    """The workshop with a sealed partnership, and everybody who may not look behind De'Longhi's back."""

    cast: Cast
    room: str
    people: dict[str, Membership]

    def client(self, who: str) -> Client:
        """The browser of one of the watchers; the room screen's has no cookies."""
        return self.cast.client(None if who == "room" else self.people[who])

    def sheet(self, company: Organisation) -> Canvas:
        """A company's sealed sheet."""
        return self.cast.sheet(self.cast.with_delonghi, company)

    def whisper(self, by: Membership, company: Organisation, other: Organisation) -> list[UUID]:
        """Do on a company's sealed sheet whatever can be done there; returns what must not be heard of."""
        cast, sheet = self.cast, self.sheet(company)
        wish = cast.note("Secret wish", by=by, canvas=sheet, block="desired_value", tags=["Secret tag"])
        seen = cast.seen(by, sheet)
        said = sheets.add_comment(sheet=seen, note=wish, text="Hushed remark")
        sheets.give_thumb(sheet=seen, note=wish)
        sheets.edit_note(sheet=seen, note=wish, text="Secret wish, in other words")
        sheets.change_look(sheet=seen, note=wish, fill="sun")
        copied = sheets.copy_note(sheet=seen, note=wish)
        gone = cast.note("Secret regret", by=by, canvas=sheet, block="intent")
        sheets.delete_note(sheet=seen, note=gone)
        taken = []
        for model, words in ((company, f"{company.short_name} has it"), (other, f"{other.short_name} has it")):
            source = Note.objects.get(text=words, source_note=None)
            viewed = cast.seen(by, cast.model(model))
            taken.append(sheets.take_note(source=viewed, note=source, into=seen))
        sheets.delete_note(sheet=seen, note=taken[0])
        sheets.restore_note(sheet=seen, note=taken[0])
        return [wish.pk, copied.pk, gone.pk, said.pk, *(note.pk for note in taken)]

    def whisper_behind(self, who: str) -> list[UUID]:
        """Have each company whisper that somebody is not of; returns what they must not hear of."""
        cast, hidden = self.cast, list[UUID]()
        mine = None if who == "room" else self.people[who].organisation_id
        for by, company, other in (
            (cast.carla, cast.delonghi, cast.nespresso),
            (cast.bo, cast.nespresso, cast.delonghi),
        ):
            if company.pk != mine:
                hidden += [*self.whisper(by, company, other), self.sheet(company).pk]
        return hidden

    def addresses(self, who: str) -> list[str]:
        """Every kind of address, with things of every kind: hidden and seen, of the one side and the other."""
        cast, companies = self.cast, (self.cast.nespresso, self.cast.delonghi)
        only: dict[str, list[Any]] = {
            # A rival's guest has a partnership of his own to look at.
            "partnership_id": [cast.with_delonghi.pk] + [cast.with_breville.pk] * (who == "dan"),
            "organisation_id": [company.pk for company in companies],
            "organisation": [company.pk for company in companies],
            "member_id": [cast.carla.pk],
            "canvas_id": [sheet.pk for each in companies for sheet in (self.sheet(each), cast.model(each))],
            # One of each text: a copy stands for what it was copied from.
            "note_id": list({(note.text, note.source_note_id): note.pk for note in Note.objects.all()}.values()),
        }
        return addresses(cast, self.room, only)

    def reveal(self) -> None:
        """Open both."""
        operations.reveal(self.cast.viewer(self.cast.ana), self.cast.with_delonghi)


@pytest.fixture
def talks(cast: Cast) -> Talks:
    """A sealed partnership between two companies whose models have something to take."""
    for company, by in ((cast.nespresso, cast.bo), (cast.delonghi, cast.carla)):
        cast.note(f"{company.short_name} has it", by=by, canvas=cast.model(company), block="key_resources")
    facilitator = cast.viewer(cast.ana)
    noor, olga, third = (cast.join(name, None) for name in ("Noor Bakker", "Olga Weiss", "Theo Third"))
    wide, roles = Membership.Scope.WORKSPACE, Membership.Role
    operations.change_member(viewer=facilitator, member=noor, role=roles.FACILITATOR, scope=wide)
    operations.change_member(viewer=facilitator, member=olga, role=roles.OBSERVER, scope=wide)
    operations.change_member(viewer=facilitator, member=third, organisation=cast.breville, scope=wide)
    screen = operations.invite(viewer=facilitator, kind=Invitation.Kind.ROOM)
    operations.follow_in_room(viewer=facilitator, page=f"{cast.with_delonghi.pk}/sketch/end")
    operations.seal(facilitator, cast.with_delonghi)
    return Talks(cast, screen.code, {**cast.members, "noor": noor, "olga": olga, "third": third})


def heard(talks: Talks, who: str, hidden: list[UUID], at: tuple[str, ...] = ("/",)) -> list[str]:
    """What somebody is told of hidden things, at all kinds of addresses of the site or at some doors."""
    asked = [address for address in talks.addresses(who) if any(door in address for door in at)]
    return told_of(hidden, sweep(talks.client(who), asked))


def told_of(hidden: list[UUID], answers: Iterable[tuple[str, int, str]]) -> list[str]:
    """The answers that hold hidden words or ids, or that broke."""
    told = []
    for address, status, text in answers:
        path = address.partition("?")[0]
        told += [f"{address}: {status}"] if status >= 500 else []
        told += [f"{address}: {word}" for word in WORDS if word in text]
        told += [f"{address}: {pk}" for pk in hidden if str(pk) in text and str(pk) not in path]
    return told


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
    cast = talks.cast
    hidden = talks.whisper(cast.carla, cast.delonghi, cast.nespresso)
    talks.reveal()
    doors = ("/sketch/end/", "/activity/", "/find/", "/export/", "notes.csv", "/comments/", *LISTS)
    for who in ("bo", "olga"):
        told = " ".join(heard(talks, who, hidden, at=doors))
        assert [door for door in doors if door not in told] == [], who
    assert {line.split("/")[1] for line in heard(talks, "dan", hidden)} == {"room"}, "whoever knows the wall’s link"
    assert "Secret" in read(talks.client("room"), f"/room/{talks.room}/")[1]


def test_each_side_sees_its_own(talks: Talks) -> None:
    cast = talks.cast
    hidden = talks.whisper(cast.carla, cast.delonghi, cast.nespresso)
    doors = ("/sketch/end/", "/activity/", "/find/", "notes.csv", "/models/", *LISTS)
    told = " ".join(heard(talks, "carla", hidden, at=doors))
    assert [door for door in doors if door not in told] == []
    assert "offered" in read(talks.client("carla"), f"/p/{cast.with_delonghi.pk}/models/end/")[1]


def test_who_asked_to_look_sees_both(talks: Talks) -> None:
    cast = talks.cast
    hidden = talks.whisper(cast.carla, cast.delonghi, cast.nespresso)
    assert talks.client("noor").post(f"/p/{cast.with_delonghi.pk}/look/").status_code == 302
    assert heard(talks, "noor", hidden, at=("/sketch/end/",))
    for who in ("ana", "carla"):
        activity = read(talks.client(who), f"/w/{cast.workspace.pk}/activity/")[1]
        assert "Noor Bakker asked to look at what is private" in activity


class TestChanging:
    """Doing something to what is hidden is doing it to nothing."""

    @pytest.mark.parametrize("who", ["ana", "bo", "noor", "third"])
    def test_no_change_reaches_a_hidden_note(self, talks: Talks, who: str) -> None:
        cast, client = talks.cast, talks.client(who)
        wish = talks.whisper(cast.carla, cast.delonghi, cast.nespresso)[0]
        own = Note.objects.get(text="Nespresso has it", source_note=None)
        sheet = talks.sheet(cast.delonghi)
        tries = {
            f"/notes/{wish}/": {"text": "Mine", "base_version": 1},
            f"/notes/{wish}/position/": {"block": "intent"},
            f"/notes/{wish}/look/": {"fill": "leaf"},
            f"/notes/{wish}/copy/": {},
            f"/notes/{wish}/deletion/": {},
            f"/notes/{wish}/restoration/": {},
            f"/notes/{wish}/thumb/": {},
            f"/notes/{wish}/confirmation/": {},
            f"/notes/{wish}/comments/": {"text": "So that is it"},
            f"/notes/{wish}/taking/": {"partnership": cast.with_delonghi.pk},
            f"/notes/{own.pk}/position/": {"canvas": sheet.pk, "block": "intent"},
            "/notes/many/": {"do": "move", "notes": own.pk, "canvas": sheet.pk, "block": "intent"},
            f"/canvases/{sheet.pk}/notes/": {"block": "intent", "text": "Let me in"},
            f"/canvases/{sheet.pk}/paste/": {"block": "intent", "lines": "Let\nme in"},
            f"/canvases/{sheet.pk}/lock/": {},
            f"/comments/{Comment.objects.get().pk}/deletion/": {},
        }
        for address, fields in tries.items():
            response = client.post(address, fields)
            assert response.status_code == 404, address
            assert not [word for word in WORDS if word in response.content.decode()], address

    def test_taking_for_the_other_side_is_not_found(self, talks: Talks) -> None:
        cast = talks.cast
        source = Note.objects.get(text="De'Longhi has it")
        fields = {"partnership": cast.with_delonghi.pk, "organisation": cast.delonghi.pk}
        assert talks.client("ana").post(f"/notes/{source.pk}/taking/", fields).status_code == 404

    def test_a_known_id_tells_nothing(self, talks: Talks) -> None:
        """Adding a note under the id of a hidden one does not bring that to light, nor say when it changed."""
        cast = talks.cast
        wish = talks.whisper(cast.carla, cast.delonghi, cast.nespresso)[0]
        address = f"/canvases/{cast.model(cast.nespresso).pk}/notes/"
        response = talks.client("bo").post(address, {"id": wish, "block": "channels", "text": "Hello"})
        assert response.status_code == 404

    def test_moving_the_source_does_not_name_what_was_taken(self, talks: Talks) -> None:
        """The answer to who moves a note holds what looks different for them, not the hidden note that names it."""
        cast = talks.cast
        hidden = talks.whisper(cast.carla, cast.delonghi, cast.nespresso)
        source = Note.objects.get(text="Nespresso has it", source_note=None)
        for path in (f"/notes/{source.pk}/position/", f"/w/{cast.workspace.pk}/undo/"):
            response = talks.client("bo").post(path, {"block": "channels"})
            assert response.status_code == 200
            assert str(source.pk) in response.content.decode()
            assert not [pk for pk in hidden if str(pk) in response.content.decode()], path

    def test_nobody_undoes_into_what_was_sealed_since(self, cast: Cast) -> None:
        sheet = cast.sheet(cast.with_delonghi, cast.delonghi)
        cast.note("Secret help", by=cast.ana, canvas=sheet, block="intent")
        operations.seal(cast.viewer(cast.ana), cast.with_delonghi)
        response = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/undo/")
        assert response.status_code == 422
        assert "Secret" not in response.content.decode()
        assert Note.objects.get(text="Secret help").deleted_at is None

    def test_an_answer_is_not_repeated_to_the_other_side(self, talks: Talks) -> None:
        """The same request under the same key, by somebody else, is a request of theirs."""
        cast = talks.cast
        sheet, key = talks.sheet(cast.delonghi), str(uuid4())
        fields = {"id": str(uuid4()), "block": "intent", "text": "Secret plan"}
        asked = {"path": f"/canvases/{sheet.pk}/notes/", "data": fields, "headers": {"Idempotency-Key": key}}
        assert talks.client("carla").post(**asked).status_code == 200  # type: ignore[arg-type]  # as written above
        for who in ("ana", "bo"):
            response = talks.client(who).post(**asked)  # type: ignore[arg-type]  # likewise
            assert response.status_code == 404
            assert "Secret" not in response.content.decode()


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
        hidden = talks.whisper(cast.carla, cast.delonghi, cast.nespresso)
        operations.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)
        for who in ("ana", "eli"):
            assert heard(talks, who, hidden) == []


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
        talks.whisper(cast.carla, cast.delonghi, cast.nespresso)
        address = f"/api/v1/notes/?workspace={cast.workspace.pk}&updated_since="
        as_of = client.get(f"{address}2000-01-01T00:00:00Z").json()["as_of"]
        Note.objects.update(updated_at="2001-01-01T00:00:00Z")
        Note.objects.filter(text="Secret regret").update(deleted_at="2001-01-01T00:00:00Z")
        talks.reveal()
        told = client.get(f"{address}{as_of.replace('+', '%2B')}").json()
        assert "Secret wish, in other words" in [note["text"] for note in told["results"]]
        assert str(Note.objects.get(text="Secret regret").pk) in [gone["id"] for gone in told["deleted"]]

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
