"""Several people at the same note or block in the same moment: each in a thread with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from partners.canvases import operations
from partners.canvases.access import CanvasInView
from partners.canvases.models import Note
from partners.canvases.operations.places import Place
from partners.events.models import Event, LogHead
from tests.events.threads import at_once
from tests.factories import Cast
from tests.remembering import cast_again

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, committed, so that all threads see them."""
    return cast_again()


def everybody(cast: Cast, note: Note) -> list[CanvasInView]:
    """The sheet of a note as two people see it, in turns."""
    return [cast.seen((cast.ana, cast.bo)[number % 2], note.canvas) for number in range(PEOPLE)]


def test_words_colour_tags_and_weight_changed_at_once_all_stand(cast: Cast) -> None:
    note = cast.note("Club membership")
    changes: list[Callable[[CanvasInView], object]] = [
        lambda sheet: operations.edit_note(sheet=sheet, note=note, text="The club membership", base_version=1),
        lambda sheet: operations.edit_note(sheet=sheet, note=note, text="Club membership for all", base_version=1),
        lambda sheet: operations.change_look(sheet=sheet, note=note, fill="sun"),
        lambda sheet: operations.change_look(sheet=sheet, note=note, tags=["club"]),
        lambda sheet: operations.change_look(sheet=sheet, note=note, weight=3),
        lambda sheet: operations.move_note(sheet=sheet, note=note, to=sheet, block="channels"),
    ]
    sheets = everybody(cast, note)
    at_once(PEOPLE, lambda number: changes[number](sheets[number]))
    note.refresh_from_db()
    assert (note.text, note.fill, note.tags, note.weight, note.block) == (
        "The club membership for all",
        "sun",
        ["club"],
        3,
        "channels",
    )


def test_of_one_field_the_last_writer_stands_and_the_log_tells_all(cast: Cast) -> None:
    note = cast.note("Club membership")
    fills = ["sun", "rose", "sky", "mint", "lilac", "plain"]
    sheets = everybody(cast, note)
    at_once(PEOPLE, lambda number: operations.change_look(sheet=sheets[number], note=note, fill=fills[number]))
    note.refresh_from_db()
    told = Event.objects.filter(thing_id=note.pk, kind="note_looked").order_by("seq").values_list("data", flat=True)
    assert note.fill == told.reverse()[0]["after"]["fill"]
    assert [data["before"]["fill"] for data in told] == ["plain", *(data["after"]["fill"] for data in told)][:-1]


def test_words_put_in_at_different_places_at_once_are_all_there(cast: Cast) -> None:
    words = ["one", "two", "three", "four", "five", "six"]
    note = cast.note(" ".join(words))
    sheets = everybody(cast, note)

    def write(number: int) -> None:
        mine = " ".join("new" + word if at == number else word for at, word in enumerate(words))
        operations.edit_note(sheet=sheets[number], note=note, text=mine, base_version=1)

    at_once(PEOPLE, write)
    note.refresh_from_db()
    assert note.text == " ".join("new" + word for word in words)
    assert note.text_version == 1 + PEOPLE


@pytest.mark.parametrize("where", ["the same gap", "the head", "the end"])
def test_notes_moved_into_one_place_at_once_all_get_a_place(cast: Cast, where: str) -> None:
    stands = [cast.note(text, block="channels") for text in ("first", "last")]
    behind: dict[str, Place] = {"the same gap": stands[0].pk, "the head": "first", "the end": None}
    notes = [cast.note(f"note {number}") for number in range(PEOPLE)]
    sheets = everybody(cast, notes[0])
    at_once(
        PEOPLE,
        lambda number: operations.move_note(
            sheet=sheets[number], note=notes[number], to=sheets[number], block="channels", after=behind[where]
        ),
    )
    placed = Note.objects.filter(canvas=notes[0].canvas, block="channels").order_by("rank", "pk")
    texts = list(placed.values_list("text", flat=True))
    moved = list(Event.objects.filter(kind="note_moved").order_by("seq").values_list("data__text", flat=True))
    in_turn = moved if where == "the end" else moved[::-1]  # each comes right behind its neighbour, before the others
    begins = {"the same gap": ["first"], "the head": [], "the end": ["first", "last"]}[where]
    ends = {"the same gap": ["last"], "the head": ["first", "last"], "the end": []}[where]
    assert texts == [*begins, *in_turn, *ends]
    assert len(set(placed.values_list("rank", flat=True))) == PEOPLE + 2
    seqs = list(Event.objects.filter(workspace=cast.workspace).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, LogHead.objects.get(workspace=cast.workspace).seq + 1))
