"""Comparisons of many partnerships at once: what `queries.comparison` reads of one, in four queries for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from partners.canvases.models import Note
from partners.value_fit.compared import NOTE_FIELDS, PAIR_FIELDS, RATING_FIELDS, ComparedNote
from partners.value_fit.models import Declaration, JointSentence, Pair
from partners.value_fit.queries import COMPARED_BLOCKS, Comparison, by_yes, compared, placed, standing_pairs, with_yeses
from partners.workspaces.models import Partnership

_NOT_RATED = (None,) * len(RATING_FIELDS)


def comparisons(partnerships: Collection[Partnership]) -> dict[UUID, Comparison]:
    """Return the comparisons of some partnerships (with both companies loaded), by partnership: 4 queries, or none.

    One that is sealed has none.
    """
    here = {each.pk: each for each in partnerships if each.sealed_at is None}
    if not here:
        return {}
    notes, pairs, declared, sentences = _notes(here), _pairs(here), _declarations(here), _sentences(here)
    found = {}
    for pk, partnership in here.items():
        by_side = placed(partnership, notes[pk])
        standing = list(standing_pairs(partnership, by_side, _flat(partnership, pairs[pk])))
        found[pk] = compared(partnership, by_side, standing, declared[pk], with_yeses(sentences[pk]))
    return found


def _notes(ids: Collection[UUID]) -> dict[UUID, list[ComparedNote]]:
    found: dict[UUID, list[ComparedNote]] = defaultdict(list)
    wanted = Note.objects.filter(canvas__partnership__in=list(ids), deleted_at=None, block__in=COMPARED_BLOCKS)
    for pk, *fields in wanted.order_by("rank", "pk").values_list("canvas__partnership_id", *NOTE_FIELDS):
        found[pk].append(ComparedNote._make(fields))
    return found


def _pairs(ids: Collection[UUID]) -> dict[UUID, list[tuple[Any, ...]]]:
    """Rows of a pair with one of its ratings, by partnership: two for a pair that both have rated."""
    found: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    rated = ("ratings__organisation_id", *(f"ratings__{field}" for field in RATING_FIELDS))
    there = Pair.objects.filter(partnership__in=list(ids), removed_at=None).order_by("created_at", "pk")
    for pk, *fields in there.values_list("partnership_id", *PAIR_FIELDS, *rated):
        found[pk].append(tuple(fields))
    return found


def _flat(partnership: Partnership, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """One row for each pair, with what the first and then the second company says of it."""
    said: dict[tuple[Any, ...], dict[UUID | None, tuple[Any, ...]]] = {}
    for row in rows:
        pair, (company, *rating) = row[: len(PAIR_FIELDS)], row[len(PAIR_FIELDS) :]
        said.setdefault(pair, {})[company] = tuple(rating)
    sides = (partnership.first_id, partnership.second_id)
    return [(*pair, *(value for pk in sides for value in by.get(pk, _NOT_RATED))) for pair, by in said.items()]


def _declarations(ids: Collection[UUID]) -> dict[UUID, list[Declaration]]:
    found: dict[UUID, list[Declaration]] = defaultdict(list)
    for row in Declaration.objects.filter(partnership__in=list(ids)).order_by("created_at", "pk"):
        found[row.partnership_id].append(row)
    return found


def _sentences(ids: Collection[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in by_yes(JointSentence.objects.filter(partnership__in=list(ids))):
        found[row.partnership_id].append(row)
    return found
