"""How ideas stood in the past, by taking back from how they stand now what the log tells of them, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from partners.events.models import Event
from partners.hypotheses import events
from partners.hypotheses.models import LearningCard, TestCard
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import MODELS, Claim, Learned, Outcome, Progress, Terms, Word
from partners.hypotheses.rules.turns import Moment, Turn
from partners.value_fit.queries import side_of
from partners.value_fit.rules import SIDES, Side
from partners.workspaces.events import WorkspaceChanged

KINDS = tuple(
    kind.kind
    for kind in (
        events.IdeaAdded,
        events.IdeaReworded,
        events.IdeaSaid,
        events.TestDesigned,
        events.TestRan,
        events.TestRemoved,
        events.LearningWritten,
        events.LearningChanged,
        events.LearningAccepted,
        events.LearningRemoved,
    )
)
"""What may bring an idea from one state to another. That it was deleted for a while is none of it."""

AGED, COPIED = "aged", "copied"
"""What brings an idea to a state without anything in the log: a day, or a copy of the workshop."""


def cause_of(turn: Turn, event: Event | None) -> str:
    """Return what brought a turn: the kind of its event, `aged` or `copied`."""
    if event is not None:
        return event.kind
    return AGED if turn.number is None else COPIED


@dataclass
class CardThen:
    """A learning card as it was. `accepted` holds the companies' ids as text, as the log does."""

    row: LearningCard
    stands: bool
    fields: dict[str, object]
    accepted: set[str]


@dataclass
class Then:
    """An idea as it was at some moment; `take_back` goes to the moment before an event."""

    word: str
    version: int
    threshold: int
    months: int
    exists: bool = True
    runs: dict[UUID, str] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)
    """Tests that were deleted, or not described yet."""
    cards: dict[UUID, CardThen] = field(default_factory=dict)

    def take_back(self, event: Event) -> None:
        """Set what the event changed to what it was before."""
        data, pk = event.data, event.thing_id
        if event.kind == WorkspaceChanged.kind:
            self.threshold = data["before"].get("evidence_level", self.threshold)
            self.months = data["before"].get("evidence_months", self.months)
        elif event.kind == events.IdeaAdded.kind:
            self.exists = False
        elif event.kind == events.IdeaReworded.kind:
            self.version = data["version_before"]
        elif event.kind == events.IdeaSaid.kind:
            self.word = data["before"]
        elif pk in self.runs:
            self._take_back_test(event, pk)
        elif pk in self.cards:
            self._take_back_card(event, self.cards[pk])

    def _take_back_test(self, event: Event, pk: UUID) -> None:
        if event.kind == events.TestRan.kind:
            self.runs[pk] = event.data["before"]
        elif event.kind == events.TestDesigned.kind or not event.data["removed"]:
            self.gone.add(pk)
        else:
            self.gone.discard(pk)

    def _take_back_card(self, event: Event, card: CardThen) -> None:
        data = event.data
        if event.kind == events.LearningChanged.kind:
            card.fields |= data["before"]
            card.accepted = set(data["acceptances"])
        elif event.kind == events.LearningAccepted.kind:
            (card.accepted.discard if data["given"] else card.accepted.add)(data["organisation"])
        elif event.kind == events.LearningWritten.kind:
            card.stands = False
        else:
            card.stands = data["removed"]

    def moment(self, number: int, day: date, sides: Mapping[str, Side]) -> Moment:
        """Return how it stood, as the rules take it; `sides` are those of the companies."""
        runs = [run for pk, run in self.runs.items() if pk not in self.gone]
        cards = [card for card in self.cards.values() if card.stands]
        speaking = [card for card in cards if card.row.version == self.version]
        return Moment(
            number=number,
            day=day,
            word=Word(self.word),
            progress=Progress(
                designed=runs.count("designed"),
                running=runs.count("running"),
                ended=runs.count("ended"),
                learned=len(speaking),
                learned_before=len(cards) - len(speaking),
                claims_learned=frozenset(claim for card in speaking for claim, _outcome in _verdicts(card)),
            ),
            learned=[each for card in cards for each in _learned(card, sides)],
            terms=Terms(self.version, day, threshold=self.threshold, months=self.months),
        )


def moments_of(
    read: IdeaRead, told: Iterable[Event], tests: Iterable[TestCard] = (), cards: Iterable[LearningCard] = ()
) -> tuple[list[Moment], list[Event | None]]:
    """Return how an idea stood after each thing that was done to it, the oldest first, and what that was.

    `told` are the events about it, in order; `tests` and `cards` are those of it that are deleted now. What one action
    did is one moment. An idea that came with a copy of the workshop begins as it was brought, by nothing in the log.
    """
    partnership = read.row.partnership
    companies = (partnership.first_id, partnership.second_id)
    sides = {str(pk): side for pk in companies if (side := side_of(partnership, pk))}
    then = _now(read, [*read.tests, *tests], [*read.cards, *cards])
    found: list[tuple[Moment, Event | None]] = []
    changes = list(_changes(told))
    for number, change in reversed(list(enumerate(changes, 1))):
        cause = _cause(change)
        if then.exists:
            found.append((then.moment(number, timezone.localtime(cause.at).date(), sides), cause))
        for event in reversed(change):
            then.take_back(event)
    if then.exists:
        found.append((then.moment(0, timezone.localtime(read.row.created_at).date(), sides), None))
    found.reverse()
    return [moment for moment, _cause in found], [cause for _moment, cause in found]


def _now(read: IdeaRead, tests: Iterable[TestCard], cards: Iterable[LearningCard]) -> Then:
    then = Then(read.row.word, read.row.version, read.terms.threshold, read.terms.months)
    for test in tests:
        then.runs[test.pk] = test.run
        if test.deleted_at is not None:
            then.gone.add(test.pk)
    for card in cards:
        accepted = {str(each.organisation_id) for each in card.acceptances.all()}
        then.cards[card.pk] = CardThen(card, card.deleted_at is None, {}, accepted)
    return then


def _changes(told: Iterable[Event]) -> Iterator[list[Event]]:
    """Events by what one action did."""
    group: list[Event] = []
    for event in told:
        if group and group[0].change != event.change:
            yield group
            group = []
        group.append(event)
    if group:
        yield group


def _cause(change: list[Event]) -> Event:
    """What an action is told as: what people said of the idea, else what they did last."""
    said = [event for event in change if event.kind == events.IdeaSaid.kind]
    return said[-1] if said else change[-1]


def _verdicts(card: CardThen) -> list[tuple[Claim, Outcome]]:
    said = card.fields.get("verdicts", card.row.verdicts)
    assert isinstance(said, dict)
    return [(Claim(claim), Outcome(outcome)) for claim, outcome in said.items()]


def _learned(card: CardThen, sides: Mapping[str, Side]) -> list[Learned]:
    row, was = card.row, card.fields
    observed_on = was.get("observed_on", row.observed_on)
    level = was.get("level", row.level)
    assert isinstance(level, int)
    return [
        Learned(
            card=row.pk,
            claim=claim,
            outcome=outcome,
            level=level,
            version=row.version,
            observed_on=date.fromisoformat(str(observed_on)),
            accepted=frozenset(sides[pk] for pk in card.accepted if pk in sides),
            with_costs=any(
                MODELS[side] is claim and bool(was.get(f"costs_{side}", getattr(row, f"costs_{side}")))
                for side in SIDES
            ),
        )
        for claim, outcome in _verdicts(card)
    ]
