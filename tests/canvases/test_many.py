"""Several notes as one change, and a facilitator's lock."""

import pytest

from partners.base.errors import Forbidden, Invalid
from partners.canvases import operations
from partners.canvases.models import Note
from partners.workspaces import operations as workshops
from tests.canvases.conftest import Story
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestSeveralNotes:
    @pytest.fixture
    def notes(self, cast: Cast) -> list[Note]:
        return [cast.note(text, block="channels") for text in ("one", "two", "three")]

    def change(self, cast: Cast, notes: list[Note], do: str, **more: object) -> list[Note]:
        pairs = [(cast.seen(cast.bo, note.canvas), note) for note in notes]
        return operations.change_many(notes=pairs, do=do, **more)  # type: ignore[arg-type]  # forwarded

    def test_move_together_and_keep_their_order(self, cast: Cast, story: Story, notes: list[Note]) -> None:
        last = cast.note("last", block="key_resources")
        cast.note("first", block="key_resources", after="first")
        story.begin()
        to = cast.seen(cast.bo, cast.model(cast.nespresso))
        self.change(cast, notes, "move", to=to, block="key_resources", after="first")
        there = Note.objects.filter(canvas=last.canvas, block="key_resources").order_by("rank")
        assert [note.text for note in there] == ["one", "two", "three", "first", "last"]
        assert story.kinds == ["note_moved"] * 3
        assert len({event.change for event in story.events}) == 1

    def test_take_a_colour_together(self, cast: Cast, story: Story, notes: list[Note]) -> None:
        story.begin()
        self.change(cast, notes, "look", look={"fill": "rose"})
        assert set(Note.objects.filter(block="channels").values_list("fill", flat=True)) == {"rose"}
        assert story.kinds == ["note_looked"] * 3

    def test_are_deleted_together_but_for_one_that_is_gone(self, cast: Cast, story: Story, notes: list[Note]) -> None:
        operations.delete_note(sheet=cast.seen(cast.ana, notes[1].canvas), note=notes[1])
        story.begin()
        done = self.change(cast, notes, "delete")
        assert [note.text for note in done] == ["one", "three"]
        assert story.kinds == ["note_deleted"] * 2

    def test_all_or_nothing_where_a_right_is_missing(self, cast: Cast, story: Story, notes: list[Note]) -> None:
        theirs = cast.note("four", by=cast.carla, canvas=cast.model(cast.delonghi), block="channels")
        story.begin()
        with pytest.raises(Forbidden):
            self.change(cast, [*notes, theirs], "delete")
        assert story.events == []

    def test_of_two_workshops_are_refused(self, cast: Cast, notes: list[Note]) -> None:
        other = workshops.new_workshop(user=cast.finn, title="Elsewhere", company="One", partner="Two")
        sheet = cast.seen(other.facilitator, other.partnership.first.canvases.get(kind="bmc"))
        foreign = operations.add_note(sheet=sheet, block="channels", text="Not here")
        with pytest.raises(Invalid, match="different workshops"):
            operations.change_many(
                notes=[(cast.seen(cast.ana, notes[0].canvas), notes[0]), (sheet, foreign)], do="delete"
            )

    @pytest.mark.parametrize(("do", "message"), [("move", "Say where"), ("delete", "Select some notes")])
    def test_need_notes_and_a_place(self, cast: Cast, notes: list[Note], do: str, message: str) -> None:
        with pytest.raises(Invalid, match=message):
            self.change(cast, notes if do == "move" else [], do)

    def test_at_most_two_hundred(self, cast: Cast, notes: list[Note]) -> None:
        with pytest.raises(Invalid, match="at most 200"):
            self.change(cast, notes * 67, "delete")


class TestALockedSheet:
    @pytest.fixture
    def note(self, cast: Cast) -> Note:
        note = cast.note("Boutiques", block="channels")
        operations.lock_sheet(sheet=cast.seen(cast.ana, note.canvas), locked=True)
        return note

    def test_is_told_once(self, cast: Cast, story: Story) -> None:
        for _again in range(2):
            operations.lock_sheet(sheet=cast.seen(cast.ana, cast.model(cast.nespresso)), locked=True)
        event = story.only()
        assert (event.kind, event.data) == ("canvas_locked", {"locked": True})

    def test_cannot_be_written_by_its_own_people(self, cast: Cast, note: Note) -> None:
        with pytest.raises(Forbidden, match="The facilitator has locked this sheet"):
            operations.edit_note(sheet=cast.seen(cast.bo, note.canvas), note=note, text="Shops")

    def test_can_still_be_talked_about(self, cast: Cast, note: Note) -> None:
        sheet = cast.seen(cast.bo, note.canvas)
        operations.add_comment(sheet=sheet, note=note, text="Still true?")
        assert operations.give_thumb(sheet=sheet, note=note)

    def test_lends_nothing_to_the_partner(self, cast: Cast, note: Note) -> None:
        with pytest.raises(Forbidden, match="locked"):
            operations.take_note(
                source=cast.seen(cast.carla, note.canvas),
                note=note,
                into=cast.seen(cast.carla, cast.sheet(cast.with_delonghi, cast.delonghi)),
            )

    def test_can_be_written_by_the_facilitator(self, cast: Cast, note: Note) -> None:
        edited = operations.edit_note(sheet=cast.seen(cast.ana, note.canvas), note=note, text="Shops")
        assert edited.text == "Shops"

    def test_is_locked_by_facilitators_only(self, cast: Cast) -> None:
        with pytest.raises(Forbidden, match="Only a facilitator"):
            operations.lock_sheet(sheet=cast.seen(cast.bo, cast.model(cast.nespresso)), locked=True)
