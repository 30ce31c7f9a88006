"""Before a note is deleted on which joint ideas rest, the person is asked. The ideas keep its words either way."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import ngettext

from partners.base.errors import Conflict
from partners.canvases.operations.asking import before_deleting
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.resting import listed
from partners.workspaces.access import Viewer

NAMED = 3
"""So many ideas are named in the question; the answer to a program lists all."""


@before_deleting
def ask_for_ideas(viewer: Viewer, note_ids: Collection[UUID]) -> None:
    """Raise `Conflict` (code `ideas_rest_on_it`, `ideas`) when ideas that somebody sees rest on a note: 1 query."""
    ideas = _ideas_on(viewer, note_ids)
    if ideas:
        told = [{"id": str(idea.pk), "title": idea.title} for idea in ideas]
        raise Conflict(_question(ideas, len(note_ids)), code="ideas_rest_on_it", ideas=told)


def _ideas_on(viewer: Viewer, note_ids: Collection[UUID]) -> list[SynergyHypothesis]:
    """Also dropped ones, which somebody may take up again. While both sheets are private there are none."""
    paired = Q(pairs__offer__in=note_ids) | Q(pairs__need__in=note_ids)
    rests = Q(notes__in=note_ids) | Q(paired, pairs__removed_at=None)
    living = SynergyHypothesis.objects.filter(
        deleted_at=None,
        partnership__deleted_at=None,
        partnership__sealed_at=None,
        partnership__workspace=viewer.workspace,
    )
    # Each once, without DISTINCT: PostgreSQL cannot compare JSON.
    found = {idea.pk: idea for idea in living.filter(rests)}
    return [idea for idea in found.values() if viewer.audience.sees_partnership(idea.partnership_id)]


def _question(ideas: list[SynergyHypothesis], notes: int) -> str:
    titles = listed((idea.title for idea in ideas), most=NAMED)
    rests = (
        ngettext(
            "The joint idea %(titles)s rests on this note.",
            "The joint ideas %(titles)s rest on this note.",
            len(ideas),
        )
        if notes == 1
        else ngettext(
            "The joint idea %(titles)s rests on these notes.",
            "The joint ideas %(titles)s rest on these notes.",
            len(ideas),
        )
    ) % {"titles": titles}
    keeps = ngettext("It keeps the words.", "They keep the words.", len(ideas))
    asks = ngettext("Delete the note?", "Delete these %(num)s notes?", notes) % {"num": notes}
    return f"{rests} {keeps} {asks}"
