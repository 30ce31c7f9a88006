"""What companies decided, do next and accepted, as one person may know it: the part of a snapshot about outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from partners.canvases.models import Canvas
from partners.outcome.reads import decisions_seen, notes_of_acceptance, steps_seen
from partners.outcome.telling import told_decision, told_places, told_step
from partners.value_fit.access import PartnershipInView
from partners.value_fit.reads import sentences_seen
from partners.workspaces.access import Viewer
from partners.workspaces.queries import partnerships_seen


def outcomes(viewer: Viewer, canvas: Canvas | None = None) -> Iterator[dict[str, Any]]:
    """Return each partnership's outcome; of one sheet, that of its partnership. Five queries, however many there are.

    While the sheets are private nothing of them is told: no accepted values, and of a step only the note one sees.
    """
    audience = viewer.audience
    partnerships = partnerships_seen(audience).select_related("first", "second").order_by("rank", "pk")
    if canvas is not None:
        partnerships = partnerships.filter(canvases=canvas)
    tables = [PartnershipInView(viewer, partnership) for partnership in partnerships]
    if not tables:
        return
    here = [table.partnership for table in tables]
    decisions = {row.partnership_id: row for row in decisions_seen(audience).filter(partnership__in=here)}
    steps: dict[UUID, list[dict[str, Any]]] = {}
    by_partnership = {table.partnership.pk: table for table in tables}
    for step in steps_seen(audience).filter(partnership__in=here).order_by("rank", "pk"):
        steps.setdefault(step.partnership_id, []).append(told_step(by_partnership[step.partnership_id], step))
    accepted = _accepted(viewer, by_partnership)
    for table in tables:
        pk = table.partnership.pk
        yield {
            "partnership": pk,
            "decision": told_decision(table, decisions.get(pk)),
            "steps": steps.get(pk, []),
            "accepted": accepted.get(pk, []),
        }


def _accepted(viewer: Viewer, tables: dict[UUID, PartnershipInView]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the accepted created values by partnership, with where they stand on business models."""
    rows = sentences_seen(viewer.audience).filter(partnership__in=list(tables), accepted_at__isnull=False)
    open_ones = [table.partnership for table in tables.values() if table.partnership.sealed_at is None]
    notes = notes_of_acceptance(viewer.audience, open_ones)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for partnership_id, sentence_id, accepted_at in rows.order_by("rank", "pk").values_list(
        "partnership_id", "pk", "accepted_at"
    ):
        told = {"sentence": sentence_id, "accepted_at": accepted_at, "notes": told_places(notes.get(sentence_id, ()))}
        found.setdefault(partnership_id, []).append(told)
    return found
