"""What must be true for an idea, claim by claim: how far it is, until when, and what the nearest card lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from partners.hypotheses.boards.words import LEVELS, STANDINGS, Names, claim_short, claim_words, doubt_words
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import MODELS, MUST, REQUIRED, Claim, ClaimStanding, Standing, State
from partners.value_fit.rules import Side

SYMBOLS: Mapping[Standing, str] = {
    Standing.OPEN: "circle-dashed",
    Standing.SUPPORTED: "check",
    Standing.DISPUTED: "circle-question-mark",
    Standing.REFUTED: "circle-slash",
}
TONES: Mapping[Standing, str] = {Standing.SUPPORTED: "ok", Standing.DISPUTED: "ask", Standing.REFUTED: "bad"}


@dataclass(frozen=True, slots=True)
class DrawnClaim:
    """One thing that must be true. `must` is how people worded it, `until` the last day on which it holds."""

    claim: Claim
    question: str
    short: str
    must: str
    standing: str
    words: str
    symbol: str
    tone: str
    level: int
    level_words: str
    until: date | None
    lacks: tuple[str, ...]
    is_spoken_of: bool
    is_required: bool
    side: Side | None


def draw_claims(read: IdeaRead, names: Names) -> list[DrawnClaim]:
    """Return all claims of an idea, the required ones first."""
    spoken_of = {claim for card in read.cards for claim in card.verdicts}
    return [_draw(read, names, claim, read.claims[claim], claim.value in spoken_of) for claim in Claim]


def _draw(read: IdeaRead, names: Names, claim: Claim, stands: ClaimStanding, is_spoken_of: bool) -> DrawnClaim:
    side = next((side for side, model in MODELS.items() if model is claim), None)
    # What holds in part is no success: only together do the four claims bear a tick.
    is_part = stands.standing is Standing.SUPPORTED and read.state is not State.VALIDATED
    return DrawnClaim(
        claim=claim,
        question=claim_words(claim, names),
        short=claim_short(claim, names),
        must=read.row.words.get(MUST[claim], ""),
        standing=stands.standing.value,
        words=str(STANDINGS[stands.standing]),
        symbol="circle-dot" if is_part else SYMBOLS[stands.standing],
        tone="" if is_part else TONES.get(stands.standing, ""),
        level=stands.level,
        level_words=str(LEVELS[stands.level]),
        until=stands.expires_on - timedelta(days=1) if stands.expires_on else None,
        lacks=tuple(doubt_words(doubt, names, threshold=read.terms.threshold) for doubt in sorted(stands.doubts)),
        is_spoken_of=is_spoken_of,
        is_required=claim in REQUIRED,
        side=side,
    )
