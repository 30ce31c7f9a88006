"""What a reader is told of an outcome, as plain values, for REST and exports alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from partners.canvases.models import Note
from partners.outcome.models import Decision, NextStep
from partners.value_fit.access import PartnershipInView


def told_decision(seen: PartnershipInView, decision: Decision | None) -> dict[str, Any]:
    """Return a decision (with its assents loaded) as a reader is told of it; None: nothing has been said yet."""
    now = decision or Decision()
    assents = sorted(decision.assents.all(), key=lambda given: given.created_at) if decision else []
    return {
        "verdict": now.verdict,
        "why": now.why,
        "why_version": now.why_version,
        "by": _person(seen, now.by_id),
        "decided_at": now.decided_at,
        "assents": [
            {
                "organisation": given.organisation_id,
                "by": _person(seen, given.by_id),
                "given_at": given.created_at,
            }
            for given in assents
        ],
        "agreed": bool(now.verdict) and set(seen.organisation_ids) <= {given.organisation_id for given in assents},
    }


def told_step(seen: PartnershipInView, step: NextStep) -> dict[str, Any]:
    """Return a next step (with its member, note and sheet loaded) as a reader is told of it."""
    named = step.member if step.member and _person(seen, step.member_id) else None
    return {
        "id": step.pk,
        "partnership": step.partnership_id,
        "what": step.what,
        "what_version": step.what_version,
        "who": named.name if named else step.who,
        "member": named.pk if named else None,
        "by_when": step.by_when,
        "done_at": step.done_at,
        "finding": step.finding,
        "note": step.note_id if step.note and _is_there(seen, step.note) else None,
        "rank": step.rank,
        "author": _person(seen, step.author_id),
        "created_at": step.created_at,
        "updated_at": step.updated_at,
    }


def told_places(notes: Iterable[Note]) -> list[dict[str, Any]]:
    """Return where notes (with their sheets loaded) stand on business models."""
    return [{"note": note.pk, "organisation": note.canvas.organisation_id, "block": note.block} for note in notes]


def _is_there(seen: PartnershipInView, note: Note) -> bool:
    canvas = note.canvas
    return note.deleted_at is None and seen.viewer.audience.sees_sheet(canvas.partnership_id, canvas.organisation_id)


def _person(seen: PartnershipInView, member_id: UUID | None) -> UUID | None:
    return member_id if seen.viewer.audience.sees_person(member_id) else None
