"""Putting offers to needs and rating them: rights, what is refused, and what stays."""

from __future__ import annotations

import pytest

from partners.base.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from partners.canvases import operations as sheets
from partners.value_fit import operations
from partners.value_fit.access import comparison_in
from partners.value_fit.compared import match_of
from partners.value_fit.models import Declaration, Pair, Rating
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


def test_the_needing_side_docks_and_rates_in_one_go(table: Table) -> None:
    pair = table.rate(table.cast.carla, table.licence, table.system, 3)
    (read,) = table.read().pairs
    assert read.id == pair.pk
    assert read.needing is not None
    assert read.needing.strength == 3
    assert read.bringing is None
    assert match_of(read).agreed is None


def test_the_lower_of_both_ratings_counts(table: Table) -> None:
    table.rate(table.cast.carla, table.licence, table.system, 3)
    table.rate(table.cast.bo, table.licence, table.system, 2)
    (read,) = table.read().pairs
    assert match_of(read).agreed == 2


def test_docking_twice_is_one_pair(table: Table) -> None:
    first = table.rate(table.cast.carla, table.licence, table.system, 3)
    again = operations.make_pair(seen=table.seen(table.cast.bo), offer_id=table.licence.pk, need_id=table.system.pk)
    assert again.pk == first.pk
    assert Pair.objects.count() == 1


@pytest.mark.parametrize(
    ("offer", "need", "error"),
    [
        ("licence", "brand", Invalid),
        ("shelf", "system", Invalid),
        ("licence", "shelf", Invalid),
        ("system", "licence", Invalid),
    ],
)
def test_only_an_offer_and_a_need_across_make_a_pair(
    table: Table, offer: str, need: str, error: type[DomainError]
) -> None:
    with pytest.raises(error):
        table.rate(table.cast.bo, getattr(table, offer), getattr(table, need), 2)
    assert not Pair.objects.exists()


def test_a_note_of_another_partnership_is_not_there(table: Table) -> None:
    cast = table.cast
    foreign = cast.note(
        "Milk machines", by=cast.dan, canvas=cast.sheet(cast.with_breville, cast.breville), block="value_offer"
    )
    with pytest.raises(NotFound):
        table.rate(cast.bo, foreign, table.shelf, 2)


def test_a_deleted_note_cannot_be_paired_and_says_so(table: Table) -> None:
    sheets.delete_note(sheet=table.cast.seen(table.cast.ana, table.licence.canvas), note=table.licence)
    with pytest.raises(Conflict, match="deleted"):
        table.rate(table.cast.carla, table.licence, table.system, 2)


def test_nobody_rates_for_the_other_company(table: Table) -> None:
    with pytest.raises(Forbidden, match="Each company rates for itself"):
        table.rate(table.cast.bo, table.licence, table.system, 2, of=table.cast.delonghi)


def test_who_watches_neither_docks_nor_rates(table: Table) -> None:
    with pytest.raises(Forbidden):
        table.rate(table.cast.eli, table.licence, table.system, 2, of=table.cast.nespresso)
    with pytest.raises(Forbidden):
        operations.make_pair(seen=table.seen(table.cast.eli), offer_id=table.licence.pk, need_id=table.system.pk)


def test_a_rival_does_not_find_the_comparison(table: Table) -> None:
    with pytest.raises(NotFound):
        comparison_in(table.cast.viewer(table.cast.dan), table.cast.with_delonghi.pk)


def test_a_facilitator_takes_down_what_a_present_side_says(table: Table) -> None:
    pair = table.rate(table.cast.ana, table.licence, table.system, 2, of=table.cast.delonghi)
    rating = Rating.objects.get(pair=pair)
    assert rating.taken_down
    assert not rating.stands_in
    table.rate(table.cast.carla, table.licence, table.system, 2)
    rating.refresh_from_db()
    assert not rating.taken_down


def test_a_rating_for_an_absent_company_is_a_guess_until_it_confirms(table: Table) -> None:
    cast = table.cast
    pair = table.agree(table.licence, table.system)
    Rating.objects.filter(pair=pair, organisation=cast.delonghi).update(stands_in=True)
    (read,) = table.read().pairs
    assert (match_of(read).agreed, match_of(read).hoped) == (None, 3)
    with pytest.raises(Forbidden):
        operations.confirm_rating(seen=table.seen(cast.bo), pair=pair, organisation_id=cast.delonghi.pk)
    operations.confirm_rating(seen=table.seen(cast.carla), pair=pair, organisation_id=cast.delonghi.pk)
    (read,) = table.read().pairs
    assert match_of(read).agreed == 3


def test_rewording_a_rated_note_keeps_the_rating(table: Table) -> None:
    pair = table.agree(table.licence, table.system)
    sheets.edit_note(
        sheet=table.cast.seen(table.cast.ana, table.licence.canvas), note=table.licence, text="A licence, at cost"
    )
    (read,) = table.read().pairs
    assert read.id == pair.pk
    assert match_of(read).agreed == 3
    assert read.needing is not None
    assert read.needing.offer_version == 1


def test_a_deleted_note_takes_its_pair_along_and_brings_it_back(table: Table) -> None:
    table.agree(table.licence, table.system)
    sheet = table.cast.seen(table.cast.ana, table.licence.canvas)
    sheets.delete_note(sheet=sheet, note=table.licence)
    assert table.read().pairs == []
    sheets.restore_note(sheet=sheet, note=table.licence)
    (read,) = table.read().pairs
    assert match_of(read).agreed == 3


def test_a_pair_taken_apart_keeps_its_ratings(table: Table) -> None:
    pair = table.agree(table.licence, table.system, 2)
    seen = table.seen(table.cast.bo)
    operations.remove_pair(seen=seen, pair=pair)
    assert table.read().pairs == []
    operations.make_pair(seen=seen, offer_id=table.licence.pk, need_id=table.system.pk)
    (read,) = table.read().pairs
    assert match_of(read).agreed == 2


def test_docking_answers_what_was_said_to_have_no_match(table: Table) -> None:
    operations.declare_unmatched(seen=table.seen(table.cast.carla), note_id=table.system.pk)
    assert table.read().unmatched == {table.system.pk}
    table.rate(table.cast.bo, table.licence, table.system, 1)
    assert not Declaration.objects.exists()
