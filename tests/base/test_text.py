import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.base.names import initials
from partners.base.text import clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Club membership \r\n", "Club membership"),
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("bell\x07, null\x00 and delete\x7f", "bell, null and delete"),
        ("half \ud83d a pair", "half  a pair"),
        ("not a sign \ufffe\uffff", "not a sign"),
        ("Cafe\u0301", "Café"),
        ("tab\tstays", "tab\tstays"),
        ("👩🏽‍⚕️ und 咖啡 ومرحبا", "👩🏽‍⚕️ und 咖啡 ومرحبا"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\x00\x01 \n", ""),
    ],
)
def test_text_is_kept_as_typed_but_for_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(st.text(st.characters(codec=None)))
def test_cleaning_is_done_after_one_time(typed: str) -> None:
    once = clean_text(typed)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()
    assert "\x00" not in once


@given(st.text())
def test_a_line_is_one_line(typed: str) -> None:
    assert "\n" not in clean_line(typed)
    assert clean_line(typed) == clean_line(clean_line(typed))


@pytest.mark.parametrize(
    ("name", "mark"),
    [("Ana de Vries", "AV"), ("Bo", "B"), ("", "·"), ("  ", "·"), ("李 明", "李明"), ("O'Neil", "ON"), ("☕", "·")],
)
def test_a_person_is_marked_by_one_or_two_letters(name: str, mark: str) -> None:
    assert initials(name) == mark
