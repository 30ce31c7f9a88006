"""How comparisons follow the workshop, and how their things are numbered when they change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.events import log
from partners.events.kinds import Kind
from partners.value_fit.models import JointSentence, Pair
from partners.value_fit.queries import is_begun
from partners.workspaces.events import PartnershipSealed

log.stamps("pair", Pair)
log.stamps("joint_sentence", JointSentence)


@log.on(PartnershipSealed)
def keep_compared_sheets_open(change: log.Change, event: Kind) -> None:
    """Refuse to seal what both companies have begun to compare: they have read each other's notes."""
    if is_begun(event.thing_id):
        raise Invalid(_("Both companies have compared their sheets already: there is nothing left to hide."))
