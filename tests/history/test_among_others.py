"""Only one's own, on top of what others did since, with the rights of this moment."""

from __future__ import annotations

import pytest
from django.utils import timezone

from partners.base.errors import Conflict, DomainError, Forbidden, Invalid
from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note, Thumb
from partners.events.inverses import undoable
from partners.events.models import Event
from partners.history.operations import Stuck
from tests.factories import Cast
from tests.history.acts import ACTS, again, back, on, state


class TestOnlyMine:
    def test_whatever_others_did_later(self, cast: Cast, note: Note) -> None:
        sheets.change_look(**on(cast, note, cast.bo), fill="leaf")
        assert back(cast).what == "added “Boutiques”"
        assert Note.objects.get(pk=note.pk).fill == "leaf"
        back(cast, cast.bo)
        assert Note.objects.get(pk=note.pk).fill == "plain"

    def test_somebody_who_did_nothing_has_nothing_to_undo(self, cast: Cast, note: Note) -> None:
        for who in (cast.bo, cast.carla, cast.eli):
            with pytest.raises(Invalid, match="nothing to undo"):
                back(cast, who)

    def test_an_undo_is_told_as_what_it_is(self, cast: Cast, note: Note) -> None:
        change = Event.objects.filter(thing_id=note.pk).latest("seq").change
        sheets.give_thumb(**on(cast, note, cast.bo))
        back(cast)
        back(cast)
        told = Event.objects.filter(thing_id=note.pk).latest("seq")
        assert (told.kind, told.undoes, told.actor_id) == ("note_deleted", change, cast.ana.pk)

    def test_kinds_that_cannot_be_taken_back_are_passed_over(self, cast: Cast, note: Note) -> None:
        sheets.lock_sheet(sheet=cast.seen(cast.ana, note.canvas), locked=True)
        assert "canvas_locked" not in undoable()
        assert back(cast).what == "added “Boutiques”"
        assert Canvas.objects.get(pk=note.canvas_id).locked_at


class TestWhatOthersDidSince:
    def test_their_words_stay(self, cast: Cast, note: Note) -> None:
        sheets.edit_note(**on(cast, note), text="Strong Brand")
        sheets.edit_note(**on(cast, note, cast.bo), text="Strong Brand in Europe")
        back(cast)
        assert Note.objects.get(pk=note.pk).text == "Brand in Europe"
        again(cast)
        assert Note.objects.get(pk=note.pk).text == "Strong Brand in Europe"

    def test_the_same_words_are_a_conflict_that_changes_nothing(self, cast: Cast, note: Note) -> None:
        sheets.edit_note(**on(cast, note), text="Name")
        sheets.edit_note(**on(cast, note, cast.bo), text="Reputation")
        before = state(cast), Event.objects.count()
        with pytest.raises(Conflict, match="same words") as stuck:
            back(cast)
        assert (state(cast), Event.objects.count()) == before
        assert isinstance(stuck.value, Stuck)
        assert back(cast, before=stuck.value.change).what == "added “Boutiques”"

    def test_only_fields_that_are_as_i_set_them(self, cast: Cast, note: Note) -> None:
        sheets.change_look(**on(cast, note), fill="sun", weight=3)
        sheets.change_look(**on(cast, note, cast.bo), fill="leaf")
        back(cast)
        fresh = Note.objects.get(pk=note.pk)
        assert (fresh.fill, fresh.weight) == ("leaf", None)

    @pytest.mark.parametrize("block", ["channels", "key_partners"])
    def test_a_note_moved_on_stays_there(self, cast: Cast, note: Note, block: str) -> None:
        ACTS["move"](cast, note)
        cast.note("Shops", block="channels")
        sheets.move_note(**on(cast, note, cast.bo), to=cast.seen(cast.bo, note.canvas), block=block)
        back(cast)
        with pytest.raises(Conflict, match="moved “Brand” on"):
            back(cast)
        assert Note.objects.get(pk=note.pk).block == block

    def test_of_several_the_rest_is_taken_back_and_told(self, cast: Cast, note: Note) -> None:
        ACTS["several at once"](cast, note)
        sheets.delete_note(**on(cast, note, cast.bo))
        undone = back(cast)
        assert undone.left == ("“Brand” is in the trash.",)
        assert Note.objects.filter(block="key_resources").count() == 2

    def test_my_confirmation_and_thumb_that_are_gone_already(self, cast: Cast, note: Note) -> None:
        sheets.confirm_note(**on(cast, note))
        sheets.confirm_note(**on(cast, note, cast.bo), confirmed=False)
        with pytest.raises(Conflict, match="Somebody else"):
            back(cast)
        sheets.give_thumb(**on(cast, note))
        Thumb.objects.all().delete()
        with pytest.raises(Conflict, match="as it was already"):
            back(cast)

    def test_nobody_says_again_what_another_said(self, cast: Cast, note: Note) -> None:
        comment = sheets.add_comment(**on(cast, note, cast.carla), text="Since when?")
        sheets.delete_comment(sheet=cast.seen(cast.ana, note.canvas), comment=comment)
        with pytest.raises(Conflict, match="Only the person"):
            back(cast)


class TestRights:
    def test_are_asked_again(self, cast: Cast) -> None:
        bos = cast.note("Bo's", by=cast.bo)
        sheets.lock_sheet(sheet=cast.seen(cast.ana, bos.canvas), locked=True)
        with pytest.raises(DomainError, match="locked this sheet") as refused:
            back(cast, cast.bo)
        assert refused.value.status == Forbidden.status
        assert Note.objects.get(pk=bos.pk).deleted_at is None

    def test_of_a_sheet_that_is_hidden_now(self, cast: Cast) -> None:
        sketch = cast.sheet(cast.with_delonghi, cast.delonghi)
        carlas = cast.note("Carla's", by=cast.carla, canvas=sketch, block="value_offer")
        cast.with_delonghi.deleted_at = timezone.now()
        cast.with_delonghi.save()
        with pytest.raises(DomainError, match="no longer shared"):
            back(cast, cast.carla)
        assert Note.objects.get(pk=carlas.pk).deleted_at is None
