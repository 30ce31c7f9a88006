"""A moment of a sheet brought back: what it changes, what it leaves alone, and what it says of both."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.canvases.operations.places import NOTES_PER_CANVAS
from partners.events.models import Event
from partners.history.operations import restore_moment
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership
from tests.factories import Cast, crowd
from tests.history.acts import address, back, head, on, texts


def test_shows_what_will_change_and_does_it_as_one_step(cast: Cast, model: Canvas, note: Note) -> None:
    then, first = head(cast), texts(model)
    sheets.edit_note(**on(cast, note), text="Reputation")
    cast.note("Shops", block="channels")
    sheets.delete_note(**on(cast, Note.objects.get(text="Club")))
    client = cast.client(cast.ana)
    html = client.get(address(model, f"{then}/restoration/")).content.decode()
    assert ("1 note comes back" in html, "1 note goes to the trash" in html, "Reputation" in html) == (True,) * 3
    now, seen = texts(model), head(cast)
    client.post(address(model, f"{then}/restoration/"), {"seen": str(seen)})
    assert texts(model) == first
    back(cast)
    assert texts(model) == now


def test_keeps_what_others_do_meanwhile(cast: Cast, model: Canvas, note: Note) -> None:
    then = head(cast)
    sheets.edit_note(**on(cast, note), text="Brand in Europe")
    shops = cast.note("Shops", block="channels")
    seen = head(cast)
    sheets.edit_note(**on(cast, note, cast.bo), text="The Brand in Europe")
    sheets.edit_note(**on(cast, shops, cast.bo), text="Shops and stands")
    cast.note("Later", by=cast.bo, block="channels")
    done = restore_moment(sheet=cast.seen(cast.ana, model), moment=then, seen=seen)
    assert texts(model) == ["Shops and stands", "Later", "Club", "The Brand", "Boutiques"]
    assert [why.partition(" has")[0] for why in done.left] == ["“Shops and stands”"]


def test_of_a_note_that_went_to_another_sheet_brings_it_home(cast: Cast, model: Canvas, note: Note) -> None:
    then = head(cast)
    sketch = cast.seen(cast.ana, cast.sheet(cast.with_delonghi, cast.nespresso))
    sheets.move_note(**on(cast, note), to=sketch, block="value_offer")
    restore_moment(sheet=cast.seen(cast.bo, model), moment=then, seen=head(cast))
    assert texts(model) == ["Club", "Brand", "Boutiques"]


@pytest.mark.parametrize("is_known", [True, False])
def test_moves_only_who_was_moved(cast: Cast, model: Canvas, *, is_known: bool) -> None:
    """What Ana did not know when she decided stays."""
    *_before, three = [cast.note(text, block="channels") for text in ("one", "two", "three")]
    then = head(cast)
    sheets.move_note(**on(cast, three), to=cast.seen(cast.ana, model), block="channels", after="first")
    seen = head(cast)
    zero = cast.note("zero", by=cast.bo, block="channels", after="first")
    done = restore_moment(sheet=cast.seen(cast.ana, model), moment=then, seen=head(cast) if is_known else seen)
    assert done.left == []
    assert done.notes == ({three.pk, zero.pk} if is_known else {three.pk})
    assert texts(model) == (["one", "two", "three"] if is_known else ["zero", "one", "two", "three"])


def test_asks_for_the_right_to_write(cast: Cast, model: Canvas, note: Note) -> None:
    page = address(model, "0/restoration/")
    for who in (cast.carla, cast.eli):
        assert cast.client(who).get(page).status_code == 403
        assert cast.client(who).post(page).status_code == 403
    assert "Nothing would change" in cast.client(cast.bo).get(address(model, "9999/restoration/")).content.decode()
    assert len(texts(model)) == 3


def test_of_how_it_stands_changes_nothing(cast: Cast, model: Canvas, note: Note) -> None:
    number = head(cast)
    assert "Nothing would change" in cast.client(cast.bo).get(address(model, f"{number}/restoration/")).content.decode()
    restore_moment(sheet=cast.seen(cast.bo, model), moment=number, seen=number)
    assert head(cast) == number


def test_of_many_that_went_to_another_block_asks_little_for_each(cast: Cast, model: Canvas) -> None:
    costs, expected = [], []
    here = cast.seen(cast.ana, model)
    for many in (10, 20):
        pasted = sheets.paste_notes(sheet=here, block="channels", lines="\n".join(["a", "b"] * (many // 2))).notes
        expected += [note.text for note in pasted]
        then = head(cast)
        sheets.change_many(notes=[(here, note) for note in pasted], do="move", to=here, block="key_partners")
        cast.note("In front of all", canvas=model, block="channels", after="first")
        with CaptureQueriesContext(connection) as asked:
            restore_moment(sheet=here, moment=then, seen=head(cast))
        costs.append(len(asked))
        assert texts(model) == expected
    assert costs[1] - costs[0] <= 10 * 4


class TestWhatHappenedMeanwhile:
    def test_one_that_is_back_already_stays_as_others_wrote_it(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        sheets.delete_note(**on(cast, note))
        seen = head(cast)
        sheets.restore_note(**on(cast, note, cast.bo))
        sheets.edit_note(**on(cast, note, cast.bo), text="Brand in every capital")
        done = restore_moment(sheet=cast.seen(cast.ana, model), moment=then, seen=seen)
        assert "Brand in every capital" in texts(model)
        assert done.left == ["“Brand in every capital” has just been brought back, so it stays as it is."]

    def test_one_that_is_talked_about_now_is_not_thrown_away(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        shops = cast.note("Shops", block="channels")
        seen = head(cast)
        sheets.add_comment(**on(cast, shops, cast.carla), text="Please keep this")
        restore_moment(sheet=cast.seen(cast.ana, model), moment=then, seen=seen)
        assert "Shops" in texts(model)

    def test_one_that_was_moved_on_keeps_what_its_block_asks_for(self, cast: Cast) -> None:
        sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
        licence = cast.note("Licence", canvas=sketch, block="intent")
        cast.note("Shelf space", canvas=sketch, block="desired_value")
        then = head(cast)
        sheets.move_note(**on(cast, licence), to=cast.seen(cast.ana, sketch), block="desired_value")
        seen = head(cast)
        hers = cast.seen(cast.bo, sketch)
        sheets.move_note(**on(cast, licence, cast.bo), to=hers, block="desired_value", after="first")
        restore_moment(sheet=cast.seen(cast.ana, sketch), moment=then, seen=seen)
        licence.refresh_from_db()
        assert (licence.block, licence.weight) == ("desired_value", 2)

    def test_one_on_a_sheet_that_was_taken_away_stays_there(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        away = cast.seen(cast.ana, cast.sheet(cast.with_breville, cast.nespresso))
        sheets.move_note(**on(cast, note), to=away, block="value_offer")
        workshops.remove_partnership(viewer=cast.viewer(cast.ana), partnership=cast.with_breville)
        client, page = cast.client(cast.ana), address(model, f"{then}/restoration/")
        said = client.post(page, {"seen": head(cast)}, follow=True).content.decode()
        assert "“Brand” stands on another sheet now" in said

    def test_one_in_the_trash_of_a_full_sheet_comes_home(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        sketch = cast.sheet(cast.with_delonghi, cast.nespresso)
        sheets.move_note(**on(cast, note), to=cast.seen(cast.ana, sketch), block="intent")
        sheets.delete_note(**on(cast, note))
        crowd(cast, sketch, NOTES_PER_CANVAS, comments=0, thumbs=0, tags=0)
        restore_moment(sheet=cast.seen(cast.ana, model), moment=then, seen=head(cast))
        assert "Brand" in texts(model)


class TestWhatIsSaid:
    def test_beforehand_names_who_is_moved(self, cast: Cast, model: Canvas) -> None:
        _one, two = [cast.note(text, block="channels") for text in ("one", "two")]
        then = head(cast)
        sheets.move_note(**on(cast, two), to=cast.seen(cast.ana, model), block="channels", after="first")
        sheets.delete_note(**on(cast, cast.note("zero", block="channels", after="first")))
        page = cast.client(cast.ana).get(address(model, f"{then}/restoration/")).content.decode()
        done = restore_moment(sheet=cast.seen(cast.ana, model), moment=then, seen=head(cast))
        assert re.findall(r'<li dir="auto">(\w+)</li>', page) == ["two"]
        assert done.notes == {two.pk}

    def test_beforehand_leaves_out_what_a_hidden_colleague_did(self, cast: Cast, model: Canvas) -> None:
        """Hal does not know of Gus, so what Gus did last is as if it came after Hal had looked, and stays."""
        hal = cast.join("Hal", cast.nespresso, partnership=cast.with_delonghi)
        gus = cast.join("Gus", cast.nespresso, partnership=cast.with_breville)
        for member, partnership in ((hal, cast.with_delonghi), (gus, cast.with_breville)):
            workshops.change_member(
                viewer=cast.viewer(cast.ana),
                member=member,
                scope=Membership.Scope.PARTNERSHIPS,
                partnerships=[partnership],
            )
        cast.note("Shops", block="channels")
        then = head(cast)
        cast.note("Kiosks", by=gus, block="channels")
        client, address_of_it = cast.client(hal), address(model, f"{then}/restoration/")
        page = client.get(address_of_it).content.decode()
        assert "goes to the trash" not in page
        seen = re.findall(r'name="seen" value="(\d+)"', page)
        client.post(address_of_it, {"seen": seen or then})
        assert texts(model) == ["Shops", "Kiosks"]

    def test_afterwards_promises_no_undo_of_nothing(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        sheets.edit_note(**on(cast, note), text="Boutiques")
        page, seen = address(model, f"{then}/restoration/"), {"seen": head(cast)}
        assert (
            "Undo on the sheet takes that back." in cast.client(cast.bo).post(page, seen, follow=True).content.decode()
        )
        said = cast.client(cast.ana).post(page, seen, follow=True).content.decode()
        assert "Nothing had to be brought back." in said
        assert "Undo on the sheet takes that back." not in said
        assert Event.objects.filter(kind="moment_restored").count() == 1

    def test_afterwards_says_that_something_stays(self, cast: Cast, model: Canvas, note: Note) -> None:
        then = head(cast)
        sheets.edit_note(**on(cast, note), text="The Brand")
        shops = cast.note("Shops", block="channels")
        seen = head(cast)
        sheets.edit_note(**on(cast, shops, cast.bo), text="Shops and stands")
        page = address(model, f"{then}/restoration/")
        said = cast.client(cast.ana).post(page, {"seen": seen}, follow=True).content.decode()
        assert "The sheet is as it was, but for what others did since. Undo on the sheet takes that back." in said
        assert "“Shops and stands” has just been changed, so it stays." in said
