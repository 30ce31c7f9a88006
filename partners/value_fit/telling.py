"""What a reader is told of a comparison, as plain values, for REST and exports alike.

A rating is its side's own until both have rated: until then the others are told only that there is one.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from partners.canvases.models import Note
from partners.value_fit.access import PartnershipInView
from partners.value_fit.models import Declaration, JointSentence, Pair, Rating, Round
from partners.value_fit.rules import Match, Said
from partners.workspaces.access import Audience

UNTOLD: dict[str, Any] = dict.fromkeys(
    (
        "strength",
        "reason",
        "by",
        "is_guess",
        "stands_in",
        "taken_down",
        "confirmed_by",
        "wording_changed",
        "from_round",
        "rated_at",
    )
)
"""The fields of a rating that is hidden, or not there."""


def told_pair(seen: PartnershipInView, pair: Pair) -> dict[str, Any]:
    """Return a pair (with notes, their sheets and ratings loaded) as a reader of its partnership is told of it."""
    needing, bringing = pair.need.canvas.organisation_id, pair.offer.canvas.organisation_id
    said = {rating.organisation_id: rating for rating in pair.ratings.all()}
    settled = {needing, bringing} <= said.keys()
    match = _match(pair, said.get(needing), said.get(bringing))
    return {
        "id": pair.pk,
        "partnership": pair.partnership_id,
        "offer": pair.offer_id,
        "need": pair.need_id,
        "interest": pair.interest,
        "needing": told_rating(seen, pair, needing, said.get(needing), settled=settled),
        "bringing": told_rating(seen, pair, bringing, said.get(bringing), settled=settled),
        "agreed": match.agreed,
        "hoped": match.hoped,
        "created_at": pair.created_at,
    }


def told_rating(
    seen: PartnershipInView, pair: Pair, organisation_id: UUID, rating: Rating | None, *, settled: bool
) -> dict[str, Any]:
    """Return what a reader is told of one side's rating; `settled` says that both sides have rated."""
    told = {"organisation": organisation_id, "rated": rating is not None, "hidden": False, **UNTOLD}
    if rating is None:
        return told
    if not (settled or seen.sees_rating_of(organisation_id, stands_in=rating.stands_in)):
        return told | {"hidden": True}
    return told | {
        "strength": rating.strength,
        "reason": rating.reason,
        "by": _person(seen, rating.by_id),
        "is_guess": rating.is_guess,
        "stands_in": rating.stands_in,
        "taken_down": rating.taken_down,
        "confirmed_by": _person(seen, rating.confirmed_by_id),
        "wording_changed": (rating.offer_version, rating.need_version)
        != (pair.offer.text_version, pair.need.text_version),
        "from_round": rating.from_round,
        "rated_at": rating.updated_at,
    }


def told_declaration(audience: Audience, declared: Declaration) -> dict[str, Any]:
    """Return what was declared beside the pairs, as an audience is told of it."""
    return {
        "id": declared.pk,
        "partnership": declared.partnership_id,
        "kind": declared.kind,
        "organisation": declared.organisation_id,
        "note": declared.note_id,
        "other": declared.other_id,
        "by": declared.by_id if audience.sees_person(declared.by_id) else None,
        "created_at": declared.created_at,
    }


def told_sentence(seen: PartnershipInView, sentence: JointSentence) -> dict[str, Any]:
    """Return a joint sentence (with its source's sheet and its consents loaded) as a reader is told of it."""
    consents = sorted(sentence.consents.all(), key=lambda given: given.created_at)
    source = sentence.source_note
    return {
        "id": sentence.pk,
        "partnership": sentence.partnership_id,
        "kind": sentence.kind,
        "text": sentence.text,
        "text_version": sentence.text_version,
        "rank": sentence.rank,
        "carries": sentence.carries,
        "beneficiary": sentence.beneficiary,
        "organisation": sentence.organisation_id,
        "target_block": sentence.target_block,
        "source_note": source.pk if source and _is_there(seen, source) else None,
        "author": _person(seen, sentence.author_id),
        "consents": [
            {
                "organisation": given.organisation_id,
                "by": _person(seen, given.by_id),
                "given_at": given.created_at,
            }
            for given in consents
        ],
        "agreed": set(seen.organisation_ids) <= {given.organisation_id for given in consents},
        "accepted_at": sentence.accepted_at,
        "created_at": sentence.created_at,
        "updated_at": sentence.updated_at,
    }


def told_round(audience: Audience, ended: Round) -> dict[str, Any]:
    """Return a round (with its partnership's companies loaded) with companies named instead of sides."""
    kept = ended.snapshot
    companies = {"start": ended.partnership.first_id, "end": ended.partnership.second_id}
    return {
        "id": ended.pk,
        "partnership": ended.partnership_id,
        "number": ended.number,
        "name": ended.name,
        "rule_version": kept["rule_version"],
        "ended_by": ended.ended_by_id if audience.sees_person(ended.ended_by_id) else None,
        "ended_at": ended.created_at,
        **{
            counted: {
                "coverage": [
                    {"organisation": company, "value": kept["scores"][counted][side]}
                    for side, company in companies.items()
                ],
                "fit": kept["scores"][counted]["fit"],
                "balance": kept["scores"][counted]["balance"],
            }
            for counted in ("agreed", "hoped")
        },
        "needs": [
            {
                "need": need,
                "organisation": companies[was["side"]],
                "text": was["text"],
                "weight": was["weight"],
                "state": was["state"],
            }
            for need, was in kept["needs"].items()
        ],
        "pairs": [
            {"pair": pair, "offer": was["offer"], "need": was["need"], "agreed": was["agreed"]}
            for pair, was in kept["pairs"].items()
        ],
    }


def _is_there(seen: PartnershipInView, source: Note) -> bool:
    """Whether a sentence's source is where a reader sees it: it may have gone, or to another sheet."""
    canvas = source.canvas
    return source.deleted_at is None and seen.viewer.audience.sees_sheet(canvas.partnership_id, canvas.organisation_id)


def _person(seen: PartnershipInView, member_id: UUID | None) -> UUID | None:
    return member_id if seen.viewer.audience.sees_person(member_id) else None


def _match(pair: Pair, needing: Rating | None, bringing: Rating | None) -> Match:
    return Match(pair.pk, pair.offer_id, pair.need_id, needing=_said(needing), bringing=_said(bringing))


def _said(rating: Rating | None) -> Said | None:
    return Said(rating.strength, rating.is_guess) if rating else None
