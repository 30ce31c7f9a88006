"""Templates: nothing inline that the content policy forbids, and every word can be translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OURS = sorted((ROOT / "templates").rglob("*.html"))
LIBRARYS = sorted((ROOT / "templates_django").rglob("*.html"))
# The gallery shows made-up specimens, not words of the product.
SHOWN = [template for template in (*OURS, *LIBRARYS) if template.parent.name != "gallery"]
PIECES = [template for template in SHOWN if template.name.startswith("_")]

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
# Blocks, variables and macros that hold a page's attributes, not its words.
ATTRIBUTES = re.compile(
    r"\{%-?\s*block \w*(?:attrs|attributes|class)\b.*?endblock.*?%\}"
    r"|\{%-?\s*set \w+\s*%\}\s*\w+=.*?endset\s*-?%\}"
    r"|\{%-?\s*macro _(?:classes|wired)\b.*?endmacro\s*-?%\}",
    re.DOTALL,
)
TRANSLATED = re.compile(
    r"\{%-?\s*(trans|blocktranslate|blocktrans)\b.*?\{%-?\s*(endtrans|endblocktranslate|endblocktrans)\b.*?%\}",
    re.DOTALL,
)
LOGIC = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SILENT = re.compile(r"<(script|style|code|pre|kbd|svg)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:aria-label|title|placeholder|alt|aria-description|label)=["']([^"']*)["']""")
WORD = re.compile(r"[^\W\d_]{2,}")

# Names and keys are the same in every language.
SAME_EVERYWHERE = frozenset(
    [
        "Esc",
        "Del",
        "Enter",
        "Shift",
        "Ctrl",
        "Tab",
        "REST",
        "JSON",
        "CSV",
        "QR",
        "UTC",
        "OpenAPI",
        "KTR",
        "QX",
    ]
)


def name(template: Path) -> str:
    return str(template.relative_to(ROOT))


def read(template: Path) -> str:
    return template.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("forbidden", "why"),
    [
        (r"<style\b|\sstyle\s*=", "style belongs into static/css"),
        (r"<script\b(?![^>]*\bsrc=)", "scripts belong into static/js"),
        (r"\son\w+\s*=\s*[\"']|javascript:", "handlers belong into static/js"),
        (r"hx-on|hx-vals=[\"']js:", "so do htmx's handlers"),
        (r"(?:src|href|action|hx-\w+)=[\"'](?:https?:)?//", "no page asks another host"),
    ],
)
def test_nothing_stands_inline(forbidden: str, why: str) -> None:
    assert OURS
    assert LIBRARYS
    found = [name(template) for template in (*OURS, *LIBRARYS) if re.search(forbidden, COMMENT.sub("", read(template)))]
    assert found == [], why


def test_what_draws_several_regions_takes_nobody_out_of_the_page() -> None:
    """Each selects itself, or the people of its answer would take those of the page away (`js/elements/steady.js`)."""
    drawing = [tag for template in OURS for tag in TAG.findall(read(template)) if " data-each " in tag]
    assert drawing
    for tag in drawing:
        assert re.search(r'id="([\w-]+)".* hx-select="#\1"', tag), tag


def test_every_word_can_be_translated() -> None:
    assert {name(template): words for template in SHOWN if (words := untranslated(read(template)))} == {}


def test_untranslated_words_are_found() -> None:
    assert untranslated('<p title="Here">Some {% trans %}known{% endtrans %} words</p>') == ["Some", "words", "Here"]


def untranslated(template: str) -> list[str]:
    """The words that would be shown as they stand, in every language."""
    text = TRANSLATED.sub(" ", COMMENT.sub("", template))
    text = LOGIC.sub("", ATTRIBUTES.sub("", text))
    spoken = SPOKEN.findall(text)
    shown = TAG.sub(" ", SILENT.sub(" ", text))
    words = [word for part in (shown, *spoken) for word in WORD.findall(part)]
    return [word for word in words if word not in SAME_EVERYWHERE]


def test_pieces_say_what_they_need() -> None:
    """Pieces that others include open with a comment; pages speak for themselves."""
    assert PIECES
    assert [name(piece) for piece in PIECES if not read(piece).lstrip().startswith("{#")] == []
