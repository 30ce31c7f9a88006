"""A diff of words tells both wordings whole."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from partners.base.words import word_diff

texts = st.lists(st.sampled_from(["weekly", "joint", "list", "meeting", " ", " ", "\n", ",", "—"]), max_size=20).map(
    "".join
)


@given(texts, texts)
def test_both_wordings_can_be_read_from_it(before: str, after: str) -> None:
    runs = word_diff(before, after)
    assert "".join(run.text for run in runs if run.mark != "new") == before
    assert "".join(run.text for run in runs if run.mark != "gone") == after


@given(texts)
def test_the_same_twice_is_no_change(text: str) -> None:
    assert all(run.mark == "same" for run in word_diff(text, text))


@given(texts, texts)
def test_no_run_is_empty_and_marks_alternate(before: str, after: str) -> None:
    runs = word_diff(before, after)
    assert all(run.text for run in runs)
    assert all(one.mark != two.mark for one, two in pairwise(runs))


def test_a_reworded_phrase_is_one_change() -> None:
    runs = word_diff("we meet every week in town", "we meet on each Monday in town")
    assert [(run.mark, run.text) for run in runs] == [
        ("same", "we meet "),
        ("gone", "every week"),
        ("new", "on each Monday"),
        ("same", " in town"),
    ]
