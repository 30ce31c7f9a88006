"""What an undo in a comparison asks before it changes anything, and how little it tells."""

from __future__ import annotations

import pytest

from partners.base.errors import Conflict, DomainError, Forbidden
from partners.events.inverses import undoable
from partners.history.operations import Stuck, Undone, undo
from partners.value_fit import events, operations
from partners.value_fit.models import Declaration, Pair, Rating
from partners.workspaces.models import Membership
from partners.workspaces.operations import remove_member, seal
from tests.value_fit.conftest import Table


def back(table: Table, who: Membership | None = None) -> Undone:
    """Undo, as Bo of Nespresso when nobody else is named."""
    return undo(viewer=table.cast.viewer(who or table.cast.bo))


def put(table: Table, who: Membership | None = None) -> Pair:
    """Nespresso's licence put to De'Longhi's need of a working system."""
    seen = table.seen(who or table.cast.bo)
    return operations.make_pair(seen=seen, offer_id=table.licence.pk, need_id=table.system.pk)


def nobody_offers(table: Table, who: Membership, *, stands: bool = True) -> None:
    """Somebody says that nobody offers a working system, or looks again."""
    operations.declare_unmatched(seen=table.seen(who), note_id=table.system.pk, stands=stands)


class TestWhatIsSaidNow:
    def test_my_rating_taken_back_leaves_what_i_had_said_before_with_its_reason(self, table: Table) -> None:
        table.rate(table.cast.bo, table.licence, table.system, 3, reason="We have it")
        table.rate(table.cast.bo, table.licence, table.system, 1, reason="Only half of it")
        back(table)
        said = Rating.objects.get()
        assert (said.strength, said.reason, said.by_id) == (3, "We have it", table.cast.bo.pk)

    def test_a_need_that_got_another_offer_is_not_said_to_have_none(self, table: Table) -> None:
        nobody_offers(table, table.cast.carla)
        put(table)
        other = operations.make_pair(
            seen=table.seen(table.cast.carla), offer_id=table.brand.pk, need_id=table.system.pk
        )
        back(table)
        assert not Declaration.objects.exists()
        assert list(Pair.objects.filter(removed_at=None)) == [other]

    def test_nor_is_it_said_again(self, table: Table) -> None:
        nobody_offers(table, table.cast.bo)
        nobody_offers(table, table.cast.bo, stands=False)
        put(table, table.cast.carla)
        with pytest.raises(Conflict, match="put together with something since"):
            back(table)

    def test_what_others_say_has_no_match_by_now_is_not_put_together_again(self, table: Table) -> None:
        operations.remove_pair(seen=table.seen(table.cast.bo), pair=put(table, table.cast.carla))
        nobody_offers(table, table.cast.carla)
        with pytest.raises(Conflict, match="said since that “Working capsule system” has no match"):
            back(table)
        assert Declaration.objects.exists()

    def test_a_pair_that_others_put_together_again(self, table: Table) -> None:
        operations.remove_pair(seen=table.seen(table.cast.bo), pair=put(table, table.cast.carla))
        put(table, table.cast.carla)
        with pytest.raises(Conflict, match="together again already"):
            back(table)


class TestWhatIsHidden:
    def test_a_facilitator_is_told_nothing_of_a_rating_that_was_changed_since(self, table: Table) -> None:
        """Ana wrote down for De'Longhi what De'Longhi has changed since, before Nespresso has rated."""
        put(table)
        table.rate(table.cast.ana, table.licence, table.system, 3, of=table.cast.delonghi)
        table.rate(table.cast.carla, table.licence, table.system, 0, reason="They are slow")
        with pytest.raises(Stuck) as stuck:
            back(table, table.cast.ana)
        told = f"{stuck.value.message} {stuck.value.details}"
        assert "otherwise since" in told
        for secret in ("slow", "not ", "fully", "0", "3"):
            assert secret not in told

    def test_the_toast_says_nothing_of_the_rating(self, table: Table) -> None:
        put(table)
        table.rate(table.cast.bo, table.licence, table.system, 2, reason="We have it")
        html = table.cast.client(table.cast.bo).post(f"/w/{table.cast.workspace.pk}/undo/").content.decode()
        assert "Undone: rated “Technology licence at cost”" in html
        toast = html.partition('<div class="toast"')[2]
        assert toast
        assert "mostly" not in toast
        # The row that comes with it offers all strengths, and none as said.
        assert 'aria-pressed="true"' not in html
        assert "We have it" not in html


class TestRights:
    def test_who_stood_in_no_longer_speaks_for_a_company_that_has_come(self, table: Table) -> None:
        cast = table.cast
        remove_member(viewer=cast.viewer(cast.ana), member=cast.carla)
        put(table)
        table.rate(cast.bo, table.licence, table.system, 2, of=cast.delonghi)
        cast.join("Dora Riva", cast.delonghi)
        with pytest.raises(DomainError, match="belongs to the other one") as refused:
            back(table)
        assert refused.value.status == Forbidden.status
        assert Rating.objects.get().strength == 2

    def test_nothing_is_taken_back_while_the_sheets_are_private(self, table: Table) -> None:
        nobody_offers(table, table.cast.bo)
        seal(table.cast.viewer(table.cast.ana), table.cast.with_delonghi)
        with pytest.raises(Stuck):
            back(table)
        assert Declaration.objects.exists()


def test_every_kind_about_pairs_and_declarations_can_be_taken_back() -> None:
    kinds = {*events.PairKind.__subclasses__(), *events.DeclarationKind.__subclasses__()}
    assert {kind.kind for kind in kinds} <= set(undoable())
