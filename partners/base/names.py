"""People's names as marks: one or two letters."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=1024)
def initials(name: str) -> str:
    """One or two letters for a person: first and last word. A name without words gives a dot.

    >>> initials("Ana de Vries"), initials("Bo"), initials("")
    ('AV', 'B', '·')
    """
    words: list[str] = re.findall(r"[^\W_]+", name)
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
