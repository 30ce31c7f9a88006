"""What was learned about an idea, card by card, and who has accepted it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from partners.hypotheses.boards.asking import AskedPerson, link_words
from partners.hypotheses.boards.words import DECISIONS, LEVELS, OUTCOMES, Names, claim_short
from partners.hypotheses.models import LearningCard
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import MODELS, Claim, Outcome
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES, Side
from partners.workspaces.rules import Action

SYMBOLS: Mapping[Outcome, str] = {
    Outcome.SUPPORTS: "plus",
    Outcome.REFUTES: "minus",
    Outcome.UNCLEAR: "circle-question-mark",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a card says of one claim."""

    claim: str
    outcome: str
    words: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Yes:
    """What one company says of a card: whether it accepted it, through whom, and whether the reader may say it.

    `link` says who made the link by which that person came in, if they came by one. `asked` are those of it who have
    been asked by a link and have not accepted it; `may_ask`: the reader may ask another one.
    """

    side: Side
    organisation_id: UUID
    company: str
    given: bool
    name: str
    mine: bool
    link: str
    asked: tuple[AskedPerson, ...]
    may_ask: bool


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A learning card. `is_old`: it speaks of the sentence before it was reworded; `is_aged`: of too long ago."""

    row: LearningCard
    verdicts: tuple[Verdict, ...]
    level_words: str
    decision: str
    costs: tuple[tuple[Side, str, str], ...]
    """What it costs each company, by side and name; only what the card says."""
    tests: tuple[str, ...]
    yeses: tuple[Yes, ...]
    is_old: bool
    is_aged: bool
    flags: tuple[str, ...]

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.row.pk


@dataclass(frozen=True)
class _Pen:
    """What drawing any card of an idea asks for."""

    seen: PartnershipInView
    read: IdeaRead
    names: Names
    people: Mapping[UUID, str]
    titles: Mapping[str, str]
    asked: Mapping[UUID, Sequence[AskedPerson]]


def draw_cards(
    seen: PartnershipInView,
    read: IdeaRead,
    names: Names,
    people: Mapping[UUID, str],
    asked: Mapping[UUID, Sequence[AskedPerson]] | None = None,
) -> list[DrawnCard]:
    """Return what was learned, the newest first; cards on the sentence of now before those on earlier ones.

    `asked` are the people who were asked by a link, by card.
    """
    cards = sorted(read.cards, key=lambda card: (card.observed_on, card.created_at), reverse=True)
    cards.sort(key=lambda card: card.version != read.row.version)
    pen = _Pen(seen, read, names, people, {str(test.pk): test.title for test in read.tests}, asked or {})
    return [_draw(pen, card) for card in cards]


def _draw(pen: _Pen, card: LearningCard) -> DrawnCard:
    costs = {"start": card.costs_start, "end": card.costs_end}
    terms, names = pen.read.terms, pen.names
    return DrawnCard(
        row=card,
        verdicts=tuple(
            Verdict(claim_short(Claim(claim), names), said, str(OUTCOMES[Outcome(said)]), SYMBOLS[Outcome(said)])
            for claim, said in card.verdicts.items()
        ),
        level_words=str(LEVELS[card.level]),
        decision=str(DECISIONS[card.decision]) if card.decision else "",
        costs=tuple((side, names[side], costs[side]) for side in SIDES if costs[side]),
        tests=tuple(pen.titles[test] for test in card.tests if test in pen.titles),
        yeses=tuple(_yes(pen, side, card) for side in SIDES),
        is_old=card.version != pen.read.row.version,
        is_aged=any(each.card == card.pk and terms.today >= terms.expires_on(each) for each in pen.read.learned),
        flags=tuple(
            _("It does not say what it costs %(company)s, so it proves nothing for it yet.") % {"company": names[side]}
            for side in SIDES
            if card.verdicts.get(MODELS[side]) == Outcome.SUPPORTS and not costs[side]
        ),
    )


def _yes(pen: _Pen, side: Side, card: LearningCard) -> Yes:
    company = pen.seen.organisation(side)
    given = next((each for each in card.acceptances.all() if each.organisation_id == company.pk), None)
    name = pen.people.get(given.by_id, "") if given and given.by_id else ""
    viewer = pen.seen.viewer
    asked = () if given else tuple(each for each in pen.asked.get(card.pk, ()) if each.organisation_id == company.pk)
    may_ask = given is None and viewer.may(Action.ASK, company.pk)
    link = link_words(pen.seen, given) if given else ""
    may_say = viewer.may(Action.AGREE, company.pk)
    return Yes(side, company.pk, pen.names[side], given is not None, name, may_say, link, asked, may_ask)
