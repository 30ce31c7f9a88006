"""What has moved since a round of comparing was kept: the figures, the needs, the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from partners.value_fit.access import PartnershipInView
from partners.value_fit.boards.words import NEED_STATES, STRENGTHS
from partners.value_fit.models import Round
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, Side, scores
from partners.value_fit.snapshots import MovedPair, moved_since, pairs_moved_since, plain_scores


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A number then and now, in percent; None: not known. `by` is the difference, None when either is not known."""

    title: str
    side: str
    then: int | None
    now: int | None

    @property
    def by(self) -> int | None:
        """How many points it went up (or down)."""
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True, slots=True)
class MovedNeed:
    """A need that stands otherwise, in words; `row` is empty when it is gone."""

    text: str
    then: str
    now: str
    row: UUID | None


@dataclass(frozen=True, slots=True)
class MovedNeeds:
    """The needs of one company that stand otherwise."""

    side: Side
    company: str
    needs: Sequence[MovedNeed]


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A pair that counts otherwise, in words."""

    offer: str
    need: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class DrawnRound:
    """A round that was kept, beside how the comparison stands now."""

    number: int
    name: str
    ended_at: datetime
    ended_by: str
    figures: Sequence[tuple[str, Sequence[MovedFigure]]]
    """By the way of counting: agreed, and if guesses hold."""
    needs: Sequence[MovedNeeds]
    pairs: Sequence[ThenAndNow]
    rule_version: str

    @property
    def has_moved(self) -> bool:
        """Whether anything stands otherwise."""
        numbers = any(figure.then != figure.now for _name, figures in self.figures for figure in figures)
        return numbers or bool(self.pairs) or any(moved.needs for moved in self.needs)


def draw_round(seen: PartnershipInView, compared: Comparison, kept: Round) -> DrawnRound:
    """Return what moved since a round; nothing in it that only one side has said."""
    moved = moved_since(kept.snapshot, compared)
    by = kept.ended_by
    return DrawnRound(
        number=kept.number,
        name=kept.name,
        ended_at=kept.created_at,
        ended_by=by.name if by and seen.viewer.audience.sees_person(by.pk) else "",
        figures=_figures(seen, compared, kept),
        needs=[
            MovedNeeds(
                side,
                seen.organisation(side).short_name,
                [
                    MovedNeed(
                        each.text,
                        _state(each.before),
                        _state(each.after),
                        each.need if each.after is not None else None,
                    )
                    for each in moved
                    if each.side == side
                ],
            )
            for side in SIDES
        ],
        pairs=[_pair(pair) for pair in pairs_moved_since(kept.snapshot, compared)],
        rule_version=kept.snapshot["rule_version"],
    )


def _figures(seen: PartnershipInView, compared: Comparison, kept: Round) -> list[tuple[str, list[MovedFigure]]]:
    names: dict[str, str] = {
        side: _("%(company)s: needs met") % {"company": seen.organisation(side).short_name} for side in SIDES
    }
    names |= {"fit": _("fit (weaker side)"), "balance": _("how even")}
    ways = [("agreed", _("agreed"), False), ("hoped", _("if guesses hold"), True)]
    found = []
    for key, name, with_guesses in ways:
        now = plain_scores(scores(compared.table, with_guesses=with_guesses))
        then: dict[str, float | None] = kept.snapshot["scores"][key]
        found.append(
            (
                name,
                [
                    MovedFigure(title, what if what in SIDES else "", _percent(then[what]), _percent(now[what]))
                    for what, title in names.items()
                ],
            )
        )
    return found


def _pair(pair: MovedPair) -> ThenAndNow:
    then = _("not together yet") if pair.is_new else _strength(pair.before)
    now = _("taken apart") if pair.is_gone else _strength(pair.after)
    return ThenAndNow(pair.offer, pair.need, then, now)


def _strength(strength: int | None) -> str:
    return _("not agreed") if strength is None else _("both say: %(word)s") % {"word": STRENGTHS[strength]}


def _state(state: str | None) -> str:
    return _("not there") if state is None else str(NEED_STATES[state])


def _percent(value: float | None) -> int | None:
    """As `words.percent`, from the plain number that a snapshot keeps: half up."""
    return None if value is None else int(value * 100 + 0.5)
