"""Text cut into what people call words: the grain of merging and of word diffs.

Numbers, addresses and words with a hyphen or an apostrophe stay whole; so do emoji and letters with their marks.
Scripts that are written without blanks (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into their signs.
"""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese kana
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese signs
)
_LETTER = rf"[^\W{_UNSPACED}]"
_WORD = rf"{_LETTER}+(?:(?:['’.@-]|(?<=\d)[,:/](?=\d)){_LETTER}+)*"
_ROUGH = re.compile(rf"{_LETTER}+://\S*\w|\s+|{_WORD}|.", re.DOTALL)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_ZERO_WIDTH_JOINER = "\u200d"
_JOINERS = (_ZERO_WIDTH_JOINER, "\u1039", "\u17d2")  # what follows belongs to what is before
_HANGS_ON = "\u200c\u200d\u0e33\u0eb3"  # letters and joiners that stand on the sign before
_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def tokens(text: str) -> list[str]:
    """Return a text as its words, signs and white space; put together again they are the text.

    >>> tokens("Bo’s well-known shop, open 9:30")
    ['Bo’s', ' ', 'well-known', ' ', 'shop', ',', ' ', 'open', ' ', '9:30']
    >>> tokens("咖啡店")
    ['咖', '啡', '店']
    """
    pieces: list[str] = _ROUGH.findall(text)
    if text.isascii():
        return pieces  # none of them is only a part of a sign
    found: list[str] = []
    for piece in pieces:
        if found and _belongs(found[-1], piece):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def is_unspaced(token: str) -> bool:
    """Whether a token is a sign of a script that puts no blanks between words."""
    return _IS_UNSPACED.match(token) is not None


def is_word(token: str) -> bool:
    """Whether a token says something, as punctuation and white space do not."""
    return token[:1].isalnum() or any(char.isalnum() for char in token)


def _belongs(before: str, piece: str) -> bool:
    """Whether a piece is no more than a part of the sign before it: an accent, a skin tone, half a flag."""
    if before.isspace():
        return False
    first = piece[0]
    if first in _HANGS_ON or unicodedata.category(first)[0] == "M" or ord(first) in _TONES or ord(first) in _TAGS:
        return True
    if ord(first) in _FLAG_LETTERS:
        return len(before) == 1 and ord(before) in _FLAG_LETTERS
    if before.endswith(_JOINERS):
        return not piece.isspace()
    return _goes_on_after_a_mark(before, first)


def _goes_on_after_a_mark(before: str, first: str) -> bool:
    """A word goes on behind a letter with a mark; signs of scripts without blanks do not make words by touching."""
    is_marked = unicodedata.category(before[-1])[0] == "M" and is_word(before)
    return is_marked and first.isalnum() and not is_unspaced(first) and not is_unspaced(before)
