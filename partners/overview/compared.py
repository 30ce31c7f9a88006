"""How far comparisons and outcomes are, for many partnerships at once, in two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F, UUIDField, Value
from django.db.models.functions import Cast

from partners.outcome.models import Decision, NextStep
from partners.value_fit.models import Consent, Declaration, JointSentence, Rating
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Partnership


@dataclass
class Compared:
    """What has been said in one partnership; all of it is known to both sides.

    `looked_at` are the needs that somebody has looked at, `waits_for` the companies whose rating of a pair is missing,
    once for each pair.
    """

    looked_at: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    looked_through: set[UUID] = field(default_factory=set)
    waits_for: list[UUID] = field(default_factory=list)
    agreed_pairs: int = 0
    has_agreed_transfer: bool = False
    is_decided: bool = False
    due: int = 0


def compared(partnerships: Collection[Partnership], *, today: date) -> dict[UUID, Compared]:
    """Return how far some partnerships are, for each of them; nothing of one that is sealed."""
    open_ones = {each.pk: each for each in partnerships if each.sealed_at is None}
    found: dict[UUID, Compared] = {pk: Compared() for pk in open_ones}
    if not open_ones:
        return found
    for (partnership_id, _pair), rows in groupby(_ratings(open_ones), key=lambda row: row[:2]):
        _add_pair(found[partnership_id], open_ones[partnership_id], list(rows))
    yeses: dict[UUID, set[UUID]] = defaultdict(set)
    for partnership_id, company, thing, what in _said(open_ones, today):
        here = found[partnership_id]
        match what:
            case "unmatched":
                here.looked_at[company].add(thing)
            case "looked_through":
                here.looked_through.add(company)
            case "yes":
                yeses[thing].add(company)
                here.has_agreed_transfer |= len(yeses[thing]) == 2
            case "decided":
                here.is_decided = True
            case _:
                here.due += 1
    return found


def _add_pair(here: Compared, partnership: Partnership, rows: list[Any]) -> None:
    """Count a pair by its ratings, of which there are one or two."""
    needing, need = rows[0][2:4]
    here.looked_at[needing].add(need)
    said = {
        company: (strength, stands_in and confirmed is None) for *_, company, strength, stands_in, confirmed in rows
    }
    here.waits_for += [company for company in (partnership.first_id, partnership.second_id) if company not in said]
    if len(said) == 2 and all(strength >= 1 and not is_guess for strength, is_guess in said.values()):
        here.agreed_pairs += 1


def _ratings(partnership_ids: Collection[UUID]) -> Any:
    """Who has rated which pair that stands, one pair after the other."""
    standing = Rating.objects.filter(
        pair__partnership__in=list(partnership_ids),
        pair__removed_at=None,
        pair__offer__deleted_at=None,
        pair__offer__block=OFFERS,
        pair__need__deleted_at=None,
        pair__need__block=NEEDS,
    ).exclude(pair__offer__canvas=F("pair__need__canvas"))
    return standing.order_by("pair__partnership_id", "pair_id").values_list(
        "pair__partnership_id",
        "pair_id",
        "pair__need__canvas__organisation_id",
        "pair__need_id",
        "organisation_id",
        "strength",
        "stands_in",
        "confirmed_by_id",
    )


def _said(partnership_ids: Collection[UUID], today: date) -> Any:
    """What is declared, agreed, decided and due, as rows of (partnership, company, thing, what)."""
    ids = list(partnership_ids)
    nobody = Cast(Value(None), UUIDField())
    declared = Declaration.objects.filter(partnership__in=ids).order_by()
    unmatched = declared.filter(kind=Declaration.Kind.UNMATCHED, note__deleted_at=None, note__block=NEEDS)
    through = declared.filter(kind=Declaration.Kind.LOOKED_THROUGH)
    consents = Consent.objects.filter(
        sentence__partnership__in=ids, sentence__kind=JointSentence.Kind.TRANSFER, sentence__deleted_at=None
    ).order_by()
    decided = Decision.objects.filter(partnership__in=ids).exclude(verdict="").order_by()
    due = NextStep.objects.filter(partnership__in=ids, deleted_at=None, done_at=None, by_when__lte=today).order_by()
    return unmatched.values_list(
        "partnership_id", "note__canvas__organisation_id", "note_id", Value("unmatched")
    ).union(
        through.values_list("partnership_id", "organisation_id", "pk", Value("looked_through")),
        consents.values_list("sentence__partnership_id", "organisation_id", "sentence_id", Value("yes")),
        decided.values_list("partnership_id", nobody, "pk", Value("decided")),
        due.values_list("partnership_id", nobody, "pk", Value("due")),
        all=True,
    )
