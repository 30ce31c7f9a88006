"""What holds of every negotiating table, shown on hundreds of made-up ones."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from partners.value_fit.rules import (
    SIDES,
    Finding,
    FindingKind,
    Match,
    Said,
    Side,
    Table,
    Thing,
    findings,
    other,
    scores,
)
from tests.value_fit.tables import mirrored, named, tables

COUNTING = (False, True)
strengths = st.builds(Said, st.integers(0, 3), st.booleans())


def values(table: Table, *, with_guesses: bool = False) -> dict[str, Fraction | None]:
    """All four numbers of a table."""
    score = scores(table, with_guesses=with_guesses)
    return {side: score.coverage[side].value for side in SIDES} | {"fit": score.fit, "balance": score.balance}


def as_set(found: list[Finding]) -> set[tuple[object, ...]]:
    return {(each.kind, each.side, frozenset(each.notes), frozenset(each.pairs)) for each in found}


@given(tables())
def test_every_number_lies_between_0_and_1_or_is_not_known(table: Table) -> None:
    for with_guesses in COUNTING:
        assert all(value is None or 0 <= value <= 1 for value in values(table, with_guesses=with_guesses).values())


@given(tables())
def test_not_known_exactly_when_nothing_is_desired(table: Table) -> None:
    number = values(table)
    for side in SIDES:
        assert (number[side] is None) == (not table.needs[side])
    unknown = not all(table.needs[side] for side in SIDES)
    assert (number["fit"] is None) == (number["balance"] is None) == unknown


@given(tables(needs_from=1))
def test_fit_is_never_above_either_side(table: Table) -> None:
    score = scores(table)
    for side in SIDES:
        covered = score.coverage[side].value
        assert score.fit is not None
        assert covered is not None
        assert score.fit <= covered


@given(tables(needs_from=1))
def test_if_guesses_hold_is_never_less_than_agreed(table: Table) -> None:
    for name in ("start", "end", "fit"):
        sure, hoped = values(table)[name], values(table, with_guesses=True)[name]
        assert sure is not None
        assert hoped is not None
        assert sure <= hoped


@given(tables(needs_from=1), st.sampled_from(SIDES), strengths, strengths)
def test_one_more_offer_never_lowers_a_coverage(table: Table, needy: Side, needing: Said, bringing: Said) -> None:
    new = Thing(named("one more offer"))
    pair = Match(named("one more pair"), new.id, table.needs[needy][0].id, needing, bringing)
    offers = {**table.offers, other(needy): [*table.offers[other(needy)], new]}
    more = replace(table, offers=offers, matches=[*table.matches, pair])
    for with_guesses in COUNTING:
        for each in SIDES:
            before = scores(table, with_guesses=with_guesses).coverage[each].value
            after = scores(more, with_guesses=with_guesses).coverage[each].value
            assert before is not None
            assert after is not None
            assert before <= after


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(table: Table, dice: random.Random) -> None:
    def shuffled(values: list[Any]) -> list[Any]:
        return dice.sample(values, len(values))

    other_order = replace(
        table,
        needs={side: shuffled(list(table.needs[side])) for side in SIDES},
        offers={side: shuffled(list(table.offers[side])) for side in SIDES},
        matches=shuffled(list(table.matches)),
    )
    for with_guesses in COUNTING:
        assert values(other_order, with_guesses=with_guesses) == values(table, with_guesses=with_guesses)
    assert as_set(findings(other_order)) == as_set(findings(table))


@given(tables())
def test_seen_from_the_other_end_of_the_room_it_is_the_mirror_image(table: Table) -> None:
    mirror = mirrored(table)
    for with_guesses in COUNTING:
        here, there = values(table, with_guesses=with_guesses), values(mirror, with_guesses=with_guesses)
        assert there == here | {"start": here["end"], "end": here["start"]}
    turned = [replace(each, side=each.side and other(each.side)) for each in findings(mirror)]
    assert as_set(turned) == as_set(findings(table))


@given(tables(), st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=16, max_size=16))
def test_what_only_one_side_has_said_never_shows(table: Table, instead: list[tuple[int, bool]]) -> None:
    """Whatever a hidden rating says, numbers and findings are the same: nobody can work back to it."""
    hidden = [
        replace(
            match,
            needing=match.needing and Said(strength, match.needing.is_guess),
            bringing=match.bringing and Said(strength, match.bringing.is_guess),
        )
        if not match.is_settled
        else match
        for match, (strength, _guess) in zip(table.matches, instead * 3, strict=False)
    ]
    otherwise = replace(table, matches=hidden)
    for with_guesses in COUNTING:
        assert values(otherwise, with_guesses=with_guesses) == values(table, with_guesses=with_guesses)
    assert findings(otherwise) == findings(table)


@given(tables(), strengths, strengths)
def test_a_warning_is_never_taken_back_by_what_was_waiting(table: Table, needing: Said, bringing: Said) -> None:
    """Whoever rates what waits cannot make it go: it was said only of what had been looked at."""
    warned = [each for each in findings(table) if each.kind is FindingKind.ONE_SIDED]
    rated = [
        replace(match, needing=needing, bringing=bringing) if match.agreed is None else match for match in table.matches
    ]
    assert [each for each in findings(replace(table, matches=rated)) if each in warned] == warned


@given(tables())
def test_taking_hidden_ratings_away_changes_only_what_is_looked_at(table: Table) -> None:
    """They say that somebody looked, which lets the warning of one-sidedness come; else nothing."""
    bare = replace(
        table,
        matches=[match if match.is_settled else replace(match, needing=None, bringing=None) for match in table.matches],
    )
    assert values(bare) == values(table)
    spoken = {FindingKind.ONE_SIDED, FindingKind.UNCONFIRMED}  # a stand-in's guess is nobody's secret
    kept = [each for each in findings(table) if each.kind not in spoken]
    assert [each for each in findings(bare) if each.kind not in spoken] == kept
