"""What all that is taken back in a comparison asks first."""

from __future__ import annotations

from django.db.models import Q

from partners.base.errors import NotFound
from partners.canvases.models import Note
from partners.events.inverses import Undoing
from partners.events.models import Event
from partners.value_fit.access import PartnershipInView, comparison_in, require_open
from partners.value_fit.models import Pair
from partners.value_fit.operations.pairs import lock_comparison


def comparison_of(undoing: Undoing, event: Event) -> PartnershipInView:
    """Return the comparison that an event is of, open and locked; raises `NotFound`."""
    if event.partnership_id is None:
        raise NotFound
    seen = comparison_in(undoing.viewer, event.partnership_id)
    require_open(seen)
    lock_comparison(seen)
    return seen


def is_paired(note: Note) -> bool:
    """Return whether a need or an offer stands in any pair, so that nobody is made to say that it has no match."""
    return Pair.objects.filter(Q(offer=note) | Q(need=note), removed_at=None).exists()
