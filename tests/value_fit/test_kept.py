"""Pieces of a comparison that are kept: drawn once, and still nobody is sent what was drawn for somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from partners.value_fit import operations
from partners.value_fit.boards.joint import JointDrawing
from partners.value_fit.boards.reader import Reader, reader_of
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("readers", [("carla", "bo", "carla"), ("bo", "carla", "bo")])
def test_a_hidden_rating_stays_hidden_whoever_opens_the_page_first(table: Table, readers: Sequence[str]) -> None:
    table.rate(table.cast.carla, table.licence, table.system, 0, reason="only with evenings settled")
    for who in readers:
        html = table.cast.client(table.cast.members[who]).get(f"/p/{table.cast.with_delonghi.pk}/compare/").content
        assert (b"only with evenings settled" in html) == (who == "carla")


@pytest.mark.parametrize("first", ["knows", "does not"])
def test_who_said_yes_is_named_only_to_those_for_whom_they_exist(table: Table, first: str) -> None:
    bo = table.cast.bo
    sentence = operations.add_sentence(seen=table.seen(bo), kind="transfer", text="Licence and specifications")
    assert bo.organisation_id
    operations.consent(seen=table.seen(bo), sentence=sentence, organisation_id=bo.organisation_id, version=None)
    compared = table.read()
    knows = reader_of(table.cast.viewer(table.cast.ana))
    does_not = Reader(replace(knows.audience, people=frozenset()), knows.present)
    for reader in (knows, does_not) if first == "knows" else (does_not, knows):
        told = JointDrawing(compared, reader, 1).piece(compared.sentences[0])
        assert "says yes" in told
        assert (bo.name in told) == (reader is knows)


def test_a_kept_piece_is_sent_under_the_number_of_each_reading(table: Table) -> None:
    sentence = operations.add_sentence(seen=table.seen(table.cast.bo), kind="transfer", text='data-drawn="0"')
    compared, reader = table.read(), reader_of(table.cast.viewer(table.cast.ana))
    for number in (7, 8):
        (told,) = JointDrawing(compared, reader, number).pieces([sentence.pk])
        assert f'data-drawn="{number}"' in told
        assert "data-drawn=&#34;0&#34;" in told
