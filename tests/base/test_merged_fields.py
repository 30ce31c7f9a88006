"""The fields of a form, of which somebody else has changed some meanwhile."""

import pytest

from partners.base.errors import Conflict
from partners.base.merging import merged_fields

BASE = {"title": "Pods", "months": 6, "about": "a red shop"}


def merged(mine: dict[str, object], now: dict[str, object], limit: int = 100) -> dict[str, object]:
    return merged_fields(BASE | mine, base=BASE, now=BASE | now, texts={"about": limit})


@pytest.mark.parametrize(
    ("mine", "now", "becomes"),
    [
        ({"title": "Cups"}, {"months": 3}, {"title": "Cups", "months": 3}),
        ({"months": 9}, {"months": 9}, {"months": 9}),
        ({}, {"title": "Beans", "about": ""}, {"title": "Beans", "about": ""}),
        ({"about": "a big red shop"}, {"about": "a red store"}, {"about": "a big red store"}),
    ],
)
def test_changes_of_different_fields_and_words_are_both_made(
    mine: dict[str, object], now: dict[str, object], becomes: dict[str, object]
) -> None:
    assert merged(mine, now) == BASE | becomes


def test_a_field_without_base_is_taken_as_written() -> None:
    assert merged_fields({"title": "Cups"}, base={}, now={"title": "Beans"}) == {"title": "Cups"}


def test_all_that_both_changed_is_told_at_once() -> None:
    with pytest.raises(Conflict) as told:
        merged({"title": "Cups", "months": 9, "about": "my blue shop"}, {"title": "Beans", "about": "a green shop"})
    assert told.value.details["yours"] == {"title": "Cups", "about": "my blue shop"}
    assert told.value.details["theirs"] == {"title": "Beans", "about": "a green shop"}


def test_what_i_changed_elsewhere_in_a_text_stays_when_mine_is_saved_again() -> None:
    with pytest.raises(Conflict) as told:
        merged({"about": "my blue shop"}, {"about": "a green shop now"})
    yours, theirs = told.value.details["yours"], told.value.details["theirs"]
    assert yours["about"] == "my blue shop now"
    assert merged_fields(yours, base=theirs, now=theirs, texts={"about": 100}) == yours


def test_texts_that_would_grow_too_long_together_are_both_told() -> None:
    with pytest.raises(Conflict):
        merged({"about": "a big red shop"}, {"about": "a red store"}, limit=12)
