"""What companies compared as tables for spreadsheets: a row per pair, or per finding, and a column per company."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partners.exports.comparisons import open_to, pairs_in_order
from partners.exports.formats.csv import table
from partners.exports.snapshot import Snapshot
from partners.outcome.boards.words import finding_text, suggested_step, title_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.compared import ComparedNote
from partners.value_fit.models import Pair
from partners.value_fit.queries import comparison, organisation_at
from partners.value_fit.rules import SIDES, Finding, findings
from partners.value_fit.telling import told_pair
from partners.workspaces.models import Organisation, Partnership
from partners.workspaces.queries import organisations_seen

MATCH_COLUMNS = (
    "partnership",
    "offer",
    "offered_by",
    "need",
    "needed_by",
    "weight",
    "interest",
    "agreed",
    "if_guesses_hold",
    "rests_on_a_guess",
)
FINDING_COLUMNS = ("partnership", "finding", "says", "about", "notes", "next")


def matches(snapshot: Snapshot) -> Iterator[str]:
    """Return all pairs line by line; per company what it rated, `waiting`, or `rated` when that is not told yet."""
    companies = _companies(snapshot)
    columns = [name for company in companies for name in (company.name, f"{company.name}: reason")]
    seen = {each.partnership.pk: each for each in open_to(snapshot.viewer)}
    pairs = pairs_in_order(list(seen.values())) if seen else ()
    rows = (_match(seen[pair.partnership_id], pair, companies) for pair in pairs)
    return table([*MATCH_COLUMNS, *columns], rows)


def found(snapshot: Snapshot) -> Iterator[str]:
    """Return all findings line by line; per company the notes of its own that a finding is about."""
    companies = _companies(snapshot)
    rows = (row for seen in open_to(snapshot.viewer) for row in _findings(seen, companies))
    return table([*FINDING_COLUMNS, *(company.name for company in companies)], rows)


def _companies(snapshot: Snapshot) -> list[Organisation]:
    return list(organisations_seen(snapshot.audience).order_by("-is_focal", "rank", "pk"))


def _match(seen: PartnershipInView, pair: Pair, companies: list[Organisation]) -> list[Any]:
    told = told_pair(seen, pair)
    by_company = {rating["organisation"]: rating for rating in (told["needing"], told["bringing"])}
    names = {company.pk: company.name for company in companies}
    row = [
        _name(seen.partnership),
        pair.offer.text,
        names.get(told["bringing"]["organisation"]),
        pair.need.text,
        names.get(told["needing"]["organisation"]),
        pair.need.weight or 2,
        pair.interest,
        told["agreed"],
        told["hoped"],
        "yes" if any(rating["is_guess"] for rating in by_company.values()) else "",
    ]
    for company in companies:
        rating = by_company.get(company.pk)
        row += [_said(rating), rating["reason"]] if rating else ["", ""]
    return row


def _said(rating: dict[str, Any]) -> Any:
    if not rating["rated"]:
        return "waiting"
    return "rated" if rating["hidden"] else rating["strength"]


def _findings(seen: PartnershipInView, companies: list[Organisation]) -> Iterator[list[Any]]:
    compared = comparison(seen.partnership)
    sides = {note.pk: (side, note) for side in SIDES for notes in compared.notes[side].values() for note in notes}
    notes = {pk: note for pk, (_side, note) in sides.items()}
    for finding in findings(compared.table):
        texts: dict[Any, list[str]] = {}
        for pk in finding.notes:
            if pk in sides:
                texts.setdefault(organisation_at(seen.partnership, sides[pk][0]).pk, []).append(notes[pk].text)
        yield [
            *_finding(seen.partnership, finding, notes),
            *("; ".join(texts.get(company.pk, ())) for company in companies),
        ]


def _finding(partnership: Partnership, finding: Finding, notes: dict[Any, ComparedNote]) -> list[Any]:
    text = finding_text(finding, notes)
    return [
        _name(partnership),
        finding.kind.value,
        title_of(finding),
        organisation_at(partnership, finding.side).name if finding.side else "",
        text,
        suggested_step(finding) % {"text": text},
    ]


def _name(partnership: Partnership) -> str:
    return f"{partnership.first.short_name} – {partnership.second.short_name}"
