"""What changed between two wordings, word by word, as people mark it on paper."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from partners.base.tokens import tokens

Mark = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row that all stayed, all went, or all came."""

    mark: Mark
    text: str


def word_diff(before: str, after: str) -> list[Run]:
    """Return two wordings as one text in runs: without what is *new* it is `before`, without what is *gone* `after`.

    A space between two changed words does not count as a word that stayed, so that a reworded phrase is one change.

    >>> [(run.mark, run.text) for run in word_diff("a weekly list meeting", "a joint meeting")]
    [('same', 'a '), ('gone', 'weekly list'), ('new', 'joint'), ('same', ' meeting')]
    """
    old, new = tokens(before), tokens(after)
    runs: list[Run] = []
    gone = came = ""
    for _tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if was != now or (was.isspace() and (gone or came) and b < len(old) and d < len(new)):
            gone, came = gone + was, came + now
            continue
        runs += _changed(gone, came)
        runs.append(Run("same", now))
        gone = came = ""
    return runs + _changed(gone, came)


def _changed(gone: str, came: str) -> list[Run]:
    marks: list[tuple[Mark, str]] = [("gone", gone), ("new", came)]
    return [Run(mark, text) for mark, text in marks if text]
