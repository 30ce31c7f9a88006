"""Deleting a note on which a joint idea rests: it asks and names the idea, which keeps the words; undo brings back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.base.errors import Conflict
from partners.canvases import operations as sheets
from partners.canvases.access import CanvasInView
from partners.canvases.models import Note
from partners.hypotheses import operations
from partners.hypotheses.models import SynergyHypothesis
from partners.value_fit import operations as comparing
from partners.workspaces.operations import seal
from tests.api.conftest import Program, ana, program
from tests.hypotheses.conftest import Ideas

__all__ = ["ana", "program"]

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def licence(ideas: Ideas) -> Note:
    """The note that ideas rest on here."""
    return ideas.table.licence


@pytest.fixture
def idea(ideas: Ideas, licence: Note) -> SynergyHypothesis:
    """An idea that rests on it."""
    return ideas.add(title="One system", notes=[licence.pk], words={"input_start": licence.text})


def sheet(ideas: Ideas) -> CanvasInView:
    """Nespresso's sheet, as Bo sees it."""
    cast = ideas.cast
    return cast.seen(cast.bo, cast.sheet(cast.with_delonghi, cast.nespresso))


def is_deleted(note: Note) -> bool:
    """Whether a note is in the trash now."""
    return Note.objects.get(pk=note.pk).deleted_at is not None


def asked(ideas: Ideas, note: Note) -> str:
    """What somebody is asked before they delete a note; nothing when it is just done."""
    try:
        sheets.delete_note(sheet=sheet(ideas), note=note)
    except Conflict as question:
        return "" if question.code != "ideas_rest_on_it" or is_deleted(note) else question.message
    assert is_deleted(note)
    return ""


class TestTheQuestion:
    def test_names_the_idea_and_says_that_it_keeps_the_words(
        self, ideas: Ideas, idea: SynergyHypothesis, licence: Note
    ) -> None:
        said = "The joint idea “One system” rests on this note. It keeps the words. Delete the note?"
        assert asked(ideas, licence) == said
        sheets.delete_note(sheet=sheet(ideas), note=licence, confirmed=True)
        assert is_deleted(licence)
        idea.refresh_from_db()
        assert idea.words["input_start"] == licence.text
        page = ideas.cast.client(ideas.cast.bo).get(f"/ideas/{idea.pk}/").content.decode()
        assert f"{licence.text} (deleted)" in page

    def test_names_three_and_counts_the_others(self, ideas: Ideas, licence: Note) -> None:
        for title in ("One", "Two", "Three", "Four", "Five"):
            ideas.add(title=title, notes=[licence.pk])
        assert "“One”, “Two”, “Three” and 2 more rest on this note. They keep" in asked(ideas, licence)

    def test_is_asked_of_the_offer_and_the_need_of_a_pair(self, ideas: Ideas) -> None:
        table = ideas.table
        pair = table.agree(table.licence, table.system)
        ideas.add(title="Paired", pairs=[pair.pk])
        assert "“Paired”" in asked(ideas, table.licence)
        with pytest.raises(Conflict, match="“Paired”"):
            sheets.delete_note(sheet=ideas.cast.seen(ideas.cast.carla, table.system.canvas), note=table.system)
        comparing.remove_pair(seen=table.seen(ideas.cast.bo), pair=pair)
        assert asked(ideas, table.licence) == ""

    def test_is_asked_of_a_dropped_idea_too_but_of_no_deleted_one(
        self, ideas: Ideas, idea: SynergyHypothesis, licence: Note
    ) -> None:
        seen = ideas.table.seen(ideas.cast.bo)
        operations.retire_idea(seen=seen, idea=idea, why="Too dear")
        assert "“One system”" in asked(ideas, licence)
        operations.remove_idea(seen=seen, idea=idea)
        assert asked(ideas, licence) == ""

    def test_is_not_asked_of_other_notes(self, ideas: Ideas, idea: SynergyHypothesis) -> None:
        assert asked(ideas, ideas.table.brand) == ""

    def test_tells_nothing_while_the_sheets_are_private(
        self, ideas: Ideas, idea: SynergyHypothesis, licence: Note
    ) -> None:
        seal(ideas.cast.viewer(ideas.cast.ana), ideas.cast.with_delonghi)
        assert asked(ideas, licence) == ""

    def test_tells_nothing_of_a_partnership_that_is_not_theirs(
        self, ideas: Ideas, idea: SynergyHypothesis, licence: Note
    ) -> None:
        cast = ideas.cast
        rivals = cast.sheet(cast.with_breville, cast.breville)
        Note.objects.filter(pk=licence.pk).update(canvas=rivals, block="value_offer")
        sheets.delete_note(sheet=cast.seen(cast.dan, rivals), note=Note.objects.get(pk=licence.pk))
        assert is_deleted(licence)

    def test_undo_brings_the_note_back_and_redo_does_not_ask(
        self, ideas: Ideas, idea: SynergyHypothesis, licence: Note
    ) -> None:
        sheets.delete_note(sheet=sheet(ideas), note=licence, confirmed=True)
        ideas.undo()
        assert not is_deleted(licence)
        assert [note.pk for note in idea.notes.filter(deleted_at=None)] == [licence.pk]
        ideas.redo()
        assert is_deleted(licence)

    def test_costs_one_query(self, ideas: Ideas, idea: SynergyHypothesis, licence: Note) -> None:
        counted = []
        for confirmed, note in ((False, ideas.table.brand), (True, licence)):
            with CaptureQueriesContext(connection) as queries:
                sheets.delete_note(sheet=sheet(ideas), note=note, confirmed=confirmed)
            counted.append(len(queries))
        assert counted[0] == counted[1] + 1


Delete = Callable[[Ideas, dict[str, object], dict[str, str]], tuple[int, str]]


def one(ideas: Ideas, more: dict[str, object], headers: dict[str, str]) -> tuple[int, str]:
    answer = ideas.cast.client(ideas.cast.bo).post(f"/notes/{ideas.table.licence.pk}/deletion/", more, headers=headers)
    return answer.status_code, answer.content.decode()


def several(ideas: Ideas, more: dict[str, object], headers: dict[str, str]) -> tuple[int, str]:
    notes = [str(ideas.table.licence.pk), str(ideas.table.brand.pk)]
    answer = ideas.cast.client(ideas.cast.bo).post(
        "/notes/many/", {"do": "delete", "notes": notes, **more}, headers=headers
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("delete", [one, several])
class TestPages:
    def test_ask_in_the_dialog(self, ideas: Ideas, idea: SynergyHypothesis, licence: Note, delete: Delete) -> None:
        status, said = delete(ideas, {}, HTMX)
        assert status == 409
        assert "The joint idea “One system” rests on" in said
        assert 'name="confirmed" value="1"' in said
        assert "<html" not in said
        assert not is_deleted(licence)

    def test_go_on_once_that_is_read(
        self, ideas: Ideas, idea: SynergyHypothesis, licence: Note, delete: Delete
    ) -> None:
        status, said = delete(ideas, {"confirmed": "1"}, HTMX)
        assert status == 200
        assert f'data-gone="note-{licence.pk}"' in said
        assert is_deleted(licence)

    def test_ask_on_a_page_without_scripts(
        self, ideas: Ideas, idea: SynergyHypothesis, licence: Note, delete: Delete
    ) -> None:
        status, said = delete(ideas, {}, {})
        assert status == 409
        assert "<html" in said
        assert "csrfmiddlewaretoken" in said
        sketch = f"/p/{ideas.cast.with_delonghi.pk}/sketch/start/"
        assert f'href="{sketch}"' in said, "the way back without deleting"
        assert delete(ideas, {"confirmed": "1"}, {}) == (302, "")
        assert is_deleted(licence)


def test_several_are_counted_and_nothing_is_deleted_before(ideas: Ideas, idea: SynergyHypothesis) -> None:
    _status, said = several(ideas, {}, HTMX)
    assert "rests on these notes. It keeps the words. Delete these 2 notes?" in said
    assert not is_deleted(ideas.table.brand)
    assert said.count('name="notes"') == 2


def test_what_is_moved_or_coloured_is_not_asked_about(ideas: Ideas, idea: SynergyHypothesis, licence: Note) -> None:
    sheets.change_many(notes=[(sheet(ideas), licence)], do="look", look={"fill": "sun"})
    assert Note.objects.get(pk=licence.pk).fill == "sun"


def test_a_program_is_told_the_ideas_and_goes_on_with_confirmed(
    ideas: Ideas, idea: SynergyHypothesis, licence: Note, ana: Program
) -> None:
    refused = ana.delete(f"notes/{licence.pk}/", status=409, if_match="*")["error"]
    assert refused["code"] == "ideas_rest_on_it"
    assert refused["ideas"] == [{"id": str(idea.pk), "title": "One system"}]
    assert "“One system”" in refused["message"]
    assert not is_deleted(licence)
    ana.delete(f"notes/{licence.pk}/?confirmed=false", status=409, if_match="*")
    ana.delete(f"notes/{licence.pk}/?confirmed=true", if_match="*")
    assert is_deleted(licence)
