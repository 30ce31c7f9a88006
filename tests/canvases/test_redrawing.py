"""A change far away is seen on every note that shows it: drawn anew, and never an old drawing kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from partners.canvases import operations
from partners.canvases.fragments import board_pieces, note_pieces
from partners.canvases.models import Canvas, Note
from partners.events.models import LogHead
from partners.workspaces import operations as workshops
from partners.workspaces.models import Workspace
from tests.factories import Cast

pytestmark = pytest.mark.django_db


def shown(cast: Cast, note: Note) -> str:
    """A note as Ana sees it now."""
    workspace = Workspace.objects.get(pk=cast.workspace.pk)
    return note_pieces([note.pk], cast.viewer(cast.ana).audience, workspace)[note.pk]


def sketch(cast: Cast) -> Canvas:
    return cast.sheet(cast.with_delonghi, cast.nespresso)


def taken(cast: Cast, note: Note) -> Note:
    """A note of Nespresso's model, offered to De'Longhi."""
    into = cast.seen(cast.bo, sketch(cast))
    return operations.take_note(source=cast.seen(cast.bo, note.canvas), note=note, into=into)


def expect(cast: Cast, note: Note, before: str, after: str, do: Callable[[], object]) -> None:
    """The note says one thing before and another after, in the page and by its number for the stream."""
    assert before in shown(cast, note)
    do()
    assert before not in shown(cast, note)
    assert after in shown(cast, note)
    drawn = Note.objects.values_list("drawn", flat=True).get(pk=note.pk)
    assert drawn == LogHead.objects.get(workspace=cast.workspace).seq


class TestANoteSays:
    def test_the_new_name_of_who_wrote_it(self, cast: Cast) -> None:
        def rename() -> None:
            workshops.change_member(viewer=cast.viewer(cast.ana), member=cast.ana, name="Zoe Vries")

        expect(cast, cast.note(), "Ana Vries", "Zoe Vries", rename)

    def test_former_member_for_somebody_who_was_forgotten(self, cast: Cast) -> None:
        note = cast.note(by=cast.carla, canvas=cast.model(cast.delonghi))
        expect(cast, note, "Carla Rossi", "former member", lambda: workshops.forget_member(cast.carla))

    def test_what_a_colour_means_now(self, cast: Cast) -> None:
        def rename() -> None:
            workshops.change_workspace(viewer=cast.viewer(cast.ana), fill_meanings={"sun": "hot"})

        expect(cast, cast.note(fill="sun"), "talk about this", "hot", rename)

    def test_the_new_name_of_the_company_that_confirmed_it(self, cast: Cast) -> None:
        note = cast.note()
        operations.confirm_note(sheet=cast.seen(cast.bo, note.canvas), note=note)

        def rename() -> None:
            workshops.change_organisation(viewer=cast.viewer(cast.bo), organisation=cast.nespresso, short_name="Nestle")

        expect(cast, note, "confirmed by Nespresso", "confirmed by Nestle", rename)

    def test_the_new_name_of_the_company_that_gains(self, cast: Cast) -> None:
        note = cast.note("Installed base", canvas=sketch(cast), block="created_value", beneficiary="partner")

        def rename() -> None:
            workshops.change_organisation(
                viewer=cast.viewer(cast.carla), organisation=cast.delonghi, short_name="Longhi"
            )

        expect(cast, note, "for De&#39;Longhi", "for Longhi", rename)

    def test_whether_it_is_offered(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        assert "offered" not in shown(cast, note)
        taken(cast, note)
        assert "offered" in shown(cast, note)

    def test_no_more_that_it_is_offered_when_the_partnership_is_gone(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        taken(cast, note)

        def end() -> None:
            workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_delonghi)

        expect(cast, note, "offered", "Patents", end)

    def test_no_more_that_it_is_offered_when_the_offer_is_deleted(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        offer = taken(cast, note)
        expect(
            cast,
            note,
            "offered",
            "Patents",
            lambda: operations.delete_note(sheet=cast.seen(cast.bo, offer.canvas), note=offer),
        )

    def test_from_which_block_it_came_after_that_note_was_moved(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        offer, sheet = taken(cast, note), cast.seen(cast.bo, note.canvas)

        def move() -> None:
            operations.move_note(sheet=sheet, note=note, to=sheet, block="key_activities")

        expect(cast, offer, "from Key Resources", "from Key Activities", move)


def test_a_board_drawn_before_is_the_board_drawn_anew(cast: Cast) -> None:
    """The whole sheet, from kept pieces, equals what each note looks like."""
    notes = [cast.note(text, block="channels") for text in ("one", "two", "three")]
    audience, workspace = cast.viewer(cast.ana).audience, cast.workspace
    canvas = notes[0].canvas
    board_pieces([canvas.pk], audience, workspace)
    operations.give_thumb(sheet=cast.seen(cast.carla, canvas), note=notes[1])
    board = board_pieces([canvas.pk], audience, workspace)[canvas.pk, "channels"]
    assert board == [shown(cast, note) for note in notes]
