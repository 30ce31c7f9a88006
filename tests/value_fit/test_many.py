"""Comparisons of many partnerships at once are what each of them is read alone, in four queries."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from partners.value_fit import operations
from partners.value_fit.many import comparisons
from partners.value_fit.queries import comparison
from partners.workspaces.access import audience_of
from partners.workspaces.operations import seal
from partners.workspaces.queries import partnerships_seen
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(table: Table) -> Table:
    """Two partnerships, in one of which both have rated, declared and agreed."""
    table.agree(table.licence, table.system)
    table.rate(table.cast.bo, table.brand, table.pull, 2)
    table.rate(table.cast.carla, table.marketing, table.shelf, 1)
    operations.declare_unmatched(seen=table.seen(table.cast.bo), note_id=table.design.pk)
    sentence = operations.add_sentence(seen=table.seen(table.cast.bo), kind="transfer", text="A licence")
    for who in (table.cast.bo, table.cast.carla):
        assert who.organisation_id
        operations.consent(seen=table.seen(who), sentence=sentence, organisation_id=who.organisation_id)
    sheet = table.cast.sheet(table.cast.with_breville, table.cast.breville)
    table.cast.note("Premium pods", by=table.cast.dan, canvas=sheet, block="desired_value")
    return table


def test_each_is_what_it_is_alone(said: Table, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    partnerships = list(partnerships_seen(audience_of(said.cast.ana)))
    with django_assert_num_queries(4):
        many = comparisons(partnerships)
    assert many == {each.pk: comparison(each) for each in partnerships}
    assert [len(many[said.cast.with_delonghi.pk].pairs), len(many[said.cast.with_breville.pk].pairs)] == [3, 0]


def test_one_that_is_sealed_has_none(table: Table, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    seal(table.cast.viewer(table.cast.ana), table.cast.with_delonghi)
    sealed = table.seen(table.cast.ana).partnership
    with django_assert_num_queries(0):
        assert comparisons([sealed]) == {}
