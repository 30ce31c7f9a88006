"""The report: all that two companies take home, as one reader may know it, in a fixed number of queries.

A rating stands in it only once both sides have rated, to the reader's own side too: it may be sent to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.names import initials
from partners.canvases.kinds import PARTNERSHIP, WEIGHT_WORDS, BlockKind
from partners.canvases.models import Note
from partners.outcome.boards.page import DrawnDecision, DrawnStep, draw_decision, draw_step, notes_by_id, steps_of
from partners.outcome.boards.words import finding_text, finding_title, gain_words, name_of
from partners.outcome.models import NextStep
from partners.value_fit.access import PartnershipInView, sheets_of
from partners.value_fit.boards.words import NEED_STATES, STRENGTHS, number, percent
from partners.value_fit.models import Consent, JointSentence, Pair, Round
from partners.value_fit.queries import Comparison, PairRead, RatingRead, SentenceRead, comparison, match_of
from partners.value_fit.rules import (
    RULE_VERSION,
    SIDES,
    Finding,
    FindingKind,
    Scores,
    Side,
    Table,
    findings,
    other,
    scores,
    state_of,
)
from partners.workspaces.models import Membership, Organisation
from partners.workspaces.queries import members_seen

PEOPLE = ("names", "initials", "none")
INTENT = "intent"


@dataclass(frozen=True, slots=True)
class Line:
    """A note in the report: its words, and what is said about it in few."""

    text: str
    marks: tuple[str, ...] = ()
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A block of a sheet as a list."""

    title: str
    subtitle: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One company's Partnership Canvas; `is_private` while it is hidden from the reader."""

    side: Side
    company: str
    is_private: bool
    intent: list[Line]
    parts: list[SheetPart]


@dataclass(frozen=True, slots=True)
class Saying:
    """What one side says of a pair."""

    side: Side
    company: str
    words: str
    reason: str
    is_guess: bool


@dataclass(frozen=True, slots=True)
class PairLine:
    """An offer put to a need: what both say, or for whom it waits."""

    offer: str
    agreed: str
    waits_for: tuple[str, ...]
    sayings: tuple[Saying, ...]
    interest: str


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need with the offers put to it, and how far it is."""

    need: Line
    state: str
    pairs: list[PairLine]


@dataclass(frozen=True, slots=True)
class Direction:
    """What one company brings for the needs of the other."""

    side: Side
    needing: str
    bringing: str
    needs: list[NeedLine]


@dataclass(frozen=True, slots=True)
class Figures:
    """The scores by one way of counting, in words; empty where not known."""

    met: tuple[tuple[Side, str, str], ...]
    fit: str
    balance: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """A joint sentence: its words, for whom, who said yes, and whether both did."""

    text: str
    gain: str
    said_yes: tuple[tuple[Side, str, str], ...]
    is_agreed: bool
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class OpenPart:
    """Findings of one kind."""

    title: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A round that has ended."""

    number: int
    name: str
    at: datetime
    fit: str


@dataclass(frozen=True)
class Report:
    """Everything that is printed."""

    seen: PartnershipInView
    people_shown: str
    made_on: date
    sheets: list[Sheet]
    directions: list[Direction]
    agreed: Figures
    hoped: Figures
    transfers: list[Agreed]
    created: list[Agreed]
    open_parts: list[OpenPart]
    opposed: list[str]
    decision: DrawnDecision
    steps: list[DrawnStep]
    people: list[tuple[str, list[str]]]
    rounds: list[Kept]
    has_guesses: bool
    rule_version: str = RULE_VERSION
    credit: str = ""

    @property
    def is_sealed(self) -> bool:
        """Whether the two have not shown each other their sheets yet."""
        return self.seen.partnership.sealed_at is not None

    @property
    def has_needs(self) -> bool:
        """Whether there is anything to compare."""
        return any(each.needs for each in self.directions)


class Namer:
    """People as the report shows them: by name, by initials, or not at all."""

    def __init__(self, seen: PartnershipInView, people_shown: str) -> None:
        self._audience, self._shown = seen.viewer.audience, people_shown
        sides = [seen.organisation(side) for side in SIDES]
        self._companies = {name.casefold() for each in sides for name in (each.name, each.short_name)}

    def member(self, member: Membership | None) -> str:
        """Return somebody who is or was here."""
        return self.named(name_of(member, self._audience))

    def named(self, name: str) -> str:
        """Return somebody by a name that may be shown; a company's stays as it is."""
        if not name or name.casefold() in self._companies or self._shown == "names":
            return name
        return initials(name) if self._shown == "initials" else ""


def draw_report(seen: PartnershipInView, people_shown: str = "names") -> Report:
    """Return the report for one reader; `people_shown` is one of `PEOPLE`."""
    namer = Namer(seen, people_shown)
    compared = comparison(seen.partnership)
    table, notes = compared.table, notes_by_id(compared)
    found = [] if seen.partnership.sealed_at else findings(table)
    consents = _consents(compared)
    return Report(
        seen=seen,
        people_shown=people_shown,
        made_on=timezone.localdate(),
        sheets=_sheets(seen),
        directions=[_direction(seen, compared, table, side) for side in SIDES],
        agreed=_figures(seen, scores(table)),
        hoped=_figures(seen, scores(table, with_guesses=True)),
        transfers=_sentences(seen, compared, JointSentence.Kind.TRANSFER, consents, namer),
        created=_sentences(seen, compared, JointSentence.Kind.CREATED, consents, namer),
        open_parts=_open_parts(seen, found, notes),
        opposed=[finding_text(each, notes) for each in found if each.kind is FindingKind.OPPOSED],
        decision=_decision(seen, namer),
        steps=[_step(seen, step, namer) for step in steps_of(seen)],
        people=_people(seen, namer),
        rounds=_rounds(seen),
        has_guesses=any(each.kind is FindingKind.UNCONFIRMED for each in found)
        or any(note.is_guess for note in notes.values()),
        credit=str(PARTNERSHIP.credit),
    )


# --- the sheets -------------------------------------------------------------------------------------------------------


def _sheets(seen: PartnershipInView) -> list[Sheet]:
    canvases = sheets_of(seen)
    by_place: dict[tuple[UUID, str], list[Note]] = {}
    notes = Note.objects.filter(canvas__in=[canvas.pk for canvas in canvases.values()], deleted_at=None)
    for note in notes.order_by("rank", "pk"):
        by_place.setdefault((note.canvas_id, note.block), []).append(note)
    found = []
    for side in SIDES:
        owner, partner = seen.organisation(side), seen.organisation(other(side))
        canvas = canvases.get(side)
        blocks = {
            block.key: [_line(note, owner, partner) for note in by_place.get((canvas.pk, block.key), [])]
            for block in PARTNERSHIP.blocks
            if canvas is not None
        }
        names = {"owner": owner.short_name, "partner": partner.short_name}
        parts = [_part(block, blocks[block.key], names) for block in PARTNERSHIP.blocks if blocks.get(block.key)]
        found.append(
            Sheet(
                side=side,
                company=owner.name,
                is_private=canvas is None,
                intent=blocks.get(INTENT, []),
                parts=[part for part in parts if part.title != _title(INTENT)],
            )
        )
    return found


def _part(block: BlockKind, lines: list[Line], names: dict[str, str]) -> SheetPart:
    return SheetPart(str(block.title), str(block.subtitle) % names if block.subtitle else "", lines)


def _title(key: str) -> str:
    block = PARTNERSHIP.block(key)
    return str(block.title) if block else ""


def _line(note: Note, owner: Organisation, partner: Organisation) -> Line:
    gains = {
        Note.Beneficiary.CUSTOMER: _("for the customer"),
        Note.Beneficiary.US: _("for %(company)s") % {"company": owner.short_name},
        Note.Beneficiary.PARTNER: _("for %(company)s") % {"company": partner.short_name},
    }
    marks = (
        str(WEIGHT_WORDS[note.weight]) if note.weight else "",
        gains.get(Note.Beneficiary(note.beneficiary), "") if note.beneficiary else "",
        note.get_verdict_display() if note.verdict else "",
    )
    return Line(note.text, tuple(mark for mark in marks if mark), note.is_guess)


# --- the comparison ---------------------------------------------------------------------------------------------------


def _direction(seen: PartnershipInView, compared: Comparison, table: Table, side: Side) -> Direction:
    needing, bringing = seen.organisation(side), seen.organisation(other(side))
    offers = {note.pk: note for note in compared.offers(other(side))}
    by_need: dict[UUID, list[PairRead]] = {}
    for pair in compared.pairs:
        by_need.setdefault(pair.need_id, []).append(pair)
    things = {thing.id: thing for thing in table.needs[side]}
    return Direction(
        side=side,
        needing=needing.short_name,
        bringing=bringing.short_name,
        needs=[
            NeedLine(
                need=_line(need, needing, bringing),
                state=str(
                    NEED_STATES[
                        state_of(
                            things[need.pk],
                            (match_of(pair) for pair in by_need.get(need.pk, [])),
                            looked_through=side in table.looked_through,
                        )
                    ]
                ),
                pairs=[
                    _pair(pair, offers[pair.offer_id], needing, bringing, side) for pair in by_need.get(need.pk, [])
                ],
            )
            for need in compared.needs(side)
        ],
    )


def _pair(pair: PairRead, offer: Note, needing: Organisation, bringing: Organisation, side: Side) -> PairLine:
    said = ((side, needing, pair.needing), (other(side), bringing, pair.bringing))
    match = match_of(pair)
    interest = str(Pair.Interest(pair.interest).label) if pair.interest else ""
    if not pair.is_settled:
        waits = tuple(company.short_name for _at, company, rating in said if rating is None)
        return PairLine(offer.text, "", waits, (), interest)
    sayings = tuple(_saying(at, company, rating) for at, company, rating in said if rating is not None)
    both = match.hoped if match.hoped is not None else 0
    return PairLine(offer.text, str(STRENGTHS[both]), (), sayings, interest)


def _saying(side: Side, company: Organisation, rating: RatingRead) -> Saying:
    return Saying(side, company.short_name, str(STRENGTHS[rating.strength]), rating.reason, rating.is_guess)


def _figures(seen: PartnershipInView, found: Scores) -> Figures:
    return Figures(
        met=tuple((side, seen.organisation(side).short_name, _share(found.coverage[side].value)) for side in SIDES),
        fit=_share(found.fit),
        balance="" if found.balance is None else number(found.balance, 3),
    )


def _share(value: Fraction | None) -> str:
    return "" if value is None else _("%(number)s %%") % {"number": percent(value)}


def _open_parts(seen: PartnershipInView, found: Iterable[Finding], notes: dict[UUID, Note]) -> list[OpenPart]:
    settled = (FindingKind.MET, FindingKind.OPPOSED)
    parts: dict[FindingKind, list[str]] = {}
    for each in found:
        if each.kind in settled:
            continue
        text = finding_text(each, notes)
        if each.kind is FindingKind.ONE_SIDED:
            sides = [each.side] if each.side else []
            text = ", ".join(seen.organisation(side).short_name for side in sides)
        elif each.side:
            text = _("%(text)s (%(company)s)") % {"text": text, "company": seen.organisation(each.side).short_name}
        parts.setdefault(each.kind, []).append(text)
    return [OpenPart(finding_title(kind), lines) for kind, lines in parts.items()]


# --- what both say and do ---------------------------------------------------------------------------------------------


def _consents(compared: Comparison) -> dict[tuple[UUID, UUID], Consent]:
    sentences = [each.row.pk for each in compared.sentences]
    rows = Consent.objects.filter(sentence__in=sentences).select_related("by") if sentences else []
    return {(row.sentence_id, row.organisation_id): row for row in rows}


def _sentences(
    seen: PartnershipInView,
    compared: Comparison,
    kind: str,
    consents: dict[tuple[UUID, UUID], Consent],
    namer: Namer,
) -> list[Agreed]:
    """The joint sentences of a kind, the agreed ones first; none while the sheets are private."""
    if seen.partnership.sealed_at is not None:
        return []

    def drawn(read: SentenceRead) -> Agreed:
        row = read.row
        said_yes = tuple(
            (side, company.short_name, namer.member(consent.by))
            for side in SIDES
            for company in (seen.organisation(side),)
            if (consent := consents.get((row.pk, company.pk)))
        )
        gain = gain_words(row) if kind == JointSentence.Kind.CREATED else ""
        return Agreed(row.text, gain, said_yes, compared.is_agreed(read), row.accepted_at is not None)

    return sorted((drawn(read) for read in compared.joint(kind)), key=lambda each: not each.is_agreed)


def _decision(seen: PartnershipInView, namer: Namer) -> DrawnDecision:
    decision = draw_decision(seen)
    assents = tuple(replace(each, name=namer.named(each.name)) for each in decision.assents)
    return replace(decision, name=namer.named(decision.name), assents=assents)


def _step(seen: PartnershipInView, step: NextStep, namer: Namer) -> DrawnStep:
    drawn = draw_step(seen, step)
    return replace(drawn, who=namer.named(drawn.who))


def _people(seen: PartnershipInView, namer: Namer) -> list[tuple[str, list[str]]]:
    """Who took part, by company: the people of this partnership whom the reader sees."""
    here = members_seen(seen.viewer.audience).filter(
        Q(organisation_id__in=seen.organisation_ids) | Q(organisation=None),
        Q(scope=Membership.Scope.WORKSPACE) | Q(partnerships=seen.partnership),
    )
    by_company: dict[UUID | None, list[str]] = {}
    for member in here.distinct():
        by_company.setdefault(member.organisation_id, []).append(namer.member(member))
    companies = [(seen.organisation(side).name, by_company.get(seen.organisation(side).pk, [])) for side in SIDES]
    groups = [*companies, (_("of no company"), by_company.get(None, []))]
    return [(company, people) for company, people in groups if people]


def _rounds(seen: PartnershipInView) -> list[Kept]:
    if seen.partnership.sealed_at is not None:
        return []
    kept = []
    for row in Round.objects.filter(partnership=seen.partnership).order_by("number"):
        fit = row.snapshot["scores"]["agreed"]["fit"]
        kept.append(Kept(row.number, row.name, row.created_at, "" if fit is None else _share(Fraction(str(fit)))))
    return kept
