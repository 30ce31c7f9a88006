"""What decides how a row or a tray offer looks, as a short mark: equal marks look alike, so a piece is drawn once."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from uuid import UUID

from partners.value_fit.compared import PairRead
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES


def prints_of_rows(compared: Comparison, needs: Collection[UUID]) -> dict[UUID, Hashable]:
    """Return the marks of the rows of some needs, by need."""
    drawn = _drawn(compared)
    pairs: dict[UUID, list[PairRead]] = {}
    for pair in compared.pairs:
        pairs.setdefault(pair.need_id, []).append(pair)
    names = _names(compared)
    return {
        need.pk: (
            "row",
            need.pk,
            need.drawn,
            names,
            need.pk in compared.unmatched,
            side in compared.looked_through,
            _same(compared, need.pk, drawn),
            tuple(
                (pair.id, pair.updated_at, _said(pair), drawn[pair.offer_id], _same(compared, pair.offer_id, drawn))
                for pair in pairs.get(need.pk, ())
            ),
        )
        for side in SIDES
        for need in compared.needs(side)
        if need.pk in needs
    }


def prints_of_tray(compared: Comparison, offers: Collection[UUID]) -> dict[UUID, Hashable]:
    """Return the marks of those of some offers that no need has taken, by offer."""
    drawn = _drawn(compared)
    docked = {pair.offer_id for pair in compared.pairs}
    names = _names(compared)
    return {
        offer.pk: (
            "tray",
            offer.pk,
            offer.drawn,
            names,
            offer.pk in compared.unmatched or side in compared.looked_through,
            _same(compared, offer.pk, drawn),
        )
        for side in SIDES
        for offer in compared.offers(side)
        if offer.pk in offers and offer.pk not in docked
    }


def _said(pair: PairRead) -> Hashable:
    ratings = (pair.needing, pair.bringing)
    return (pair.interest, *(rating and (rating.updated_at, rating.is_guess, rating.from_round) for rating in ratings))


def _same(compared: Comparison, note_id: UUID, drawn: dict[UUID, int]) -> Hashable:
    """The notes that are the same thing, as far as they change the picture."""
    return tuple((pk, drawn.get(pk)) for pair in compared.same if note_id in pair for pk in pair)


def _drawn(compared: Comparison) -> dict[UUID, int]:
    return {note.pk: note.drawn for side in SIDES for notes in compared.notes[side].values() for note in notes}


def _names(compared: Comparison) -> Hashable:
    return (compared.partnership.first.short_name, compared.partnership.second.short_name)
