"""What programs and exports list of outcomes: the rows that a reader may know of, and what is gone since.

A decision and next steps are there while the sheets are private; what was accepted is not, as joint sentences are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from partners.canvases.models import Note
from partners.outcome.models import Decision, NextStep
from partners.value_fit.reads import Gone, went_with_partnership
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.gone import still_there
from partners.workspaces.models import Partnership
from partners.workspaces.queries import in_seen


def decisions_seen(audience: Audience) -> QuerySet[Decision]:
    """Return the decisions, with who agrees to them loaded: two queries."""
    return Decision.objects.filter(in_seen(audience)).prefetch_related("assents")


def steps_seen(audience: Audience) -> QuerySet[NextStep]:
    """Return the next steps, with who does them, what they are about, and companies loaded."""
    steps = NextStep.objects.filter(in_seen(audience), deleted_at=None)
    return steps.select_related("partnership__first", "partnership__second", "member", "note__canvas")


def steps_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the next steps that were dropped, or went with their partnership, since a moment."""
    dropped = NextStep.objects.filter(in_seen(viewer.audience), deleted_at__gte=since)
    gone = {pk: at for pk, at in dropped.values_list("pk", "deleted_at") if at}
    gone |= went_with_partnership(viewer, since, NextStep.objects.filter(still_there(since)))
    return sorted(gone.items(), key=lambda row: (row[1], row[0]))


def notes_of_acceptance(audience: Audience, partnerships: Iterable[Partnership]) -> dict[UUID, list[Note]]:
    """Return the notes that stand on business models because a created value was accepted, by sentence."""
    found: dict[UUID, list[Note]] = {}
    notes = Note.objects.filter(joint_sentence__partnership__in=list(partnerships), deleted_at=None)
    for note in notes.select_related("canvas").order_by("created_at", "pk"):
        canvas = note.canvas
        if note.joint_sentence_id and audience.sees_sheet(canvas.partnership_id, canvas.organisation_id):
            found.setdefault(note.joint_sentence_id, []).append(note)
    return found
