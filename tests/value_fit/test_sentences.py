"""Joint sentences over their addresses: what each answers, who may, and what happens to the yeses."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from partners.history import operations as history
from partners.value_fit import operations
from partners.value_fit.boards.joint import draw_joint_summary
from partners.value_fit.models import Consent, JointSentence
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership
from tests.value_fit.conftest import Table
from tests.value_fit.sentences import WORDS, begun, post, say_yes, words

pytestmark = pytest.mark.django_db


class TestBeginning:
    def test_in_new_words(self, table: Table) -> None:
        made = uuid4()
        path = f"/p/{table.cast.with_delonghi.pk}/sentences/"
        answer = post(table.cast.bo, table, path, id=made, kind="transfer", text=WORDS)
        assert answer.status_code == 200
        assert f'id="sentence-{made}"' in answer.content.decode()
        assert "waiting for Nespresso" in words(answer)
        assert "carries all agreed pairs" in words(answer)
        assert post(table.cast.bo, table, path, id=made, kind="transfer", text=WORDS).status_code == 200
        assert JointSentence.objects.count() == 1

    def test_from_a_note_which_then_says_so(self, table: Table) -> None:
        note = table.cast.note(
            "Joint launches", by=table.cast.carla, canvas=table.system.canvas, block="transfer_activities"
        )
        path = f"/p/{table.cast.with_delonghi.pk}/sentences/"
        page = table.cast.client(table.cast.bo).get(path)
        assert "Use De'Longhi’s words" in words(page)
        answer = post(table.cast.bo, table, path, kind="transfer", source_note=note.pk)
        assert f'id="own-{note.pk}"' in answer.content.decode()
        assert "in a joint sentence" in words(answer)
        sentence = JointSentence.objects.get()
        assert sentence.text == "Joint launches"
        dropped = post(table.cast.bo, table, f"/sentences/{sentence.pk}/removal/", removed="1")
        assert "Use De'Longhi’s words" in words(dropped)

    def test_a_created_value_says_for_whom(self, table: Table) -> None:
        path = f"/p/{table.cast.with_delonghi.pk}/sentences/"
        answer = post(
            table.cast.bo, table, path, kind="created", text="Pod buyers", organisation=table.cast.nespresso.pk
        )
        assert "for Nespresso" in words(answer)
        answer = post(table.cast.bo, table, path, kind="created", text="One place to buy", organisation="")
        assert "for the customer" in words(answer)

    @pytest.mark.parametrize(
        ("who", "values", "status"),
        [
            ("bo", {"kind": "transfer", "text": "  "}, 422),
            ("bo", {"kind": "poem", "text": WORDS}, 422),
            ("bo", {"kind": "transfer", "text": WORDS, "carries": [str(uuid4())]}, 404),
            ("eli", {"kind": "transfer", "text": WORDS}, 403),
            ("dan", {"kind": "transfer", "text": WORDS}, 404),
        ],
    )
    def test_is_refused(self, table: Table, who: str, values: dict[str, Any], status: int) -> None:
        answer = post(table.cast.members[who], table, f"/p/{table.cast.with_delonghi.pk}/sentences/", **values)
        assert answer.status_code == status
        assert not JointSentence.objects.exists()


class TestSayingYes:
    def test_names_who_said_it_and_who_is_awaited(self, table: Table) -> None:
        sentence = begun(table)
        answer = post(
            table.cast.bo,
            table,
            f"/sentences/{sentence.pk}/consent/",
            organisation=table.cast.nespresso.pk,
            given="1",
            version=1,
        )
        assert "Nespresso says yes (Bo Keller)" in words(answer)
        assert "waiting for De'Longhi" in words(answer)

    def test_both_make_it_agreed(self, table: Table) -> None:
        sentence = begun(table)
        say_yes(table, sentence, table.cast.bo, table.cast.carla)
        answer = table.cast.client(table.cast.eli).get(f"/sentences/{sentence.pk}/")
        assert 'class="joint is-agreed"' in answer.content.decode()

    def test_can_be_taken_back(self, table: Table) -> None:
        sentence = begun(table)
        say_yes(table, sentence, table.cast.bo)
        post(table.cast.bo, table, f"/sentences/{sentence.pk}/consent/", organisation=table.cast.nespresso.pk, given="")
        assert not Consent.objects.exists()

    @pytest.mark.parametrize(("who", "status"), [("bo", 403), ("ana", 403), ("eli", 403), ("dan", 404)])
    def test_for_another_company_is_refused(self, table: Table, who: str, status: int) -> None:
        sentence = begun(table)
        answer = post(
            table.cast.members[who],
            table,
            f"/sentences/{sentence.pk}/consent/",
            organisation=table.cast.delonghi.pk,
            given="1",
        )
        assert answer.status_code == status
        assert not Consent.objects.exists()

    def test_a_stand_in_is_told_why_not(self, table: Table) -> None:
        sentence = begun(table)
        workshops.remove_member(viewer=table.cast.viewer(table.cast.ana), member=table.cast.carla)
        page = table.cast.client(table.cast.bo).get(f"/p/{table.cast.with_delonghi.pk}/sentences/")
        assert "nobody from De'Longhi is here, and nobody else can say yes for it" in words(page)
        answer = post(
            table.cast.bo, table, f"/sentences/{sentence.pk}/consent/", organisation=table.cast.delonghi.pk, given="1"
        )
        assert answer.status_code == 403
        assert "who stands in for it never can" in words(answer)

    def test_to_other_words_than_one_read_is_a_conflict(self, table: Table) -> None:
        sentence = begun(table)
        operations.edit_sentence(seen=table.seen(table.cast.carla), sentence=sentence, text="Otherwise")
        answer = post(
            table.cast.bo,
            table,
            f"/sentences/{sentence.pk}/consent/",
            organisation=table.cast.nespresso.pk,
            given="1",
            version=1,
        )
        assert answer.status_code == 409
        assert "Somebody has reworded this since you read it." in words(answer)


class TestMarking:
    def test_which_pairs_it_carries(self, table: Table) -> None:
        first, second = table.agree(table.licence, table.system), table.agree(table.marketing, table.shelf, 2)
        sentence = begun(table)
        path = f"/sentences/{sentence.pk}/fields/"
        assert "carries: Technology licence at cost" in words(
            post(table.cast.bo, table, path, carries=["", str(first.pk)])
        )
        menu = table.cast.client(table.cast.bo).get(f"/sentences/{sentence.pk}/menu/").content.decode()
        assert re.search(rf'value="{first.pk}" checked', menu)
        assert not re.search(rf'value="{second.pk}" checked', menu)
        assert "carries no pair yet" in words(post(table.cast.bo, table, path, carries=[""]))
        assert "carries all agreed pairs" in words(post(table.cast.bo, table, path, carries=["all", str(first.pk)]))

    def test_whom_it_is_for_and_which_block_it_changes(self, table: Table) -> None:
        sentence = begun(table, "created", "Pod buyers")
        path = f"/sentences/{sentence.pk}/fields/"
        assert "for De'Longhi" in words(post(table.cast.bo, table, path, organisation=table.cast.delonghi.pk))
        answer = words(post(table.cast.bo, table, path, target_block="revenue_streams"))
        assert "changes Revenue Streams" in answer
        assert "for De'Longhi" in answer
        assert post(table.cast.bo, table, path, target_block="nowhere").status_code == 422
        assert post(table.cast.bo, table, path, organisation=table.cast.breville.pk).status_code == 422


class TestDropping:
    def test_offers_the_way_back(self, table: Table) -> None:
        sentence = begun(table)
        answer = post(table.cast.carla, table, f"/sentences/{sentence.pk}/removal/", removed="1")
        assert f'<del data-gone="sentence-{sentence.pk}"' in answer.content.decode()
        assert "Dropped: “Licence and specifications” Undo" in words(answer)
        answer = post(table.cast.carla, table, f"/sentences/{sentence.pk}/removal/", removed="")
        assert f'id="sentence-{sentence.pk}"' in answer.content.decode()


class TestUndoing:
    def undo(self, table: Table, who: Membership) -> history.Undone:
        return history.undo(viewer=table.cast.viewer(who))

    def test_each_of_it_and_again(self, table: Table) -> None:
        bo, viewer = table.cast.bo, table.cast.viewer(table.cast.bo)
        sentence = begun(table)
        operations.change_sentence(seen=table.seen(bo), sentence=sentence, carries=[])
        operations.edit_sentence(seen=table.seen(bo), sentence=sentence, text="Otherwise")
        say_yes(table, sentence, bo)
        for _step in range(4):
            history.undo(viewer=viewer)
        sentence.refresh_from_db()
        assert (sentence.text, sentence.carries, bool(sentence.deleted_at)) == (WORDS, None, True)
        for _step in range(4):
            history.redo(viewer=viewer)
        sentence.refresh_from_db()
        assert (sentence.text, sentence.carries, bool(sentence.deleted_at)) == ("Otherwise", [], False)
        assert Consent.objects.count() == 1

    def test_a_yes_stays_away_once_somebody_reworded_it(self, table: Table) -> None:
        sentence = begun(table)
        say_yes(table, sentence, table.cast.bo)
        operations.consent(
            seen=table.seen(table.cast.bo), sentence=sentence, organisation_id=table.cast.nespresso.pk, given=False
        )
        operations.edit_sentence(seen=table.seen(table.cast.carla), sentence=sentence, text="Otherwise")
        with pytest.raises(history.Stuck, match="reworded"):
            self.undo(table, table.cast.bo)
        assert not Consent.objects.exists()

    def test_what_others_went_on_with_stays(self, table: Table) -> None:
        sentence = begun(table)
        say_yes(table, sentence, table.cast.carla)
        with pytest.raises(history.Stuck, match="gone on"):
            self.undo(table, table.cast.bo)
        sentence.refresh_from_db()
        assert sentence.deleted_at is None


class TestAClosedBand:
    def said(self, table: Table, kind: str = "transfer") -> list[tuple[str, str]]:
        return [(part.words, part.tone) for part in draw_joint_summary(table.read(), kind)]

    def test_says_of_each_sentence_how_far_it_is(self, table: Table) -> None:
        assert self.said(table) == [("nothing noted yet", "")]
        agreed, half = (
            begun(table, text="Weekly joint list meeting"),
            begun(table, text="Therapist at the discharge round"),
        )
        say_yes(table, agreed, table.cast.bo, table.cast.carla)
        say_yes(table, half, table.cast.carla)
        begun(table, text="A form")
        assert self.said(table) == [
            ("Weekly joint list meeting: agreed", "ok"),
            ("Therapist at the discharge round: waiting for Nespresso", ""),
            ("A form: waiting for Nespresso, De'Longhi", ""),
        ]
        begun(table, text="One more")
        assert self.said(table) == [("1 of 4 agreed", "")]

    def test_tells_of_notes_that_nothing_joint_was_made_of(self, table: Table) -> None:
        table.cast.note("Milk drinks", by=table.cast.ana, canvas=table.shelf.canvas, block="created_value")
        assert self.said(table, "created") == [("nothing joint yet, but notes on the sheets", "")]


def test_sealed_sheets_have_nothing_joint(table: Table) -> None:
    sentence = begun(table)
    workshops.seal(table.cast.viewer(table.cast.ana), table.cast.with_delonghi)
    client = table.cast.client(table.cast.carla)
    page = client.get(f"/p/{table.cast.with_delonghi.pk}/sentences/").content.decode()
    assert "Private until reveal" in page
    assert sentence.text not in page
    assert client.get(f"/sentences/{sentence.pk}/").status_code == 404
    assert post(table.cast.carla, table, f"/sentences/{sentence.pk}/removal/", removed="1").status_code == 404
