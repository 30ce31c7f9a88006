"""What was learned in time: cards, how ideas went from state to state, iterations closed, big questions answered.

Nothing is stored for it: it is read from the cards, the rhythm, and the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from partners.events.models import Event
from partners.hypotheses.events import QuestionAnswered
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.past import KINDS, moments_of
from partners.hypotheses.queries import Gathered, IdeaRead, accepted, gather, paid_mostly, terms_of
from partners.hypotheses.rules import State
from partners.hypotheses.rules.turns import Moment, Turn, turns
from partners.value_fit.many import comparisons
from partners.value_fit.rules import Side
from partners.workspaces.events import WorkspaceChanged
from partners.workspaces.models import Membership, Partnership


class What(StrEnum):
    """The kinds of line of a timeline."""

    LEARNED = "learned"
    STATE = "state"
    REVIEW = "review"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline. `read` is the idea it is about; `by` who did it (None: nobody, or nobody knows).

    Which of the last four there are is said by `what`. Of a turn, `event` is what brought it; None: evidence aged, or
    the idea came with a copy of the workshop.
    """

    id: str
    at: datetime
    what: What
    partnership: Partnership
    by: Membership | None = None
    read: IdeaRead | None = None
    card: LearningCard | None = None
    turn: Turn | None = None
    event: Event | None = None
    iteration: Iteration | None = None
    question: BigQuestion | None = None


@dataclass(frozen=True)
class Timeline:
    """All lines, the newest first, and every idea they are about with its tests and cards."""

    lines: list[Happening]
    ideas: list[IdeaRead]


def timeline_of(partnerships: Collection[Partnership], *, today: date) -> Timeline:
    """Return what was learned in some partnerships (companies and workspace loaded), in at most 14 queries.

    Nothing of a partnership that is sealed, and nothing of what is deleted now.
    """
    here = {each.pk: each for each in partnerships if each.sealed_at is None}
    if not here:
        return Timeline([], [])
    rows = list(SynergyHypothesis.objects.filter(partnership__in=list(here), deleted_at=None))
    for row in rows:
        row.partnership = here[row.partnership_id]
    gathered = gather(row.pk for row in rows)
    ideas = [
        IdeaRead(row, gathered.tests[row.pk], gathered.cards[row.pk], terms_of(row.partnership.workspace, row, today))
        for row in rows
    ]
    told = _told(here.values())
    lines = [*_learned(ideas), *_turned(ideas, told, today), *_reviewed(here), *_answered(here, told)]
    lines.sort(key=lambda line: (line.at, line.id), reverse=True)
    return Timeline(lines, ideas)


def _told(partnerships: Iterable[Partnership]) -> list[Event]:
    """What the log tells of it, in order: 2 queries."""
    of_ideas = Event.objects.filter(
        partnership__in=[each.pk for each in partnerships], kind__in=(*KINDS, QuestionAnswered.kind)
    )
    workspaces = {each.workspace_id for each in partnerships}
    settings = Event.objects.filter(thing_id__in=workspaces, kind=WorkspaceChanged.kind)
    told = [*of_ideas.select_related("actor"), *(each for each in settings.select_related("actor") if _held_to(each))]
    return sorted(told, key=lambda event: event.seq)


def _held_to(event: Event) -> bool:
    """Whether the workshop changed what evidence is held to."""
    return any(name.startswith("evidence_") for name in event.data["before"])


def _learned(ideas: Iterable[IdeaRead]) -> Iterable[Happening]:
    for read in ideas:
        for card in read.cards:
            card.hypothesis = read.row
            yield Happening(
                f"learned-{card.pk}", card.created_at, What.LEARNED, read.row.partnership, read=read, card=card
            )


def _turned(ideas: list[IdeaRead], told: Iterable[Event], today: date) -> Iterable[Happening]:
    """How the ideas went: 2 queries for what is deleted, 1 for its acceptances, and 4 for comparisons."""
    gone = _deleted([read.row.pk for read in ideas])
    by_idea = _by_idea(told, ideas)
    went = {
        read.row.pk: moments_of(read, by_idea[read.row.pk], gone.tests[read.row.pk], gone.cards[read.row.pk])
        for read in ideas
    }
    pays = _pays(ideas, {pk: moments for pk, (moments, _causes) in went.items()}, today)
    for read in ideas:
        moments, causes = went[read.row.pk]
        brought = {moment.number: cause for moment, cause in zip(moments, causes, strict=True)}
        for turn in turns(moments, today=today, one_sided=pays.get(read.row.partnership_id)):
            event = brought[turn.number] if turn.number is not None else None
            at = event.at if event else _begin(turn.day) if turn.number is None else read.row.created_at
            yield Happening(
                f"state-{read.row.pk}-{event.seq if event else turn.day.isoformat()}",
                at,
                What.STATE,
                read.row.partnership,
                by=event.actor if event else None,
                read=read,
                turn=turn,
                event=event,
            )


def _pays(ideas: Iterable[IdeaRead], went: Mapping[UUID, list[Moment]], today: date) -> dict[UUID, Side]:
    """Whom the comparisons mostly pay; asked only where an idea has ever held for both."""
    held = {
        read.row.partnership_id: read.row.partnership
        for read in ideas
        if any(turn.after is State.VALIDATED for turn in turns(went[read.row.pk], today=today))
    }
    pays = {pk: paid_mostly(each) for pk, each in comparisons(list(held.values())).items()}
    return {pk: side for pk, side in pays.items() if side}


def _deleted(idea_ids: list[UUID]) -> Gathered:
    found = Gathered()
    for test in TestCard.objects.filter(hypothesis__in=idea_ids, deleted_at__isnull=False):
        found.tests[test.hypothesis_id].append(test)
    cards = LearningCard.objects.filter(hypothesis__in=idea_ids, deleted_at__isnull=False)
    for card in cards.prefetch_related(accepted()):
        found.cards[card.hypothesis_id].append(card)
    return found


def _by_idea(told: Iterable[Event], ideas: Iterable[IdeaRead]) -> dict[UUID, list[Event]]:
    """Events by the idea they are about; those about the workshop are about each."""
    found: dict[UUID, list[Event]] = defaultdict(list)
    of_workspace: dict[UUID, list[UUID]] = defaultdict(list)
    for read in ideas:
        of_workspace[read.row.partnership.workspace_id].append(read.row.pk)
    for event in told:
        if event.kind == WorkspaceChanged.kind:
            for pk in of_workspace[event.thing_id]:
                found[pk].append(event)
        else:
            found[UUID(event.data["idea"]) if "idea" in event.data else event.thing_id].append(event)
    return found


def _reviewed(here: Mapping[UUID, Partnership]) -> Iterable[Happening]:
    closed = Iteration.objects.filter(partnership__in=list(here), deleted_at=None, closed_at__isnull=False)
    for row in closed.select_related("closed_by"):
        assert row.closed_at is not None
        row.partnership = here[row.partnership_id]
        yield Happening(
            f"review-{row.pk}", row.closed_at, What.REVIEW, row.partnership, by=row.closed_by, iteration=row
        )


def _answered(here: Mapping[UUID, Partnership], told: Iterable[Event]) -> Iterable[Happening]:
    living = SynergyHypothesis.objects.filter(deleted_at=None).only("pk", "title").order_by("created_at", "pk")
    rows = BigQuestion.objects.filter(partnership__in=list(here), deleted_at=None).exclude(answer="")
    last = {event.thing_id: event for event in told if event.kind == QuestionAnswered.kind}
    for row in rows.prefetch_related(Prefetch("ideas", living)):
        row.partnership = here[row.partnership_id]
        event = last.get(row.pk)
        yield Happening(
            f"answer-{row.pk}",
            event.at if event else row.updated_at,
            What.ANSWER,
            row.partnership,
            by=event.actor if event else None,
            question=row,
            event=event,
        )


def _begin(day: date) -> datetime:
    """When a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))
