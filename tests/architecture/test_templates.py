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


@pytest.mark.parametrize("template", [*OURS, *LIBRARYS], ids=name)
def test_nothing_stands_inline(template: Path) -> None:
    text = COMMENT.sub("", template.read_text(encoding="utf-8"))
    assert not re.search(r"<style\b|\sstyle\s*=", text), "style belongs into static/css"
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text), "scripts belong into static/js"
    assert not re.search(r"\son\w+\s*=\s*[\"']|javascript:", text), "handlers belong into static/js"
    assert not re.search(r"hx-on|hx-vals=[\"']js:", text), "so do htmx's handlers"
    assert not re.search(r"(?:src|href|action|hx-\w+)=[\"'](?:https?:)?//", text), "no page asks another host"


@pytest.mark.parametrize("template", SHOWN, ids=name)
def test_every_word_can_be_translated(template: Path) -> None:
    text = TRANSLATED.sub(" ", COMMENT.sub("", template.read_text(encoding="utf-8")))
    text = LOGIC.sub("", ATTRIBUTES.sub("", text))
    spoken = SPOKEN.findall(text)
    shown = TAG.sub(" ", SILENT.sub(" ", text))
    words = [word for part in (shown, *spoken) for word in WORD.findall(part)]
    assert [word for word in words if word not in SAME_EVERYWHERE] == []


@pytest.mark.parametrize("template", PIECES, ids=name)
def test_says_what_it_needs(template: Path) -> None:
    """Pieces that others include open with a comment; pages speak for themselves."""
    assert template.read_text(encoding="utf-8").lstrip().startswith("{#")
