"""Rewording a joint sentence: what it does to the yeses, what two people do at once, and what changed since a yes."""

from __future__ import annotations

import html
import json
import re
from uuid import uuid4

import pytest

from partners.value_fit import operations
from partners.value_fit.models import Consent, JointSentence
from tests.value_fit.conftest import Table
from tests.value_fit.sentences import WORDS, begun, post, say_yes, words

pytestmark = pytest.mark.django_db


class TestRewording:
    def test_clears_both_yeses_and_says_so(self, table: Table) -> None:
        sentence = begun(table)
        say_yes(table, sentence, table.cast.bo, table.cast.carla)
        answer = post(
            table.cast.carla,
            table,
            f"/sentences/{sentence.pk}/",
            text="Licence, specifications, visits",
            base_version=1,
        )
        assert "waiting for Nespresso" in words(answer)
        assert "waiting for De'Longhi" in words(answer)
        assert "What changed" in words(answer)
        assert not Consent.objects.exists()

    def test_the_same_words_clear_nothing(self, table: Table) -> None:
        sentence = begun(table)
        say_yes(table, sentence, table.cast.bo, table.cast.carla)
        post(table.cast.carla, table, f"/sentences/{sentence.pk}/", text=WORDS, base_version=1)
        assert Consent.objects.count() == 2

    def test_in_two_places_at_once_is_merged(self, table: Table) -> None:
        sentence = begun(table, text="licence and specifications, yearly")
        post(
            table.cast.bo,
            table,
            f"/sentences/{sentence.pk}/",
            text="open licence and specifications, yearly",
            base_version=1,
        )
        answer = post(
            table.cast.carla,
            table,
            f"/sentences/{sentence.pk}/",
            text="licence and specifications, monthly",
            base_version=1,
        )
        sentence.refresh_from_db()
        assert sentence.text == "open licence and specifications, monthly"
        assert f'data-told-of="sentence-{sentence.pk}"' in answer.content.decode()
        for told in ("Merged with Bo Keller’s change", "What was here", "What you typed", "Undo"):
            assert told in words(answer)

    def test_by_myself_alone_tells_nothing(self, table: Table) -> None:
        sentence = begun(table)
        answer = post(table.cast.carla, table, f"/sentences/{sentence.pk}/", text="Other words", base_version=1)
        assert "told" not in answer.content.decode()

    def test_on_an_earlier_one_of_mine_knows_it_by_its_key(self, table: Table) -> None:
        """`base_key` names my change that was not answered yet when I typed on; it outranks `base_version`."""
        assert self.reworded_twice(table, begun(table), "Licence and drawings", "Licence and plans") == (
            "Licence and plans"
        )

    def test_on_one_that_was_merged_takes_nothing_out_that_its_author_never_saw(self, table: Table) -> None:
        sentence = begun(table, text="licence and visits")
        post(table.cast.bo, table, f"/sentences/{sentence.pk}/", text="open licence and visits", base_version=1)
        mine = ("licence and visits, yearly", "licence and visits, yearly or more")
        assert self.reworded_twice(table, sentence, *mine) == "open licence and visits, yearly or more"

    def reworded_twice(self, table: Table, sentence: JointSentence, *texts: str) -> str:
        """What the sentence says when Carla has sent the second words before the first were answered."""
        client, key = table.cast.client(table.cast.carla), str(uuid4())
        for text, headers, base in zip(texts, ({"Idempotency-Key": key}, {}), ({}, {"base_key": key}), strict=True):
            sends = {"text": text, "base_version": 1, **base}
            answer = client.post(f"/sentences/{sentence.pk}/", sends, headers={"HX-Request": "true", **headers})
            assert answer.status_code == 200
        sentence.refresh_from_db()
        return sentence.text

    def test_of_the_same_words_offers_both_versions(self, table: Table) -> None:
        sentence = begun(table)
        post(table.cast.bo, table, f"/sentences/{sentence.pk}/", text="Licence and drawings", base_version=1)
        answer = post(table.cast.carla, table, f"/sentences/{sentence.pk}/", text="Licence and visits", base_version=1)
        assert answer.status_code == 409
        for each in ("Licence and drawings", "Licence and visits", "Keep mine", "Keep both as two sentences"):
            assert each in words(answer)

    @pytest.mark.parametrize("is_dropped", [False, True])
    def test_kept_as_two_gives_the_second_what_the_first_carries(self, table: Table, is_dropped: bool) -> None:
        seen, cast = table.seen(table.cast.bo), table.cast
        pair = table.agree(table.licence, table.system)
        carried = operations.add_sentence(seen=seen, kind="transfer", text="Licence", carries=[pair.pk])
        gained = operations.add_sentence(
            seen=seen,
            kind="created",
            text="Margin",
            beneficiary="organisation",
            organisation_id=cast.delonghi.pk,
            target_block="channels",
        )
        for kind, first in (("transfer", carried), ("created", gained)):
            operations.edit_sentence(seen=seen, sentence=first, text="Other words")
            if is_dropped:
                operations.remove_sentence(seen=seen, sentence=first)
            answer = post(cast.carla, table, f"/sentences/{first.pk}/", text="My words", base_version=1)
            assert answer.status_code == 409
            (button,) = [each for each in re.findall(r"<button[^>]*>", answer.content.decode()) if "keep-both" in each]
            (said,) = re.findall(r"hx-vals='([^']*)'", button)
            address = f"/p/{cast.with_delonghi.pk}/sentences/"
            post(cast.carla, table, address, **json.loads(html.unescape(said)))
            second = JointSentence.objects.get(kind=kind, text="My words")
            for name in ("carries", "beneficiary", "organisation_id", "target_block"):
                assert getattr(second, name) == getattr(first, name)

    def test_like_one_of_other_companies_gets_nothing_of_it(self, table: Table) -> None:
        elsewhere = JointSentence.objects.create(
            partnership=table.cast.with_breville, kind="created", text="Theirs", target_block="channels"
        )
        address = f"/p/{table.cast.with_delonghi.pk}/sentences/"
        post(table.cast.carla, table, address, kind="created", text="Ours", like=elsewhere.pk)
        assert not JointSentence.objects.get(text="Ours").target_block

    def test_of_a_dropped_one_keeps_the_words(self, table: Table) -> None:
        sentence = begun(table)
        operations.remove_sentence(seen=table.seen(table.cast.bo), sentence=sentence)
        answer = post(table.cast.carla, table, f"/sentences/{sentence.pk}/", text="My own", base_version=1)
        assert answer.status_code == 409
        assert "Keep mine as a new sentence" in words(answer)

    def test_to_nothing_is_refused_in_the_form(self, table: Table) -> None:
        sentence = begun(table)
        answer = post(table.cast.carla, table, f"/sentences/{sentence.pk}/", text=" ", base_version=1)
        assert answer.status_code == 422
        assert "data-editing" in answer.content.decode()

    def test_is_not_for_who_watches(self, table: Table) -> None:
        sentence = begun(table)
        client = table.cast.client(table.cast.eli)
        for what in ("edit/", "menu/"):
            assert client.get(f"/sentences/{sentence.pk}/{what}").status_code == 403
        assert post(table.cast.eli, table, f"/sentences/{sentence.pk}/", text="Mine").status_code == 403


class TestWhatChanged:
    def test_since_the_readers_company_said_yes(self, table: Table) -> None:
        sentence = begun(table)
        operations.edit_sentence(seen=table.seen(table.cast.carla), sentence=sentence, text="Licence and drawings")
        say_yes(table, sentence, table.cast.bo)
        for text in ("Licence and drawings, yearly", "Open licence and drawings, yearly"):
            operations.edit_sentence(seen=table.seen(table.cast.carla), sentence=sentence, text=text)
        answer = table.cast.client(table.cast.bo).get(f"/sentences/{sentence.pk}/diff/", headers={"HX-Request": "true"})
        assert "What changed since Nespresso said yes" in words(answer)
        assert "taken out: Licence ; put in: Open licence ; and drawings put in: , yearly ;" in words(answer)
        answer = table.cast.client(table.cast.carla).get(f"/sentences/{sentence.pk}/diff/")
        assert "What changed since it was begun" in words(answer)
        assert "taken out: specifications" in words(answer)

    def test_says_when_it_is_nothing(self, table: Table) -> None:
        sentence = begun(table)
        say_yes(table, sentence, table.cast.bo)
        answer = table.cast.client(table.cast.bo).get(f"/sentences/{sentence.pk}/diff/")
        assert "Nothing: the words are the same." in words(answer)

    def test_is_not_found_by_a_rival(self, table: Table) -> None:
        assert table.cast.client(table.cast.dan).get(f"/sentences/{begun(table).pk}/diff/").status_code == 404
