"""A litany per address: works, a colleague may, a stranger cannot see, a watcher cannot change, wrong methods."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.http import HttpResponse

from partners.base.text import clean_text
from partners.canvases import operations
from partners.canvases.models import Canvas, Comment, Note
from partners.events.models import LogHead
from tests.canvases.conftest import Story
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Address:
    """An address of a sheet or a note: how it is asked, and what somebody who only watches gets."""

    path: str
    sends: dict[str, str] = field(default_factory=dict)
    method: str = "post"
    for_watchers: int = 403
    answers: int = 200


ADDRESSES = {
    "add": Address("/canvases/{canvas}/notes/", {"block": "channels", "text": "Radio"}),
    "paste": Address("/canvases/{canvas}/paste/", {"block": "channels", "lines": "Radio\nTelevision"}),
    "note": Address("/notes/{note}/", method="get", for_watchers=200),
    "words": Address("/notes/{note}/", {"text": "Club card", "base_version": "1"}),
    "form": Address("/notes/{note}/edit/", method="get"),
    "menu": Address("/notes/{note}/menu/", method="get", for_watchers=200),
    "position": Address("/notes/{note}/position/", {"block": "key_partners"}),
    "look": Address("/notes/{note}/look/", {"fill": "rose"}),
    "copy": Address("/notes/{note}/copy/"),
    "deletion": Address("/notes/{note}/deletion/"),
    "restoration": Address("/notes/{note}/restoration/"),
    "thumb": Address("/notes/{note}/thumb/"),
    "taking": Address("/notes/{note}/taking/", {"partnership": "{partnership}"}),
    "confirmation": Address("/notes/{note}/confirmation/"),
    "comments": Address("/notes/{note}/comments/", method="get", for_watchers=200),
    "comment": Address("/notes/{note}/comments/", {"text": "Since when?"}),
    "many": Address("/notes/many/", {"do": "fill", "fill": "rose", "notes": "{note}"}),
    "models": Address("/p/{partnership}/models/start/", method="get", for_watchers=200),
    "other model": Address("/p/{partnership}/models/end/", method="get", for_watchers=200),
    "sketch": Address("/p/{partnership}/sketch/", method="get", for_watchers=200),
    "other sketch": Address("/p/{partnership}/sketch/end/", method="get", for_watchers=200),
    "compare": Address("/p/{partnership}/compare/", method="get", for_watchers=200),
    "partnership": Address("/p/{partnership}/", method="get", for_watchers=302, answers=302),
}
everywhere = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


def ask(cast: Cast, who: object, address: Address, note: Note, **headers: str) -> HttpResponse:
    names = {"canvas": note.canvas_id, "note": note.pk, "partnership": cast.with_delonghi.pk}
    sends = {name: names.get(value.strip("{}"), value) for name, value in address.sends.items()}
    client = cast.client(who)  # type: ignore[arg-type]  # anybody of the story
    response: HttpResponse = getattr(client, address.method)(address.path.format(**names), sends, headers=headers)
    return response


class TestEveryAddress:
    @everywhere
    def test_works_for_her_and_for_a_colleague(self, cast: Cast, address: Address) -> None:
        for member in (cast.ana, cast.bo):
            assert ask(cast, member, address, cast.note()).status_code == address.answers

    @everywhere
    def test_does_not_exist_for_strangers_nor_under_bad_ids(self, cast: Cast, story: Story, address: Address) -> None:
        note = cast.note()
        story.begin()
        for stranger in (cast.finn, None):
            assert ask(cast, stranger, address, note).status_code == 404
        for wrong in (str(uuid4()), "not-an-id"):
            path = re.sub(r"\{\w+\}", wrong, address.path)
            sends = {name: re.sub(r"\{\w+\}", wrong, value) for name, value in address.sends.items()}
            assert getattr(cast.client(cast.ana), address.method)(path, sends).status_code == 404
        assert story.events == []

    @everywhere
    def test_who_watches_changes_nothing_and_is_told_why(self, cast: Cast, story: Story, address: Address) -> None:
        note = cast.note()
        story.begin()
        response = ask(cast, cast.eli, address, note, **{"HX-Request": "true"})
        assert response.status_code == address.for_watchers
        if address.for_watchers == 403:
            assert "You are here to watch" in response.content.decode()
            assert unquote(response["X-Reason"]).startswith("You are here to watch")
        assert story.events == []

    @everywhere
    def test_other_methods_are_not_allowed(self, cast: Cast, address: Address) -> None:
        note = cast.note()
        names = {"canvas": note.canvas_id, "note": note.pk, "partnership": cast.with_delonghi.pk}
        assert cast.client(cast.ana).delete(address.path.format(**names)).status_code == 405


class TestAnswers:
    def test_carry_the_note_as_the_stream_would(self, cast: Cast) -> None:
        note = cast.note("Club membership", fill="sun")
        note.refresh_from_db()
        html = ask(cast, cast.ana, ADDRESSES["note"], note).content.decode()
        for name, value in (
            ("id", f"note-{note.pk}"),
            ("data-notes", f"{note.canvas_id}:customer_relationships"),
            ("data-rank", f"{note.rank:010d}"),
            ("data-drawn", str(note.drawn)),
            ("data-version", "1"),
            ("data-fill", "sun"),
        ):
            assert f'{name}="{value}"' in html

    def test_are_drawn_alike_for_everybody_of_an_audience(self, cast: Cast) -> None:
        note = cast.note()
        ana, bo = (ask(cast, who, ADDRESSES["note"], note).content for who in (cast.ana, cast.bo))
        assert ana == bo

    def test_to_a_deletion_take_the_note_away_and_offer_it_back(self, cast: Cast) -> None:
        note = cast.note()
        html = ask(cast, cast.ana, ADDRESSES["deletion"], note).content.decode()
        note.refresh_from_db()
        assert f'<del data-gone="note-{note.pk}" data-drawn="{note.drawn}">' in html
        assert f"/w/{cast.workspace.pk}/undo/" in html
        assert f'{{"deleted": "{note.pk}"}}' in html

    def test_to_a_taking_draw_both_notes(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        html = ask(cast, cast.bo, ADDRESSES["taking"], note).content.decode()
        taken = Note.objects.get(source_note=note)
        assert f'id="note-{note.pk}"' in html
        assert f'id="note-{taken.pk}"' in html
        assert "from Key Resources" in html
        assert "offered" in html

    def test_a_position_on_a_sheet_of_another_partnership_takes_the_note_there(self, cast: Cast) -> None:
        note = cast.note(canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="intent")
        to = cast.sheet(cast.with_breville, cast.nespresso)
        sends = {"canvas": str(to.pk), "block": "value_offer"}
        assert cast.client(cast.bo).post(f"/notes/{note.pk}/position/", sends).status_code == 200
        note.refresh_from_db()
        assert (note.canvas, note.block) == (to, "value_offer")


class TestBadInput:
    """A clear message, the right number, nothing lost, never a crash."""

    @pytest.mark.parametrize(
        ("bad", "says"),
        [
            (
                Address("/canvases/{canvas}/notes/", {"block": "channels", "text": ""}, answers=422),
                "Write something first",
            ),
            (
                Address("/canvases/{canvas}/notes/", {"block": "channels", "text": "x" * 1001}, answers=422),
                "at most 1000 characters",
            ),
            (Address("/canvases/{canvas}/notes/", {"block": "dreams", "text": "Radio"}, answers=422), "no such block"),
            (Address("/canvases/{canvas}/notes/", {"text": "Radio"}, answers=422), "block"),
            (
                Address("/canvases/{canvas}/notes/", {"block": "channels", "text": "Radio", "id": "7"}, answers=422),
                "id",
            ),
            (
                Address(
                    "/canvases/{canvas}/notes/", {"block": "channels", "text": "Radio", "fill": "gold"}, answers=422
                ),
                "fill",
            ),
            (Address("/canvases/{canvas}/paste/", {"block": "channels", "lines": ""}, answers=422), "nothing to paste"),
            (Address("/notes/{note}/look/", {"fill": "gold"}, answers=422), "gold"),
            (Address("/notes/{note}/look/", {"weight": "9"}, answers=422), "9"),
            (
                Address("/notes/{note}/look/", {"tags": ",".join(f"t{n}" for n in range(13))}, answers=422),
                "at most 12 tags",
            ),
            (Address("/notes/{note}/look/", {"tags": "t" * 41}, answers=422), "at most 40 characters"),
            (Address("/notes/{note}/position/", {"block": ""}, answers=422), "block"),
            (Address("/notes/{note}/position/", {"block": "channels", "after": "nowhere"}, answers=422), "after"),
            (
                Address("/notes/{note}/position/", {"block": "channels", "canvas": str(uuid4())}, answers=404),
                "does not exist",
            ),
            (Address("/notes/{note}/taking/", {}, answers=422), "partnership"),
            (Address("/notes/{note}/taking/", {"partnership": str(uuid4())}, answers=404), "does not exist"),
            (Address("/notes/many/", {"do": "burn", "notes": "{note}"}, answers=422), "burn"),
            (Address("/notes/many/", {"do": "delete"}, answers=404), "does not exist"),
            (
                Address("/notes/many/", {"do": "move", "notes": "{note}", "block": "dreams"}, answers=422),
                "no such block",
            ),
        ],
    )
    def test_is_answered_in_words(self, cast: Cast, bad: Address, says: str) -> None:
        note = cast.note()
        seq = LogHead.objects.get(workspace=cast.workspace).seq
        response = ask(cast, cast.ana, bad, note)
        assert response.status_code == bad.answers
        assert says in response.content.decode()
        assert LogHead.objects.get(workspace=cast.workspace).seq == seq

    @pytest.mark.parametrize("text", ["", "x" * 1001])
    def test_in_an_edit_keeps_what_was_typed(self, cast: Cast, text: str) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/", {"text": text, "base_version": "1"}), note)
        assert response.status_code == 422
        assert "<textarea" in response.content.decode()
        assert text in response.content.decode()
        note.refresh_from_db()
        assert note.text == "Club membership"

    def test_in_a_comment_keeps_what_was_typed(self, cast: Cast) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/comments/", {"text": "y" * 1001}), note)
        assert response.status_code == 422
        assert "y" * 1001 in response.content.decode()
        assert not Comment.objects.exists()

    def test_words_that_do_not_fit_together_come_back_both(self, cast: Cast) -> None:
        note = cast.note("Online shop")
        ask(cast, cast.ana, Address("/notes/{note}/", {"text": "Online store", "base_version": "1"}), note)
        response = ask(cast, cast.bo, Address("/notes/{note}/", {"text": "Online boutique", "base_version": "1"}), note)
        assert response.status_code == 409
        html = response.content.decode()
        assert "Online store" in html
        assert "Online boutique" in html
        assert "Somebody changed the same words" in html

    def test_words_for_a_note_that_was_deleted_meanwhile_come_back(self, cast: Cast) -> None:
        note = cast.note("Online shop")
        operations.delete_note(sheet=cast.seen(cast.bo, note.canvas), note=note)
        response = ask(
            cast, cast.ana, Address("/notes/{note}/", {"text": "Online boutique", "base_version": "1"}), note
        )
        assert response.status_code == 409
        html = response.content.decode()
        assert "Online boutique" in html
        assert "Somebody deleted this note" in html

    def test_over_fifty_lines_is_a_question_and_over_two_hundred_a_refusal(self, cast: Cast, story: Story) -> None:
        note = cast.note()
        story.begin()
        for lines, status in ((51, 409), (201, 422), (10_000, 422)):
            sends = {"block": "channels", "lines": "\n".join(f"line {number}" for number in range(lines))}
            response = ask(cast, cast.ana, Address("/canvases/{canvas}/paste/", sends), note)
            assert response.status_code == status
            assert str(lines) in response.content.decode()
        assert story.events == []

    @pytest.mark.parametrize("htmx", [True, False])
    def test_of_three_megabytes_is_too_large(self, cast: Cast, story: Story, htmx: bool) -> None:
        note = cast.note()
        story.begin()
        sends = {"block": "channels", "text": "x" * 3_000_000}
        body = "&".join(f"{name}={value}" for name, value in sends.items())
        headers = {"HX-Request": "true"} if htmx else {}
        response = cast.client(cast.ana).post(
            f"/canvases/{note.canvas_id}/notes/", body, "application/x-www-form-urlencoded", headers=headers
        )
        assert response.status_code == 413
        assert story.events == []


HARMLESS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "O'Neil & Söhne <b>",
    "قهوة جيدة \u202eevil\u202c",
    "👩🏽‍⚕️ 咖啡 ☕",
    "null\x00 and bell\x07",
]


@pytest.mark.parametrize("text", HARMLESS)
class TestStrangeWords:
    """Script, signs, other directions of writing: shown as they are, but for what cannot be seen, and nothing more."""

    def shown(self, text: str) -> str:
        kept = clean_text(text)
        return (
            kept.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace('"', "&#34;")
            .replace("'", "&#39;")
        )

    def test_in_a_note(self, cast: Cast, text: str) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/", {"text": text, "base_version": "1"}), note)
        assert self.shown(text) in response.content.decode()
        assert text not in response.content.decode() or text == self.shown(text)

    def test_in_its_form_and_on_the_page(self, cast: Cast, text: str) -> None:
        note = cast.note(text)
        for name in ("form", "models"):
            assert self.shown(text) in ask(cast, cast.ana, ADDRESSES[name], note).content.decode()

    def test_in_a_comment(self, cast: Cast, text: str) -> None:
        response = ask(cast, cast.ana, Address("/notes/{note}/comments/", {"text": text}), cast.note())
        assert self.shown(text) in response.content.decode()

    def test_in_a_tag(self, cast: Cast, text: str) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/look/", {"tags": text[:40]}), note)
        assert response.status_code == 200
        assert "<script>" not in response.content.decode()
        assert "<img" not in response.content.decode()


class TestComments:
    def test_can_be_taken_back(self, cast: Cast) -> None:
        note = cast.note()
        sheet = cast.seen(cast.carla, note.canvas)
        comment = operations.add_comment(sheet=sheet, note=note, text="Since when?")
        response = cast.client(cast.carla).post(f"/comments/{comment.pk}/deletion/")
        assert response.status_code == 200
        assert "Since when?" not in response.content.decode()

    def test_of_somebody_else_cannot(self, cast: Cast) -> None:
        note = cast.note()
        comment = operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text="Since when?")
        assert cast.client(cast.bo).post(f"/comments/{comment.pk}/deletion/").status_code == 403
        assert cast.client(cast.finn).post(f"/comments/{comment.pk}/deletion/").status_code == 404
        assert cast.client(cast.ana).post(f"/comments/{uuid4()}/deletion/").status_code == 404


class TestTheLock:
    def test_is_the_facilitators(self, cast: Cast) -> None:
        canvas = cast.model(cast.nespresso)
        path = f"/canvases/{canvas.pk}/lock/"
        assert cast.client(cast.bo).post(path).status_code == 403
        assert cast.client(cast.finn).post(path).status_code == 404
        assert cast.client(cast.ana).get(path).status_code == 405
        assert cast.client(cast.ana).post(path).status_code == 204
        assert Canvas.objects.get(pk=canvas.pk).locked_at
        assert cast.client(cast.ana).post(path, {"locked": "0"}).status_code == 204
        assert Canvas.objects.get(pk=canvas.pk).locked_at is None


class TestUndo:
    def test_by_bringing_back(self, cast: Cast) -> None:
        note = cast.note()
        ask(cast, cast.bo, ADDRESSES["deletion"], note)
        html = ask(cast, cast.bo, ADDRESSES["restoration"], note).content.decode()
        assert f'id="note-{note.pk}"' in html
        assert Note.objects.get(pk=note.pk).deleted_at is None

    def test_of_several_is_one_step_back(self, cast: Cast) -> None:
        notes = [cast.note(text) for text in ("one", "two")]
        sends = {"do": "delete", "notes": [str(note.pk) for note in notes]}
        html = cast.client(cast.bo).post("/notes/many/", sends).content.decode()
        assert html.count("data-gone=") == 2
        assert html.count("data-undo") == 1


def test_an_edit_typed_on_an_earlier_one_of_mine_knows_it_by_its_key(cast: Cast) -> None:
    """`base_key` names my change that was not answered yet when I typed on; it outranks `base_version`."""
    note, key = cast.note("Online shop"), str(uuid4())
    first = Address("/notes/{note}/", {"text": "Online store", "base_version": "1"})
    ask(cast, cast.ana, first, note, **{"Idempotency-Key": key})
    second = Address("/notes/{note}/", {"text": "Online boutique", "base_version": "1", "base_key": key})
    assert ask(cast, cast.ana, second, note).status_code == 200
    assert Note.objects.get(pk=note.pk).text == "Online boutique"
