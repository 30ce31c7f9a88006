"""A text as its words. The white space before a word belongs to it, so that blanks are neither doubled nor lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from partners.base.tokens import is_unspaced, tokens


class Word(NamedTuple):
    """A word and the white space before it; None before the first of a text, where nobody said what it would be."""

    gap: str | None
    text: str


@dataclass(frozen=True)
class Read:
    """A text as its words. The last is empty: it holds the white space at the end."""

    lead: str
    words: list[Word]

    @classmethod
    def of(cls, text: str) -> Read:
        gap, words = "", []
        for token in [*tokens(text), ""]:
            if token.isspace():
                gap = token
            else:
                words.append(Word(gap, token))
                gap = ""
        return cls(words[0].gap or "", [Word(None, words[0].text), *words[1:]])


def alike(mine: list[Word], theirs: list[Word]) -> list[Word]:
    """The same words twice, once."""
    return [Word(gap_of(None, my.gap, their.gap), my.text) for my, their in zip(mine, theirs, strict=True)]


def gap_of(base: str | None, mine: str | None, theirs: str | None) -> str | None:
    """Which white space stands: the one that was changed; of two changed ones that with more lines."""
    if mine is None or (mine == base and theirs is not None):
        return theirs
    if theirs is None or theirs == base:
        return mine
    return max(mine, theirs, key=lambda gap: (gap.count("\n"), len(gap), gap))


def joined(words: list[Word]) -> str:
    """Words as text. Two that did not stand side by side before never become one."""
    pieces: list[str] = []
    for word in words:
        pieces += [_between(pieces[-1] if pieces else "", word), word.text]
    return "".join(pieces)


def _between(before: str, word: Word) -> str:
    if not before:
        return ""
    if word.gap is None:
        return "" if is_unspaced(before) and is_unspaced(word.text) else " "
    grows_together = not word.gap and word.text and len(tokens(before + word.text)) == 1
    return " " if grows_together else word.gap
