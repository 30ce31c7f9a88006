"""Comments, 👍, confirming and taking: what they change and what they record."""

from uuid import uuid4

import pytest

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.canvases import operations
from partners.canvases.models import Comment, Note, Thumb
from tests.canvases.conftest import Story
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestComments:
    def test_are_recorded_with_what_was_said(self, cast: Cast, story: Story) -> None:
        note = cast.note("Club membership")
        story.begin()
        comment = operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text=" Since when? ")
        event = story.only()
        assert (event.kind, event.thing_id, event.actor) == ("comment_added", note.pk, cast.carla)
        assert event.data == {"text": "Club membership", "comment": str(comment.pk), "said": "Since when?"}

    def test_with_the_same_id_are_one_comment(self, cast: Cast, story: Story) -> None:
        note = cast.note()
        sheet = cast.seen(cast.carla, note.canvas)
        story.begin()
        made_by_browser = uuid4()
        for _again in range(2):
            operations.add_comment(sheet=sheet, note=note, text="Since when?", comment_id=made_by_browser)
        assert story.kinds == ["comment_added"]

    def test_never_take_the_id_of_a_comment_elsewhere(self, cast: Cast) -> None:
        one, other = cast.note("one"), cast.note("other")
        sheet = cast.seen(cast.carla, one.canvas)
        comment = operations.add_comment(sheet=sheet, note=one, text="Since when?")
        with pytest.raises(NotFound):
            operations.add_comment(sheet=sheet, note=other, text="Since when?", comment_id=comment.pk)

    def test_are_taken_back_by_who_said_them(self, cast: Cast, story: Story) -> None:
        note = cast.note()
        sheet = cast.seen(cast.carla, note.canvas)
        comment = operations.add_comment(sheet=sheet, note=note, text="Since when?")
        story.begin()
        for _again in range(2):
            operations.delete_comment(sheet=sheet, comment=comment)
        assert story.only().kind == "comment_deleted"
        assert Comment.objects.get(pk=comment.pk).deleted_at

    def test_of_others_are_taken_down_by_the_facilitator_only(self, cast: Cast) -> None:
        note = cast.note()
        comment = operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text="Since when?")
        with pytest.raises(Forbidden, match="Only the person who wrote this"):
            operations.delete_comment(sheet=cast.seen(cast.bo, note.canvas), comment=comment)
        assert operations.delete_comment(sheet=cast.seen(cast.ana, note.canvas), comment=comment).deleted_at

    def test_on_a_deleted_note_are_a_conflict(self, cast: Cast) -> None:
        note = cast.note()
        operations.delete_note(sheet=cast.seen(cast.ana, note.canvas), note=note)
        with pytest.raises(Conflict):
            operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text="Since when?")

    def test_need_words(self, cast: Cast) -> None:
        note = cast.note()
        with pytest.raises(Invalid):
            operations.add_comment(sheet=cast.seen(cast.carla, note.canvas), note=note, text="\n")


class TestThumbs:
    def test_are_given_and_taken_back(self, cast: Cast, story: Story) -> None:
        note = cast.note()
        sheet = cast.seen(cast.carla, note.canvas)
        story.begin()
        assert operations.give_thumb(sheet=sheet, note=note) is True
        assert Thumb.objects.filter(note=note, member=cast.carla).exists()
        assert operations.give_thumb(sheet=sheet, note=note) is False
        assert [event.data["given"] for event in story.events] == [True, False]

    def test_asked_for_twice_are_given_once(self, cast: Cast, story: Story) -> None:
        note = cast.note()
        sheet = cast.seen(cast.carla, note.canvas)
        story.begin()
        for _again in range(2):
            operations.give_thumb(sheet=sheet, note=note, given=True)
        assert story.kinds == ["note_thumbed"]

    def test_do_not_touch_the_words(self, cast: Cast) -> None:
        note = cast.note()
        operations.give_thumb(sheet=cast.seen(cast.carla, note.canvas), note=note)
        note.refresh_from_db()
        assert note.text_version == 1


class TestConfirming:
    def test_names_the_company_and_can_be_taken_back(self, cast: Cast, story: Story) -> None:
        note = cast.note()
        sheet = cast.seen(cast.bo, note.canvas)
        story.begin()
        assert operations.confirm_note(sheet=sheet, note=note).confirmed_by == cast.nespresso
        operations.confirm_note(sheet=sheet, note=note)
        assert operations.confirm_note(sheet=sheet, note=note, confirmed=False).confirmed_by is None
        told = [(event.kind, event.data["confirmed"], event.data["before"]) for event in story.events]
        assert told == [("note_confirmed", True, None), ("note_confirmed", False, str(cast.nespresso.pk))]

    def test_is_for_the_company_itself_not_even_for_the_facilitator_of_another(self, cast: Cast) -> None:
        note = cast.note("Appliance retail", by=cast.carla, canvas=cast.model(cast.delonghi), block="channels")
        for member in (cast.ana, cast.bo):
            with pytest.raises(Forbidden, match="Only somebody of the company it speaks of"):
                operations.confirm_note(sheet=cast.seen(member, note.canvas), note=note)


class TestTaking:
    def test_from_the_partners_model_makes_a_want(self, cast: Cast, story: Story) -> None:
        note = cast.note("Channel marketing", by=cast.carla, canvas=cast.model(cast.delonghi), block="key_activities")
        sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
        story.begin()
        taken = operations.take_note(source=cast.seen(cast.bo, note.canvas), note=note, into=cast.seen(cast.bo, sketch))
        assert (taken.canvas, taken.block, taken.text, taken.source_note) == (sketch, "desired_value", note.text, note)
        assert (taken.author, taken.weight) == (cast.bo, 2)
        event = story.only()
        assert (event.kind, event.canvas, event.partnership) == ("note_added", sketch, cast.with_delonghi)
        assert event.data["draws"] == [str(note.pk)], "the note it came from says now that it is wanted"

    def test_from_ones_own_model_makes_an_offer(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        sketch = cast.seen(cast.bo, cast.sheet(cast.with_delonghi, cast.nespresso))
        taken = operations.take_note(source=cast.seen(cast.bo, note.canvas), note=note, into=sketch)
        assert taken.block == "value_offer"

    def test_twice_gives_the_note_made_first_and_after_its_deletion_a_new_one(self, cast: Cast, story: Story) -> None:
        note = cast.note("Patents", block="key_resources")
        source = cast.seen(cast.bo, note.canvas)
        sketch = cast.seen(cast.bo, cast.sheet(cast.with_delonghi, cast.nespresso))
        first = operations.take_note(source=source, note=note, into=sketch)
        story.begin()
        assert operations.take_note(source=source, note=note, into=sketch).pk == first.pk
        assert story.events == []
        operations.delete_note(sheet=sketch, note=first)
        assert operations.take_note(source=source, note=note, into=sketch).pk != first.pk

    def test_into_each_partnership_on_its_own(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        source = cast.seen(cast.bo, note.canvas)
        for partnership in (cast.with_delonghi, cast.with_breville):
            into = cast.seen(cast.bo, cast.sheet(partnership, cast.nespresso))
            operations.take_note(source=source, note=note, into=into)
        assert Note.objects.filter(source_note=note).count() == 2

    def test_a_note_of_a_third_company_is_refused(self, cast: Cast) -> None:
        note = cast.note("Toasters", by=cast.dan, canvas=cast.model(cast.breville), block="value_propositions")
        with pytest.raises(Invalid, match="another partnership"):
            operations.take_note(
                source=cast.seen(cast.ana, note.canvas),
                note=note,
                into=cast.seen(cast.ana, cast.sheet(cast.with_delonghi, cast.nespresso)),
            )

    def test_a_note_of_a_partnership_sheet_is_refused(self, cast: Cast) -> None:
        sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
        note = cast.note("Shelf space", canvas=sketch, block="desired_value")
        with pytest.raises(Invalid, match="Only notes of a business model"):
            operations.take_note(source=cast.seen(cast.ana, sketch), note=note, into=cast.seen(cast.ana, sketch))

    def test_for_the_other_side_is_not_ones_right(self, cast: Cast) -> None:
        note = cast.note("Patents", block="key_resources")
        with pytest.raises(Forbidden):
            operations.take_note(
                source=cast.seen(cast.bo, note.canvas),
                note=note,
                into=cast.seen(cast.bo, cast.sheet(cast.with_delonghi, cast.delonghi)),
            )
