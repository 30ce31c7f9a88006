"""Undo and redo in a comparison: everybody's own, on top of what others did since."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from partners.base.errors import Forbidden
from partners.history.operations import Stuck, Undone, redo, undo
from partners.value_fit import operations
from partners.value_fit.models import Declaration, Pair, Rating
from partners.workspaces.models import Membership
from tests.value_fit.conftest import Table

pytestmark = pytest.mark.django_db

Act = Callable[[Table], object]


def back(table: Table, who: Membership | None = None) -> Undone:
    """Undo, as Bo of Nespresso when nobody else is named."""
    return undo(viewer=table.cast.viewer(who or table.cast.bo))


def again(table: Table, who: Membership | None = None) -> Undone:
    return redo(viewer=table.cast.viewer(who or table.cast.bo))


def state(table: Table) -> object:
    """Everything that undo may change; not who said it again."""
    read = table.read()
    ratings = Rating.objects.order_by("pair", "organisation").values_list(
        "pair__offer", "pair__need", "organisation", "strength", "reason", "confirmed_by"
    )
    standing = [(pair.offer_id, pair.need_id, pair.interest) for pair in read.pairs]
    return standing, list(ratings), read.unmatched, read.looked_through, read.same


def _pair(table: Table) -> Pair:
    return operations.make_pair(seen=table.seen(table.cast.bo), offer_id=table.licence.pk, need_id=table.system.pk)


def _is_opposed(table: Table) -> object:
    return operations.say_interest(seen=table.seen(table.cast.bo), pair=Pair.objects.get(), interest="opposed")


def _take_back(table: Table) -> object:
    seen = table.seen(table.cast.bo)
    return operations.take_rating_back(seen=seen, pair=Pair.objects.get(), organisation_id=table.cast.nespresso.pk)


ACTS: dict[str, tuple[Act | None, Act]] = {
    "put together": (None, _pair),
    "put together what nobody offered": (
        lambda table: operations.declare_unmatched(seen=table.seen(table.cast.carla), note_id=table.system.pk),
        _pair,
    ),
    "rate": (_pair, lambda table: table.rate(table.cast.bo, table.licence, table.system, 2)),
    "put together and rate": (None, lambda table: table.rate(table.cast.bo, table.licence, table.system, 2)),
    "rate otherwise": (
        lambda table: table.rate(table.cast.bo, table.licence, table.system, 2, reason="at cost"),
        lambda table: table.rate(table.cast.bo, table.licence, table.system, 3),
    ),
    "take a rating back": (lambda table: table.rate(table.cast.bo, table.licence, table.system, 2), _take_back),
    "take apart": (
        lambda table: table.agree(table.licence, table.system),
        lambda table: operations.remove_pair(seen=table.seen(table.cast.bo), pair=Pair.objects.get()),
    ),
    "say of interests": (_pair, _is_opposed),
    "say that nothing matches": (
        None,
        lambda table: operations.declare_unmatched(seen=table.seen(table.cast.bo), note_id=table.licence.pk),
    ),
    "say that all is looked at": (
        None,
        lambda table: operations.declare_looked_through(
            seen=table.seen(table.cast.bo), organisation_id=table.cast.nespresso.pk
        ),
    ),
    "say that two are the same": (
        None,
        lambda table: operations.declare_same(
            seen=table.seen(table.cast.bo), first_id=table.making.pk, second_id=table.brand.pk
        ),
    ),
}


@pytest.mark.parametrize(("before", "act"), ACTS.values(), ids=ACTS)
def test_is_as_it_was_after_undo_and_as_it_became_after_redo(table: Table, before: Act | None, act: Act) -> None:
    if before:
        before(table)
    was = state(table)
    act(table)
    became = state(table)
    assert became != was
    back(table)
    assert state(table) == was
    again(table)
    assert state(table) == became


def test_confirming_a_guess_is_taken_back(table: Table) -> None:
    rating = _guessed(table)
    operations.confirm_rating(seen=table.seen(table.cast.bo), pair=rating.pair, organisation_id=table.cast.nespresso.pk)
    back(table)
    rating.refresh_from_db()
    assert rating.is_guess
    again(table)
    rating.refresh_from_db()
    assert not rating.is_guess


class TestWhatOthersWentOnWith:
    def test_a_pair_that_the_other_side_has_rated_stays_and_only_my_rating_goes(self, table: Table) -> None:
        table.rate(table.cast.bo, table.licence, table.system, 2)
        table.rate(table.cast.carla, table.licence, table.system, 1)
        undone = back(table)
        assert list(Rating.objects.values_list("organisation", flat=True)) == [table.cast.delonghi.pk]
        assert Pair.objects.get().removed_at is None
        assert undone.left == ("Others have rated “Technology licence at cost” since.",)

    def test_a_rating_that_a_colleague_changed_stays(self, table: Table) -> None:
        _pair(table)
        table.rate(table.cast.bo, table.licence, table.system, 2)
        table.rate(table.cast.ana, table.licence, table.system, 3)
        with pytest.raises(Stuck) as stuck:
            back(table)
        assert "otherwise since" in stuck.value.message
        assert Rating.objects.get().strength == 3

    def test_a_pair_that_was_taken_apart_cannot_be_unrated(self, table: Table) -> None:
        _pair(table)
        table.rate(table.cast.bo, table.licence, table.system, 2)
        operations.remove_pair(seen=table.seen(table.cast.carla), pair=Pair.objects.get())
        with pytest.raises(Stuck):
            back(table)
        assert Rating.objects.get().strength == 2

    def test_what_was_said_otherwise_stays(self, table: Table) -> None:
        _pair(table)
        _is_opposed(table)
        operations.say_interest(seen=table.seen(table.cast.carla), pair=Pair.objects.get(), interest="common")
        with pytest.raises(Stuck):
            back(table)
        assert Pair.objects.get().interest == "common"

    def test_a_declaration_taken_back_by_others_stays_so(self, table: Table) -> None:
        operations.declare_unmatched(seen=table.seen(table.cast.bo), note_id=table.licence.pk)
        operations.declare_unmatched(seen=table.seen(table.cast.carla), note_id=table.licence.pk, stands=False)
        with pytest.raises(Stuck):
            back(table)
        assert not Declaration.objects.exists()


def test_who_only_watches_by_now_takes_nothing_back(table: Table) -> None:
    _pair(table)
    Membership.objects.filter(pk=table.cast.bo.pk).update(role=Membership.Role.OBSERVER)
    table.cast.bo.refresh_from_db()
    with pytest.raises((Stuck, Forbidden)):
        back(table)
    assert Pair.objects.get().removed_at is None


def _guessed(table: Table) -> Rating:
    """What a stand-in said for Nespresso while it was absent."""
    pair = table.rate(table.cast.bo, table.licence, table.system, 2)
    Rating.objects.update(stands_in=True)
    return Rating.objects.get(pair=pair)


def test_the_answer_brings_what_stands_on_compare_now(table: Table) -> None:
    """It does not wait for the stream, and tells each reader no more than the stream would."""
    _pair(table)
    address = f"/w/{table.cast.workspace.pk}"
    bo = table.cast.client(table.cast.bo)
    undone = bo.post(f"{address}/undo/", headers={"HX-Request": "true"}).content.decode()
    assert f'id="row-{table.system.pk}"' in undone
    assert f'id="tray-{table.licence.pk}"' in undone
    assert f'id="row-{table.shelf.pk}"' not in undone
    redone = bo.post(f"{address}/redo/", headers={"HX-Request": "true"}).content.decode()
    assert f'data-gone="tray-{table.licence.pk}"' in redone
    table.rate(table.cast.carla, table.licence, table.system, 3)
    table.rate(table.cast.bo, table.licence, table.system, 0)
    undone = bo.post(f"{address}/undo/", headers={"HX-Request": "true"}).content.decode()
    assert "De&#39;Longhi has rated" in undone
    assert "fully</p>" not in undone
