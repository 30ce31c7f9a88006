"""Joint ideas as a table for spreadsheets: a row per idea, and of every company what it brings and gains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partners.canvases.events import block_title
from partners.exports.comparisons import open_to
from partners.exports.formats.csv import table
from partners.exports.hypotheses import ideas_in_order
from partners.exports.snapshot import Snapshot
from partners.hypotheses.boards.words import LABELS, names_of, state_words
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import BLOCKS, GAINS, INPUTS, MODELS, Claim, Slot, State, holds_until
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES
from partners.workspaces.models import Organisation
from partners.workspaces.queries import organisations_seen

COLUMNS = (
    "partnership",
    "idea",
    "state",
    "says",
    "label",
    "is",
    "importance",
    "level",
    "score",
    "expires_on",
    "segment",
    "new_value",
    "transfer",
    "why_neither",
    "customer_wants_it",
    "it_gets_across",
    "world_allows_it",
    "tests",
    "learnings",
    "created_at",
    "id",
)
OF_A_COMPANY = ("brings", "gains", "in block", "pays")


def written(snapshot: Snapshot) -> Iterator[str]:
    """Return all joint ideas line by line."""
    companies = list(organisations_seen(snapshot.audience).order_by("-is_focal", "rank", "pk"))
    columns = [f"{company.name}: {what}" for company in companies for what in OF_A_COMPANY]
    seen = {each.partnership.pk: each for each in open_to(snapshot.viewer)}
    ideas = ideas_in_order(list(seen.values()))
    return table([*COLUMNS, *columns], (_row(seen[idea.row.partnership_id], idea, companies) for idea in ideas))


def _row(seen: PartnershipInView, idea: IdeaRead, companies: list[Organisation]) -> list[Any]:
    row, words = idea.row, idea.row.words
    standings = {claim: found.standing.value for claim, found in idea.claims.items()}
    names = names_of(seen)
    told = [
        f"{names['start']} – {names['end']}",
        row.title,
        idea.state.value,
        state_words(idea.state, names),
        idea.synergy.label.value,
        LABELS[idea.synergy.label],
        row.importance,
        idea.level,
        idea.candidate.score,
        holds_until(idea.claims) if idea.state is State.VALIDATED else "",
        *(words.get(slot, "") for slot in (Slot.SEGMENT, Slot.NEW_VALUE, Slot.TRANSFER, Slot.WHY_NEITHER)),
        *(standings[claim] for claim in (Claim.CUSTOMER, Claim.TRANSFER, Claim.ENVIRONMENT)),
        len(idea.tests),
        len(idea.cards),
        row.created_at.isoformat(timespec="seconds"),
        row.pk,
    ]
    by_company = {seen.organisation(side).pk: side for side in SIDES}
    for company in companies:
        side = by_company.get(company.pk)
        if side is None:
            told += [""] * len(OF_A_COMPANY)
            continue
        block = words.get(BLOCKS[side], "")
        told += [words.get(INPUTS[side], ""), words.get(GAINS[side], "")]
        told += [block_title(block) if block else "", standings[MODELS[side]]]
    return told
