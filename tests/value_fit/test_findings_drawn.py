"""What the comparison finds, as the page says it: by kind, counted, each leading to where it stands."""

from __future__ import annotations

import re

import pytest

from partners.value_fit import operations
from partners.value_fit.boards.figures import Place, draw_findings, draw_summaries
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db


def said(table: Table) -> str:
    """The words of the findings on the page."""
    client = table.cast.client(table.cast.bo)
    page = client.get(f"/p/{table.cast.with_delonghi.pk}/compare/").content.decode()
    found = re.search(r'<section class="findings".*?</section>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_stand_by_kind_with_counts(table: Table) -> None:
    assert said(table).startswith("To look at 8 not looked at yet 8 Put an offer to it")


def test_a_pair_is_one_place_with_both_words(table: Table) -> None:
    table.agree(table.licence, table.system, 2)
    table.agree(table.licence, table.pull, 2)
    gap = next(group for group in draw_findings(table.read()) if group.kind == "transfer_gap")
    assert gap.found == (
        (Place(f"row-{table.system.pk}", (table.licence.text, table.system.text)),),
        (Place(f"row-{table.pull.pk}", (table.licence.text, table.pull.text)),),
    )


def test_an_offer_that_two_companies_rate_differently_is_not_called_missing(table: Table) -> None:
    table.rate(table.cast.bo, table.licence, table.system, 0)
    table.rate(table.cast.carla, table.licence, table.system, 3)
    titles = [group.title for group in draw_findings(table.read()) if group.kind in ("gap", "surplus")]
    assert titles == ["not met", "meets no need yet"]
    operations.declare_unmatched(seen=table.seen(table.cast.bo), note_id=table.pull.pk)
    summaries = draw_summaries(table.read())
    assert [part.words for part in summaries["end"]] == ["2 of 2 looked at", "1 not met", "1 nobody offers"]


def test_no_finding_does_not_mean_that_all_is_well(table: Table) -> None:
    for offer, need in ((table.licence, table.system), (table.marketing, table.shelf)):
        table.rate(table.cast.bo, offer, need, 3)
    for offer, need in ((table.brand, table.pull), (table.making, table.design)):
        table.agree(offer, need, 3)
    seen = table.seen(table.cast.bo)
    sentence = operations.add_sentence(seen=seen, kind="transfer", text="Weekly calls")
    for member, company in ((table.cast.bo, table.cast.nespresso), (table.cast.carla, table.cast.delonghi)):
        operations.consent(seen=table.seen(member), sentence=sentence, organisation_id=company.pk, given=True)
    assert said(table).endswith("some needs wait for a rating, or are partly met.")
    for offer, need in ((table.licence, table.system), (table.marketing, table.shelf)):
        table.rate(table.cast.carla, offer, need, 3)
    assert said(table) == "To look at 0 Nothing is open: every need is met and carried."
