"""What each side says of a pair. A rating is private to its side until both have rated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.base.errors import Invalid, NotFound
from partners.base.prepared import Prepared
from partners.base.text import clean_line
from partners.events import log
from partners.value_fit import events
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import REASON_LIMIT, Pair, Rating
from partners.value_fit.operations.pairs import about, lock_comparison, locked_pair, record_pair
from partners.value_fit.rules.scores import FULLY
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action


def rate(
    *,
    seen: PartnershipInView,
    organisation_id: UUID,
    strength: int,
    offer_id: UUID,
    need_id: UUID,
    reason: str | None = None,
) -> Pair:
    """Say for a company how far an offer meets a need (0 not … 3 fully), putting the two together if they are not.

    Saying it again changes it, whoever of the company does; `reason` None keeps the reason. For a company that is
    absent it is a guess; a facilitator writing for one that is here takes it down for it, and it is marked so. Raises
    `Forbidden` for the other company's rating, `Invalid` for another strength or a reason that is too long.
    """
    by = seen.require_rating(organisation_id)
    require_open(seen)
    reason = None if reason is None else _checked(reason)
    if not 0 <= strength <= FULLY:
        raise Invalid(_("A rating is not, partly, mostly or fully."), code="unknown_strength")
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        pair = record_pair(change, seen, by, offer_id=offer_id, need_id=need_id)
        said: dict[str, Any] = {
            "strength": strength,
            "by_id": by.pk,
            "stands_in": seen.stands_in_for(organisation_id),
            "taken_down": by.organisation_id != organisation_id and not seen.stands_in_for(organisation_id),
            "confirmed_by_id": None,
            "offer_version": pair.offer.text_version,
            "need_version": pair.need.text_version,
            "from_round": None,
        }
        record_rating(change, seen, pair, organisation_id, said | ({} if reason is None else {"reason": reason}))
    return pair


def take_rating_back(*, seen: PartnershipInView, pair: Pair, organisation_id: UUID) -> Pair:
    """Take a company's rating of a pair back: it waits again."""
    by = seen.require_rating(organisation_id)
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        pair = locked_pair(pair)
        record_rating(change, seen, pair, organisation_id, None)
    return pair


def confirm_rating(*, seen: PartnershipInView, pair: Pair, organisation_id: UUID, confirmed: bool = True) -> Pair:
    """Say, as a member of a company, that what a stand-in said for it is so; or take that back.

    Raises `Forbidden` for anybody else, `NotFound` when nothing was said for it.
    """
    if organisation_id not in seen.organisation_ids:
        raise NotFound
    by = seen.viewer.require(Action.AGREE, organisation_id)
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        pair = locked_pair(pair)
        rating = _rating.one(pair_id=pair.pk, organisation_id=organisation_id)
        if rating is None or not rating.stands_in:
            raise NotFound
        if bool(rating.confirmed_by_id) != confirmed:
            record_confirmation(change, seen, pair, rating, by if confirmed else None)
    return pair


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------

KEPT = ("strength", "reason", "by_id", "stands_in", "taken_down", "confirmed_by_id", "offer_version", "need_version")
"""What of a rating the log keeps, so that it can be put back; `from_round` beside it."""


def record_rating(
    change: log.Change, seen: PartnershipInView, pair: Pair, organisation_id: UUID, said: dict[str, Any] | None
) -> None:
    """Write what a company says of a pair (None: nothing any more), and record it; nothing when it said so already."""
    rating = _rating.one(pair_id=pair.pk, organisation_id=organisation_id)
    before = told(rating)
    if said is None:
        if rating is None:
            return
        rating.delete()
        rating = None
    else:
        rating = rating or Rating(pair=pair, organisation_id=organisation_id)
        for name, value in said.items():
            setattr(rating, name, value)
        if _says(told(rating)) == _says(before):
            return
        rating.save()
    pair.save(update_fields=["updated_at"])  # who follows pairs hears of ratings
    side = seen.side_of(organisation_id)
    assert side is not None
    change.record(
        events.PairRated(
            **about(pair),
            organisation=str(organisation_id),
            company=seen.organisation(side).short_name,
            taken_back=rating is None,
            rated={"before": before, "after": told(rating)},
        )
    )


def record_confirmation(
    change: log.Change, seen: PartnershipInView, pair: Pair, rating: Rating, by: Membership | None
) -> None:
    """Write who of a company confirms what was said for it (None: nobody does), and record it."""
    rating.confirmed_by = by
    rating.save(update_fields=["confirmed_by", "updated_at"])
    pair.save(update_fields=["updated_at"])
    side = seen.side_of(rating.organisation_id)
    assert side is not None
    change.record(
        events.RatingConfirmed(
            **about(pair),
            organisation=str(rating.organisation_id),
            company=seen.organisation(side).short_name,
            confirmed=by is not None,
        )
    )


def told(rating: Rating | None) -> dict[str, Any] | None:
    """Return a rating as plain values for the log."""
    if rating is None:
        return None
    values = {name: getattr(rating, name) for name in (*KEPT, "from_round")}
    return {name: str(value) if isinstance(value, UUID) else value for name, value in values.items()}


def _says(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """What of a rating counts as saying something else: not who of the company said it."""
    return {name: value for name, value in values.items() if name != "by_id"} if values else None


def _checked(reason: str) -> str:
    cleaned = clean_line(reason)
    if len(cleaned) > REASON_LIMIT:
        message = _("A reason holds at most %(limit)s characters; this has %(length)s.") % {
            "limit": REASON_LIMIT,
            "length": len(cleaned),
        }
        raise Invalid(message, code="too_long", fields={"reason": [message]})
    return cleaned


@Prepared
def _rating(*, pair_id: UUID, organisation_id: UUID) -> QuerySet[Rating]:
    return Rating.objects.filter(pair_id=pair_id, organisation_id=organisation_id).order_by()
