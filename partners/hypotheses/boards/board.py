"""All ideas of a partnership or of a workshop as one person sees them: by state, as a map, as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _lazy

from partners.hypotheses.across import ideas_across
from partners.hypotheses.boards.cards import DrawnIdea, draw_ideas
from partners.hypotheses.boards.filters import Asked, Select, selects
from partners.hypotheses.boards.headline import headline
from partners.hypotheses.boards.next import Expiring, Next, by_priority, expiring, test_next
from partners.hypotheses.rules import Quadrant, State
from partners.hypotheses.rules.evidence import STRONGEST
from partners.hypotheses.rules.priority import IMPORTANCE
from partners.hypotheses.rules.states import AT_REST
from partners.workspaces.access import Viewer
from partners.workspaces.models import Partnership

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

QUADRANTS: Mapping[Quadrant, tuple[_StrPromise, _StrPromise]] = {
    Quadrant.SHARE: (_lazy("Share as known"), _lazy("important, and there is evidence")),
    Quadrant.TEST_NOW: (_lazy("Test now"), _lazy("important, and nobody knows")),
    Quadrant.IGNORE: (_lazy("Ignore"), _lazy("not important, and known")),
    Quadrant.DEFER: (_lazy("Defer"), _lazy("not important, and nobody knows")),
}
"""The corners of the map as it is read: first row, then second, each from *have* to *none*."""
COLUMNS: Mapping[str, _StrPromise] = {
    "title": _lazy("Idea"),
    "partner": _lazy("Partnership"),
    "state": _lazy("How far"),
    "importance": _lazy("Importance"),
    "evidence": _lazy("Evidence"),
    "score": _lazy("Score"),
    "due": _lazy("Test due"),
}
FALLING = ("importance", "score")
"""Columns of which the largest comes first when they are sorted by."""


@dataclass(frozen=True, slots=True)
class Group:
    """The ideas in a state; what holds for one company only is named with it."""

    state: State
    words: str
    symbol: str
    tone: str
    ideas: list[DrawnIdea]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.ideas)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the map that holds ideas."""

    importance: int
    level: int
    ideas: list[DrawnIdea]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: what sorting by it asks for, and whether it is sorted so."""

    key: str
    words: str
    sort: str
    sorted: str


@dataclass(frozen=True)
class IdeasBoard:
    """All of the page. `ideas` are those asked for, what is best tested first; `numbers` name them on the map."""

    asked: Asked
    is_workshop: bool
    has_any: bool
    headline: str
    selects: list[Select]
    ideas: list[DrawnIdea]
    numbers: Mapping[UUID, int]
    next: Next | None
    expiring: list[Expiring]
    may_write: bool

    @property
    def groups(self) -> list[Group]:
        """Ideas by state, in the order in which an idea goes through them; none that is empty or at rest."""
        return [group for group in self._groups() if group.state not in AT_REST]

    @property
    def resting(self) -> list[Group]:
        """What was dropped, or went on as another idea."""
        return [group for group in self._groups() if group.state in AT_REST]

    @property
    def spots(self) -> list[Spot]:
        """The places of the map that hold ideas, row by row as it is read: the most important first."""
        here = [each for each in self.ideas if each.is_on_map]
        places = [(row, level) for row in reversed(IMPORTANCE) for level in range(STRONGEST, -1, -1)]
        held = {place: [each for each in here if (each.importance, each.level) == place] for place in places}
        return [Spot(*place, ideas) for place, ideas in held.items() if ideas]

    @property
    def columns(self) -> list[Column]:
        """The columns of the table."""
        keys = [key for key in COLUMNS if self.is_workshop or key != "partner"]
        return [_column(key, self.asked.sort) for key in keys]

    @property
    def rows(self) -> list[DrawnIdea]:
        """The ideas as the table sorts them."""
        key, falls = self.asked.sort.removeprefix("-"), self.asked.sort.startswith("-")
        if key not in COLUMNS:
            return self.ideas
        return sorted(self.ideas, key=lambda each: _value(each, key), reverse=falls)

    def _groups(self) -> list[Group]:
        found: dict[tuple[int, str], Group] = {}
        order = list(State)
        for each in self.ideas:
            key = (order.index(each.state), each.state_words)
            group = found.setdefault(key, Group(each.state, each.state_words, each.symbol, each.tone, []))
            group.ideas.append(each)
        return [found[key] for key in sorted(found)]


def draw_board(
    viewer: Viewer, partnerships: Collection[Partnership], asked: Asked, *, is_workshop: bool, today: date
) -> IdeasBoard:
    """Return the ideas of some partnerships (companies and workspace loaded) as somebody sees them: at most 10 queries,
    however many there are."""
    every = by_priority(draw_ideas(viewer, ideas_across(partnerships, today=today), today=today))
    ideas = asked.among(every, today)
    return IdeasBoard(
        asked=asked,
        is_workshop=is_workshop,
        has_any=bool(every),
        headline=headline(every),
        selects=selects(asked, every, is_workshop=is_workshop) if every else [],
        ideas=ideas,
        numbers={each.id: number for number, each in enumerate((one for one in every if one.is_on_map), 1)},
        next=test_next(ideas),
        expiring=expiring(ideas, today),
        may_write=any(each.may_change for each in every),
    )


def _column(key: str, sort: str) -> Column:
    first, other = (f"-{key}", key) if key in FALLING else (key, f"-{key}")
    now = "" if sort.removeprefix("-") != key else "descending" if sort.startswith("-") else "ascending"
    return Column(key, str(COLUMNS[key]), other if sort == first else first, now)


def _value(idea: DrawnIdea, key: str) -> tuple[object, ...]:
    return {
        "title": (idea.title.casefold(),),
        "partner": (idea.start.casefold(), idea.end.casefold()),
        "state": (list(State).index(idea.state), idea.state_words),
        "importance": (idea.importance,),
        "evidence": (idea.level,),
        "score": (idea.score,),
        "due": (idea.due_on is None, idea.due_on or idea.today),
    }[key]
