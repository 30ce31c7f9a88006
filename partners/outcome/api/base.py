"""What the resources of an outcome share: a decision and next steps are there while the sheets are private."""

from __future__ import annotations

from uuid import UUID

from partners.value_fit.access import PartnershipInView, comparison_for
from partners.value_fit.api.base import Compared


class OfPartnership(Compared):
    """A resource that hangs on a partnership, open or not."""

    def opened(self, partnership_id: UUID) -> PartnershipInView:
        """Return a partnership as the asker sees it; raises `NotFound`."""
        return comparison_for(self.identity, partnership_id)
