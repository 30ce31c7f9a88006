"""One joint idea as one person sees it, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.canvases.models import Note
from partners.hypotheses.boards.asking import asked_about
from partners.hypotheses.boards.claims import DrawnClaim, draw_claims
from partners.hypotheses.boards.learning import DrawnCard, draw_cards
from partners.hypotheses.boards.story import Told, story_of
from partners.hypotheses.boards.testing import DrawnTest, draw_tests
from partners.hypotheses.boards.words import (
    LABELS,
    LEVELS,
    SYMBOLS,
    TONES,
    Names,
    check_words,
    names_of,
    state_words,
    what_next,
)
from partners.hypotheses.models import LearningCard, SynergyHypothesis
from partners.hypotheses.queries import IdeaRead, read
from partners.hypotheses.rules import ONE_SIDED, REQUIRED, Move, Standing, State, SynergyTest, is_legal
from partners.value_fit.access import PartnershipInView
from partners.workspaces.queries import members_seen

WAITS = frozenset({State.TESTING, State.INCONCLUSIVE, *ONE_SIDED.values()})
"""States in which a company's yes to a card may be all that is missing."""
DONE_AT: Mapping[State, str] = dict.fromkeys(
    (State.FLAGGED, State.TEST_DESIGNED, State.TESTING, State.INCONCLUSIVE, *ONE_SIDED.values()), "idea-tests"
)
"""The part of the page where what comes next is done, unless it is beside the state itself."""


@dataclass(frozen=True)
class StateDrawn:
    """A state as it is shown: its word, its drawing, its tone, what comes next, and the part of the page for that."""

    state: State
    words: str
    symbol: str
    tone: str
    next: str
    at: str = ""


@dataclass(frozen=True)
class CheckDrawn:
    """What the synergy test says: the label, and what is missing for a joint idea."""

    label: str
    words: str
    is_synergy: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class IdeaBoard:
    """Everything of one idea."""

    seen: PartnershipInView
    read: IdeaRead
    names: Names
    state: StateDrawn
    check: CheckDrawn
    claims: list[DrawnClaim]
    tests: list[DrawnTest]
    cards: list[DrawnCard]
    story: list[Told]
    rests_on: list[str]
    became: list[SynergyHypothesis]
    may_write: bool

    @property
    def idea(self) -> SynergyHypothesis:
        """The row itself."""
        return self.read.row

    @property
    def is_deleted(self) -> bool:
        """Whether somebody has deleted it."""
        return self.idea.deleted_at is not None

    @property
    def level_words(self) -> str:
        """What the evidence there is, is worth."""
        return str(LEVELS[self.read.level])

    @property
    def held(self) -> int:
        """How many of the four things that must be true hold."""
        return sum(self.read.claims[claim].standing is Standing.SUPPORTED for claim in REQUIRED)

    @property
    def old_cards(self) -> int:
        """How many cards speak of the sentence before it was reworded."""
        return sum(card.is_old for card in self.cards)

    def may(self, move: str) -> bool:
        """Whether the reader may do this with it now."""
        return self.may_write and not self.is_deleted and is_legal(Move(move), self.read.state)

    def test(self, test_id: UUID) -> DrawnTest | None:
        """One of its tests."""
        return next((each for each in self.tests if each.id == test_id), None)


def draw_idea(seen: PartnershipInView, idea: SynergyHypothesis) -> IdeaBoard:
    """Return an idea as somebody sees it: 16 queries, however much there is."""
    [found] = read([idea], seen.partnership, today=timezone.localdate())
    names = names_of(seen)
    state = draw_state(found.state, names)
    people: Mapping[UUID, str] = {each.pk: each.name for each in members_seen(seen.viewer.audience)}
    cards = draw_cards(seen, found, names, people, asked_about(seen, found.cards))
    if found.state in WAITS and (company := _waits_for_yes_of(cards)):
        says = _("What was learned waits for %(company)s to accept it.") % {"company": company}
        state = replace(state, next=says, at="idea-cards")
    elif found.state is not State.VALIDATED and (says := _decided(cards)):
        state = replace(state, next=says, at="")
    return IdeaBoard(
        seen=seen,
        read=found,
        names=names,
        state=state,
        check=draw_check(found.synergy, names),
        claims=draw_claims(found, names),
        tests=draw_tests(found, names, people),
        cards=cards,
        story=story_of(idea, seen.viewer.audience),
        rests_on=_rests_on(idea),
        became=list(idea.became.filter(deleted_at=None)),
        may_write=seen.may_negotiate(),
    )


def draw_state(state: State, names: Names) -> StateDrawn:
    """Return a state as it is shown."""
    return StateDrawn(
        state,
        state_words(state, names),
        SYMBOLS[state],
        TONES.get(state, ""),
        what_next(state, names),
        DONE_AT.get(state, ""),
    )


def draw_check(test: SynergyTest, names: Names) -> CheckDrawn:
    """Return what the synergy test says, in words."""
    lacks = tuple(check_words(check, names) for check in test.missing)
    return CheckDrawn(test.label.value, str(LABELS[test.label]), test.is_synergy, lacks)


def _waits_for_yes_of(cards: Iterable[DrawnCard]) -> str:
    """The companies that have not accepted a card that could count."""
    counting = [card for card in cards if not card.is_old and not card.is_aged]
    waiting = dict.fromkeys(yes.company for card in counting for yes in card.yeses if not yes.given)
    return _(" and ").join(waiting)


def _decided(cards: Iterable[DrawnCard]) -> str:
    """What the newest card that counts asks people to do with the idea: a card decides nothing by itself."""
    newest = next((card for card in cards if not card.is_old and all(yes.given for yes in card.yeses)), None)
    decision = newest.row.decision if newest else ""
    return {
        LearningCard.Decision.RETIRE.value: _(
            "Both companies accepted a card that says: drop it. Drop it, or test more."
        ),
        LearningCard.Decision.PIVOT.value: _(
            "Both companies accepted a card that says: change it. Reword it, or go on with another idea."
        ),
    }.get(decision, "")


def _rests_on(idea: SynergyHypothesis) -> list[str]:
    """The pairs it was flagged from as *offer → need*, and the notes that stand in none of them; 2 queries."""
    pairs = list(idea.pairs.select_related("offer", "need"))
    paired = {pk for pair in pairs for pk in (pair.offer_id, pair.need_id)}
    alone = [_words_of(note) for note in idea.notes.all() if note.pk not in paired]
    return [f"{_words_of(pair.offer)} → {_words_of(pair.need)}" for pair in pairs] + alone


def _words_of(note: Note) -> str:
    """Its words, also when it lies in the trash."""
    return _("%(text)s (deleted)") % {"text": note.text} if note.deleted_at else note.text
