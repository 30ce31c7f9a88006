"""The tests of an idea as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from partners.hypotheses.boards.words import Names, claim_short
from partners.hypotheses.experiments import experiment
from partners.hypotheses.models import TestCard
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import Claim, Move, is_legal
from partners.value_fit.rules import SIDES, Side

SYMBOLS = {"designed": "clipboard-list", "running": "flask-conical", "ended": "flag"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a test on one side; no name: nobody yet, or somebody hidden from the reader."""

    side: Side
    company: str
    name: str


@dataclass(frozen=True, slots=True)
class DrawnTest:
    """A test with what follows from it today. `flags` say what to look at; none of them stops anything."""

    row: TestCard
    claims: tuple[str, ...]
    experiment: str
    run: str
    words: str
    symbol: str
    owners: tuple[Owner, ...]
    days_late: int
    share: int | None
    """How much of the data points has come in, in percent; None when nobody said how many it takes."""
    flags: tuple[str, ...]
    may_start: bool

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.row.pk

    @property
    def is_changed_late(self) -> bool:
        """Whether what proves it right was changed after it had started."""
        return bool(self.row.criterion_at_start) and self.row.criterion_at_start != self.row.criterion


def draw_tests(read: IdeaRead, names: Names, people: Mapping[UUID, str]) -> list[DrawnTest]:
    """Return the tests of an idea: those that run first, then those to come, then those that have ended."""
    order = {"running": 0, "designed": 1, "ended": 2}
    tests = sorted(read.tests, key=lambda test: (order[test.run], test.due_on or date.max, test.created_at))
    return [_draw(read, names, people, test) for test in tests]


def _draw(read: IdeaRead, names: Names, people: Mapping[UUID, str], test: TestCard) -> DrawnTest:
    kind = experiment(test.experiment)
    late = (read.terms.today - test.due_on).days if test.due_on and test.run != "ended" else 0
    return DrawnTest(
        row=test,
        claims=tuple(claim_short(Claim(claim), names) for claim in test.claims),
        experiment=str(kind.title) if kind else "",
        run=test.run,
        words={"designed": _("described"), "running": _("runs"), "ended": _("ended")}[test.run],
        symbol=SYMBOLS[test.run],
        owners=tuple(Owner(side, names[side], _owner(test, side, people)) for side in SIDES),
        days_late=max(late, 0),
        share=min(100, 100 * test.points // test.points_wanted) if test.points_wanted else None,
        flags=_flags(read, test),
        may_start=test.started_at is None and is_legal(Move.START_TEST, read.state),
    )


def _owner(test: TestCard, side: Side, people: Mapping[UUID, str]) -> str:
    owner = test.owner_start_id if side == "start" else test.owner_end_id
    return people.get(owner, "") if owner else ""


def _flags(read: IdeaRead, test: TestCard) -> tuple[str, ...]:
    flags = []
    if test.by_product != test.by_partnership:
        only = _("product people") if test.by_product else _("partnership people")
        flags.append(_("Only %(people)s own it: let the others in too.") % {"people": only})
    if test.version is not None and test.version != read.row.version:
        flags.append(_("It started before the sentence was reworded: what it shows will count as old."))
    if not test.criterion:
        flags.append(_("Nothing says yet what would prove it right."))
    return tuple(flags)
