"""Two people change one note's words: what each is told, and what they are offered."""

from __future__ import annotations

import html
import json
import re
from uuid import uuid4

import pytest
from django.http import HttpResponse

from partners.canvases import operations
from partners.canvases.models import TEXT_LIMIT, Note
from partners.workspaces.models import Membership
from tests.canvases.views.asking import ADDRESSES, ask
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(cast: Cast) -> Note:
    """A note that Bo changes while somebody has its first words before them."""
    note = cast.note("an online shop for pods", fill="sun", tags=["shop"], weight=3)
    return edit(cast, cast.bo, note, "an online shop for all pods")


def edit(cast: Cast, who: Membership, note: Note, text: str) -> Note:
    return operations.edit_note(sheet=cast.seen(who, note.canvas), note=note, text=text)


def save(cast: Cast, who: Membership, note: Note, text: str, base: int = 1) -> HttpResponse:
    """Somebody saves words typed on the first version."""
    return cast.client(who).post(f"/notes/{note.pk}/", {"text": text, "base_version": base})  # type: ignore[return-value]


def words_of(note: Note) -> str:
    return Note.objects.values_list("text", flat=True).get(pk=note.pk)


def said(response: HttpResponse) -> str:
    """What can be read in an answer."""
    text = re.sub(r"<[^>]*>", "", response.content.decode())
    return html.unescape(re.sub(r"\s+", " ", text))


def choices(response: HttpResponse) -> dict[str, dict[str, str]]:
    """What the buttons of an answer send, by where."""
    found = re.findall(r'hx-post="([^"]+)" hx-vals=\'([^\']+)\'', response.content.decode())
    sent: dict[str, dict[str, str]] = {}
    for address, values in found:
        sent.setdefault(address, {})
        sent[address][str(len(sent[address]))] = html.unescape(values)
    return sent


class TestTheSecondToSave:
    def test_is_told_whose_change_theirs_was_merged_with_and_sees_both(self, cast: Cast, note: Note) -> None:
        answer = save(cast, cast.ana, note, "my online shop for pods")
        assert answer.status_code == 200
        assert words_of(note) == "my online shop for all pods"
        assert f'data-told-of="note-{note.pk}"' in answer.content.decode()
        assert "Merged with Bo Keller’s change" in said(answer)
        assert "What was here an online shop for all pods What you typed my online shop for pods" in said(answer)
        assert "<ins>all" in answer.content.decode()
        assert "<ins>my" in answer.content.decode()

    def test_takes_back_that_very_edit_and_leaves_the_other(self, cast: Cast, note: Note) -> None:
        answer = save(cast, cast.ana, note, "my online shop for pods")
        operations.change_look(sheet=cast.seen(cast.ana, note.canvas), note=note, fill="rose")
        undo = f"/w/{cast.workspace.pk}/undo/"
        undone = cast.client(cast.ana).post(undo, json.loads(choices(answer)[undo]["0"]))
        assert undone.status_code == 200
        note.refresh_from_db()
        assert (note.text, note.fill) == ("an online shop for all pods", "rose")

    def test_hears_nothing_when_nobody_else_wrote_or_both_wrote_the_same(self, cast: Cast, note: Note) -> None:
        same = save(cast, cast.ana, note, "an online shop for all pods")
        alone = save(cast, cast.ana, note, "our shop for all pods", base=2)
        assert same.status_code == alone.status_code == 200
        assert b"data-told-of" not in same.content + alone.content

    def test_hears_of_their_own_change_from_another_window(self, cast: Cast, note: Note) -> None:
        answer = save(cast, cast.bo, note, "my online shop for pods")
        assert "Merged with your own change from elsewhere" in said(answer)


class TestTheSameWords:
    def test_give_two_versions_with_what_both_changed_elsewhere(self, cast: Cast, note: Note) -> None:
        edit(cast, cast.bo, note, "an online store for all pods")
        answer = save(cast, cast.ana, note, "a boutique for pods in town")
        assert answer.status_code == 409
        assert "What each of you changed elsewhere is in both." in said(answer)
        offered = [json.loads(each) for each in choices(answer)[f"/notes/{note.pk}/"].values()]
        assert [each["text"] for each in offered] == [
            "an online store for all pods in town",
            "a boutique for all pods in town",
        ]
        assert words_of(note) == "an online store for all pods"

    @pytest.mark.parametrize("chosen", [0, 1])
    def test_become_what_is_chosen(self, cast: Cast, note: Note, chosen: int) -> None:
        edit(cast, cast.bo, note, "an online store for all pods")
        answer = save(cast, cast.ana, note, "a boutique for pods")
        sends = json.loads(choices(answer)[f"/notes/{note.pk}/"][str(chosen)])
        assert cast.client(cast.ana).post(f"/notes/{note.pk}/", sends).status_code == 200
        assert words_of(note) == ("an online store for all pods", "a boutique for all pods")[chosen]

    def test_become_two_notes_of_one_look(self, cast: Cast, note: Note) -> None:
        edit(cast, cast.bo, note, "an online store for all pods")
        answer = save(cast, cast.ana, note, "a boutique for pods")
        adding = f"/canvases/{note.canvas_id}/notes/"
        sends = json.loads(choices(answer)[adding]["0"]) | {"id": str(uuid4())}
        assert cast.client(cast.ana).post(adding, sends).status_code == 200
        both = Note.objects.filter(canvas=note.canvas, block=note.block).order_by("rank")
        assert list(both.values_list("text", "fill", "tags", "weight")) == [
            ("an online store for all pods", "sun", ["shop"], 3),
            ("a boutique for all pods", "sun", ["shop"], 3),
        ]

    def test_are_kept_with_the_look_of_a_note_that_was_deleted(self, cast: Cast, note: Note) -> None:
        operations.delete_note(sheet=cast.seen(cast.bo, note.canvas), note=note)
        answer = save(cast, cast.ana, note, "a boutique for pods")
        assert answer.status_code == 409
        adding = f"/canvases/{note.canvas_id}/notes/"
        sends = json.loads(choices(answer)[adding]["0"])
        assert cast.client(cast.ana).post(adding, sends).status_code == 200
        assert Note.objects.get(text="a boutique for pods", deleted_at=None).tags == ["shop"]

    def test_do_not_copy_the_look_of_a_note_that_is_hidden(self, cast: Cast) -> None:
        hidden = cast.note(
            "Ours", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="intent", tags=["secret"]
        )
        canvas = cast.sheet(cast.with_delonghi, cast.delonghi)
        sends = {"block": "intent", "text": "Mine", "like": str(hidden.pk)}
        assert cast.client(cast.carla).post(f"/canvases/{canvas.pk}/notes/", sends).status_code == 200
        assert Note.objects.get(text="Mine").tags == []


class TestWhileTyping:
    def test_one_is_told_who_changed_the_words(self, cast: Cast, note: Note) -> None:
        answer = ask(cast, cast.ana, ADDRESSES["meanwhile"], note)
        assert "Bo Keller changed this note while you type." in said(answer)
        assert "<ins>all" in answer.content.decode()

    @pytest.mark.parametrize("asks", ["base_version=2", "base_version=9", "", "base_version=&base_key="])
    def test_there_is_nothing_to_tell_when_nobody_did(self, cast: Cast, note: Note, asks: str) -> None:
        assert cast.client(cast.ana).get(f"/notes/{note.pk}/meanwhile/?{asks}").status_code == 204

    def test_what_was_refused_stays_typed_on_what_it_was_typed_on(self, cast: Cast, note: Note) -> None:
        refused = save(cast, cast.ana, note, "my online shop for pods" + "!" * TEXT_LIMIT)
        assert refused.status_code == 422
        assert '<input type="hidden" name="base_version" value="1">' in refused.content.decode()
