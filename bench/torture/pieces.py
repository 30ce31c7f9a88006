"""Reading the HTML of the wire: the pieces in a message, an answer or a whole page, in a form that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Piece:
    """One element with an id and a number, or the removal of one (`gone`)."""

    id: str
    drawn: int
    gone: bool = False
    list: str = ""
    """The list it stands in; empty for a piece that is replaced where it stands."""
    rank: str = ""
    note: str = ""
    version: int = 0
    text: str = ""
    """The words of a note, exactly."""
    html: str = ""
    """How it looks: tags, attributes in order of name, words; without the number it was drawn at."""


@dataclass(frozen=True)
class Page:
    """What of a page counts here: the attributes of its body, its lists, and its pieces in order."""

    body: dict[str, str]
    lists: frozenset[str]
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=512)
def read_pieces(html: str) -> tuple[Piece, ...]:
    """Return the pieces of a message; what many clients hear is read once."""
    return read_page(html).pieces


def read_page(html: str) -> Page:
    """Return what of a page counts."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(reader.body, frozenset(reader.lists), tuple(reader.pieces))


def said_in(html: str, most: int = 90) -> str:
    """Return the words of a short answer, cut off.

    >>> said_in('<p class="toast">There is nothing <b>to undo</b>.</p>')
    'There is nothing to undo .'
    """
    return " ".join(unescape(TAG.sub(" ", html)).split())[:most]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.body: dict[str, str] = {}
        self.lists: set[str] = set()
        self.pieces: list[Piece] = []
        self._open: dict[str, str] = {}
        self._depth = 0
        self._looks: list[str] = []
        self._text: list[str] = []
        self._is_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "body":
            self.body = own
        if "data-list" in own:
            self.lists.add(own["data-list"])
        if self._depth:
            self._depth += tag not in VOID
            self._looks.append(_opening(tag, own))
            self._is_text = tag == "p" and own.get("class") == "text"
        elif "data-gone" in own:
            self.pieces.append(Piece(own["data-gone"], int(own["data-drawn"]), gone=True))
        elif "data-drawn" in own and own.get("id"):
            self._open, self._depth, self._looks, self._text = own, 1, [_opening(tag, own)], []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._looks.append(_opening(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if not self._depth:
            return
        if self._is_text:
            self._text.append(data)
        if words := " ".join(data.split()):
            self._looks.append(words)

    def handle_endtag(self, tag: str) -> None:
        self._is_text = False
        if not self._depth or tag in VOID:
            return
        self._depth -= 1
        self._looks.append(f"</{tag}>")
        if not self._depth:
            self._close()

    def _close(self) -> None:
        own = self._open
        self.pieces.append(
            Piece(
                own["id"],
                int(own["data-drawn"]),
                list=own.get("data-notes", ""),
                rank=own.get("data-rank", ""),
                note=own.get("data-note", ""),
                version=int(own.get("data-version") or 0),
                text="".join(self._text),
                html="".join(self._looks),
            )
        )


def _opening(tag: str, attributes: dict[str, str]) -> str:
    shown = (f' {name}="{value}"' for name, value in sorted(attributes.items()) if name != "data-drawn")
    return f"<{tag}{''.join(shown)}>"
