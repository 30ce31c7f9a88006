"""Taking back what was declared: no match for this, we have looked at everything, these two are the same."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.value_fit import events
from partners.value_fit.inverses.shared import comparison_of, is_paired
from partners.value_fit.operations.declarations import (
    compared_note,
    record_looked_through,
    record_same,
    record_unmatched,
)


@inverse(
    events.UnmatchedDeclared,
    _lazy("what was said of “%(text)s” having a match"),
    _lazy("what was said of %(count)s notes having a match"),
)
def put_back_unmatched(undoing: Undoing, event: Event) -> None:
    """Take *nobody offers this* or *not asked for* back, or say it again."""
    seen = comparison_of(undoing, event)
    by = seen.require_negotiating()
    note = compared_note(seen, event.thing_id)
    if not event.data["stands"] and is_paired(note):
        undoing.leave(_("“%(text)s” has been put together with something since.") % {"text": note})
    elif not record_unmatched(undoing.change, seen, by, note, stands=not event.data["stands"]):
        undoing.leave(_("Of “%(text)s” it is said so already.") % {"text": note})


@inverse(
    events.LookedThroughDeclared,
    _lazy("whether %(text)s has looked at everything"),
    _lazy("whether %(count)s companies have looked at everything"),
)
def put_back_looked_through(undoing: Undoing, event: Event) -> None:
    """Say that a company is still looking, or that it is through again."""
    seen = comparison_of(undoing, event)
    company = UUID(event.data["organisation"])
    by = seen.require_rating(company)
    if not record_looked_through(undoing.change, seen, by, company, stands=not event.data["stands"]):
        undoing.leave(_("Of %(text)s it is said so already.") % {"text": event.data["text"]})


@inverse(
    events.SameDeclared,
    _lazy("whether “%(text)s” is the same as another"),
    _lazy("whether %(count)s notes are the same as others"),
)
def put_back_same(undoing: Undoing, event: Event) -> None:
    """Say that two notes are not the same, or that they are."""
    seen = comparison_of(undoing, event)
    by = seen.require_negotiating()
    first, second = (compared_note(seen, UUID(event.data[name])) for name in ("note", "other"))
    if not record_same(undoing.change, seen, by, first, second, stands=not event.data["stands"]):
        undoing.leave(_("Of “%(text)s” it is said so already.") % {"text": first})
