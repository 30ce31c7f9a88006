"""The forms of a page as a browser sends them: every field with what it was drawn with, the hidden ones too."""

from __future__ import annotations

from html.parser import HTMLParser

from django.test import Client


def drawn(client: Client, page: str, *, action: str = "") -> dict[str, str]:
    """Return what a form of a page would send if nobody touched it; `action` is its address, empty: the page's own."""
    found = _Forms(action)
    found.feed(client.get(page).content.decode())
    return found.values


class _Forms(HTMLParser):
    """Reads the first form with that address that is sent by POST."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._action = action
        self._is_inside = self._is_done = False
        self._name = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method") == "post" and not self._is_done:
            self._is_inside = said.get("action", "") == self._action
        if not self._is_inside:
            return
        if tag == "input" and "name" in said:
            self.values[said["name"]] = said.get("value", "")
        elif tag == "textarea":
            self._area = said["name"]
            self.values[self._area] = ""
        elif tag == "select":
            self._name = said["name"]
        elif tag == "option" and "selected" in said:
            self.values[self._name] = said["value"]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "form" and self._is_inside:
            self._is_inside, self._is_done = False, True
