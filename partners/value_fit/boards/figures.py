"""What a comparison comes to in few words: the figures at the page's edges, a line for each band, and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.value_fit.boards.words import percent
from partners.value_fit.queries import Comparison, organisation_at
from partners.value_fit.rules import SIDES, Finding, FindingKind, Side, is_looked_at, other, scores


@dataclass(frozen=True, slots=True)
class SideFigure:
    """How far one company's needs are met, in percent: agreed, and *if our guesses hold*; None: not known."""

    side: Side
    company: str
    agreed: int | None
    hoped: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Both companies' figures, with fit and balance of what is agreed.

    `has_agreed`: both have rated some pair. Before, two zeros are as even as can be, which tells nobody anything.
    """

    sides: tuple[SideFigure, SideFigure]
    fit: int | None
    balance: int | None
    has_agreed: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """A part of a band's line: words, and whether it asks to be talked about or rests on guesses."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: the id of a row or tray element, with the words of the note, or of both of a pair."""

    id: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """All findings of one kind that say the same: what was found, what to do next, and the places of each."""

    kind: str
    title: str
    next: str
    found: tuple[tuple[Place, ...], ...]


def draw_figures(compared: Comparison) -> Figures:
    """Return the figures of a comparison."""
    table = compared.table
    agreed, hoped = scores(table), scores(table, with_guesses=True)
    sides = [
        SideFigure(
            side,
            organisation_at(compared.partnership, side).short_name,
            _percent(agreed.coverage[side].value),
            _percent(hoped.coverage[side].value),
        )
        for side in SIDES
    ]
    has_agreed = any(match.agreed is not None for match in table.matches)
    return Figures((sides[0], sides[1]), _percent(agreed.fit), _percent(agreed.balance), has_agreed)


def draw_summaries(compared: Comparison) -> dict[Side, list[Counted]]:
    """Return the line of each direction by the side that needs: how many looked at, met, partly met, and so on."""
    table, found = compared.table, compared.findings
    lines: dict[Side, list[Counted]] = {}
    for side in SIDES:
        needs = {need.id for need in table.needs[side]}
        if not needs:
            lines[side] = [Counted(_("%(company)s has noted no needs yet") % _names(compared, side))]
            continue
        through = side in table.looked_through
        looked_at = sum(
            is_looked_at(need, table.by_need.get(need.id, ()), looked_through=through) for need in table.needs[side]
        )
        own = [each for each in found if not needs.isdisjoint(each.notes)]
        line = [Counted(_("%(n)s of %(all)s looked at") % {"n": looked_at, "all": len(needs)})]
        line += _counted(own)
        lines[side] = line
    return lines


def _counted(own: Iterable[Finding]) -> list[Counted]:
    """How many of what the findings about one side's needs say, for its line."""
    count = Counter((each.kind, bool(each.pairs)) for each in own)
    met, partly = count[FindingKind.MET, True], count[FindingKind.PARTLY_MET, True]
    weighed, gaps = count[FindingKind.GAP, True], count[FindingKind.GAP, False]
    guesses = count[FindingKind.UNCONFIRMED, True]
    said = [
        (met, ngettext("%(n)s met", "%(n)s met", met), ""),
        (partly, ngettext("%(n)s partly met", "%(n)s partly met", partly), ""),
        (weighed, ngettext("%(n)s not met", "%(n)s not met", weighed), "needs-talk"),
        (gaps, ngettext("%(n)s nobody offers", "%(n)s nobody offers", gaps), "needs-talk"),
        (guesses, ngettext("%(n)s rests on a guess", "%(n)s rest on a guess", guesses), "guess"),
    ]
    return [Counted(words % {"n": number}, tone) for number, words, tone in said if number]


def draw_findings(compared: Comparison) -> list[FindingGroup]:
    """Return all findings by what they say, in the order in which they are read; what is met needs no words."""
    quiet = {FindingKind.MET, FindingKind.PARTLY_MET}
    places = _places(compared)
    groups: dict[tuple[str, str, str], list[tuple[Place, ...]]] = {}
    words: dict[tuple[FindingKind, Side, bool], tuple[str, str]] = {}
    for found in compared.findings:
        if found.kind in quiet:
            continue
        key = (found.kind, found.side or "start", bool(found.pairs))
        if key not in words:
            words[key] = _words(compared, found.kind, found.side or "start", is_weighed=bool(found.pairs))
        there = [places[note] for note in found.notes if note in places]
        if found.pairs and len(there) == 2:  # an offer and its need stand in one row
            there = [Place(there[1].id, (*there[0].texts, *there[1].texts))]
        groups.setdefault((found.kind.value, *words[key]), []).append(tuple(there))
    return [FindingGroup(*said, tuple(found)) for said, found in groups.items()]


def is_met(compared: Comparison) -> bool:
    """Return whether every need is met."""
    met = {note for found in compared.findings if found.kind is FindingKind.MET for note in found.notes}
    return all(need.pk in met for side in SIDES for need in compared.needs(side))


def _places(compared: Comparison) -> dict[UUID, Place]:
    """Where each need and offer stands on the page."""
    rows = {pair.offer_id: pair.need_id for pair in compared.pairs}
    rows |= {need.pk: need.pk for side in SIDES for need in compared.needs(side)}
    return {
        note.pk: Place(f"row-{rows[note.pk]}" if note.pk in rows else f"tray-{note.pk}", (note.text,))
        for side in SIDES
        for note in (*compared.needs(side), *compared.offers(side))
    }


def _words(compared: Comparison, kind: FindingKind, side: Side, *, is_weighed: bool) -> tuple[str, str]:
    """The title of a finding and what to do next; `is_weighed`: something was put to it, and found wanting."""
    names = _names(compared, side)
    if is_weighed and kind is FindingKind.GAP:
        return (_("not met"), _("Talk about what would meet it, look for a third party, or drop it."))
    if is_weighed and kind is FindingKind.SURPLUS:
        return (_("meets no need yet"), _("Talk about what it lacks, or stop offering it."))
    return {
        FindingKind.MET: (_("met"), ""),
        FindingKind.PARTLY_MET: (_("partly met"), ""),
        FindingKind.NOT_LOOKED_AT: (_("not looked at yet"), _("Put an offer to it, or say that it has no match.")),
        FindingKind.GAP: (_("nobody offers this"), _("Ask %(partner)s, look for a third party, or drop it.") % names),
        FindingKind.SURPLUS: (_("not asked for"), _("A need nobody has named? Test it, or stop offering it.")),
        FindingKind.REDUNDANCY: (_("both bring this"), _("Agree who does it: one of the two can save it.")),
        FindingKind.SHARED_WANT: (_("both need this"), _("A third partner is missing: look for one together.")),
        FindingKind.UNCONFIRMED: (_("rests on a guess"), _("Have the company confirm it, or test it first.")),
        FindingKind.TRANSFER_GAP: (_("no way across yet"), _("Agree how it gets across, so that value can flow.")),
        FindingKind.ONE_SIDED: (
            _("mostly pays one side: %(company)s") % names,
            _("Look for what %(partner)s gains before going on.") % names,
        ),
        FindingKind.OPPOSED: (_("opposed interests"), _("Put it on the agenda and settle it openly.")),
    }[kind]


def _names(compared: Comparison, side: Side) -> dict[str, str]:
    return {
        "company": organisation_at(compared.partnership, side).short_name,
        "partner": organisation_at(compared.partnership, other(side)).short_name,
    }


def _percent(value: Fraction | None) -> int | None:
    return None if value is None else percent(value)
