"""The tokens keep what the look promises: one list of colours for the dark, text that can be read on every ground."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
GROUNDS = ["desk", "sheet", "sheet-back", "lane", "selected", "start-tint", "end-tint"]
FILLS = ["fill-plain", "fill-sun", "fill-leaf", "fill-sky", "fill-rose", "fill-lilac"]
INKS = ["ink", "ink-2", "ink-3", "start", "end", "ok", "bad", *(f"person-{n}" for n in range(1, 9))]
READABLE = 4.5
SEEN = 3.0


def theme(name: str) -> dict[str, str]:
    """Every token of a theme that is a plain colour."""
    heads = {"light": "light ----------", "system dark": "dark, by the system", "dark": "dark, chosen"}
    text = (CSS / "tokens.css").read_text()
    part = text[text.index(heads[name]) :]
    block = part[part.index("color-scheme") : part.index("--hatch")]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", block))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_the_two_lists_of_the_dark_are_equal() -> None:
    assert theme("system dark") == theme("dark")


def test_both_themes_name_the_same_colours() -> None:
    assert theme("light").keys() == theme("dark").keys()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_ink_reads_on_every_ground_and_fill(name: str) -> None:
    colours = theme(name)
    weak = {
        (ink, ground): round(contrast(colours[ink], colours[ground]), 2)
        for ink in INKS
        for ground in GROUNDS + FILLS
        if contrast(colours[ink], colours[ground]) < READABLE
    }
    assert not weak


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_on_company_and_person_colours_read(name: str) -> None:
    colours = theme(name)
    pairs = [("on-start", "start"), ("on-end", "end"), ("on-action", "action")]
    pairs += [("on-person", f"person-{n}") for n in range(1, 9)]
    assert not [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < READABLE]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_edges_of_controls_and_the_focus_are_seen(name: str) -> None:
    colours = theme(name)
    assert not [
        (edge, ground)
        for edge in ("rule-control", "focus")
        for ground in ("sheet", "desk")
        if contrast(colours[edge], colours[ground]) < SEEN
    ]


def test_no_colour_stands_outside_the_tokens() -> None:
    strays = [
        f"{sheet.relative_to(CSS)}: {found}"
        for sheet in CSS.rglob("*.css")
        if sheet.name != "tokens.css"
        for found in re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(", sheet.read_text())
    ]
    assert not strays


def test_every_token_that_is_used_exists() -> None:
    text = "\n".join(sheet.read_text() for sheet in CSS.rglob("*.css"))
    made_by_scripts = {"keyboard", "fit-type", "fit-columns"}
    used = set(re.findall(r"var\(--([\w-]+)\)", text))
    defined = set(re.findall(r"--([\w-]+)\s*:", text))
    assert used <= defined | made_by_scripts
