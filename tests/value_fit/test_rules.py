"""The arithmetic of value fit: every row of the worked examples, and each finding by an example of its own."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from partners.value_fit.rules import (
    Coverage,
    Finding,
    FindingKind,
    Gains,
    Match,
    Said,
    Side,
    Table,
    Thing,
    findings,
    is_looked_at,
    scores,
)
from tests.value_fit.tables import agreed, coffee, hips, match, mirrored, named, names, things


def found(table: Table, kind: FindingKind) -> list[tuple[str, ...]]:
    """The names of the notes of the findings of a kind, in order."""
    return [names(each.notes) for each in findings(table) if each.kind is kind]


def sides(table: Table, kind: FindingKind) -> list[Side | None]:
    """Whose the findings of a kind are."""
    return [each.side for each in findings(table) if each.kind is kind]


class TestNespressoAndDeLonghi:
    """Domain reference 10a."""

    table = coffee()

    @pytest.mark.parametrize(("offer", "need"), [("a3", "b1"), ("a4", "b2"), ("b3", "a1"), ("b4", "a2")])
    def test_each_pair_is_agreed_at_3_and_meets_its_need(self, offer: str, need: str) -> None:
        (row,) = [row for row in self.table.matches if (row.offer, row.need) == (named(offer), named(need))]
        assert row.agreed == 3
        assert (need,) in found(self.table, FindingKind.MET)

    def test_what_nobody_asked_for_is_left_over(self) -> None:
        assert found(self.table, FindingKind.SURPLUS) == [("a5",), ("b5",)]
        assert found(self.table, FindingKind.GAP) == []

    def test_everything_is_covered(self) -> None:
        score = scores(self.table)
        assert [score.coverage["start"].value, score.coverage["end"].value] == [1, 1]
        assert [score.fit, score.balance] == [1, 1]

    def test_it_is_not_one_sided(self) -> None:
        assert found(self.table, FindingKind.ONE_SIDED) == []


class TestNorthlakeAndFellmark:
    """Domain reference 10b."""

    table = hips()

    @pytest.mark.parametrize(
        ("offer", "need", "strength"), [("a3", "b1", 3), ("a4", "b2", 2), ("b4", "a1", 3), ("b5", "a2", 2)]
    )
    def test_each_pair_is_agreed_and_meets_its_need(self, offer: str, need: str, strength: int) -> None:
        (row,) = [row for row in self.table.matches if (row.offer, row.need) == (named(offer), named(need))]
        assert row.agreed == strength
        assert (need,) in found(self.table, FindingKind.MET)

    def test_nobody_offers_funding_and_nobody_asked_for_the_view_on_homes(self) -> None:
        assert found(self.table, FindingKind.GAP) == [("b3",)]
        assert found(self.table, FindingKind.SURPLUS) == [("b6",)]

    def test_fellmarks_needs_are_met_to_54_percent(self) -> None:
        covered = scores(self.table).coverage["end"]
        assert [(term.weight, term.strength) for term in covered.terms] == [(3, 3), (2, 2), (3, 0)]
        assert covered.value == (3 * 1 + 2 * Fraction(2, 3) + 3 * 0) / 8 == Fraction(13, 24)
        assert round(float(covered.value), 2) == 0.54

    def test_northlakes_needs_are_met_to_87_percent(self) -> None:
        covered = scores(self.table).coverage["start"]
        assert covered.value == (3 * 1 + 2 * Fraction(2, 3)) / 5 == Fraction(13, 15)
        assert round(float(covered.value), 2) == 0.87

    def test_fit_is_the_weaker_side_and_balance_the_distance(self) -> None:
        score = scores(self.table)
        assert score.fit == Fraction(13, 24)
        assert score.balance == 1 - (Fraction(13, 15) - Fraction(13, 24)) == Fraction(27, 40)
        assert float(score.balance) == 0.675

    def test_it_is_not_one_sided(self) -> None:
        assert found(self.table, FindingKind.ONE_SIDED) == []

    def test_value_cannot_flow_until_an_agreed_transfer_carries_it(self) -> None:
        assert len(found(self.table, FindingKind.TRANSFER_GAP)) == 4
        carried = replace(self.table, carried=frozenset(row.id for row in self.table.matches[:3]))
        assert found(carried, FindingKind.TRANSFER_GAP) == [("b5", "a2")]


def lone(*matches: Match, **more: object) -> Table:
    """A table with one need, b1, and two offers, a3 and a4."""
    values = {
        "needs": {"start": [], "end": things({"b1": 2})},
        "offers": {"start": things({"a3": 2, "a4": 2}), "end": []},
        "matches": list(matches),
    }
    return Table(**(values | more))  # type: ignore[arg-type]  # made of what `more` names


class TestWhatCounts:
    @pytest.mark.parametrize(
        ("needing", "bringing", "counts"), [(3, 2, 2), (1, 3, 1), (0, 3, 0), (3, None, None), (None, 3, None)]
    )
    def test_the_lower_rating_once_both_are_in(
        self, needing: int | None, bringing: int | None, counts: int | None
    ) -> None:
        assert match("a3", "b1", needing, bringing).agreed == counts

    def test_the_best_offer_of_a_need(self) -> None:
        assert scores(lone(agreed("a3", "b1", 1), agreed("a4", "b1", 2))).coverage["end"].value == Fraction(2, 3)

    def test_a_guess_counts_only_if_it_holds(self) -> None:
        table = lone(Match(named("a3-b1"), named("a3"), named("b1"), Said(3), Said(3, is_guess=True)))
        assert scores(table).coverage["end"].value == 0
        assert scores(table, with_guesses=True).coverage["end"].value == 1

    def test_nothing_desired_is_not_known(self) -> None:
        score = scores(lone(agreed("a3", "b1", 3)))
        assert score.coverage["start"] == Coverage(())
        assert (score.coverage["start"].value, score.fit, score.balance) == (None, None, None)


class TestHowFarANeedIs:
    @pytest.mark.parametrize(
        ("strength", "kind"), [(3, FindingKind.MET), (2, FindingKind.MET), (1, FindingKind.PARTLY_MET)]
    )
    def test_met_from_2_and_partly_met_at_1(self, strength: int, kind: FindingKind) -> None:
        assert found(lone(agreed("a3", "b1", strength)), kind) == [("b1",)]

    def test_all_that_was_tried_does_not_do(self) -> None:
        table = lone(agreed("a3", "b1", 0))
        assert found(table, FindingKind.GAP) == [("b1",)]
        assert found(table, FindingKind.SURPLUS) == [("a3",)]

    def test_not_looked_at_is_no_gap(self) -> None:
        assert found(lone(), FindingKind.GAP) == found(lone(), FindingKind.SURPLUS) == []
        assert found(lone(), FindingKind.NOT_LOOKED_AT) == [("a3",), ("a4",), ("b1",)]

    def test_it_becomes_one_when_somebody_says_so(self) -> None:
        needs = {"start": [], "end": things({"b1": 2}, unmatched=("b1",))}
        assert found(lone(needs=needs), FindingKind.GAP) == [("b1",)]

    @pytest.mark.parametrize(("side", "gaps", "surpluses"), [("start", [], ["a3", "a4"]), ("end", ["b1"], [])])
    def test_or_when_its_side_has_looked_at_everything(self, side: Side, gaps: list[str], surpluses: list[str]) -> None:
        table = lone(looked_through=frozenset([side]))
        assert found(table, FindingKind.GAP) == [(name,) for name in gaps]
        assert found(table, FindingKind.SURPLUS) == [(name,) for name in surpluses]

    def test_while_a_rating_is_missing_it_waits(self) -> None:
        table = lone(match("a3", "b1", 3, None), looked_through=frozenset(["start", "end"]))
        assert found(table, FindingKind.GAP) == found(table, FindingKind.MET) == []
        assert found(table, FindingKind.SURPLUS) == [("a4",)]

    def test_to_put_together_is_not_to_look(self) -> None:
        assert not is_looked_at(Thing(named("b1")), [match("a3", "b1", None, None)], looked_through=False)


class TestFindings:
    def test_two_offers_said_to_be_one_are_brought_by_both(self) -> None:
        table = replace(coffee(), same=[(named("a4"), named("b3"))])
        assert found(table, FindingKind.REDUNDANCY) == [("a4", "b3")]
        assert found(table, FindingKind.SHARED_WANT) == []

    def test_two_needs_said_to_be_one_are_needed_by_both(self) -> None:
        table = replace(coffee(), same=[(named("a1"), named("b2"))])
        assert found(table, FindingKind.SHARED_WANT) == [("a1", "b2")]

    def test_the_same_is_no_match_and_scores_nothing(self) -> None:
        table = replace(coffee(), same=[(named("a4"), named("b3")), (named("a1"), named("b2"))])
        assert scores(table) == scores(coffee())

    def test_a_match_on_a_stand_ins_note_rests_on_a_guess(self) -> None:
        offers = {"start": [Thing(named("a3"), is_unconfirmed=True)], "end": []}
        assert found(lone(agreed("a3", "b1", 3), offers=offers), FindingKind.UNCONFIRMED) == [("a3", "b1")]

    def test_so_does_one_that_a_stand_in_rated(self) -> None:
        guessed = Match(named("a3-b1"), named("a3"), named("b1"), Said(2), Said(3, is_guess=True))
        assert found(lone(guessed), FindingKind.UNCONFIRMED) == [("a3", "b1")]

    def test_but_not_one_that_is_rated_not(self) -> None:
        guessed = Match(named("a3-b1"), named("a3"), named("b1"), Said(0), Said(3, is_guess=True))
        assert found(lone(guessed), FindingKind.UNCONFIRMED) == []

    def test_opposed_interests_make_an_agenda(self) -> None:
        table = lone(match("a3", "b1", 2, 2, interest="opposed"), match("a4", "b1", 2, 2, interest="different"))
        assert found(table, FindingKind.OPPOSED) == [("a3", "b1")]

    def test_they_are_read_in_order(self) -> None:
        order = list(FindingKind)
        kinds = [order.index(each.kind) for each in findings(hips())]
        assert kinds == sorted(kinds)


class TestMostlyForOneSide:
    def covered(self, a1: int, b1: int, **more: object) -> Table:
        """One need a side, covered by so much."""
        values = {
            "needs": {"start": things({"a1": 2}), "end": things({"b1": 2})},
            "offers": {"start": things({"a3": 2}), "end": things({"b4": 2})},
            "matches": [agreed("b4", "a1", a1), agreed("a3", "b1", b1)],
        }
        return Table(**(values | more))  # type: ignore[arg-type]  # made of what `more` names

    def test_half_one_way_and_less_than_a_quarter_the_other(self) -> None:
        table = self.covered(2, 0)
        assert findings(table)[-1] == Finding(FindingKind.ONE_SIDED, "start", (named("b1"),))
        assert sides(mirrored(table), FindingKind.ONE_SIDED) == ["end"]

    @pytest.mark.parametrize(("a1", "b1"), [(3, 1), (1, 0), (0, 0), (3, 3)])
    def test_anything_closer_is_not(self, a1: int, b1: int) -> None:
        assert sides(self.covered(a1, b1), FindingKind.ONE_SIDED) == []

    @pytest.mark.parametrize("gains", [Gains(has_created_value=True), Gains(has_positive_check=True)])
    def test_created_value_or_a_positive_check_for_one_side_only(self, gains: Gains) -> None:
        assert sides(self.covered(3, 3, gains={"end": gains}), FindingKind.ONE_SIDED) == ["end"]
        assert sides(self.covered(3, 3, gains={"start": gains, "end": gains}), FindingKind.ONE_SIDED) == []

    def test_signs_that_point_both_ways_warn_both(self) -> None:
        table = self.covered(3, 0, gains={"end": Gains(has_created_value=True)})
        assert sides(table, FindingKind.ONE_SIDED) == ["start", "end"]

    def test_only_when_every_need_has_been_looked_at(self) -> None:
        needs = {"start": things({"a1": 2}), "end": things({"b1": 2, "b2": 2})}
        assert sides(self.covered(3, 0, needs=needs), FindingKind.ONE_SIDED) == []
        done: frozenset[Side] = frozenset(["end"])
        assert sides(self.covered(3, 0, needs=needs, looked_through=done), FindingKind.ONE_SIDED) == ["start"]

    @pytest.mark.parametrize(("needing", "bringing"), [(None, None), (0, None), (None, 0), (3, None)])
    def test_what_waits_for_a_rating_counts_against_nobody(self, needing: int | None, bringing: int | None) -> None:
        waiting = [agreed("b4", "a1", 3), match("a3", "b1", needing, bringing)]
        done: frozenset[Side] = frozenset(["start", "end"])
        assert sides(self.covered(3, 0, matches=waiting, looked_through=done), FindingKind.ONE_SIDED) == []

    def test_nor_does_what_only_a_stand_in_has_said(self) -> None:
        guessed = Match(named("a3-b1"), named("a3"), named("b1"), Said(0), Said(0, is_guess=True))
        waiting = [agreed("b4", "a1", 3), guessed]
        assert sides(self.covered(3, 0, matches=waiting), FindingKind.ONE_SIDED) == []

    @pytest.mark.parametrize(("weight", "warned"), [(1, ["start"]), (3, [])])
    def test_it_comes_once_no_rating_can_help_any_more(self, weight: int, warned: list[Side]) -> None:
        """Beside weights of 3 + 3 at *not*, one that waits may come to *fully*: 1 ÷ 7 is less than ¼, 3 ÷ 9 is not."""
        table = self.covered(
            3,
            0,
            needs={"start": things({"a1": 2}), "end": things({"b1": 3, "b2": 3, "b3": weight}, unmatched=("b2",))},
            matches=[agreed("b4", "a1", 3), agreed("a3", "b1", 0), match("a3", "b3", None, 2)],
        )
        assert sides(table, FindingKind.ONE_SIDED) == warned

    def test_and_when_both_have_needs(self) -> None:
        assert sides(lone(agreed("a3", "b1", 3)), FindingKind.ONE_SIDED) == []
