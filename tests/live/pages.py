"""What a page tells people, and which of its parts follow when others change something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

ENDS_BY_ITSELF = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style", "template", "title"}
TOLD = ("title", "aria-label", "alt", "placeholder")
"""Attributes that say something to people; fields also say what is in them."""
HEARD = re.compile(r"live:(\w+)")
NAMED = re.compile(r"#([\w-]+)")


@dataclass
class Element:
    """One element of a page."""

    name: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        yield self
        for each in self.inside:
            if isinstance(each, Element):
                yield from each

    def says(self, *, without: Collection[str] = ()) -> Iterator[str]:
        """What it tells people, without the elements of some ids; scripts keep `data-count` and sliders up to date."""
        if self.attributes.get("id") in without or self.name in SILENT or "data-count" in self.attributes:
            return
        is_filled = self.name == "input" and self.attributes.get("type") not in ("hidden", "range")
        shown = (*TOLD, "value") if is_filled else TOLD
        yield from (value for name in shown if (value := self.attributes.get(name)))
        for each in self.inside:
            if isinstance(each, Element):
                yield from each.says(without=without)
            elif each.strip():
                yield " ".join(each.split())

    def by_id(self, wanted: str) -> Element:
        """The element with an id; raises `StopIteration`."""
        return next(each for each in self if each.attributes.get("id") == wanted)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in ENDS_BY_ITSELF:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while tag not in ENDS_BY_ITSELF and len(self.open) > 1 and self.open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_page(html: str) -> Element:
    """Return a page as elements."""
    reader = _Reader()
    reader.feed(html)
    return reader.open[0]


def follows(page: Element, pieces: Iterable[str]) -> set[str]:
    """The ids of what a page brings up to date when the stream sends it these pieces."""
    sent = " ".join(pieces)
    stale = set(re.findall(r"\w+", " ".join(re.findall(r'data-stale="([^"]*)"', sent))))
    found = set(re.findall(r'(?:\bid|data-gone)="([^"]+)"', sent))
    for each in page:
        if stale & set(HEARD.findall(each.attributes.get("hx-trigger", ""))):
            drawn = each.attributes.get("hx-select", "") + each.attributes.get("hx-select-oob", "")
            found |= set(NAMED.findall(drawn))
    return found
