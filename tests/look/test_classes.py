"""A class is styled in one sheet, so that the style of a new page changes no other."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.look.test_tokens import CSS

SHARED = {"choice", "note", "reason", "room-wait", "said"}
"""What a page's sheet adds to a component's, or two pages to each other's, on purpose."""
TOP_OF_A_LAYER = re.compile(r"^  (?![ &@}/*])([^{]+)\{", re.MULTILINE)


def test_no_two_sheets_style_the_same_class() -> None:
    sheets: dict[str, set[str]] = defaultdict(set)
    for folder in ("components", "features"):
        for file in (CSS / folder).glob("*.css"):
            for selectors in TOP_OF_A_LAYER.findall(file.read_text(encoding="utf-8")):
                for name in re.findall(r"(?:^|,)\s*\.([\w-]+)\s*(?=,|$)", selectors.strip()):
                    sheets[name].add(file.name)
    doubled = {name: sorted(files) for name, files in sheets.items() if len(files) > 1}
    assert set(doubled) == SHARED, doubled
