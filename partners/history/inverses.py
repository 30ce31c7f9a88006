"""What undo says of something that has been emptied from the trash."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.history.events import Emptied


@inverse(Emptied, _lazy("something that is gone for good"), _lazy("%(count)s things that are gone for good"))
def say_that_it_is_gone(undoing: Undoing, event: Event) -> None:
    """Leave it: nobody can bring it back, and the reason is said."""
    undoing.leave(_("The trash was emptied: what you did there is gone for good."))
