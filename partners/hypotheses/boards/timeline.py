"""What was learned in time, as one person sees it: a page of lines under their months or iterations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.names import initials
from partners.hypotheses.boards.filters import Select
from partners.hypotheses.boards.idea import StateDrawn, draw_state
from partners.hypotheses.boards.learning import DrawnCard, draw_cards
from partners.hypotheses.boards.rhythm import review_words
from partners.hypotheses.boards.spans import Span, spans_of
from partners.hypotheses.boards.timefilters import AskedOfTime, selects_of
from partners.hypotheses.boards.turns import turn_words
from partners.hypotheses.boards.words import names_of, state_words
from partners.hypotheses.models import BigQuestion, Iteration, SynergyHypothesis
from partners.hypotheses.rules import AT_REST, State
from partners.hypotheses.timeline import Happening, What, timeline_of
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership, Partnership
from partners.workspaces.queries import members_seen

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ON_A_PAGE = 30
AT_MOST = 600
"""Lines of a page that shows all of them, to be printed."""
HEADS: Mapping[What, _StrPromise] = {
    What.LEARNED: _lazy("Learned"),
    What.REVIEW: _lazy("Iteration closed"),
    What.ANSWER: _lazy("Big question answered"),
    What.STATE: _lazy("How far it is"),
}
SYMBOLS: Mapping[What, str] = {
    What.LEARNED: "notebook-pen",
    What.REVIEW: "calendar-check",
    What.ANSWER: "message-circle-question-mark",
}


@dataclass(frozen=True)
class Line:
    """One line. `symbol` says with `head` what kind it is; `who` is known to the reader, or empty."""

    happening: Happening
    head: str
    symbol: str
    start: str
    end: str
    who: str
    initials: str
    colour: int
    card: DrawnCard | None = None
    state: StateDrawn | None = None
    before: str = ""
    says: str = ""
    became: tuple[SynergyHypothesis, ...] = ()
    review: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Its id on the page."""
        return self.happening.id

    @property
    def at(self) -> datetime:
        """When it happened; of a card, when it was written down."""
        return self.happening.at

    @property
    def has_hour(self) -> bool:
        """Whether it happened at some hour: evidence ages with a day."""
        turn = self.happening.turn
        return turn is None or turn.number is not None

    @property
    def idea(self) -> SynergyHypothesis | None:
        """The idea it is about."""
        return self.happening.read.row if self.happening.read else None

    @property
    def iteration(self) -> Iteration | None:
        """The iteration that was closed."""
        return self.happening.iteration

    @property
    def question(self) -> BigQuestion | None:
        """The big question that was answered."""
        return self.happening.question


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a month or an iteration."""

    key: str
    title: str
    when: str
    lines: list[Line]


@dataclass(frozen=True)
class TimelineBoard:
    """All of the page. `total` are the lines asked for, `has_any` whether there is any at all."""

    asked: AskedOfTime
    is_workshop: bool
    has_any: bool
    has_spans: bool
    selects: list[Select]
    page: Page[Happening]
    groups: list[Group]

    @property
    def total(self) -> int:
        """How many lines there are, on all pages."""
        return self.page.paginator.count


def draw_timeline(
    viewer: Viewer, partnerships: Collection[Partnership], asked: AskedOfTime, *, is_workshop: bool, today: date
) -> TimelineBoard:
    """Return what was learned in some partnerships (companies and workspace loaded) as somebody sees it.

    At most 16 queries, however much there is and whichever page is asked for.
    """
    whole = timeline_of(partnerships, today=today)
    people = {each.pk: each.name for each in members_seen(viewer.audience)} if whole.lines else {}
    spans = spans_of(partnerships) if whole.lines and not is_workshop else []
    by_span = asked.by == "iteration" and bool(spans)
    lines = asked.among(whole.lines)
    if by_span:
        lines.sort(key=lambda line: (_placed(line), line.id), reverse=True)
    page = Paginator(lines, AT_MOST if asked.is_whole else ON_A_PAGE).get_page(asked.page)
    pen = _Pen(viewer, people, [read.row for read in whole.ideas])
    return TimelineBoard(
        asked=asked,
        is_workshop=is_workshop,
        has_any=bool(whole.lines),
        has_spans=bool(spans),
        selects=selects_of(asked, viewer, whole, people, is_workshop=is_workshop) if whole.lines else [],
        page=page,
        groups=_groups(pen.drawn(page.object_list), spans if by_span else None),
    )


class _Pen:
    """Draws lines for one reader; the cards of an idea are drawn together, once."""

    def __init__(self, viewer: Viewer, people: Mapping[UUID, str], ideas: Iterable[SynergyHypothesis]) -> None:
        self.viewer, self.people, self.ideas = viewer, people, list(ideas)
        self.cards: dict[UUID, dict[UUID, DrawnCard]] = {}

    def drawn(self, lines: Iterable[Happening]) -> list[Line]:
        """Return lines as they are printed."""
        return [self._line(each) for each in lines]

    def _line(self, line: Happening) -> Line:
        seen = PartnershipInView(self.viewer, line.partnership)
        names = names_of(seen)
        who = self._who(line)
        state = draw_state(line.turn.after, names) if line.turn else None
        is_pivot = line.turn is not None and line.turn.after is State.PIVOTED and line.read is not None
        return Line(
            happening=line,
            head=_head(line),
            symbol=state.symbol if state else SYMBOLS[line.what],
            start=names["start"],
            end=names["end"],
            who=who,
            initials=initials(who) if who else "",
            colour=line.by.colour if line.by and who else 0,
            card=self._card(seen, line) if line.card else None,
            state=state,
            before=state_words(line.turn.before, names) if line.turn and line.turn.before else "",
            says=turn_words(line.turn, line.event, names) if line.turn else "",
            became=tuple(each for each in self.ideas if line.read and each.came_from_id == line.read.row.pk)
            if is_pivot
            else (),
            review=_review(line.iteration),
        )

    def _card(self, seen: PartnershipInView, line: Happening) -> DrawnCard | None:
        assert line.read is not None
        assert line.card is not None
        read = line.read
        if read.row.pk not in self.cards:
            drawn = draw_cards(seen, read, names_of(seen), self.people)
            self.cards[read.row.pk] = {each.id: each for each in drawn}
        return self.cards[read.row.pk][line.card.pk]

    def _who(self, line: Happening) -> str:
        if line.card is not None:
            return self.people.get(line.card.author_id, "") if line.card.author_id else ""
        by: Membership | None = line.by
        return by.name if by and by.name and self.viewer.audience.sees_person(by.pk) else ""


def _head(line: Happening) -> str:
    if line.turn and line.turn.before is State.VALIDATED and line.turn.after not in AT_REST:
        return _("Fell back")
    return str(HEADS[line.what])


def _review(iteration: Iteration | None) -> tuple[tuple[str, str], ...]:
    if iteration is None:
        return ()
    return tuple((words, text) for name, words in review_words() if (text := getattr(iteration, name)))


def _placed(line: Happening) -> datetime:
    """Where a line stands among iterations: a review in the one that it closes, however late that was."""
    return min(line.at, Span(line.iteration).end) if line.iteration else line.at


def _groups(lines: list[Line], spans: list[Span] | None) -> list[Group]:
    def key(line: Line) -> tuple[str, str, str]:
        placed = timezone.localtime(_placed(line.happening))
        if spans is None:
            return placed.strftime("%Y-%m"), date_format(placed, "F Y"), ""
        span = next((each for each in spans if each.holds(placed.date())), None)
        if span is None:
            return "none", _("Outside of iterations"), ""
        return str(span.row.pk), span.row.name, span.words

    return [Group(*named, list(of_it)) for named, of_it in groupby(lines, key)]
