"""The report: all that two companies take home, as one reader may know it, in a fixed number of queries.

A rating stands in it only once both sides have rated, to the reader's own side too: it may be sent to anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.canvases.kinds import PARTNERSHIP
from partners.hypotheses.boards.reported import IdeaReported, ideas_reported
from partners.outcome.boards.decisions import DrawnDecision, draw_decision
from partners.outcome.boards.namer import Namer
from partners.outcome.boards.open_points import notes_by_id
from partners.outcome.boards.report_pairs import Direction, Figures, direction, figures, noted_for_others, share
from partners.outcome.boards.report_sheets import Sheet, sheets_listed
from partners.outcome.boards.steps import DrawnStep, draw_step, paired_notes, steps_of
from partners.outcome.boards.words import finding_text, gain_words, title_of
from partners.outcome.models import NextStep
from partners.value_fit.access import PartnershipInView
from partners.value_fit.compared import ComparedNote, SentenceRead
from partners.value_fit.models import Consent, JointSentence, Round
from partners.value_fit.queries import Comparison, comparison
from partners.value_fit.rules import (
    RULE_VERSION,
    SIDES,
    Finding,
    FindingKind,
    Side,
    findings,
    scores,
)
from partners.workspaces.models import Membership
from partners.workspaces.queries import members_seen

PEOPLE = ("names", "initials", "none")


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
    ideas: list[IdeaReported]
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


def draw_report(seen: PartnershipInView, people_shown: str = "names") -> Report:
    """Return the report for one reader; `people_shown` is one of `PEOPLE`."""
    namer = Namer(seen, people_shown)
    compared = comparison(seen.partnership)
    table, notes = compared.table, notes_by_id(compared)
    found = [] if seen.partnership.sealed_at else findings(table)
    consents = _consents(compared)
    noted_by = namer.members_by_id(noted_for_others(compared))
    return Report(
        seen=seen,
        people_shown=people_shown,
        made_on=timezone.localdate(),
        sheets=sheets_listed(seen),
        directions=[direction(seen, compared, table, side, noted_by) for side in reversed(SIDES)],
        agreed=figures(seen, scores(table)),
        hoped=figures(seen, scores(table, with_guesses=True)),
        transfers=_sentences(seen, compared, JointSentence.Kind.TRANSFER, consents, namer),
        created=_sentences(seen, compared, JointSentence.Kind.CREATED, consents, namer),
        ideas=ideas_reported(seen),
        open_parts=_open_parts(seen, found, notes),
        opposed=[finding_text(each, notes) for each in found if each.kind is FindingKind.OPPOSED],
        decision=_decision(seen, namer),
        steps=[_step(seen, step, namer, paired_notes(compared)) for step in steps_of(seen)],
        people=_people(seen, namer),
        rounds=_rounds(seen),
        has_guesses=any(each.kind is FindingKind.UNCONFIRMED for each in found)
        or any(note.is_guess for note in notes.values()),
        credit=str(PARTNERSHIP.credit),
    )


def _open_parts(seen: PartnershipInView, found: Iterable[Finding], notes: dict[UUID, ComparedNote]) -> list[OpenPart]:
    settled = (FindingKind.MET, FindingKind.OPPOSED)
    parts: dict[str, list[str]] = {}
    for each in found:
        if each.kind in settled:
            continue
        text = finding_text(each, notes)
        if each.kind is FindingKind.ONE_SIDED:
            sides = [each.side] if each.side else []
            text = ", ".join(seen.organisation(side).short_name for side in sides)
        elif each.side:
            text = _("%(text)s (%(company)s)") % {"text": text, "company": seen.organisation(each.side).short_name}
        parts.setdefault(title_of(each), []).append(text)
    return [OpenPart(title, lines) for title, lines in parts.items()]


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


def _step(seen: PartnershipInView, step: NextStep, namer: Namer, paired: Collection[UUID]) -> DrawnStep:
    drawn = draw_step(seen, step, paired=paired)
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
        kept.append(Kept(row.number, row.name, row.created_at, "" if fit is None else share(Fraction(str(fit)))))
    return kept
