"""Evidence: what learning cards say of the claims of an idea, how much that weighs, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from partners.base.dates import months_later
from partners.value_fit.rules import SIDES, Side

STRONGEST = 5


class Claim(StrEnum):
    """One thing that must be true for an idea: desirability, feasibility, viability for each side; adaptability."""

    CUSTOMER = "customer"
    TRANSFER = "transfer"
    MODEL_START = "model_start"
    MODEL_END = "model_end"
    ENVIRONMENT = "environment"


MODELS: Mapping[Side, Claim] = {"start": Claim.MODEL_START, "end": Claim.MODEL_END}
REQUIRED = (Claim.CUSTOMER, Claim.TRANSFER, *MODELS.values())
"""The claims without which nothing is validated; `environment` is looked at, and asked of nobody."""


class Outcome(StrEnum):
    """What was learned about a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Learned:
    """What one learning card says of one claim.

    `version` is that of the statement it was tested on. `accepted` are the sides of which one of its own people has
    accepted the card: what a stand-in says is none of it. `with_costs`: the cost check was included.
    """

    card: UUID
    claim: Claim
    outcome: Outcome
    level: int
    version: int
    observed_on: date
    accepted: frozenset[Side] = frozenset()
    with_costs: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What evidence is held to: the statement's version, today, and what the workspace has set."""

    version: int
    today: date
    threshold: int = 3
    months: int = 6

    def expires_on(self, learned: Learned) -> date:
        """Return the first day on which a card has become too old."""
        return months_later(learned.observed_on, self.months) + timedelta(days=1)

    def is_of_now(self, learned: Learned) -> bool:
        """Whether a card speaks of the statement as it reads, and is neither too old nor from the future."""
        return learned.version == self.version and learned.observed_on <= self.today < self.expires_on(learned)


class Doubt(StrEnum):
    """Why a card that supports a claim does not count, or why a claim that has support does not stand."""

    OTHER_VERSION = "other_version"
    TOO_OLD = "too_old"
    NOT_ACCEPTED_BY_START = "not_accepted_by_start"
    NOT_ACCEPTED_BY_END = "not_accepted_by_end"
    WITHOUT_COSTS = "without_costs"
    TOO_WEAK = "too_weak"
    CONTRADICTED = "contradicted"


NOT_ACCEPTED: Mapping[Side, Doubt] = {"start": Doubt.NOT_ACCEPTED_BY_START, "end": Doubt.NOT_ACCEPTED_BY_END}


class Standing(StrEnum):
    """How far a claim is."""

    OPEN = "open"
    SUPPORTED = "supported"
    DISPUTED = "disputed"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """How far a claim is, by all that was learned.

    `level` is the strongest support that counts (0: none). `rests_on` is the card that holds the claim longest, and
    `expires_on` when it no longer does; both None unless it is supported. `doubts` say what keeps it from being so.
    """

    claim: Claim
    standing: Standing
    level: int
    rests_on: UUID | None = None
    expires_on: date | None = None
    doubts: frozenset[Doubt] = frozenset()


def doubts_about(learned: Learned, terms: Terms) -> frozenset[Doubt]:
    """Return why a supporting card does not carry its claim; nothing when it does."""
    found = {NOT_ACCEPTED[side] for side in SIDES if side not in learned.accepted}
    if learned.version != terms.version:
        found.add(Doubt.OTHER_VERSION)
    elif not terms.is_of_now(learned):
        found.add(Doubt.TOO_OLD)
    if learned.claim in MODELS.values() and not learned.with_costs:
        found.add(Doubt.WITHOUT_COSTS)
    if learned.level < terms.threshold:
        found.add(Doubt.TOO_WEAK)
    return frozenset(found)


def standing_of(claim: Claim, learned: Iterable[Learned], terms: Terms) -> ClaimStanding:
    """Return how far a claim is. Source: domain reference 5, *Validated for both at the same time*.

    Supported: a card supports it that speaks of this statement, is not too old, has been accepted by people of both
    sides, reaches the threshold and, for a business model, includes what it costs; and none refutes it at an equal or
    higher level. Reading: a refutation of this statement keeps a claim from standing as soon as it is written down and
    does not age (*disputed*); that the claim *did not hold* takes both sides' acceptance as well.
    """
    about = [each for each in learned if each.claim is claim]
    doubted = {each: doubts_about(each, terms) for each in about if each.outcome is Outcome.SUPPORTS}
    counting = [each for each, doubts in doubted.items() if doubts <= {Doubt.TOO_WEAK}]
    level = max((each.level for each in counting), default=0)
    against = [
        each
        for each in about
        if each.outcome is Outcome.REFUTES and each.version == terms.version and each.level >= level
    ]
    carrying = [each for each in counting if each.level >= terms.threshold]
    if against:
        is_agreed = any(each.accepted >= set(SIDES) for each in against)
        standing = Standing.REFUTED if is_agreed else Standing.DISPUTED
        return ClaimStanding(claim, standing, level, doubts=frozenset({Doubt.CONTRADICTED}))
    if not carrying:
        nearest = min(doubted.values(), key=lambda doubts: (len(doubts), sorted(doubts)), default=frozenset())
        return ClaimStanding(claim, Standing.OPEN, level, doubts=nearest)
    last = max(carrying, key=lambda each: (each.observed_on, each.card))
    return ClaimStanding(claim, Standing.SUPPORTED, level, last.card, terms.expires_on(last))


def standings(learned: Iterable[Learned], terms: Terms) -> dict[Claim, ClaimStanding]:
    """Return how far each claim is."""
    known = list(learned)
    return {claim: standing_of(claim, known, terms) for claim in Claim}


def holds_for(side: Side, claims: Mapping[Claim, ClaimStanding]) -> bool:
    """Whether customer, transfer and this side's business model are supported."""
    asked = (Claim.CUSTOMER, Claim.TRANSFER, MODELS[side])
    return all(claims[claim].standing is Standing.SUPPORTED for claim in asked)


def level_of(claims: Mapping[Claim, ClaimStanding]) -> int:
    """Return the evidence of an idea, 0 to 5: that of the least known of its required claims."""
    return min(claims[claim].level for claim in REQUIRED)


def holds_until(claims: Mapping[Claim, ClaimStanding]) -> date | None:
    """Return the first day on which one of the required claims no longer stands; None when one does not stand now."""
    days = [claims[claim].expires_on for claim in REQUIRED]
    return None if None in days else min(day for day in days if day is not None)
