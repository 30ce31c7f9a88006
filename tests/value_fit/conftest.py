"""The cast at the negotiating table: Nespresso and De'Longhi, with needs and offers on both sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from partners.canvases.models import Note
from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView, comparison_in
from partners.value_fit.models import Pair
from partners.value_fit.queries import NEEDS, OFFERS, Comparison, comparison
from partners.workspaces.models import Membership, Organisation
from tests.factories import Cast
from tests.remembering import remembered


@dataclass
class Table:
    """Two sheets under comparison: what Nespresso needs (`shelf`, `design`) and brings (`licence`, `brand`), and what
    De'Longhi needs (`system`, `pull`) and brings (`marketing`, `making`)."""

    cast: Cast
    shelf: Note
    design: Note
    licence: Note
    brand: Note
    system: Note
    pull: Note
    marketing: Note
    making: Note

    def seen(self, member: Membership) -> PartnershipInView:
        """The partnership as somebody sees it, with the rights of this moment."""
        return comparison_in(self.cast.viewer(member), self.cast.with_delonghi.pk)

    def rate(
        self, by: Membership, offer: Note, need: Note, strength: int, *, of: Organisation | None = None, **more: Any
    ) -> Pair:
        """Somebody rates a pair, for their own company when nothing else is said."""
        seen = self.seen(by)
        company = of.pk if of else by.organisation_id
        assert company
        return operations.rate(
            seen=seen, organisation_id=company, strength=strength, offer_id=offer.pk, need_id=need.pk, **more
        )

    def agree(self, offer: Note, need: Note, strength: int = 3) -> Pair:
        """Both sides say the same of a pair."""
        self.rate(self.cast.bo, offer, need, strength)
        return self.rate(self.cast.carla, offer, need, strength)

    def read(self) -> Comparison:
        """Everything the comparison holds now."""
        return comparison(self.seen(self.cast.ana).partnership)


@pytest.fixture
def table(cast: Cast) -> Table:
    """The two sheets, with two needs and two offers each."""
    return Table(cast, **notes_again(cast))


def lay_table(cast: Cast) -> Table:
    """Write the two sheets, for tests that have a cast of another kind."""
    return Table(cast, **lay_notes(cast))


def lay_notes(cast: Cast) -> dict[str, Note]:
    """The notes of the two sheets by their names."""
    ours = cast.sheet(cast.with_delonghi, cast.nespresso)
    theirs = cast.sheet(cast.with_delonghi, cast.delonghi)

    def note(text: str, by: Membership, block: str) -> Note:
        return cast.note(text, by=by, canvas=ours if by is cast.ana else theirs, block=block)

    return {
        "shelf": note("Shelf and channel marketing", cast.ana, NEEDS),
        "design": note("Machine design and making", cast.ana, NEEDS),
        "licence": note("Technology licence at cost", cast.ana, OFFERS),
        "brand": note("Brand and coffee marketing", cast.ana, OFFERS),
        "system": note("Working capsule system", cast.carla, NEEDS),
        "pull": note("Demand pull of a premium brand", cast.carla, NEEDS),
        "marketing": note("Retail marketing", cast.carla, OFFERS),
        "making": note("Machine design and making", cast.carla, OFFERS),
    }


notes_again = remembered(lay_notes)
