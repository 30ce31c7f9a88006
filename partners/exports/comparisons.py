"""What two companies said when they compared, as one person may know it: the part of a snapshot about partnerships."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, QuerySet

from partners.canvases.models import Canvas
from partners.value_fit.access import PartnershipInView
from partners.value_fit.models import Declaration, JointSentence, Pair, Rating, Round
from partners.value_fit.reads import declarations_seen, pairs_seen, partnerships_open, rounds_seen, sentences_seen
from partners.value_fit.telling import told_declaration, told_pair, told_round, told_sentence
from partners.workspaces.access import Viewer

CHUNK = 200
Row = TypeVar("Row", Pair, Declaration, JointSentence, Round)


def open_to(viewer: Viewer, canvas: Canvas | None = None) -> list[PartnershipInView]:
    """Return the partnerships that a viewer may compare, in order; of one sheet, the one that it belongs to."""
    rows = partnerships_open(viewer.audience).select_related("first", "second").order_by("rank", "pk")
    if canvas is not None:
        rows = rows.filter(canvases=canvas)
    return [PartnershipInView(viewer, partnership) for partnership in rows]


def hides_ratings(tables: list[PartnershipInView]) -> bool:
    """Return whether anything that one side said is kept from this reader, because the other has not rated yet."""
    seen = {table.partnership.pk: table for table in tables}
    if not seen:
        return False
    waiting = _of(tables, pairs_seen(tables[0].viewer.audience)).annotate(said=Count("ratings")).filter(said=1)
    alone = Rating.objects.filter(pair__in=waiting.order_by().values("pk"))
    sides = alone.order_by().values_list("pair__partnership_id", "organisation_id", "stands_in").distinct()
    return any(not seen[partnership].sees_rating_of(company, stands_in=guess) for partnership, company, guess in sides)


def comparisons(tables: list[PartnershipInView]) -> Iterator[dict[str, Any]]:
    """Return each partnership's comparison: a known number of queries, however many there are."""
    if not tables:
        return
    audience = tables[0].viewer.audience
    pairs = groupby(pairs_in_order(tables), key=lambda pair: pair.partnership_id)
    partnership_id, group = next(pairs, (None, iter(())))
    declarations = _by_partnership(_of(tables, declarations_seen(audience)).order_by("created_at", "pk"))
    sentences = _by_partnership(_of(tables, sentences_seen(audience)).order_by("kind", "rank", "pk"))
    rounds = _by_partnership(_of(tables, rounds_seen(audience)).order_by("number"))
    for table in tables:
        pk = table.partnership.pk
        told: list[dict[str, Any]] = []
        if partnership_id == pk:
            told = [told_pair(table, pair) for pair in group]
            partnership_id, group = next(pairs, (None, iter(())))
        yield {
            "partnership": pk,
            "pairs": told,
            "declarations": [told_declaration(audience, row) for row in declarations.get(pk, ())],
            "sentences": [told_sentence(table, row) for row in sentences.get(pk, ())],
            "rounds": [told_round(audience, row) for row in rounds.get(pk, ())],
        }


def pairs_in_order(tables: list[PartnershipInView]) -> Iterator[Pair]:
    """Return the pairs of these partnerships, one partnership after the other, each in the order they were made."""
    rows = _of(tables, pairs_seen(tables[0].viewer.audience))
    ordered = rows.order_by("partnership__rank", "partnership_id", "created_at", "pk")
    return ordered.iterator(chunk_size=CHUNK)


def _of(tables: list[PartnershipInView], rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.filter(partnership__in=[table.partnership for table in tables])


def _by_partnership(rows: QuerySet[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.partnership_id, []).append(row)
    return found
