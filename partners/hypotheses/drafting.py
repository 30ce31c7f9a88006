"""Which words go into which slot when an idea is flagged from what two companies have compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from partners.hypotheses.models.ideas import SLOT_LIMIT
from partners.hypotheses.rules import BLOCKS, GAINS, INPUTS, Slot
from partners.value_fit.access import PartnershipInView
from partners.value_fit.compared import PairRead, SentenceRead
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES, FindingKind, Side, other

AND = " + "
"""Between two things that stand in one slot."""


@dataclass(frozen=True)
class Draft:
    """An idea before it is written down: the words that are known, and what they were taken from."""

    words: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[UUID, ...] = ()
    notes: tuple[UUID, ...] = ()
    finding: str = ""
    sentence: UUID | None = None


@dataclass(frozen=True)
class Match:
    """A pair that an idea can be flagged from."""

    id: UUID
    offer: str
    need: str


GATHERED = frozenset({*(slot.value for slot in INPUTS.values()), Slot.TRANSFER.value})
"""Slots that hold several things, one beside another."""


def matches_of(compared: Comparison) -> dict[Side, list[Match]]:
    """Return the pairs that there are to choose from, by the side that brings something, in the order of its sheet."""
    pairs_of: dict[UUID, list[PairRead]] = defaultdict(list)
    for pair in compared.pairs:
        pairs_of[pair.offer_id].append(pair)
    found = {}
    for side in SIDES:
        needs = {need.pk: need.text for need in compared.needs(other(side))}
        met = ((offer, pair) for offer in compared.offers(side) for pair in pairs_of[offer.pk])
        found[side] = [Match(pair.id, offer.text, needs[pair.need_id]) for offer, pair in met if pair.need_id in needs]
    return found


def put_to(typed: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Return typed slots with the words of a draft where nothing stands, and in `GATHERED` beside what stands there."""
    filled = dict(typed)
    for slot, text in words.items():
        now = filled.get(slot, "").strip()
        if not now:
            filled[slot] = text
        elif slot in GATHERED:
            there = now.split(AND)
            filled[slot] = AND.join([*there, *(each for each in text.split(AND) if each not in there)])[:SLOT_LIMIT]
    return filled


def draft_from(
    seen: PartnershipInView,
    compared: Comparison,
    *,
    pairs: Collection[UUID] = (),
    note: UUID | None = None,
    finding: str = "",
    sentence: UUID | None = None,
) -> Draft:
    """Return a draft from pairs, a note on either sheet, a finding about it, or a created value.

    What each side brings are its offers in those pairs; how it gets across is what both agreed and what carries them;
    the new value and what each gains are the created values; the customers are the workshop's. A note brings the pairs
    it stands in, a created value all agreed ones. What is not of this partnership is passed over.
    """
    chosen = _chosen_pairs(compared, set(pairs), note, sentence)
    brought = _brought(compared, chosen, note)
    created = _created(compared, sentence)
    words: dict[str, str] = {
        **{INPUTS[side].value: _joined(texts.values()) for side, texts in brought.items()},
        Slot.TRANSFER.value: _joined(_across(compared, chosen)),
        Slot.SEGMENT.value: seen.partnership.workspace.customer_segment,
        **_value_words(seen, created),
    }
    return Draft(
        words={slot: text[:SLOT_LIMIT] for slot, text in words.items() if text},
        pairs=tuple(pair.id for pair in chosen),
        notes=(*(pk for side in SIDES for pk in brought[side]), *_need(compared, note)),
        finding=finding if finding in {kind.value for kind in FindingKind} else "",
        sentence=next((each.row.pk for each in created if each.row.pk == sentence), None),
    )


def _chosen_pairs(compared: Comparison, wanted: set[UUID], note: UUID | None, sentence: UUID | None) -> list[PairRead]:
    if wanted:
        return [pair for pair in compared.pairs if pair.id in wanted]
    if note:
        return [pair for pair in compared.pairs if note in (pair.offer_id, pair.need_id)]
    if sentence:
        agreed = {match.id for match in compared.table.matches if match.agreed}
        return [pair for pair in compared.pairs if pair.id in agreed]
    return []


def _brought(compared: Comparison, pairs: Iterable[PairRead], note: UUID | None) -> dict[Side, dict[UUID, str]]:
    """The offers of each side that stand in the pairs, or the one that was chosen alone, in the order of the sheet."""
    offers = {pair.offer_id for pair in pairs} | {note}
    return {side: {each.pk: each.text for each in compared.offers(side) if each.pk in offers} for side in SIDES}


def _need(compared: Comparison, note: UUID | None) -> list[UUID]:
    """The chosen note when it is a need: with no offer put to it, nothing else would tell what the idea is for."""
    return [each.pk for side in SIDES for each in compared.needs(side) if each.pk == note]


def _across(compared: Comparison, pairs: Iterable[PairRead]) -> list[str]:
    """How the pairs get across: what both companies agreed on and what carries at least one of them."""
    wanted = {str(pair.id) for pair in pairs}
    agreed = [each for each in compared.joint(JointSentence.Kind.TRANSFER) if compared.is_agreed(each)]
    return [each.row.text for each in agreed if wanted and (each.row.carries is None or wanted & set(each.row.carries))]


def _created(compared: Comparison, sentence: UUID | None) -> list[SentenceRead]:
    """The created values to speak of: the chosen one first, then what both companies agreed on."""
    found = compared.joint(JointSentence.Kind.CREATED)
    agreed = [each for each in found if each.row.pk != sentence and compared.is_agreed(each)]
    return [each for each in found if each.row.pk == sentence] + agreed


def _value_words(seen: PartnershipInView, created: Iterable[SentenceRead]) -> dict[str, str]:
    """The new value for the customer, and what changes in which block of each company: the first said of each."""
    words: dict[str, str] = {}
    for each in created:
        side = seen.side_of(each.row.organisation_id)
        if side is None:
            words.setdefault(Slot.NEW_VALUE.value, each.row.text)
        elif GAINS[side].value not in words:
            words[GAINS[side].value] = each.row.text
            words[BLOCKS[side].value] = each.row.target_block
    return words


def _joined(texts: Iterable[str]) -> str:
    return AND.join(" ".join(text.split()) for text in texts)
