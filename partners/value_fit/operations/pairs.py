"""Putting offers to needs, taking them away again, and saying whether interests are common."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Conflict, Invalid, NotFound
from partners.base.prepared import Prepared
from partners.canvases.models import Note
from partners.events import log
from partners.value_fit import events
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import Declaration, Pair
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Membership, Partnership


def make_pair(*, seen: PartnershipInView, offer_id: UUID, need_id: UUID, pair_id: UUID | None = None) -> Pair:
    """Put an offer of one company to a need of the other; the same two again are the same pair, with its ratings.

    Whoever said of either that it has no match has been answered: that is taken back. Raises `Invalid` for anything but
    an offer and a need of the two sides, `Conflict` for a note that was deleted meanwhile.
    """
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        return record_pair(change, seen, by, offer_id=offer_id, need_id=need_id, pair_id=pair_id)


def remove_pair(*, seen: PartnershipInView, pair: Pair) -> Pair:
    """Take a pair apart; what was said of it is kept, and is there again when it is put together again."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        pair = locked_pair(pair, standing=False)
        if pair.removed_at is None:
            record_removal(change, pair)
    return pair


def say_interest(*, seen: PartnershipInView, pair: Pair, interest: str) -> Pair:
    """Say that a pair is of common, different or opposed interests; empty takes it back. Raises `Invalid`."""
    by = seen.require_negotiating()
    require_open(seen)
    if interest and interest not in Pair.Interest.values:
        raise Invalid(_("Interests are common, different or opposed."), code="unknown_interest")
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        pair = locked_pair(pair)
        if pair.interest != interest:
            record_interest(change, pair, interest)
    return pair


# --- steps that others share; all inside an open change ---------------------------------------------------------------


def lock_comparison(seen: PartnershipInView) -> None:
    """Wait for others who write in this comparison; raises `NotFound` when it was sealed or deleted meanwhile."""
    fresh = _locked.one(partnership_id=seen.partnership.pk)
    if fresh is None or fresh[0] is not None:
        raise NotFound


@Prepared
def _locked(*, partnership_id: UUID) -> QuerySet[Partnership, tuple[datetime | None]]:
    row = Partnership.objects.select_for_update(no_key=True).filter(pk=partnership_id, deleted_at=None)
    return row.order_by().values_list("sealed_at")


def locked_pair(pair: Pair, *, standing: bool = True) -> Pair:
    """Read a pair again with its notes; raises `Conflict` when it was taken apart or a note of it was deleted."""
    fresh = _pair.one(pair_id=pair.pk)
    if fresh is None:
        raise NotFound
    if standing:
        if fresh.removed_at is not None:
            raise Conflict(_("Somebody has taken this pair apart."), code="gone")
        for note in (fresh.offer, fresh.need):
            if note.deleted_at is not None:
                raise Conflict(_("Somebody deleted “%(text)s”.") % {"text": note}, code="deleted", yours="", theirs="")
    return fresh


def record_pair(
    change: log.Change,
    seen: PartnershipInView,
    by: Membership | None,
    *,
    offer_id: UUID,
    need_id: UUID,
    pair_id: UUID | None = None,
) -> Pair:
    """Make or find the pair of an offer and a need, and record it when it did not stand."""
    offer, need = _across(seen, offer_id, need_id)
    pair = _pair_of.one(offer_id=offer_id, need_id=need_id)
    if pair is None:
        _require_unused(seen, pair_id, {"offer": str(offer_id), "need": str(need_id)})
        pair = Pair(pk=pair_id or uuid4(), partnership=seen.partnership, offer=offer, need=need, made_by=by)
        pair.save(force_insert=True)
    elif pair.removed_at is not None:
        pair.removed_at = None
        pair.save(update_fields=["removed_at", "updated_at"])
    else:
        pair.offer, pair.need = offer, need
        return pair
    pair.offer, pair.need = offer, need
    answered = Declaration.objects.filter(kind=Declaration.Kind.UNMATCHED, note__in=(offer, need))
    notes = tuple(str(note) for note in answered.values_list("note_id", flat=True))
    answered.delete()
    change.record(events.PairMade(**about(pair), unmatched=notes))
    return pair


def record_removal(change: log.Change, pair: Pair) -> None:
    """Take a standing pair apart and record it."""
    pair.removed_at = timezone.now()
    pair.save(update_fields=["removed_at", "updated_at"])
    change.record(events.PairRemoved(**about(pair)))


def record_interest(change: log.Change, pair: Pair, interest: str) -> None:
    """Write whether interests are common and record it."""
    before, pair.interest = pair.interest, interest
    pair.save(update_fields=["interest", "updated_at"])
    change.record(events.InterestSaid(**about(pair), before=before, after=interest))


def about(pair: Pair) -> dict[str, Any]:
    """What every event about a pair tells."""
    return {
        "thing_id": pair.pk,
        "partnership_id": pair.partnership_id,
        "text": pair.offer.text,
        "need": pair.need.text,
    }


def _require_unused(seen: PartnershipInView, pair_id: UUID | None, yours: dict[str, str]) -> None:
    """Raise `Conflict` where the id is that of a pair of other notes, `NotFound` where that pair is elsewhere."""
    other = Pair.objects.filter(pk=pair_id).first() if pair_id else None
    if other is None:
        return
    if other.partnership_id != seen.partnership.pk:
        raise NotFound
    theirs = {"offer": str(other.offer_id), "need": str(other.need_id)}
    raise Conflict(_("There is a pair of this id already."), code="exists", yours=yours, theirs=theirs)


def _across(seen: PartnershipInView, offer_id: UUID, need_id: UUID) -> tuple[Note, Note]:
    found = _notes(note_ids=(offer_id, need_id), partnership_id=seen.partnership.pk)
    notes = {note.pk: note for note in found}
    if len(notes) < 2:
        raise NotFound
    offer, need = notes[offer_id], notes[need_id]
    for note in (offer, need):
        if note.deleted_at is not None:
            raise Conflict(_("Somebody deleted “%(text)s”.") % {"text": note}, code="deleted", yours="", theirs="")
    if offer.block != OFFERS or need.block != NEEDS:
        raise Invalid(_("A pair is an offer of one company and a need of the other."), code="not_a_pair")
    if offer.canvas.organisation_id == need.canvas.organisation_id:
        raise Invalid(_("The offer and the need belong to the same company."), code="same_side")
    return offer, need


@Prepared
def _notes(*, note_ids: Collection[UUID], partnership_id: UUID) -> QuerySet[Note]:
    return (
        Note.objects.filter(pk__in=note_ids, canvas__partnership_id=partnership_id).order_by().select_related("canvas")
    )


@Prepared
def _pair(*, pair_id: UUID) -> QuerySet[Pair]:
    return Pair.objects.filter(pk=pair_id).order_by().select_related("offer__canvas", "need__canvas")


@Prepared
def _pair_of(*, offer_id: UUID, need_id: UUID) -> QuerySet[Pair]:
    return Pair.objects.filter(offer_id=offer_id, need_id=need_id).order_by()
