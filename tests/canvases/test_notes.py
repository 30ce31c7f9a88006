"""What operations on one note change, and what they record."""

from uuid import uuid4

import pytest

from partners.base.errors import Conflict, Invalid, NotFound
from partners.canvases import operations
from partners.canvases.models import TEXT_LIMIT, Note
from partners.canvases.operations.places import LONGEST_RANK, NOTES_PER_CANVAS
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership
from tests.canvases.conftest import Story
from tests.factories import Cast, crowd

pytestmark = pytest.mark.django_db


def texts(cast: Cast, block: str = "channels") -> list[str]:
    """The notes of a block of Nespresso's model, in the order of the board."""
    notes = Note.objects.filter(canvas=cast.model(cast.nespresso), block=block, deleted_at=None)
    return list(notes.order_by("rank", "pk").values_list("text", flat=True))


class TestAdding:
    def test_records_the_note_with_all_it_carries(self, cast: Cast, story: Story) -> None:
        note = cast.note("Boutiques", block="channels", fill="sun", tags=["shop"])
        event = story.only()
        assert (event.kind, event.thing_id, event.actor, event.canvas) == ("note_added", note.pk, cast.ana, note.canvas)
        assert (event.data["text"], event.data["block"]) == ("Boutiques", "channels")
        assert (event.data["fields"]["fill"], event.data["fields"]["tags"]) == ("sun", ["shop"])

    def test_the_same_id_twice_is_the_same_note(self, cast: Cast, story: Story) -> None:
        made_by_browser = uuid4()
        first = cast.note("Boutiques", note_id=made_by_browser)
        operations.edit_note(sheet=cast.seen(cast.ana, first.canvas), note=first, text="Boutiques, but late")
        again = cast.note("Boutiques", note_id=made_by_browser)
        assert (again.pk, again.text) == (first.pk, "Boutiques, but late")
        assert cast.note("Boutiques, but late", note_id=made_by_browser).pk == first.pk
        assert story.kinds == ["note_added", "note_edited"]

    def test_the_same_id_with_other_words_loses_neither(self, cast: Cast) -> None:
        note = cast.note("Boutiques")
        with pytest.raises(Conflict) as refused:
            cast.note("Mail order", note_id=note.pk)
        assert refused.value.details == {"yours": "Mail order", "theirs": "Boutiques"}

    def test_a_copy_asked_for_twice_is_one_copy_whatever_its_words_became(self, cast: Cast) -> None:
        note, copy_id = cast.note("Boutiques"), uuid4()
        sheet = cast.seen(cast.ana, note.canvas)
        first = operations.copy_note(sheet=sheet, note=note, note_id=copy_id)
        operations.edit_note(sheet=sheet, note=note, text="Boutiques at night")
        note.refresh_from_db()
        assert operations.copy_note(sheet=sheet, note=note, note_id=copy_id).pk == first.pk

    def test_an_id_taken_in_another_workshop_does_not_exist_here(self, cast: Cast) -> None:
        note = cast.note("Boutiques")
        other = workshops.new_workshop(user=cast.finn, title="Elsewhere", company="One", partner="Two")
        sheet = cast.seen(other.facilitator, other.partnership.first.canvases.get(kind="bmc"))
        with pytest.raises(NotFound):
            operations.add_note(sheet=sheet, block="channels", text="Mine now", note_id=note.pk)

    def test_goes_where_it_was_put(self, cast: Cast) -> None:
        online = cast.note("Online", block="channels")
        cast.note("Phone", block="channels")
        cast.note("Boutiques", block="channels", after=online.pk)
        cast.note("Television", block="channels", after="first")
        cast.note("Radio", block="channels", after=uuid4())  # its neighbour is gone: at the end
        assert texts(cast) == ["Television", "Online", "Boutiques", "Phone", "Radio"]

    def test_stays_in_order_however_often_the_same_gap_is_filled(self, cast: Cast) -> None:
        first = cast.note("0", block="channels")
        cast.note("end", block="channels")
        for number in range(20):
            cast.note(str(20 - number), block="channels", after=first.pk)
        assert texts(cast) == [*map(str, range(21)), "end"]

    def test_stays_in_order_however_often_something_is_put_in_front(self, cast: Cast) -> None:
        for number in range(20):
            cast.note(str(number), block="channels", after="first")
        assert texts(cast) == [str(19 - number) for number in range(20)]

    def test_where_more_was_put_than_anybody_reads_no_more_fits(self, cast: Cast) -> None:
        first, last = cast.note("first", block="channels"), cast.note("last", block="channels")
        Note.objects.filter(pk=last.pk).update(rank=first.rank + "0" * (LONGEST_RANK - len(first.rank) - 1) + "1")
        with pytest.raises(Invalid, match="Put it elsewhere"):
            cast.note("between", block="channels", after=first.pk)
        assert texts(cast) == ["first", "last"]

    @pytest.mark.parametrize(
        ("block", "field", "value"), [("desired_value", "weight", 2), ("created_value", "beneficiary", "customer")]
    )
    def test_carries_what_its_block_asks_for(self, cast: Cast, block: str, field: str, value: object) -> None:
        note = cast.note("Shelf space", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block=block)
        assert getattr(note, field) == value

    def test_takes_the_other_name_of_a_block(self, cast: Cast) -> None:
        assert cast.note("Machine makers", block="key_partnerships").block == "key_partners"

    @pytest.mark.parametrize(
        ("text", "code"), [("", "empty"), (" \x00\n", "empty"), ("x" * (TEXT_LIMIT + 1), "too_long")]
    )
    def test_needs_words_and_not_too_many(self, cast: Cast, story: Story, text: str, code: str) -> None:
        with pytest.raises(Invalid) as refused:
            cast.note(text)
        assert refused.value.code == code
        assert story.events == []

    def test_an_unknown_block_is_refused(self, cast: Cast) -> None:
        with pytest.raises(Invalid) as refused:
            cast.note(block="dreams")
        assert refused.value.code == "unknown_block"

    def test_a_full_sheet_is_refused_in_words(self, cast: Cast) -> None:
        canvas = cast.model(cast.delonghi)
        crowd(cast, canvas, NOTES_PER_CANVAS, comments=0, thumbs=0, tags=0)
        with pytest.raises(Invalid, match="at most 500 notes"):
            cast.note(canvas=canvas)


class TestEditing:
    def test_records_both_texts_and_the_version(self, cast: Cast, story: Story) -> None:
        note = cast.note("Club")
        story.begin()
        edited = operations.edit_note(sheet=cast.seen(cast.bo, note.canvas), note=note, text="Club membership")
        event = story.only()
        assert (event.kind, event.actor) == ("note_edited", cast.bo)
        told = {"before": "Club", "text": "Club membership", "version": 2, "merged": False, "typed": ""}
        assert event.data == told
        assert edited.text_version == 2

    def test_the_same_words_change_nothing(self, cast: Cast, story: Story) -> None:
        note = cast.note("Club")
        story.begin()
        operations.edit_note(sheet=cast.seen(cast.bo, note.canvas), note=note, text=" Club ")
        assert story.events == []

    def test_typed_from_an_old_version_merges(self, cast: Cast, story: Story) -> None:
        note = cast.note("The club keeps members")
        ana, bo = (cast.seen(who, note.canvas) for who in (cast.ana, cast.bo))
        operations.edit_note(sheet=ana, note=note, text="The coffee club keeps members", base_version=1)
        story.begin()
        merged = operations.edit_note(sheet=bo, note=note, text="The club keeps its members", base_version=1)
        assert merged.text == "The coffee club keeps its members"
        assert story.only().data["merged"] is True

    def test_the_same_words_changed_by_two_are_a_conflict_with_both_texts(self, cast: Cast, story: Story) -> None:
        note = cast.note("Online shop")
        ana, bo = (cast.seen(who, note.canvas) for who in (cast.ana, cast.bo))
        operations.edit_note(sheet=ana, note=note, text="Online store", base_version=1)
        story.begin()
        with pytest.raises(Conflict) as conflict:
            operations.edit_note(sheet=bo, note=note, text="Online boutique", base_version=1)
        assert conflict.value.details == {"yours": "Online boutique", "theirs": "Online store", "version": 2}
        assert story.events == []
        note.refresh_from_db()
        assert note.text == "Online store"

    def test_two_texts_that_would_be_too_long_together_are_a_conflict(self, cast: Cast) -> None:
        note = cast.note("start, middle, end")
        ana, bo = (cast.seen(who, note.canvas) for who in (cast.ana, cast.bo))
        operations.edit_note(sheet=ana, note=note, text="a " * 450 + "start, middle, end", base_version=1)
        with pytest.raises(Conflict):
            operations.edit_note(sheet=bo, note=note, text="start, middle, end" + " b" * 450, base_version=1)

    def test_a_deleted_note_gives_the_words_back(self, cast: Cast) -> None:
        note = cast.note("Online shop")
        sheet = cast.seen(cast.ana, note.canvas)
        operations.delete_note(sheet=sheet, note=note)
        with pytest.raises(Conflict) as conflict:
            operations.edit_note(sheet=sheet, note=note, text="Online boutique", base_version=1)
        assert (conflict.value.code, conflict.value.details["yours"]) == ("deleted", "Online boutique")

    def test_a_version_from_the_future_is_the_present_one(self, cast: Cast) -> None:
        note = cast.note("Online shop")
        edited = operations.edit_note(
            sheet=cast.seen(cast.ana, note.canvas), note=note, text="Online boutique", base_version=99
        )
        assert edited.text == "Online boutique"


class TestMarking:
    def test_records_only_the_fields_that_differ(self, cast: Cast, story: Story) -> None:
        note = cast.note(fill="sun", tags=["shop"])
        story.begin()
        operations.change_look(
            sheet=cast.seen(cast.bo, note.canvas), note=note, fill="rose", tags=["shop"], basis="guess"
        )
        event = story.only()
        assert event.kind == "note_looked"
        assert event.data["before"] == {"fill": "sun", "basis": "known"}
        assert event.data["after"] == {"fill": "rose", "basis": "guess"}

    def test_two_people_marking_different_fields_keep_both(self, cast: Cast) -> None:
        note = cast.note()
        stale = Note.objects.select_related("canvas").get(pk=note.pk)
        operations.change_look(sheet=cast.seen(cast.ana, note.canvas), note=note, fill="rose")
        operations.change_look(sheet=cast.seen(cast.bo, note.canvas), note=stale, tags=["shop"])
        note.refresh_from_db()
        assert (note.fill, note.tags, note.text_version) == ("rose", ["shop"], 1)

    def test_nothing_new_is_nothing_recorded(self, cast: Cast, story: Story) -> None:
        note = cast.note(fill="sun")
        story.begin()
        operations.change_look(sheet=cast.seen(cast.bo, note.canvas), note=note, fill="sun")
        assert story.events == []


class TestMoving:
    def test_within_a_sheet_is_told_once_with_where_it_was(self, cast: Cast, story: Story) -> None:
        note = cast.note("Boutiques", block="channels")
        story.begin()
        sheet = cast.seen(cast.bo, note.canvas)
        moved = operations.move_note(sheet=sheet, note=note, to=sheet, block="key_resources")
        event = story.only()
        assert (moved.block, event.kind) == ("key_resources", "note_moved")
        assert (event.data["from_block"], event.data["block"], event.data["arrived"]) == (
            "channels",
            "key_resources",
            True,
        )

    def test_among_its_neighbours(self, cast: Cast) -> None:
        notes = {text: cast.note(text, block="channels") for text in ("one", "two", "three")}
        sheet = cast.seen(cast.ana, cast.model(cast.nespresso))
        for text, after, order in (
            ("three", "first", ["three", "one", "two"]),
            ("three", notes["one"].pk, ["one", "three", "two"]),
            ("one", None, ["three", "two", "one"]),
        ):
            operations.move_note(sheet=sheet, note=notes[text], to=sheet, block="channels", after=after)
            assert texts(cast) == order

    @pytest.mark.parametrize("after", ["itself", "its neighbour"])
    def test_to_where_it_stands_is_no_move(self, cast: Cast, story: Story, after: str) -> None:
        one, two = cast.note("one", block="channels"), cast.note("two", block="channels")
        story.begin()
        sheet = cast.seen(cast.ana, two.canvas)
        place = two.pk if after == "itself" else one.pk
        operations.move_note(sheet=sheet, note=two, to=sheet, block="channels", after=place)
        assert story.events == []

    def test_to_another_sheet_is_told_on_both(self, cast: Cast, story: Story) -> None:
        note = cast.note("Repeat buyers", block="customer_segments")
        model, sketch = note.canvas, cast.sheet(cast.with_delonghi, cast.nespresso)
        story.begin()
        operations.move_note(
            sheet=cast.seen(cast.ana, model), note=note, to=cast.seen(cast.ana, sketch), block="created_value"
        )
        told = [(event.canvas, event.data["arrived"], event.partnership) for event in story.events]
        assert told == [(model, False, None), (sketch, True, cast.with_delonghi)]
        assert len({event.change for event in story.events}) == 1
        note.refresh_from_db()
        assert (note.canvas, note.beneficiary) == (sketch, "customer")

    def test_of_a_deleted_note_is_a_conflict(self, cast: Cast) -> None:
        note = cast.note()
        sheet = cast.seen(cast.ana, note.canvas)
        operations.delete_note(sheet=sheet, note=note)
        with pytest.raises(Conflict):
            operations.move_note(sheet=sheet, note=note, to=sheet, block="channels")


class TestCopying:
    def test_stands_right_after_it_and_leaves_the_talk_behind(self, cast: Cast) -> None:
        note = cast.note("one", block="channels", fill="sun", tags=["shop"])
        cast.note("two", block="channels")
        sheet = cast.seen(cast.bo, note.canvas)
        operations.add_comment(sheet=sheet, note=note, text="Really?")
        copy = operations.copy_note(sheet=sheet, note=note)
        assert texts(cast) == ["one", "one", "two"]
        assert (copy.fill, copy.tags, copy.author, copy.comments.count()) == ("sun", ["shop"], cast.bo, 0)


class TestDeletingAndBringingBack:
    def test_keeps_the_row_and_tells_it_once(self, cast: Cast, story: Story) -> None:
        note = cast.note("Boutiques", block="channels")
        story.begin()
        sheet = cast.seen(cast.ana, note.canvas)
        operations.delete_note(sheet=sheet, note=note)
        operations.delete_note(sheet=sheet, note=note)
        assert story.only().kind == "note_deleted"
        assert texts(cast) == []
        assert Note.objects.filter(pk=note.pk).exists()

    def test_comes_back_to_its_old_place_with_its_talk(self, cast: Cast, story: Story) -> None:
        notes = [cast.note(text, block="channels") for text in ("one", "two", "three")]
        sheet = cast.seen(cast.ana, notes[1].canvas)
        operations.give_thumb(sheet=sheet, note=notes[1])
        operations.delete_note(sheet=sheet, note=notes[1])
        story.begin()
        operations.restore_note(sheet=sheet, note=notes[1])
        operations.restore_note(sheet=sheet, note=notes[1])
        assert story.only().kind == "note_restored"
        assert texts(cast) == ["one", "two", "three"]
        assert notes[1].thumbs.count() == 1

    def test_comes_back_to_its_old_place_among_those_that_came_meanwhile(self, cast: Cast) -> None:
        notes = [cast.note(text, block="channels") for text in ("one", "two", "three")]
        sheet = cast.seen(cast.ana, notes[1].canvas)
        operations.delete_note(sheet=sheet, note=notes[1])
        for text in ("zero", "before", "first"):
            cast.note(text, block="channels", after="first")
        operations.restore_note(sheet=sheet, note=notes[1])
        assert texts(cast) == ["first", "before", "zero", "one", "two", "three"]

    @pytest.mark.parametrize("is_pasted", [False, True])
    def test_comes_back_before_what_was_put_where_it_stood(self, cast: Cast, *, is_pasted: bool) -> None:
        notes = [cast.note(text, block="channels") for text in ("one", "two", "three")]
        sheet = cast.seen(cast.ana, notes[2].canvas)
        operations.delete_note(sheet=sheet, note=notes[2])
        if is_pasted:
            operations.paste_notes(sheet=sheet, block="channels", lines="four")
        else:
            cast.note("four", block="channels")
        operations.restore_note(sheet=sheet, note=notes[2])
        assert texts(cast) == ["one", "two", "three", "four"]

    def test_takes_its_mark_from_the_note_it_came_from(self, cast: Cast, story: Story) -> None:
        note = cast.note("Patents", block="key_resources")
        sketch = cast.seen(cast.ana, cast.sheet(cast.with_delonghi, cast.nespresso))
        taken = operations.take_note(source=cast.seen(cast.ana, note.canvas), note=note, into=sketch)
        story.begin()
        operations.delete_note(sheet=sketch, note=taken)
        assert story.only().data["draws"] == [str(note.pk)]
        note.refresh_from_db()
        assert note.drawn == story.only().seq


class TestStandingIn:
    def test_for_a_company_without_people_makes_guesses(self, cast: Cast) -> None:
        workshops.remove_member(viewer=cast.viewer(cast.ana), member=cast.dan)
        note = cast.note("Kettles", by=cast.bo, canvas=cast.model(cast.breville), block="value_propositions")
        assert note.stands_in
        assert note.is_guess

    def test_ends_when_the_company_confirms(self, cast: Cast) -> None:
        workshops.remove_member(viewer=cast.viewer(cast.ana), member=cast.dan)
        note = cast.note("Kettles", by=cast.bo, canvas=cast.model(cast.breville), block="value_propositions")
        dora = cast.join("Dora Webb", cast.breville)
        confirmed = operations.confirm_note(sheet=cast.seen(dora, note.canvas), note=note)
        assert not confirmed.is_guess

    def test_an_observer_is_not_somebody_of_the_company(self, cast: Cast) -> None:
        workshops.remove_member(viewer=cast.viewer(cast.ana), member=cast.dan)
        cast.join("Otto Webb", cast.breville, role=Membership.Role.OBSERVER)
        assert cast.note(by=cast.bo, canvas=cast.model(cast.breville)).stands_in
