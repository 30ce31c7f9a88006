"""Reads the words of a PDF as Chromium prints it, page by page: enough to see that nothing is missing on paper."""

from __future__ import annotations

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)endstream", re.DOTALL)
SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")
PAIR = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>(?: <([0-9A-Fa-f]+)>)?")

Glyphs = dict[int, str]


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, without any white space, which paper does not keep."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if b"/Type /Page\n" in body]
    known: dict[bytes, Glyphs] = {}  # pages share their fonts
    return [_words(objects, page, known) for page in pages]


def _words(objects: dict[int, bytes], page: bytes, known: dict[bytes, Glyphs]) -> str:
    fonts: dict[bytes, Glyphs] = {}
    for name, font in re.findall(rb"/(F\d+) (\d+) 0 R", page):
        if font not in known:
            known[font] = _glyphs(objects, int(font))
        fonts[name] = known[font]
    words: list[str] = []
    glyphs: Glyphs = {}
    for font, shown in SHOWN.findall(_content(objects, page, b"Contents")):
        if font:
            glyphs = fonts[font]
        words.extend(glyphs.get(int(shown[at : at + 4], 16), "") for at in range(0, len(shown), 4))
    return re.sub(r"\s", "", "".join(words))


def _glyphs(objects: dict[int, bytes], font: int) -> Glyphs:
    """Which letters the numbers in a font stand for; a range has three numbers, a single glyph two."""
    known: Glyphs = {}
    for part in re.findall(rb"beginbf\w+(.*?)endbf", _content(objects, objects[font], b"ToUnicode"), re.DOTALL):
        for first, last, start in PAIR.findall(part):
            if not start:
                known[int(first, 16)] = bytes.fromhex(last.decode()).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1 if start else 0):
                known[int(first, 16) + step] = chr(int(start, 16) + step)
    return known


def _content(objects: dict[int, bytes], body: bytes, name: bytes) -> bytes:
    where = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    stream = where and STREAM.search(objects[int(where[1])])
    return zlib.decompress(stream[1]) if stream else b""
