"""Taking back what was done to pairs: put together, taken apart, rated, confirmed, and said of their interests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.errors import NotFound
from partners.canvases.models import Note
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.value_fit import events
from partners.value_fit.access import PartnershipInView
from partners.value_fit.inverses.shared import comparison_of, is_paired
from partners.value_fit.models import Declaration, Pair, Rating
from partners.value_fit.operations.declarations import record_unmatched
from partners.value_fit.operations.pairs import locked_pair, record_interest, record_pair, record_removal
from partners.value_fit.operations.ratings import record_confirmation, record_rating, told
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action


@inverse(events.PairMade, _lazy("put “%(text)s” to a need"), _lazy("put %(count)s offers to needs"))
def take_apart(undoing: Undoing, event: Event) -> None:
    """Take the pair apart, unless somebody else has rated it; what was said to have no match is said again."""
    seen, pair = _pair(undoing, event, standing=False)
    seen.require_negotiating()
    if pair.removed_at is not None:
        undoing.leave(_("Somebody has taken this pair apart."))
        return
    since = Event.objects.filter(thing_id=pair.pk, kind=events.PairRated.kind, seq__gt=event.seq)
    if since.exclude(actor=event.actor_id).exists():
        undoing.leave(_("Others have rated “%(text)s” since.") % {"text": pair.offer})
        return
    record_removal(undoing.change, pair)
    for note in Note.objects.filter(pk__in=event.data.get("unmatched", ()), deleted_at=None):
        if not is_paired(note):
            record_unmatched(undoing.change, seen, undoing.viewer.member, note, stands=True)


@inverse(events.PairRemoved, _lazy("took “%(text)s” away from a need"), _lazy("took %(count)s pairs apart"))
def put_together(undoing: Undoing, event: Event) -> None:
    """Put the two together again, with what was said of them; raises `Conflict` when a note is gone."""
    seen, pair = _pair(undoing, event, standing=False)
    by = seen.require_negotiating()
    if pair.removed_at is None:
        undoing.leave(_("The two are together again already."))
        return
    if Declaration.objects.filter(kind=Declaration.Kind.UNMATCHED, note__in=(pair.offer, pair.need)).exists():
        undoing.leave(_("It has been said since that “%(text)s” has no match.") % {"text": pair.need})
        return
    record_pair(undoing.change, seen, by, offer_id=pair.offer_id, need_id=pair.need_id)


@inverse(events.PairRated, _lazy("rated “%(text)s”"), _lazy("rated %(count)s pairs"))
def put_back_rating(undoing: Undoing, event: Event) -> None:
    """Put back what the company said before, if nobody has said otherwise for it since."""
    seen, pair = _pair(undoing, event)
    company = UUID(event.data["organisation"])
    seen.require_rating(company)
    before, after = event.data["rated"]["before"], event.data["rated"]["after"]
    if told(Rating.objects.filter(pair=pair, organisation_id=company).first()) != after:
        undoing.leave(_("Somebody has rated “%(text)s” otherwise since.") % {"text": pair.offer})
        return
    record_rating(undoing.change, seen, pair, company, _with_people_of_now(before))


@inverse(events.RatingConfirmed, _lazy("confirming a guess about “%(text)s”"), _lazy("confirming %(count)s guesses"))
def put_back_confirmation(undoing: Undoing, event: Event) -> None:
    """Take back that the company confirms the rating, or say so again."""
    seen, pair = _pair(undoing, event)
    company = UUID(event.data["organisation"])
    by = seen.viewer.require(Action.AGREE, company)
    rating = Rating.objects.filter(pair=pair, organisation_id=company).first()
    if rating is None or bool(rating.confirmed_by_id) != event.data["confirmed"]:
        undoing.leave(_("The rating of “%(text)s” has been changed since.") % {"text": pair.offer})
        return
    record_confirmation(undoing.change, seen, pair, rating, None if event.data["confirmed"] else by)


@inverse(events.InterestSaid, _lazy("the interests in “%(text)s”"), _lazy("the interests in %(count)s pairs"))
def put_back_interest(undoing: Undoing, event: Event) -> None:
    """Put back what was said of the interests before, if it still is as I said."""
    seen, pair = _pair(undoing, event)
    seen.require_negotiating()
    if pair.interest != event.data["after"]:
        undoing.leave(_("Somebody has said otherwise of these interests since."))
        return
    record_interest(undoing.change, pair, event.data["before"])


def _pair(undoing: Undoing, event: Event, *, standing: bool = True) -> tuple[PartnershipInView, Pair]:
    """The pair of an event, with its comparison locked; raises `Conflict` when it must stand and does not."""
    seen = comparison_of(undoing, event)
    pair = Pair.objects.filter(pk=event.thing_id, partnership=seen.partnership).first()
    if pair is None:
        raise NotFound
    return seen, locked_pair(pair, standing=standing)


def _with_people_of_now(said: dict[str, Any] | None) -> dict[str, Any] | None:
    """What the log kept of a rating, without people whose traces have been erased since."""
    if said is None:
        return None
    named = {name: said[name] for name in ("by_id", "confirmed_by_id") if said[name]}
    there = {str(pk) for pk in Membership.objects.filter(pk__in=named.values()).values_list("pk", flat=True)}
    return said | {name: pk if pk in there else None for name, pk in named.items()}
