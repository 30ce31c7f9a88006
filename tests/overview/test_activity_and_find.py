"""What happened and what can be found, as far as somebody may know of it."""

import pytest

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.workspaces import operations
from tests.factories import Cast


def activity(cast: Cast, who: str, page: int = 1) -> str:
    answer = cast.client(cast.members[who]).get(f"/w/{cast.workspace.pk}/activity/?page={page}")
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def find(cast: Cast, who: str, words: str) -> str:
    answer = cast.client(cast.members[who]).get(f"/w/{cast.workspace.pk}/find/", {"q": words})
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def note_on_the_sheet_with_breville(cast: Cast, text: str = "Milk frother patents") -> Note:
    return cast.note(text, canvas=cast.sheet(cast.with_breville, cast.nespresso), block="desired_value")


class TestActivity:
    def test_tells_what_happened_in_sentences(self, cast: Cast) -> None:
        note = cast.note("Club feeling", block="value_propositions")
        cast_sheet = cast.seen(cast.ana, cast.model(cast.nespresso))
        sheets.move_note(sheet=cast_sheet, note=note, to=cast_sheet, block="channels", after=None)
        told = activity(cast, "bo")
        assert "Ana Vries added “Club feeling” to Value Propositions" in told
        assert "Ana Vries moved “Club feeling” to Channels" in told

    def test_leaves_out_what_merely_follows(self, cast: Cast) -> None:
        assert "laid out a new sheet" not in activity(cast, "ana")

    def test_tells_a_guest_nothing_of_the_rival(self, cast: Cast) -> None:
        note_on_the_sheet_with_breville(cast)
        cast.note("Breakfast range", by=cast.dan, canvas=cast.model(cast.breville), block="value_propositions")
        told = activity(cast, "carla")
        for hidden in ("Breville", "Dan Webb", "Milk frother patents", "Breakfast range"):
            assert hidden not in told
            assert hidden in activity(cast, "ana")

    def test_follows_a_note_to_where_it_stands_now(self, cast: Cast) -> None:
        note = cast.note("Retail margin", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="desired_value")
        assert "Retail margin" in activity(cast, "carla")
        here = cast.seen(cast.ana, cast.sheet(cast.with_delonghi, cast.nespresso))
        there = cast.seen(cast.ana, cast.sheet(cast.with_breville, cast.nespresso))
        sheets.move_note(sheet=here, note=note, to=there, block="desired_value", after=None)
        assert "Retail margin" not in activity(cast, "carla")

    def test_does_not_tell_who_came_on_the_other_side(self, cast: Cast) -> None:
        cast.join("Olga Quist", cast.breville)
        assert "Olga Quist" not in activity(cast, "carla")
        assert "Olga Quist joined" in activity(cast, "dan")

    def test_forgets_people(self, cast: Cast) -> None:
        cast.note("Repair network", by=cast.carla, canvas=cast.model(cast.delonghi), block="channels")
        operations.forget_member(cast.carla)
        told = activity(cast, "ana")
        assert "former member added “Repair network”" in told
        assert "Carla" not in told

    def test_tells_of_codes_to_facilitators_and_never_of_the_wall(self, cast: Cast) -> None:
        operations.follow_in_room(viewer=cast.viewer(cast.ana), page=f"{cast.with_delonghi.pk}/models/start")
        assert activity(cast, "ana").count("changed how the workshop is shared") == 1
        assert "changed how the workshop is shared" not in activity(cast, "bo")

    def test_turns_pages(self, cast: Cast) -> None:
        for number in range(60):
            cast.note(f"Idea {number:02}")
        assert "Idea 59" in activity(cast, "ana")
        assert "Idea 00" not in activity(cast, "ana")
        assert "Idea 00" in activity(cast, "ana", page=2)

    @pytest.mark.parametrize("page", ["0", "-1", "999", "x", ""])
    def test_knows_no_wrong_page(self, cast: Cast, page: str) -> None:
        answer = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/activity/?page={page}")
        assert answer.status_code == 200


class TestFind:
    def test_leads_to_the_note(self, cast: Cast) -> None:
        note = cast.note("Club feeling")
        assert f'href="/p/{cast.with_delonghi.pk}/models/start/#note-{note.pk}"' in find(cast, "bo", "club")

    def test_leads_a_guest_to_their_own_page_of_a_shared_model(self, cast: Cast) -> None:
        note = cast.note("Club feeling")
        assert f"/p/{cast.with_breville.pk}/models/start/#note-{note.pk}" in find(cast, "dan", "club")

    def test_leads_to_the_right_sketch(self, cast: Cast) -> None:
        note = note_on_the_sheet_with_breville(cast)
        assert f"/p/{cast.with_breville.pk}/sketch/start/#note-{note.pk}" in find(cast, "ana", "frother")

    @pytest.mark.parametrize("words", ["CLUB", "feeling club", "ÉTÉ", "#churn"])
    def test_minds_neither_case_nor_order(self, cast: Cast, words: str) -> None:
        note = cast.note("Club feeling, été")
        sheets.change_look(sheet=cast.seen(cast.ana, note.canvas), note=note, tags=["churn"])
        assert "Club feeling" in find(cast, "ana", words.removeprefix("#"))

    def test_finds_what_was_said(self, cast: Cast) -> None:
        note = cast.note("Club feeling")
        sheets.add_comment(sheet=cast.seen(cast.bo, note.canvas), note=note, text="Do members renew?")
        assert f"#note-{note.pk}" in find(cast, "ana", "renew")

    def test_hides_what_hidden_people_said(self, cast: Cast) -> None:
        note = cast.note("Club feeling")
        sheets.add_comment(sheet=cast.seen(cast.dan, note.canvas), note=note, text="Do members renew?")
        assert "renew?" not in find(cast, "carla", "renew")

    def test_finds_companies(self, cast: Cast) -> None:
        html = find(cast, "ana", "brev")
        assert f"#company-{cast.breville.pk}" in html
        assert "Breville ·" not in html  # its name stands there once

    @pytest.mark.parametrize("words", ["Breville", "frother", "Breakfast", "Dan"])
    def test_finds_a_guest_nothing_of_the_rival(self, cast: Cast, words: str) -> None:
        note_on_the_sheet_with_breville(cast)
        cast.note("Breakfast range", by=cast.dan, canvas=cast.model(cast.breville), block="value_propositions")
        found = find(cast, "carla", words)
        assert "Nothing here holds these words" in found

    def test_finds_nothing_in_the_trash(self, cast: Cast) -> None:
        note = cast.note("Club feeling")
        sheets.delete_note(sheet=cast.seen(cast.ana, note.canvas), note=note)
        assert "Nothing here holds these words" in find(cast, "ana", "feeling")

    @pytest.mark.parametrize(
        "words", ["", "   ", "\x00", "%", "_", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 5000, "🫘"]
    )
    def test_takes_any_words(self, cast: Cast, words: str) -> None:
        assert "<script>" not in find(cast, "ana", words)

    @pytest.mark.parametrize("place", ["models/", "sketch/end/"])
    def test_leads_back_to_the_sheet_that_one_comes_from(self, cast: Cast, place: str) -> None:
        sheet = f"/p/{cast.with_delonghi.pk}/{place}"
        assert f'href="{sheet}">Back to the sheet' in found_from(cast, f"http://testserver{sheet}")

    @pytest.mark.parametrize(("who", "host"), [("bo", "http://elsewhere.example"), ("dan", "http://testserver")])
    def test_leads_nowhere_that_is_not_mine_to_see(self, cast: Cast, who: str, host: str) -> None:
        before = f"{host}/p/{cast.with_delonghi.pk}/models/"
        assert "Back to the sheet" not in found_from(cast, before, who)


def found_from(cast: Cast, before: str, who: str = "bo") -> str:
    """Return the page of what somebody finds, coming from an address."""
    client = cast.client(cast.members[who])
    return client.get(f"/w/{cast.workspace.pk}/find/?q=x", headers={"referer": before}).content.decode()
