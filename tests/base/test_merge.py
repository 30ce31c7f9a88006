"""Nobody's typed word is lost: hundreds of made-up pairs of changes to one text."""

import random
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from partners.base.merge import merge

# Few words, so that the same ones meet often; signs and spaces, so that words may come to touch.
PIECES = ["club", "pods", "shops", "and", " ", " ", " ", ", ", ". ", "\n", "-", "’"]
# A word lost is the worst that can happen, and it hides in rare places.
MANY = 15 * settings().max_examples
pairs = given(st.integers(0, 2**32).map(lambda seed: two_changes(random.Random(seed))))


def two_changes(dice: random.Random) -> tuple[str, str, str]:
    """A text, and the same as two people left it."""
    base = "".join(dice.choices(PIECES, k=dice.randint(0, 30)))
    return base, changed(base, dice, ["mara", "milk", "mill"]), changed(base, dice, ["theo", "tea", "tide"])


def changed(base: str, dice: random.Random, newcomers: list[str]) -> str:
    """A text with some pieces taken out and some put in, among them words that only this person uses."""
    pieces = re.findall(r"\s+|\w+|[^\w\s]", base)
    own = [f" {word} " for word in newcomers]
    for _change in range(dice.randint(1, 2)):
        at = dice.randint(0, len(pieces))
        pieces[at : at + dice.randint(0, 3)] = dice.choices(PIECES + own + own, k=dice.randint(0, 3))
    return "".join(pieces)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def typed(base: str, text: str) -> Counter[str]:
    """The words somebody added, and how often."""
    return words(text) - words(base)


@pairs
@settings(max_examples=MANY)
def test_every_typed_word_is_in_the_result_or_it_is_a_conflict(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    merged = merge(base, mine, theirs)
    if merged.text is None:
        return  # both texts are offered whole
    for wanted in (typed(base, mine), typed(base, theirs)):
        assert wanted <= words(merged.text), f"{wanted - words(merged.text)} lost in {merged.text!r}"
    assert words(merged.text) <= words(base) + typed(base, mine) + typed(base, theirs), "something came twice"


@pairs
@settings(max_examples=MANY // 2)
def test_it_does_not_matter_who_was_first(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


@pairs
@settings(max_examples=MANY // 4)
def test_the_same_change_by_two_is_made_once_and_one_alone_is_taken_as_it_is(
    texts: tuple[str, str, str],
) -> None:
    base, mine, theirs = texts
    assert merge(base, mine, mine).text == mine
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs


class TestByExample:
    def test_changes_in_different_places_give_both(self) -> None:
        base = "the club keeps members buying pods"
        mine, theirs = "the coffee club keeps members buying pods", "the club keeps members buying many pods"
        assert merge(base, mine, theirs).text == "the coffee club keeps members buying many pods"

    def test_one_takes_a_word_out_where_the_other_left_it_alone(self) -> None:
        assert merge("big red shop, open daily", "red shop, open daily", "big red shop, open on Sundays").text == (
            "red shop, open on Sundays"
        )

    def test_different_words_for_the_same_word_are_a_conflict(self) -> None:
        assert merge("online shop", "online boutique", "online store").is_conflict

    def test_a_word_one_takes_out_and_the_other_changes_is_a_conflict(self) -> None:
        assert merge("pods and machines", "machines", "capsules and machines").is_conflict

    def test_two_different_words_at_the_same_place_are_a_conflict(self) -> None:
        assert merge("pods", "pods today", "pods tomorrow").is_conflict

    def test_the_same_word_at_the_same_place_comes_once(self) -> None:
        assert merge("pods", "more pods here", "more pods there").is_conflict
        assert merge("pods and shops", "more pods and shops", "more pods and big shops").text == (
            "more pods and big shops"
        )

    def test_other_scripts_merge_by_their_words_too(self) -> None:
        assert merge("قهوة جيدة", "قهوة جيدة جدا", "قهوة سوداء جيدة").text == "قهوة سوداء جيدة جدا"
