"""The fit grid: every need against every offer, both directions, sorted and filtered.

Each direction is cut into parts of at most `COLUMNS` offers, so that a part fits a page and a laptop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.canvases.kinds import WEIGHT_WORDS
from partners.value_fit.access import PartnershipInView
from partners.value_fit.boards.words import STRENGTHS, need_state
from partners.value_fit.compared import ComparedNote, PairRead, RatingRead
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, Side, State, Table, other, scores, state_of
from partners.value_fit.rules.findings import unconfirmed

COLUMNS = 15
SORTS = {"sheet": gettext_lazy("as on the sheet"), "weight": gettext_lazy("weight"), "met": gettext_lazy("how far met")}
FILTERS = {
    "all": gettext_lazy("all needs"),
    "met": gettext_lazy("only met"),
    "gaps": gettext_lazy("only gaps"),
    "differing": gettext_lazy("only differing"),
    "guesses": gettext_lazy("only guesses"),
}
LEADS = {
    "both": gettext_lazy("both say:"),
    "differ": gettext_lazy("differ, counts as"),
    "guess": gettext_lazy("our guess:"),
}
LONE_WORDS = {"waiting": gettext_lazy("waiting"), "rated": gettext_lazy("rated"), "open": gettext_lazy("not rated")}


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said of one pair. `lead` goes before the word where there is room, and is always read aloud."""

    look: str
    lead: str
    word: str
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A need: how much it matters, how far it is, and its best offer's word."""

    id: UUID
    text: str
    weight: str
    state: str
    is_gap: bool
    best: Cell | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Up to `COLUMNS` offers against all needs that are shown; `start` counts from 0 within the direction."""

    start: int
    offers: Sequence[ComparedNote]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Direction:
    """What one company brings against what the other needs; `needs` before a filter, `shown` and `offers` after it."""

    side: Side
    needing: str
    bringing: str
    needs: int
    shown: int
    offers: int
    parts: Sequence[Part]


def draw_grid(seen: PartnershipInView, compared: Comparison, *, sort: str, chosen: str) -> list[Direction]:
    """Return both directions as one reader may see them; the first company's offers come first."""
    table = compared.table
    return [_Drawing(seen, compared, table, side).direction(sort, chosen) for side in reversed(SIDES)]


class _Drawing:
    """One direction under the pen: the needs of `side` against the offers of the other."""

    def __init__(self, seen: PartnershipInView, compared: Comparison, table: Table, side: Side) -> None:
        self._seen = seen
        self._side = side
        self._compared = compared
        self._best = {term.need: term.strength for term in scores(table).coverage[side].terms}
        self._matches = table.by_need
        done = side in table.looked_through
        self._states = {
            need.id: state_of(need, self._matches.get(need.id, ()), looked_through=done) for need in table.needs[side]
        }
        self._guesses = {pair for each in unconfirmed(table) for pair in each.pairs}
        self._cells: dict[UUID, dict[UUID, Cell]] = {need: {} for need in self._states}
        self._drawn: dict[tuple[str, int | None], Cell] = {}
        for pair in compared.pairs:
            if pair.need_id in self._cells:
                self._cells[pair.need_id][pair.offer_id] = self._cell(pair)

    def direction(self, sort: str, chosen: str) -> Direction:
        """The needs that pass, in order, in as many parts as their offers take."""
        bringing = other(self._side)
        needs = self._compared.needs(self._side)
        offers = self._compared.offers(bringing)
        shown = [need for need in sorted(needs, key=self._order(sort)) if self._passes(need.pk, chosen)]
        if chosen != "all":
            there = {offer for need in shown for offer in self._cells[need.pk]}
            offers = [offer for offer in offers if offer.pk in there]
        return Direction(
            side=self._side,
            needing=self._seen.organisation(self._side).short_name,
            bringing=self._seen.organisation(bringing).short_name,
            needs=len(needs),
            shown=len(shown),
            offers=len(offers),
            parts=[self._part(start, offers, shown) for start in range(0, max(len(offers), 1), COLUMNS)],
        )

    def _part(self, start: int, offers: Sequence[ComparedNote], needs: Sequence[ComparedNote]) -> Part:
        columns = offers[start : start + COLUMNS]
        return Part(start, columns, [self._row(need, columns) for need in needs])

    def _row(self, need: ComparedNote, offers: Sequence[ComparedNote]) -> Row:
        state, best, cells = self._states[need.pk], self._best[need.pk], self._cells[need.pk]
        return Row(
            id=need.pk,
            text=need.text,
            weight=str(WEIGHT_WORDS[need.weight or 2]),
            state=need_state(state, has_offer=bool(cells)),
            is_gap=state is State.UNMATCHED,
            best=self._best_said(best, cells.values()) if best else None,
            cells=tuple(cells.get(offer.pk) for offer in offers),
        )

    def _best_said(self, strength: int, cells: Iterable[Cell]) -> Cell:
        """The word of the best offer: what both say, or what counts where none says so of which both say the same."""
        both = self._said("both", strength)
        return both if both in cells else self._said("differ", strength)

    def _cell(self, pair: PairRead) -> Cell:
        needing, bringing = pair.needing, pair.bringing
        if needing and bringing:
            counts = min(needing.strength, bringing.strength)
            if needing.is_guess or bringing.is_guess:
                return self._said("guess", counts)
            return self._said("both" if needing.strength == bringing.strength else "differ", counts)
        if needing:
            return self._half_said(needing, self._side)
        return self._half_said(bringing, other(self._side)) if bringing else self._said("open")

    def _half_said(self, rating: RatingRead, side: Side) -> Cell:
        """One side has rated: *rated* to the side that is awaited, *waiting* to all others; the word only to some."""
        if self._seen.sees_rating_of(rating.organisation_id, stands_in=rating.stands_in):
            return self._said(f"waiting {other(side)}", rating.strength)
        return self._said("rated" if self._seen.mine == other(side) else "waiting")

    def _said(self, look: str, strength: int | None = None) -> Cell:
        """The cell of a look and a strength: there are few, and a table has thousands."""
        if (look, strength) not in self._drawn:
            looks, _space, awaited = look.partition(" ")
            word = str(LONE_WORDS[looks] if strength is None else STRENGTHS[strength])
            self._drawn[look, strength] = Cell(looks, self._lead(looks, awaited), word, strength)
        return self._drawn[look, strength]

    def _lead(self, look: str, awaited: str) -> str:
        if awaited:
            company = self._seen.organisation("start" if awaited == "start" else "end").short_name
            return _("waiting for %(company)s; said:") % {"company": company}
        return str(LEADS.get(look, ""))

    def _passes(self, need: UUID, chosen: str) -> bool:
        matches = self._matches.get(need, ())
        if chosen == "met":
            return self._states[need] is State.MET
        if chosen == "gaps":
            return self._states[need] is State.UNMATCHED
        if chosen == "differing":
            return any(match.differs for match in matches)
        if chosen == "guesses":
            return any(match.id in self._guesses for match in matches)
        return True

    def _order(self, sort: str) -> Callable[[ComparedNote], int]:
        """The heaviest first, or what is met best; needs that are alike stay as on the sheet."""
        if sort == "weight":
            return lambda need: -(need.weight or 2)
        if sort == "met":
            return lambda need: -self._best[need.pk]
        return lambda need: 0
