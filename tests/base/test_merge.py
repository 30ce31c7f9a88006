"""Nobody's typed word is lost: hundreds of made-up pairs of changes to one text."""

import random
import unicodedata
from collections import Counter
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.base.merge import Merged, merge
from partners.base.tokens import tokens

# Few words, so that the same ones meet often; signs and spaces, so that words may come to touch.
PIECES = [
    "club",
    "pods",
    "shops",
    "and",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "\n",
    "-",
    "’",
    "咖",
    "啡",
    "ไทย",
    "👍🏽",
    "नि",
    "3.5",
]
# A word lost is the worst that can happen, and it hides in rare places.
MANY = 15 * settings().max_examples
pairs = given(st.integers(0, 2**32).map(lambda seed: two_changes(random.Random(seed))))
places = given(st.integers(0, 2**32).map(random.Random))
any_text = st.text(max_size=40)
wild = given(any_text, any_text, any_text)


def two_changes(dice: random.Random) -> tuple[str, str, str]:
    """A text, and the same as two people left it."""
    base = "".join(dice.choices(PIECES, k=dice.randint(0, 30)))
    return base, changed(base, dice, ["mara", "milk", "茶"]), changed(base, dice, ["theo", "tea", "水"])


def changed(base: str, dice: random.Random, newcomers: list[str]) -> str:
    """A text with some pieces taken out and some put in, among them words that only this person uses."""
    pieces = tokens(base)
    own = [f" {word} " for word in newcomers]
    for _change in range(dice.randint(1, 3)):
        at = dice.randint(0, len(pieces))
        pieces[at : at + dice.randint(0, 3)] = dice.choices(PIECES + own + own, k=dice.randint(0, 3))
    return "".join(pieces)


def words(text: str) -> Counter[str]:
    return Counter(token for token in tokens(text) if any(char.isalnum() for char in token))


def typed(base: str, text: str) -> Counter[str]:
    """The words somebody added, and how often."""
    return words(text) - words(base)


def swapped(merged: Merged) -> Merged:
    return Merged(merged.text, merged.theirs, merged.mine)


@pairs
@settings(max_examples=MANY)
def test_every_typed_word_is_in_the_result_or_in_its_writers_version(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    merged = merge(base, mine, theirs)
    assert typed(base, mine) <= words(merged.mine)
    assert typed(base, theirs) <= words(merged.theirs)
    for version in (merged.mine, merged.theirs):
        assert words(version) <= words(base) + typed(base, mine) + typed(base, theirs), "something came twice"
    if merged.text is not None:
        assert merged.text == merged.mine == merged.theirs


@pairs
@settings(max_examples=MANY // 2)
def test_it_does_not_matter_who_was_first(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    assert merge(base, mine, theirs) == swapped(merge(base, theirs, mine))


@pairs
@settings(max_examples=MANY // 4)
def test_the_same_change_by_two_is_made_once_and_one_alone_is_taken_as_it_is(
    texts: tuple[str, str, str],
) -> None:
    base, mine, theirs = texts
    assert merge(base, mine, mine).text == mine
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs


@pairs
@settings(max_examples=MANY // 2)
def test_no_words_grow_together_and_no_sign_is_torn(texts: tuple[str, str, str]) -> None:
    merged = merge(*texts)
    known = {word for text in texts for word in words(text)}
    for version in (merged.mine, merged.theirs):
        assert words(version).keys() <= known
        assert not any(unicodedata.category(token[0])[0] == "M" for token in tokens(version))


@wild
@settings(max_examples=MANY // 2)
def test_whatever_is_typed_can_be_merged(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs)
    assert merged == swapped(merge(base, theirs, mine))
    assert typed(base, mine) <= words(merged.mine)
    assert typed(base, theirs) <= words(merged.theirs)


@places
@settings(max_examples=MANY // 2)
def test_changes_in_different_places_always_give_both(dice: random.Random) -> None:
    """Each word of a text is left, swapped for a new one or taken out, by one person at most."""
    base = [f"w{number}" for number in range(dice.randint(2, 20))]
    mine, theirs, both = list(base), list(base), list(base)
    for at, old in enumerate(base):
        change = dice.choice([old, old, f"new{at}", ""])
        for text in (dice.choice([mine, theirs]), both):
            text[at] = change
    want = joined(both)
    if want:
        assert merge(joined(base), joined(mine), joined(theirs)).text == want


@places
@settings(max_examples=MANY // 2)
def test_both_versions_hold_everything_that_does_not_conflict(dice: random.Random) -> None:
    base = [f"w{number}" for number in range(dice.randint(3, 20))]
    contested = dice.randrange(len(base))
    mine, theirs = list(base), list(base)
    for at, old in enumerate(base):
        if abs(at - contested) > 1:  # words in a row that one person rewrote are one place
            dice.choice([mine, theirs])[at] = dice.choice([old, f"new{at}", f"more{at} {old}"])
    mine[contested], theirs[contested] = "mara", "theo"
    merged = merge(joined(base), joined(mine), joined(theirs))
    settled = typed(joined(base), joined(mine)) + typed(joined(base), joined(theirs)) - words("mara theo")
    assert merged.is_conflict
    for version, own, other in ((merged.mine, "mara", "theo"), (merged.theirs, "theo", "mara")):
        assert settled <= words(version)
        assert own in words(version)
        assert other not in words(version)


@places
@settings(max_examples=MANY // 2)
def test_blanks_are_neither_doubled_nor_lost(dice: random.Random) -> None:
    base = [dice.choice(["club", "pods", "shops", "and"]) for _word in range(dice.randint(1, 12))]
    mine, theirs = (joined(reworded(base, dice, newcomers)) for newcomers in (["mara", "milk"], ["theo", "tea"]))
    merged = merge(joined(base), mine, theirs)
    for version in (merged.mine, merged.theirs):
        assert version == joined(version.split(" "))


def joined(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)


def reworded(base: list[str], dice: random.Random, newcomers: list[str]) -> list[str]:
    parts = list(base)
    for _change in range(dice.randint(1, 3)):
        at = dice.randint(0, len(parts))
        parts[at : at + dice.randint(0, 2)] = dice.choices(newcomers + base, k=dice.randint(0, 2))
    return parts


class TestByExample:
    def test_changes_in_different_places_give_both(self) -> None:
        base = "the club keeps members buying pods"
        mine, theirs = "the coffee club keeps members buying pods", "the club keeps members buying many pods"
        assert merge(base, mine, theirs).text == "the coffee club keeps members buying many pods"

    def test_one_takes_a_word_out_where_the_other_left_it_alone(self) -> None:
        assert merge("big red shop, open daily", "red shop, open daily", "big red shop, open on Sundays").text == (
            "red shop, open on Sundays"
        )

    def test_a_word_taken_out_beside_one_that_is_changed(self) -> None:
        assert merge("big red shop", "big shop", "big red store").text == "big store"
        assert merge("big red shop", "big shop", "huge red shop").text == "huge shop"

    def test_something_put_beside_what_the_other_takes_out(self) -> None:
        assert merge("big shop in cafés", "big shop", "big shop in cafés, soon").text == "big shop, soon"
        assert merge("pods and machines", "machines", "good pods and machines").text == "good machines"

    def test_something_put_beside_what_the_other_writes_anew_is_a_conflict(self) -> None:
        assert merge("pods", "pods and capsules", "beans worldwide").is_conflict
        assert merge("pods", "capsules", "pods today").text == "capsules today"

    def test_neighbours_taken_out_by_two_leave_no_blanks(self) -> None:
        assert merge("big red shop", "big shop", "big red").text == "big"

    def test_different_words_for_the_same_word_are_a_conflict(self) -> None:
        assert merge("online shop", "online boutique", "online store") == Merged(
            None, "online boutique", "online store"
        )

    def test_each_version_has_what_both_changed_elsewhere(self) -> None:
        merged = merge("an online shop for pods", "a boutique for pods", "an online store for all pods")
        assert merged == Merged(None, "a boutique for all pods", "an online store for all pods")

    def test_a_phrase_written_anew_is_not_mixed_with_a_word_changed_in_it(self) -> None:
        assert merge("big red shop", "a small store", "big blue shop") == Merged(None, "a small store", "big blue shop")

    def test_a_word_put_into_what_the_other_wrote_anew_is_a_conflict(self) -> None:
        assert merge("Fixed plan", "Fixed theatre plan", "Loose ideas") == Merged(
            None, "Fixed theatre plan", "Loose ideas"
        )
        assert merge("a plan b", "a fixed plan b", "one idea b").is_conflict

    def test_a_word_one_takes_out_and_the_other_changes_is_a_conflict(self) -> None:
        assert merge("pods and machines", "machines", "capsules and machines").is_conflict

    def test_two_different_words_at_the_same_place_are_a_conflict(self) -> None:
        assert merge("pods", "pods today", "pods tomorrow").is_conflict

    def test_the_same_word_at_the_same_place_comes_once(self) -> None:
        assert merge("pods", "more pods here", "more pods there").is_conflict
        assert merge("pods and shops", "more pods and shops", "more pods and big shops").text == (
            "more pods and big shops"
        )
        assert merge("big shop", "big red shop", "big red store").text == "big red store"

    def test_a_phrase_rewritten_around_its_comma_beside_a_change_elsewhere(self) -> None:
        assert merge("pods, pods and club", "pods; good pods and club", "pods, pods and the club").text == (
            "pods; good pods and the club"
        )

    def test_what_both_only_moved_is_not_doubled(self) -> None:
        assert merge("one two three four", "two three one four", "two three four one").is_conflict

    def test_two_halves_taken_out_do_not_leave_nothing(self) -> None:
        assert merge("pods machines", "pods", "machines") == Merged(None, "pods", "machines")

    def test_what_would_be_too_long_is_a_conflict_of_the_texts_as_they_are(self) -> None:
        assert merge("pods", "many pods", "pods today", limit=12) == Merged(None, "many pods", "pods today")

    def test_numbers_and_addresses_stay_whole(self) -> None:
        assert merge("about 1,500 pods", "about 1,700 pods", "about 2,500 pods").is_conflict
        assert merge("https://a.example/b", "https://a.example/c", "https://d.example/b").is_conflict

    def test_lines_stay_lines(self) -> None:
        assert merge("- pods\n- shops", "- good pods\n- shops", "- pods\n- shops\n- club").text == (
            "- good pods\n- shops\n- club"
        )
        assert merge("pods shops", "pods\nshops", "all pods shops").text == "all pods\nshops"

    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "both"),
        [
            ("قهوة جيدة", "قهوة جيدة جدا", "قهوة سوداء جيدة", "قهوة سوداء جيدة جدا"),
            ("咖啡店很大", "咖啡馆很大", "咖啡店很小", "咖啡馆很小"),
            ("ร้านกาแฟใหญ่", "ร้านชาใหญ่", "ร้านกาแฟใหญ่มาก", "ร้านชาใหญ่มาก"),
            ("हिन्दी में", "हिन्दू में", "हिन्दी में लिखा", "हिन्दू में लिखा"),
            ("👍🏽 shop 🇩🇪", "👍🏿 shop 🇩🇪", "👍🏽 shop 🇫🇷", "👍🏿 shop 🇫🇷"),
        ],
    )
    def test_other_scripts_and_emoji_merge_too(self, base: str, mine: str, theirs: str, both: str) -> None:
        assert merge(base, mine, theirs).text == both

    def test_signs_that_touch_may_be_one_word_so_they_conflict(self) -> None:
        assert merge("咖啡", "咖哩", "茶啡").is_conflict


HAN = [chr(0x4E00 + number) for number in range(2000)]
EVERY_TWENTIETH = range(0, 2000, 20)


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("a " * 1000, "a " * 999 + "b", "b " + "a " * 999),
        ("a b " * 500, "b a " * 500, "a a b " * 333),
        ("".join(HAN), "".join(reversed(HAN)), "".join(HAN[1::2])),
        (
            "".join(HAN[(at * at) % 70] for at in range(2000)),
            "".join("新" if at in EVERY_TWENTIETH else HAN[(at * at) % 70] for at in range(2000)),
            "".join("旧" if at + 10 in EVERY_TWENTIETH else HAN[(at * at) % 70] for at in range(2000)),
        ),
        ("." * 2000, "," * 1000 + "." * 999, "." * 1500 + "!" * 500),
        ("a-" * 1000, "a-" * 999 + "b", "b-" * 1000),
        ("a" + "\u0301" * 1999, "b" + "\u0301" * 1999, "c" + "\u0301" * 1999),
    ],
    ids=["one word", "two words", "turned round", "a hundred edits", "signs", "hyphens", "marks"],
)
def test_two_thousand_characters_take_less_than_a_moment(base: str, mine: str, theirs: str) -> None:
    began = thread_time()  # its own work, whatever else the machine does meanwhile
    merge(base, mine, theirs)
    assert thread_time() - began < 3  # measured: 0.4 s at worst; the bound is for slow machines
