"""The comparison in the report: needs with the offers put to them, what both say, and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from partners.outcome.boards.report_sheets import Line, line_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.boards.words import STRENGTHS, need_state, percent
from partners.value_fit.compared import ComparedNote, PairRead, RatingRead, match_of
from partners.value_fit.models import Pair
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, Scores, Side, Table, other, state_of
from partners.workspaces.models import Organisation


@dataclass(frozen=True, slots=True)
class Saying:
    """What one side says of a pair; `mark`: that it is a guess, or was noted for the company, and by whom."""

    side: Side
    company: str
    words: str
    reason: str
    mark: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """An offer put to a need: what both say, or for whom it waits."""

    offer: str
    agreed: str
    waits_for: tuple[str, ...]
    sayings: tuple[Saying, ...]
    interest: str


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need with the offers put to it, and how far it is."""

    need: Line
    state: str
    pairs: list[PairLine]


@dataclass(frozen=True, slots=True)
class Direction:
    """What one company brings for the needs of the other."""

    side: Side
    needing: str
    bringing: str
    needs: list[NeedLine]


@dataclass(frozen=True, slots=True)
class Figures:
    """The scores by one way of counting, in words; empty where not known."""

    met: tuple[tuple[Side, str, str], ...]
    fit: str
    balance: str


def noted_for_others(compared: Comparison) -> set[UUID]:
    """Return the people who rated for a company that is not theirs, where the report says so."""
    said = (rating for pair in compared.pairs for rating in (pair.needing, pair.bringing))
    return {rating.by_id for rating in said if rating and rating.by_id and (rating.is_guess or rating.taken_down)}


def direction(
    seen: PartnershipInView, compared: Comparison, table: Table, side: Side, noted_by: Mapping[UUID, str]
) -> Direction:
    """Return the needs of one side, with what the other brings for each; `noted_by`: names for `noted_for_others`."""
    needing, bringing = seen.organisation(side), seen.organisation(other(side))
    offers = {note.pk: note for note in compared.offers(other(side))}
    by_need: dict[UUID, list[PairRead]] = {}
    for pair in compared.pairs:
        by_need.setdefault(pair.need_id, []).append(pair)
    things = {thing.id: thing for thing in table.needs[side]}
    return Direction(
        side=side,
        needing=needing.short_name,
        bringing=bringing.short_name,
        needs=[
            NeedLine(
                need=line_of(need, needing, bringing),
                state=need_state(
                    state_of(
                        things[need.pk],
                        (match_of(pair) for pair in by_need.get(need.pk, [])),
                        looked_through=side in table.looked_through,
                    ),
                    has_offer=need.pk in by_need,
                ),
                pairs=[
                    _pair(pair, offers[pair.offer_id], needing, bringing, side, noted_by=noted_by)
                    for pair in by_need.get(need.pk, [])
                ],
            )
            for need in compared.needs(side)
        ],
    )


def figures(seen: PartnershipInView, found: Scores) -> Figures:
    """Return scores in words."""
    return Figures(
        met=tuple((side, seen.organisation(side).short_name, share(found.coverage[side].value)) for side in SIDES),
        fit=share(found.fit),
        balance=share(found.balance),
    )


def share(value: Fraction | None) -> str:
    """Return a share as whole percent; empty where it is not known."""
    return "" if value is None else _("%(number)s %%") % {"number": percent(value)}


def _pair(
    pair: PairRead,
    offer: ComparedNote,
    needing: Organisation,
    bringing: Organisation,
    side: Side,
    *,
    noted_by: Mapping[UUID, str],
) -> PairLine:
    said = ((side, needing, pair.needing), (other(side), bringing, pair.bringing))
    match = match_of(pair)
    interest = str(Pair.Interest(pair.interest).label) if pair.interest else ""
    if not pair.is_settled:
        waits = tuple(company.short_name for _at, company, rating in said if rating is None)
        return PairLine(offer.text, "", waits, (), interest)
    sayings = tuple(_saying(at, company, rating, noted_by) for at, company, rating in said if rating is not None)
    both = match.hoped if match.hoped is not None else 0
    return PairLine(offer.text, str(STRENGTHS[both]), (), sayings, interest)


def _saying(side: Side, company: Organisation, rating: RatingRead, noted_by: Mapping[UUID, str]) -> Saying:
    word = str(STRENGTHS[rating.strength])
    return Saying(side, company.short_name, word, rating.reason, _mark(rating, noted_by))


def _mark(rating: RatingRead, noted_by: Mapping[UUID, str]) -> str:
    name = noted_by.get(rating.by_id, "") if rating.by_id else ""
    if rating.is_guess:
        return _("our guess, noted by %(name)s") % {"name": name} if name else _("our guess")
    if rating.taken_down:
        return _("noted by %(name)s") % {"name": name} if name else _("noted by a facilitator")
    return ""
