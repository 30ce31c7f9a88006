"""What all that is taken back of joint ideas asks first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from partners.base.errors import Conflict, NotFound
from partners.base.merge import merge
from partners.events.inverses import Undoing
from partners.events.models import Event
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.value_fit.access import PartnershipInView, comparison_in, require_open
from partners.value_fit.operations.pairs import lock_comparison

Thing = SynergyHypothesis | TestCard | LearningCard | Iteration | BigQuestion


def partnership_of(undoing: Undoing, event: Event) -> PartnershipInView:
    """The partnership of an event, open, locked, and whose ideas this person may write; raises what `access` raises."""
    if event.partnership_id is None:
        raise NotFound
    seen = comparison_in(undoing.viewer, event.partnership_id)
    require_open(seen)
    seen.require_negotiating()
    lock_comparison(seen)
    return seen


def is_gone(undoing: Undoing, thing: Thing) -> bool:
    """Whether a thing was deleted, or its idea; says so."""
    above = thing.hypothesis if isinstance(thing, TestCard | LearningCard) else thing
    if thing.deleted_at is None and above.deleted_at is None:
        return False
    undoing.leave(_("“%(text)s” has been deleted.") % {"text": thing})
    return True


def others_went_on(undoing: Undoing, event: Event, thing: Thing) -> bool:
    """Whether others have done something with it since, so that it is theirs too; says so."""
    since = Event.objects.filter(workspace=event.workspace_id, seq__gt=event.seq).exclude(actor=event.actor_id)
    if since.filter(thing_id=thing.pk).exists() or since.filter(data__idea=str(thing.pk)).exists():
        undoing.leave(_("Others have gone on with “%(text)s” since.") % {"text": thing})
        return True
    return False


def is_as_i_left_it(undoing: Undoing, event: Event, thing: Thing) -> bool:
    """Whether a thing is deleted as the event says; says so when not."""
    if bool(thing.deleted_at) == event.data["removed"]:
        return True
    undoing.leave(_("Somebody has deleted “%(text)s” or brought it back since.") % {"text": thing})
    return False


def merged_back(
    before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, str], *, limits: Mapping[str, int]
) -> dict[str, str]:
    """What stands without my words; raises `Conflict` where others replaced them."""
    back = {}
    for name in after:
        text = merge(after[name], before[name], now[name]).text
        if text is None or len(text) > limits[name]:
            raise Conflict(
                _("Somebody has changed the same words since, so they stay as they are."),
                code="same_words",
                yours=before[name],
                theirs=now[name],
            )
        back[name] = text
    return back
