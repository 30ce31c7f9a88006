"""Joint ideas of a whole workshop: what each is alone, for who sees its partnership, in a fixed number of queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.hypotheses.across import ideas_across, open_to
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import State
from partners.value_fit import operations as comparing
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import Ideas, idea_with

pytestmark = pytest.mark.django_db


def across(ideas: Ideas, who: Membership | None = None) -> list[IdeaRead]:
    """The ideas of the workshop as somebody sees them."""
    viewer = ideas.cast.viewer(who or ideas.cast.ana)
    return ideas_across(open_to(viewer.audience, viewer.workspace), today=timezone.localdate())


def test_each_is_what_it_is_alone(ideas: Ideas) -> None:
    ideas.validated()
    ideas.started(ideas.add())
    ideas.add(flagged=False)
    alone = [(each.row.pk, each.state, each.level, each.candidate, each.claims) for each in ideas.all()]
    assert alone == [(each.row.pk, each.state, each.level, each.candidate, each.claims) for each in across(ideas)]


def test_a_comparison_that_mostly_pays_one_side_shows_here_too(ideas: Ideas) -> None:
    ideas.validated()
    seen = ideas.table.seen(ideas.cast.bo)
    for need in (ideas.table.shelf, ideas.table.design, ideas.table.system, ideas.table.pull):
        comparing.declare_unmatched(seen=seen, note_id=need.pk)
    assert [each.state for each in across(ideas)] == [State.VALIDATED]
    comparing.add_sentence(
        seen=seen, kind="created", text="Pods", beneficiary="organisation", organisation_id=ideas.cast.nespresso.pk
    )
    assert [each.state for each in across(ideas)] == [each.state for each in ideas.all()]
    assert [each.state for each in across(ideas)] == [State.SUPPORTED_START_ONLY]


def test_only_those_of_partnerships_that_somebody_sees(ideas: Ideas) -> None:
    here = ideas.add()
    there = idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana)
    assert {each.row.pk for each in across(ideas)} == {here.pk, there.pk}
    assert [each.row.pk for each in across(ideas, ideas.cast.carla)] == [here.pk]
    assert [each.row.pk for each in across(ideas, ideas.cast.dan)] == [there.pk]
    assert [each.row.pk for each in across(ideas, ideas.cast.eli)] == [here.pk]


def test_none_of_what_is_private_or_deleted(ideas: Ideas) -> None:
    ideas.add()
    there = idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana)
    seal(ideas.cast.viewer(ideas.cast.ana), ideas.cast.with_delonghi)
    assert [each.row.pk for each in across(ideas)] == [there.pk]
    SynergyHypothesis.objects.filter(pk=there.pk).update(deleted_at=timezone.now())
    assert across(ideas) == []


def test_cost_the_same_however_many_there_are(ideas: Ideas) -> None:
    counted = []
    for more in (1, 5):
        for _ in range(more):
            ideas.validated()
            ideas.started(idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana), by=ideas.cast.ana)
        viewer = ideas.cast.viewer(ideas.cast.ana)
        with CaptureQueriesContext(connection) as asked:
            ideas_across(open_to(viewer.audience, viewer.workspace), today=timezone.localdate())
        counted.append(len(asked))
    assert counted == [9, 9]
