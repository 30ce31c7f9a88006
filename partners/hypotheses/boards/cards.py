"""A joint idea as one line or card of a list: what all ways of looking at the ideas print of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from partners.hypotheses.boards.words import STANDINGS, SYMBOLS, TONES, claim_short, names_of, state_words
from partners.hypotheses.experiments import Risk
from partners.hypotheses.models import TestCard
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import REQUIRED, Claim, Quadrant, Slot, Standing, State, quadrant
from partners.hypotheses.rules.states import AT_REST
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import Viewer
from partners.workspaces.queries import members_seen

RISK_OF: Mapping[Claim, Risk] = {
    Claim.CUSTOMER: Risk.DESIRABILITY,
    Claim.TRANSFER: Risk.FEASIBILITY,
    Claim.MODEL_START: Risk.VIABILITY,
    Claim.MODEL_END: Risk.VIABILITY,
    Claim.ENVIRONMENT: Risk.ADAPTABILITY,
}
CLAIM_SYMBOLS: Mapping[Standing, str] = {
    Standing.OPEN: "circle",
    Standing.SUPPORTED: "circle-dot",
    Standing.DISPUTED: "circle-alert",
    Standing.REFUTED: "circle-slash",
}
"""None bears a tick: what holds for one company only must not look like success."""
TO_TEST = frozenset({State.FLAGGED, State.TEST_DESIGNED, State.INCONCLUSIVE})
"""States in which a test comes next; so it does in `TESTING` while none runs, and where the other side is missing."""


@dataclass(frozen=True, slots=True)
class DrawnClaim:
    """One thing that must be true, in a word or two, and how far it is."""

    claim: Claim
    words: str
    standing: Standing
    standing_words: str

    @property
    def symbol(self) -> str:
        """The drawing that says how far it is."""
        return CLAIM_SYMBOLS[self.standing]


@dataclass(frozen=True)
class DrawnIdea:
    """An idea as one reader sees it in a list. `owners` are people of its tests whom the reader may know of."""

    seen: PartnershipInView
    read: IdeaRead
    owners: Mapping[UUID, str]
    today: date

    @property
    def id(self) -> UUID:
        return self.read.row.pk

    @property
    def title(self) -> str:
        return self.read.row.title

    @property
    def partnership_id(self) -> UUID:
        return self.read.row.partnership_id

    @cached_property
    def start(self) -> str:
        """The first company's short name."""
        return self.seen.organisation("start").short_name

    @cached_property
    def end(self) -> str:
        """The second company's short name."""
        return self.seen.organisation("end").short_name

    @cached_property
    def state(self) -> State:
        return self.read.state

    @cached_property
    def state_words(self) -> str:
        return state_words(self.state, names_of(self.seen))

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.state]

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def importance(self) -> int:
        return self.read.row.importance

    @cached_property
    def level(self) -> int:
        """The evidence there is, 0 to 5."""
        return self.read.level

    @property
    def score(self) -> int:
        """What testing it next is worth, 0 to 25."""
        return self.read.candidate.score

    @property
    def quadrant(self) -> Quadrant:
        return quadrant(self.importance, self.level)

    @property
    def is_alive(self) -> bool:
        """Whether it was neither dropped nor gone on with as another."""
        return self.state not in AT_REST

    @property
    def is_on_map(self) -> bool:
        """Whether it lies on the map: what did not hold has no evidence *for* it, and is not to be tested for that."""
        return self.is_alive and self.state is not State.REFUTED

    @property
    def may_change(self) -> bool:
        """Whether the reader may say how important it is."""
        return self.is_alive and self.seen.may_negotiate()

    @property
    def waits_for_test(self) -> bool:
        """Whether a test of it may be next."""
        return self.is_to_test or self.state in (State.SUPPORTED_START_ONLY, State.SUPPORTED_END_ONLY)

    @property
    def is_to_test(self) -> bool:
        """The same, while it holds for neither company."""
        return self.state in TO_TEST or (self.state is State.TESTING and not self.read.progress.running)

    @cached_property
    def claims(self) -> list[DrawnClaim]:
        """What must be true; the world around only where somebody has worded or looked at it."""
        names = names_of(self.seen)
        return [
            DrawnClaim(claim, claim_short(claim, names), stands.standing, str(STANDINGS[stands.standing]))
            for claim, stands in self.read.claims.items()
            if claim in REQUIRED or self._looks_at_world
        ]

    @property
    def open_risks(self) -> frozenset[Risk]:
        """What may still turn out wrong."""
        return frozenset(RISK_OF[each.claim] for each in self.claims if each.standing is not Standing.SUPPORTED)

    @cached_property
    def next_due(self) -> TestCard | None:
        """Its test that is due first, of those that have not ended."""
        due = [test for test in self.read.tests if test.due_on and test.ended_at is None]
        return min(due, key=lambda test: test.due_on or self.today, default=None)

    @property
    def due_on(self) -> date | None:
        """When a test of it is due."""
        return self.next_due.due_on if self.next_due and self.is_alive else None

    @property
    def is_late(self) -> bool:
        """Whether that day has passed."""
        return self.due_on is not None and self.due_on < self.today

    @property
    def _looks_at_world(self) -> bool:
        spoken = [*(test.claims for test in self.read.tests), *(card.verdicts for card in self.read.cards)]
        worded = self.read.row.words.get(Slot.MUST_ENVIRONMENT)
        return bool(worded) or any(Claim.ENVIRONMENT in each for each in spoken)


def draw_ideas(viewer: Viewer, ideas: Iterable[IdeaRead], *, today: date) -> list[DrawnIdea]:
    """Return ideas as somebody sees them: 1 query for the people of their tests."""
    read = list(ideas)
    people = {each.pk: each.name for each in members_seen(viewer.audience)} if any(each.tests for each in read) else {}
    return [draw_idea(viewer, each, people, today=today) for each in read]


def draw_idea(viewer: Viewer, read: IdeaRead, people: Mapping[UUID, str], *, today: date) -> DrawnIdea:
    """Return an idea as somebody sees it; `people` are those whom they may know of, with their names."""
    ids = dict.fromkeys(pk for test in read.tests for pk in (test.owner_start_id, test.owner_end_id) if pk)
    owners = {pk: people[pk] for pk in ids if people.get(pk)}
    return DrawnIdea(PartnershipInView(viewer, read.row.partnership), read, owners, today)
