"""The rhythm of a partnership as people see it: iterations with their tests, their reviews, big questions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from partners.base.prepared import Prepared
from partners.events.models import Event
from partners.hypotheses.events import IdeaChanged, IdeaSaid, LearningWritten
from partners.hypotheses.models import BigQuestion, Iteration, SynergyHypothesis, TestCard
from partners.value_fit.access import PartnershipInView

MOST_HAPPENED = 20


@dataclass(frozen=True, slots=True)
class PlannedTest:
    """A test in an iteration. `flag` says what to look at."""

    title: str
    idea: SynergyHypothesis
    run: str
    flag: str


@dataclass(frozen=True, slots=True)
class DrawnIteration:
    """An iteration and its tests; `when` is `past`, `now` or `next`."""

    row: Iteration
    when: str
    tests: tuple[PlannedTest, ...]

    @property
    def review(self) -> list[tuple[str, str]]:
        """What the review says: heading and words, without what is empty."""
        return [(words, text) for name, words in review_words() if (text := getattr(self.row, name))]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """All of it: iterations (now, then to come, then past), questions (open ones first), and ideas to link."""

    iterations: list[DrawnIteration]
    questions: list[BigQuestion]
    ideas: list[SynergyHypothesis]
    may_write: bool
    loose_tests: int = 0
    """Tests that run or are described, in no iteration."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What happened in an iteration, for its review: sentences of the log under *priority* and *learned*."""

    priority: list[str] = field(default_factory=list)
    learned: list[str] = field(default_factory=list)


def review_words() -> tuple[tuple[str, str], ...]:
    """Return the three questions of a review, by field."""
    return (
        ("priority", _("What changed in priority")),
        ("opportunity", _("What changed in opportunity")),
        ("adapts", _("What both adapt")),
    )


def draw_rhythm(seen: PartnershipInView, today: date) -> Rhythm:
    """Return the rhythm of a partnership, in five queries."""
    partnership = seen.partnership
    planned: dict[UUID | None, list[TestCard]] = defaultdict(list)
    for test in _tests(partnership_id=partnership.pk):
        planned[test.iteration_id].append(test)
    rows = _iterations(partnership_id=partnership.pk)
    drawn = [DrawnIteration(row, _when(row, today), tuple(_planned(test) for test in planned[row.pk])) for row in rows]
    order = {"now": 0, "next": 1, "past": 2}
    drawn.sort(key=lambda each: (order[each.when], _near(each)))
    ideas = SynergyHypothesis.objects.filter(partnership=partnership, deleted_at=None)
    questions = BigQuestion.objects.filter(partnership=partnership, deleted_at=None)
    questions = questions.prefetch_related(Prefetch("ideas", ideas.all()))
    return Rhythm(
        iterations=drawn,
        questions=sorted(questions, key=lambda question: not question.is_open),
        ideas=list(ideas),
        may_write=seen.may_negotiate(),
        loose_tests=sum(test.run != "ended" for test in planned[None]),
    )


@Prepared
def _tests(*, partnership_id: UUID) -> QuerySet[TestCard]:
    tests = TestCard.objects.filter(hypothesis__partnership_id=partnership_id, hypothesis__deleted_at=None)
    return tests.filter(deleted_at=None).select_related("hypothesis")


@Prepared
def _iterations(*, partnership_id: UUID) -> QuerySet[Iteration]:
    return Iteration.objects.filter(partnership_id=partnership_id, deleted_at=None).select_related("closed_by")


def iterations_open(seen: PartnershipInView) -> list[Iteration]:
    """Return the iterations a test may be put into: all that stand."""
    return list(Iteration.objects.filter(partnership=seen.partnership, deleted_at=None))


def looked_back(seen: PartnershipInView, iteration: Iteration) -> Looked:
    """Return what the log tells of the days of an iteration: changed importance and decisions, and what was learned."""
    looked = Looked()
    kinds = {kind.kind: kind for kind in (IdeaChanged, IdeaSaid, LearningWritten)}
    events = Event.objects.filter(
        workspace=seen.viewer.workspace,
        partnership=seen.partnership,
        kind__in=list(kinds),
        at__date__range=(iteration.starts_on, iteration.ends_on),
    )
    for event in events.select_related("actor").order_by("seq"):
        who = event.actor.name if event.actor and seen.viewer.audience.sees_person(event.actor_id) else ""
        sentence = kinds[event.kind].sentence(who or _("former member"), event.data)
        if event.kind == LearningWritten.kind:
            looked.learned.append(sentence)
        elif event.kind == IdeaSaid.kind:
            looked.priority.append(sentence)
        elif "importance" in event.data["after"]:
            change = {
                "idea": event.data["text"],
                "before": event.data["before"]["importance"],
                "after": event.data["after"]["importance"],
            }
            looked.priority.append(_("“%(idea)s”: importance %(before)s → %(after)s") % change)
    return Looked(looked.priority[-MOST_HAPPENED:], looked.learned[-MOST_HAPPENED:])


def _when(row: Iteration, today: date) -> str:
    if row.starts_on > today:
        return "next"
    return "past" if row.ends_on < today else "now"


def _near(drawn: DrawnIteration) -> int:
    """The nearest first: what comes by its start, what is past from its end backwards."""
    return -drawn.row.ends_on.toordinal() if drawn.when == "past" else drawn.row.starts_on.toordinal()


def _planned(test: TestCard) -> PlannedTest:
    flag = ""
    if test.by_product != test.by_partnership:
        flag = _("owned by product people only") if test.by_product else _("owned by partnership people only")
    return PlannedTest(test.title, test.hypothesis, test.run, flag)
