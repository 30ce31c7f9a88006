"""Private until reveal: who sees a sealed sheet, and the acts of sealing, revealing and looking."""

from __future__ import annotations

import pytest

from partners.base.errors import Forbidden, Invalid
from partners.events.inverses import undoable
from partners.events.models import Event
from partners.workspaces import operations
from partners.workspaces.models import Membership, SealedLook
from partners.workspaces.rules import Standing, sees_sealed
from tests.factories import Cast

KINDS = ("partnership_sealed", "partnership_revealed", "sealed_sheets_looked")


@pytest.fixture
def sealed(cast: Cast) -> Cast:
    """The cast, with what Nespresso and De'Longhi sketch private until the reveal."""
    operations.seal(cast.viewer(cast.ana), cast.with_delonghi)
    return cast


def neutral(cast: Cast, role: str = Membership.Role.FACILITATOR) -> Membership:
    """Somebody of no company who sees the whole workshop."""
    member = cast.join("Noor Bakker", None)
    operations.change_member(
        viewer=cast.viewer(cast.ana), member=member, role=role, scope=Membership.Scope.WORKSPACE, organisation=None
    )
    return member


def sees(cast: Cast, who: Membership) -> set[str]:
    """Whose sketch of the sealed partnership somebody sees."""
    audience = cast.viewer(who).audience
    return {
        company.short_name
        for company in (cast.nespresso, cast.delonghi)
        if audience.sees_sheet(cast.with_delonghi.pk, company.pk)
    }


def told(cast: Cast) -> list[str]:
    """The events about sealing, in order."""
    return list(
        Event.objects.filter(workspace=cast.workspace, kind__in=KINDS).order_by("seq").values_list("kind", flat=True)
    )


def test_each_side_sees_its_own(sealed: Cast) -> None:
    seen = {name: sees(sealed, member) for name, member in sealed.members.items()}
    assert seen == {"ana": {"Nespresso"}, "bo": {"Nespresso"}, "carla": {"De'Longhi"}, "dan": set(), "eli": set()}


def test_other_partnerships_stay_open(sealed: Cast) -> None:
    assert sealed.viewer(sealed.ana).audience.sees_sheet(sealed.with_breville.pk, sealed.breville.pk)
    assert sealed.viewer(sealed.dan).audience.sealed == frozenset()


def test_business_models_stay_open(sealed: Cast) -> None:
    assert sealed.viewer(sealed.carla).audience.sees_sheet(None, sealed.nespresso.pk)


def test_an_observer_of_a_company_sees_its_sheet(sealed: Cast) -> None:
    watching = sealed.join("Ugo", sealed.delonghi, role=Membership.Role.OBSERVER)
    assert sees(sealed, watching) == {"De'Longhi"}


def test_who_sees_the_whole_workshop_sees_neither(sealed: Cast) -> None:
    for role in Membership.Role.values:
        assert sees(sealed, neutral(sealed, role)) == set()


def test_for_an_absent_company_the_other_side_stands_in(sealed: Cast) -> None:
    operations.remove_member(viewer=sealed.viewer(sealed.ana), member=sealed.carla)
    third = neutral(sealed, Membership.Role.MEMBER)
    operations.change_member(viewer=sealed.viewer(sealed.ana), member=third, organisation=sealed.breville)
    assert sees(sealed, sealed.bo) == {"Nespresso", "De'Longhi"}
    assert sees(sealed, neutral(sealed, Membership.Role.MEMBER)) == {"De'Longhi"}
    assert sees(sealed, third) == set(), "a third company’s people stand in for nobody"
    assert sees(sealed, sealed.eli) == set(), "who watches stands in for nobody"


def test_a_facilitator_of_no_company_asks_to_look(sealed: Cast) -> None:
    noor = neutral(sealed)
    operations.look_into(sealed.viewer(noor), sealed.with_delonghi)
    operations.look_into(sealed.viewer(noor), sealed.with_delonghi)
    assert sees(sealed, noor) == {"Nespresso", "De'Longhi"}
    assert sealed.viewer(noor).audience.looks_into == {sealed.with_delonghi.pk}
    assert told(sealed) == ["partnership_sealed", "sealed_sheets_looked"]


def test_a_new_seal_is_asked_for_anew(sealed: Cast) -> None:
    noor = neutral(sealed)
    operations.look_into(sealed.viewer(noor), sealed.with_delonghi)
    operations.reveal(sealed.viewer(noor), sealed.with_delonghi)
    operations.seal(sealed.viewer(noor), sealed.with_delonghi)
    assert sees(sealed, noor) == set()
    assert not SealedLook.objects.exists()


def test_who_looked_and_then_joins_a_side_sees_that_side_only(sealed: Cast) -> None:
    noor = neutral(sealed)
    operations.look_into(sealed.viewer(noor), sealed.with_delonghi)
    operations.change_member(viewer=sealed.viewer(sealed.ana), member=noor, organisation=sealed.nespresso)
    assert sees(sealed, noor) == {"Nespresso"}
    assert sealed.viewer(noor).audience.looks_into == frozenset()


@pytest.mark.parametrize("who", ["ana", "bo", "carla", "dan", "eli"])
def test_nobody_else_may_look(sealed: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        operations.look_into(sealed.viewer(sealed.members[who]), sealed.with_delonghi)


@pytest.mark.parametrize("who", ["bo", "carla", "dan", "eli"])
def test_only_facilitators_seal_and_reveal(sealed: Cast, who: str) -> None:
    for act in (operations.seal, operations.reveal):
        with pytest.raises(Forbidden):
            act(sealed.viewer(sealed.members[who]), sealed.with_delonghi)


def test_doing_it_twice_is_doing_it_once(sealed: Cast) -> None:
    ana = sealed.viewer(sealed.ana)
    operations.seal(ana, sealed.with_delonghi)
    stale = type(sealed.with_delonghi).objects.select_related("first", "second").get(pk=sealed.with_delonghi.pk)
    operations.reveal(ana, sealed.with_delonghi)
    operations.reveal(ana, stale)
    assert told(sealed) == ["partnership_sealed", "partnership_revealed"]
    assert sees(sealed, sealed.bo) == sees(sealed, sealed.carla) == {"Nespresso", "De'Longhi"}


def test_a_partnership_that_is_gone_keeps_what_it_hid(sealed: Cast) -> None:
    ana = sealed.viewer(sealed.ana)
    operations.remove_partnership(viewer=ana, partnership=sealed.with_delonghi)
    assert (sealed.with_delonghi.pk, sealed.delonghi.pk) in sealed.viewer(sealed.ana).audience.sealed
    with pytest.raises(Invalid):
        operations.reveal(ana, sealed.with_delonghi)


def test_no_undo_seals_or_reveals() -> None:
    assert not set(KINDS) & set(undoable())


def test_audiences_of_two_sides_differ_and_draw_alike(cast: Cast) -> None:
    ana, bo = cast.viewer(cast.ana).audience, cast.viewer(cast.bo).audience
    operations.change_member(viewer=cast.viewer(cast.ana), member=cast.carla, scope=Membership.Scope.WORKSPACE)
    carla = cast.viewer(cast.carla).audience
    assert ana == bo != carla
    assert ana.key == carla.key == "all"
    operations.seal(cast.viewer(cast.ana), cast.with_delonghi)
    ana, carla = cast.viewer(cast.ana).audience, cast.viewer(cast.carla).audience
    assert len({ana.key, carla.key, "all"}) == 3
    assert ana.is_wide
    assert not ana.is_whole


def test_the_room_has_no_standing() -> None:
    assert not sees_sealed("room", Standing.ABSENT, is_party=True)
