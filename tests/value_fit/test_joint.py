"""Joint sentences and rounds: both say yes, an edit asks again, a round remembers."""

from __future__ import annotations

import pytest

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.value_fit import operations
from partners.value_fit.many import comparisons
from partners.value_fit.models import JointSentence, Rating, Round
from partners.value_fit.rules import FindingKind, findings
from partners.value_fit.snapshots import moved_since
from tests.value_fit.conftest import Table
from tests.value_fit.sentences import begun, say_yes

pytestmark = pytest.mark.django_db


def both_say_yes(table: Table, sentence: JointSentence) -> None:
    say_yes(table, sentence, table.cast.bo, table.cast.carla)


def test_two_yeses_agree_it_and_an_edit_asks_again(table: Table) -> None:
    sentence = begun(table)
    both_say_yes(table, sentence)
    compared = table.read()
    assert compared.is_agreed(compared.sentences[0])
    operations.edit_sentence(
        seen=table.seen(table.cast.carla), sentence=sentence, text="Licence, specifications, visits"
    )
    compared = table.read()
    assert compared.sentences[0].consents == frozenset()


def test_yeses_stand_in_the_order_in_which_they_were_said(table: Table) -> None:
    """Not in the order in which a database happens to find them: the first of these was written last."""
    bo, carla = table.cast.bo, table.cast.carla
    licence = begun(table, text="A licence")
    say_yes(table, licence, carla, bo)
    say_yes(table, begun(table, text="Visits"), carla, bo)
    licence.consents.filter(by=bo).update(created_at=licence.created_at)
    alone = table.read()
    many = comparisons([alone.partnership])[alone.partnership.pk]
    for read in (alone, many):
        by = {sentence.row.text: [yes.by_id for yes in sentence.yeses] for sentence in read.sentences}
        assert by == {"A licence": [bo.pk, carla.pk], "Visits": [carla.pk, bo.pk]}


def test_an_agreed_transfer_carries_all_agreed_pairs_or_those_it_lists(table: Table) -> None:
    first, second = table.agree(table.licence, table.system), table.agree(table.marketing, table.shelf, 2)
    gaps = [each for each in findings(table.read().table) if each.kind is FindingKind.TRANSFER_GAP]
    assert {each.pairs for each in gaps} == {(first.pk,), (second.pk,)}
    sentence = begun(table)
    both_say_yes(table, sentence)
    assert not [each for each in findings(table.read().table) if each.kind is FindingKind.TRANSFER_GAP]
    operations.change_sentence(seen=table.seen(table.cast.bo), sentence=sentence, carries=[first.pk])
    gaps = [each for each in findings(table.read().table) if each.kind is FindingKind.TRANSFER_GAP]
    assert [each.pairs for each in gaps] == [(second.pk,)]


def test_nobody_says_yes_for_the_other_company(table: Table) -> None:
    sentence = begun(table)
    for member in (table.cast.bo, table.cast.ana):
        with pytest.raises(Forbidden):
            operations.consent(seen=table.seen(member), sentence=sentence, organisation_id=table.cast.delonghi.pk)


def test_a_yes_to_words_that_changed_is_a_conflict(table: Table) -> None:
    sentence = begun(table)
    operations.edit_sentence(seen=table.seen(table.cast.carla), sentence=sentence, text="Otherwise")
    with pytest.raises(Conflict) as caught:
        operations.consent(
            seen=table.seen(table.cast.bo), sentence=sentence, organisation_id=table.cast.nespresso.pk, version=1
        )
    assert caught.value.details["theirs"] == "Otherwise"


def test_a_sentence_starts_from_a_note_of_either_sheet(table: Table) -> None:
    cast = table.cast
    theirs = cast.note(
        "A repeat buyer with each machine",
        by=cast.carla,
        canvas=cast.sheet(cast.with_delonghi, cast.delonghi),
        block="created_value",
        beneficiary="partner",
    )
    sentence = operations.add_sentence(seen=table.seen(cast.bo), kind="created", source_note_id=theirs.pk)
    assert sentence.text == theirs.text
    assert sentence.organisation_id == cast.nespresso.pk
    with pytest.raises(NotFound):
        operations.add_sentence(seen=table.seen(cast.bo), kind="transfer", source_note_id=theirs.pk)
    with pytest.raises(Invalid):
        operations.change_sentence(
            seen=table.seen(cast.bo), sentence=sentence, beneficiary="organisation", organisation_id=cast.breville.pk
        )


def test_a_round_remembers_and_ratings_go_on(table: Table) -> None:
    table.agree(table.licence, table.system)
    ended = operations.start_round(seen=table.seen(table.cast.ana), name="After round 1", after=1)
    assert ended.snapshot["scores"]["agreed"]["end"] == 0.5
    assert set(Rating.objects.values_list("from_round", flat=True)) == {1}
    table.agree(table.brand, table.pull)
    (moved,) = moved_since(ended.snapshot, table.read())
    assert (moved.need, moved.before, moved.after) == (table.pull.pk, "not_looked_at", "met")
    with pytest.raises(Conflict):
        operations.start_round(seen=table.seen(table.cast.ana), after=1)
    assert Round.objects.count() == 1
