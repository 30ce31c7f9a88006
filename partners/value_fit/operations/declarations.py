"""What people declare beside the pairs: no match for this, we have looked at everything, these two are the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from partners.base.errors import Conflict, Invalid, NotFound
from partners.canvases.models import Note
from partners.events import log
from partners.value_fit import events
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import Declaration
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Membership


def declare_unmatched(*, seen: PartnershipInView, note_id: UUID, stands: bool = True) -> None:
    """Say of a need *nobody offers this*, of an offer *not asked for*; or take it back (people of either company)."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        record_unmatched(change, seen, by, compared_note(seen, note_id), stands=stands)


def declare_looked_through(*, seen: PartnershipInView, organisation_id: UUID, stands: bool = True) -> None:
    """Say that a company has been through all its needs and offers: what has no match then is a gap or a surplus."""
    by = seen.require_rating(organisation_id)
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        record_looked_through(change, seen, by, organisation_id, stands=stands)


def declare_same(*, seen: PartnershipInView, first_id: UUID, second_id: UUID, stands: bool = True) -> None:
    """Say that two offers, or two needs, of the two companies are the same thing; or that they are not.

    Not a pair, and no score comes of it. Raises `Invalid` for two of one company, or for an offer and a need.
    """
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        record_same(change, seen, by, compared_note(seen, first_id), compared_note(seen, second_id), stands=stands)


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_unmatched(
    change: log.Change, seen: PartnershipInView, by: Membership | None, note: Note, *, stands: bool
) -> bool:
    """Write that a note has no match, or that it may have; False when that was said already."""
    kept = Declaration(partnership=seen.partnership, kind=Declaration.Kind.UNMATCHED, note=note, by=by)
    if not _written(kept, {"kind": kept.kind, "note": note}, stands=stands):
        return False
    change.record(
        events.UnmatchedDeclared(
            thing_id=note.pk,
            partnership_id=seen.partnership.pk,
            text=note.text,
            stands=stands,
            note=str(note.pk),
            is_need=note.block == NEEDS,
        )
    )
    return True


def record_looked_through(
    change: log.Change, seen: PartnershipInView, by: Membership | None, organisation_id: UUID, *, stands: bool
) -> bool:
    """Write that a company is through, or still looking; False when that was said already."""
    kind = Declaration.Kind.LOOKED_THROUGH
    kept = Declaration(partnership=seen.partnership, kind=kind, organisation_id=organisation_id, by=by)
    same = {"kind": kind, "partnership": seen.partnership, "organisation_id": organisation_id}
    if not _written(kept, same, stands=stands):
        return False
    side = seen.side_of(organisation_id)
    assert side is not None
    change.record(
        events.LookedThroughDeclared(
            thing_id=organisation_id,
            partnership_id=seen.partnership.pk,
            text=seen.organisation(side).short_name,
            stands=stands,
            organisation=str(organisation_id),
        )
    )
    return True


def record_same(
    change: log.Change, seen: PartnershipInView, by: Membership | None, one: Note, another: Note, *, stands: bool
) -> bool:
    """Write that two notes are the same thing, or are not; False when that was said already. Raises `Invalid`."""
    first, second = sorted((one, another), key=lambda note: seen.side_of(note.canvas.organisation_id) == "end")
    if first.block != second.block or first.canvas_id == second.canvas_id:
        raise Invalid(_("The same thing means: two offers, or two needs, one of each company."), code="not_the_same")
    kept = Declaration(partnership=seen.partnership, kind=Declaration.Kind.SAME, note=first, other=second, by=by)
    if not _written(kept, {"kind": kept.kind, "note": first, "other": second}, stands=stands):
        return False
    change.record(
        events.SameDeclared(
            thing_id=first.pk,
            partnership_id=seen.partnership.pk,
            text=first.text,
            second=second.text,
            stands=stands,
            note=str(first.pk),
            other=str(second.pk),
        )
    )
    return True


def compared_note(seen: PartnershipInView, note_id: UUID) -> Note:
    """Return a need or an offer of the comparison; raises `NotFound`, and `Conflict` when it was deleted."""
    note = Note.objects.filter(pk=note_id, canvas__partnership=seen.partnership).select_related("canvas").first()
    if note is None or note.block not in (NEEDS, OFFERS):
        raise NotFound
    if note.deleted_at is not None:
        raise Conflict(_("Somebody deleted “%(text)s”.") % {"text": note}, code="deleted", yours="", theirs="")
    return note


def _written(kept: Declaration, same: dict[str, Any], *, stands: bool) -> bool:
    """Make or take back a declaration; False when nothing had to be changed."""
    declared = Declaration.objects.filter(**same)
    if declared.exists() == stands:
        return False
    if stands:
        kept.save(force_insert=True)
    else:
        declared.delete()
    return True
