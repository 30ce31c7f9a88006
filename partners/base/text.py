"""Text as people paste it, made safe to keep: no NUL or control characters, tidy line ends, composed characters."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return the text with `\\n` line ends, without control characters, trimmed, in NFC.

    >>> clean_text("  one\\x00\\r\\ntwo ")
    'one\\ntwo'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def clean_line(text: str) -> str:
    """Return the text on one line: for titles and names.

    >>> clean_line("a\\n b\\t c")
    'a b c'
    """
    return " ".join(clean_text(text).split())
