"""Joint ideas, their tests, what was learned and their rhythm, as one person may know them: a part of a snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from partners.hypotheses.across import read_across
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.reads import cards_seen, ideas_seen, iterations_seen, questions_seen, tests_seen
from partners.hypotheses.telling import told_card, told_idea, told_iteration, told_question, told_test
from partners.value_fit.access import PartnershipInView

Told = list[dict[str, Any]]


def hypotheses(tables: list[PartnershipInView]) -> Iterator[dict[str, Any]]:
    """Return each partnership's joint ideas as they stand today: a known number of queries, however many there are.

    `tables` are the partnerships that are open to the reader (`comparisons.open_to`).
    """
    if not tables:
        return
    audience, here = tables[0].viewer.audience, {table.partnership.pk: table for table in tables}
    ideas: dict[UUID, Told] = defaultdict(list)
    tests: dict[UUID, Told] = defaultdict(list)
    cards: dict[UUID, Told] = defaultdict(list)
    iterations: dict[UUID, Told] = defaultdict(list)
    questions: dict[UUID, Told] = defaultdict(list)
    for idea in ideas_in_order(tables):
        pk = idea.row.partnership_id
        ideas[pk].append(told_idea(here[pk], idea))
    for test in tests_seen(audience).filter(hypothesis__partnership__in=list(here)):
        pk = test.hypothesis.partnership_id
        tests[pk].append(told_test(here[pk], test))
    for card in cards_seen(audience).filter(hypothesis__partnership__in=list(here)):
        pk = card.hypothesis.partnership_id
        cards[pk].append(told_card(here[pk], card))
    for iteration in iterations_seen(audience).filter(partnership__in=list(here)):
        pk = iteration.partnership_id
        iterations[pk].append(told_iteration(here[pk], iteration))
    for question in questions_seen(audience).filter(partnership__in=list(here)):
        pk = question.partnership_id
        questions[pk].append(told_question(here[pk], question))
    for pk in here:
        yield {
            "partnership": pk,
            "ideas": ideas[pk],
            "tests": tests[pk],
            "learnings": cards[pk],
            "iterations": iterations[pk],
            "questions": questions[pk],
        }


def ideas_in_order(tables: list[PartnershipInView]) -> list[IdeaRead]:
    """Return the ideas of these partnerships, one partnership after the other, each in the order of writing."""
    if not tables:
        return []
    rows = ideas_seen(tables[0].viewer.audience).filter(partnership__in=[table.partnership for table in tables])
    ordered = rows.order_by("partnership__rank", "partnership_id", "created_at", "pk")
    return read_across(ordered, today=timezone.localdate())
