"""Compare on the stream: each kind of reader hears what it may know, and what went away."""

from __future__ import annotations

import re

import pytest

from partners.canvases.models import Note
from partners.canvases.operations import delete_note, edit_note, move_note, restore_note
from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView, comparison_in
from partners.value_fit.models import Pair
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.live.conftest import Scene
from tests.live.listening import Listener

REASON = "only with evenings settled"


class Comparing:
    """Pages that compare Nespresso and De'Longhi; `licence` and `brand` are brought, `system` and `pull` needed."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.cast = scene, scene.cast
        self.partnership = self.cast.with_delonghi
        self.sheets = [self.cast.sheet(self.partnership, each) for each in (self.cast.nespresso, self.cast.delonghi)]
        ours, theirs = self.sheets
        self.licence = self.cast.note("Technology licence", canvas=ours, block=OFFERS)
        self.brand = self.cast.note("Brand", canvas=ours, block=OFFERS)
        self.system = self.cast.note("Capsule system", by=self.cast.carla, canvas=theirs, block=NEEDS)
        self.pull = self.cast.note("Demand pull", by=self.cast.carla, canvas=theirs, block=NEEDS)

    def listen(self, who: Membership, last_event_id: str = "") -> Listener:
        """The stream of a page of somebody that compares."""
        path = f"{self.scene.path(*self.sheets, topics='compare activity')}&partnership={self.partnership.pk}"
        cookies = self.cast.cookies(who)
        return Listener(self.scene.server.port, path, cookies, last_event_id=last_event_id)

    def seen(self, who: Membership) -> PartnershipInView:
        return comparison_in(self.cast.viewer(who), self.partnership.pk)

    def rate(self, who: Membership, strength: int, reason: str = "") -> Pair:
        """Somebody rates the licence for the capsule system."""
        assert who.organisation_id
        return operations.rate(
            seen=self.seen(who),
            organisation_id=who.organisation_id,
            strength=strength,
            offer_id=self.licence.pk,
            need_id=self.system.pk,
            reason=reason,
        )


@pytest.fixture
def comparing(scene: Scene) -> Comparing:
    return Comparing(scene)


def said(listener: Listener, need: Note) -> str:
    """The last picture of a need's row that came."""
    rows = re.findall(rf'<li class="need-row[^"]*" id="row-{need.pk}".*?</li>', listener.said(), re.DOTALL)
    assert rows, "the row came"
    return str(rows[-1])


def test_a_rating_is_told_to_its_side_and_to_all_others_only_that_it_was_made(comparing: Comparing) -> None:
    cast = comparing.cast
    with (
        comparing.listen(cast.carla) as carla,
        comparing.listen(cast.bo) as bo,
        comparing.listen(cast.ana) as ana,
        comparing.listen(cast.eli) as eli,
        comparing.listen(cast.dan) as dan,
    ):
        others = (bo, ana, eli)
        for listener in (carla, *others, dan):
            listener.opened()
        comparing.rate(cast.carla, 1, REASON)
        carla.wait_for(REASON)
        for listener in others:
            listener.wait_for("De&#39;Longhi has rated")
            assert REASON not in listener.said()
            assert 'aria-pressed="true" hx-post="/p/' not in said(listener, comparing.system)
        comparing.rate(cast.carla, 3, "another reason")
        carla.wait_for("another reason")
        comparing.rate(cast.bo, 3)
        for listener in (carla, *others):
            listener.wait_for("both say: fully")
            assert f'<del data-gone="tray-{comparing.licence.pk}"' in listener.said()
            assert REASON not in listener.said() or listener is carla
        assert not dan.said(), "the rival's guest hears nothing"


def test_what_others_hear_of_a_hidden_rating_is_the_same_whatever_was_said(comparing: Comparing) -> None:
    def heard(strength: int) -> str:
        with comparing.listen(comparing.cast.bo) as bo:
            bo.opened()
            comparing.rate(comparing.cast.carla, strength, f"reason {strength}")
            bo.wait_for("De&#39;Longhi has rated")
            return re.sub(r'data-drawn="\d+"', "", said(bo, comparing.system))

    assert heard(0) == heard(3)


def test_who_comes_back_hears_what_changed_and_what_left(comparing: Comparing) -> None:
    cast = comparing.cast
    with comparing.listen(cast.bo) as bo:
        place = bo.wait_for("", event="ping").id
    sheet = cast.seen(cast.carla, comparing.sheets[1])
    comparing.rate(cast.carla, 2)
    operations.declare_looked_through(seen=comparing.seen(cast.carla), organisation_id=cast.delonghi.pk)
    delete_note(sheet=sheet, note=comparing.pull)
    with comparing.listen(cast.bo, place) as bo:
        bo.wait_for(f'<del data-gone="row-{comparing.pull.pk}"')
        assert "De&#39;Longhi has rated" in said(bo, comparing.system)
        assert f'id="row-{comparing.pull.pk}"' not in bo.said()


def test_other_rows_are_not_sent(comparing: Comparing) -> None:
    cast = comparing.cast
    with comparing.listen(cast.bo) as bo:
        bo.opened()
        edit_note(sheet=cast.seen(cast.carla, comparing.sheets[1]), note=comparing.system, text="A working system")
        bo.wait_for("A working system")
        assert f'id="row-{comparing.pull.pk}"' not in bo.said()
        assert f'id="figures-{comparing.partnership.pk}"' in bo.said()


def test_two_that_are_the_same_are_marked_on_both_sides(comparing: Comparing) -> None:
    cast = comparing.cast
    twin = cast.note("Demand pull of ours", canvas=comparing.sheets[0], block=NEEDS)
    with comparing.listen(cast.bo) as bo:
        bo.opened()
        operations.declare_same(seen=comparing.seen(cast.carla), first_id=comparing.pull.pk, second_id=twin.pk)
        bo.wait_for("both need this")
        assert "both need this" in said(bo, comparing.pull)
        assert "both need this" in said(bo, twin)


def test_while_the_sheets_are_private_nothing_is_compared(comparing: Comparing) -> None:
    cast = comparing.cast
    seal(cast.viewer(cast.ana), comparing.partnership)
    with comparing.listen(cast.bo) as bo:
        bo.opened()
        cast.note("A secret need", by=cast.carla, canvas=comparing.sheets[1], block=NEEDS)
        cast.note("An open offer", canvas=comparing.sheets[0], block=OFFERS)
        bo.wait_for("An open offer")
        assert "A secret need" not in bo.said()
        assert "need-row" not in bo.said()
        assert "figures-" not in bo.said()


def test_an_offer_goes_back_to_the_tray_with_its_need_and_out_of_it_again(comparing: Comparing) -> None:
    cast = comparing.cast
    sheet = cast.seen(cast.carla, comparing.sheets[1])
    comparing.rate(cast.carla, 2)
    with comparing.listen(cast.bo) as bo:
        bo.opened()
        delete_note(sheet=sheet, note=comparing.system)
        bo.wait_for(f'<li class="tray-item" id="tray-{comparing.licence.pk}"')
        restore_note(sheet=sheet, note=comparing.system)
        bo.wait_for(f'<del data-gone="tray-{comparing.licence.pk}"')


def test_a_row_is_drawn_without_an_offer_that_is_deleted(comparing: Comparing) -> None:
    cast = comparing.cast
    comparing.rate(cast.carla, 2)
    with comparing.listen(cast.bo) as bo:
        bo.opened()
        delete_note(sheet=cast.seen(cast.ana, comparing.sheets[0]), note=comparing.licence)
        bo.wait_for(f'id="row-{comparing.system.pk}"')
        assert "Technology licence" not in said(bo, comparing.system)


def test_an_offer_that_becomes_a_need_is_an_offer_no_more(comparing: Comparing) -> None:
    """And the other way round: what was docked there is free again, and its row is gone."""
    cast = comparing.cast
    sheet = cast.seen(cast.ana, comparing.sheets[0])
    comparing.rate(cast.carla, 2)
    with comparing.listen(cast.bo) as bo:
        bo.opened()
        move_note(sheet=sheet, to=sheet, note=comparing.brand, block=NEEDS)
        bo.wait_for(f'<del data-gone="tray-{comparing.brand.pk}"')
        assert f'id="row-{comparing.brand.pk}"' in bo.said()
        move_note(sheet=sheet, to=sheet, note=comparing.brand, block=OFFERS)
        bo.wait_for(f'<del data-gone="row-{comparing.brand.pk}"')
        assert f'id="tray-{comparing.brand.pk}"' in bo.said()
        move_note(sheet=sheet, to=sheet, note=comparing.licence, block=NEEDS)
        bo.wait_for(f'id="row-{comparing.licence.pk}"')
        assert "Technology licence" not in said(bo, comparing.system)
