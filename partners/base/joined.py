"""Our style sheets and our scripts as one file each: written in many small ones, asked for at two addresses.

A hundred small files are a hundred questions on a bad wifi, and again with the next page. So `css/app.css` comes with
the sheets it imports in their place, and `js/app.js` with its modules, each in a function of its own. They are joined
when they are first asked for. What is written works in a browser as it is, so nothing has to be built.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from partners.base.errors import NotFound

TYPES = {"css/app.css": "text/css; charset=utf-8", "js/app.js": "text/javascript; charset=utf-8"}
A_YEAR = 60 * 60 * 24 * 365

SHEET = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
IMPORT = re.compile(r'^import \{([^}]+)\} from "(\.[^"]+)"$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
NOT_UNDERSTOOD = re.compile(r"^(?:import|export)\b.*|\bimport *[(.].*", re.MULTILINE)


class File(NamedTuple):
    """What is sent, as it is and packed, and what its address says of it."""

    content: bytes
    packed: bytes
    version: str


def address_of(name: str) -> str:
    """Where browsers find `css/app.css` or `js/app.js`; other content has another address."""
    return reverse("joined", args=(_file(name).version, name))


@require_safe
def joined(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """The file. Browsers keep it for good, unless it is another version than they asked for, as during an update."""
    if name not in TYPES:
        raise NotFound
    file = _file(name)
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(file.packed if is_packed else file.content, content_type=TYPES[name])
    if is_packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    if version == file.version:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, no_store=True)
    return response


def _file(name: str) -> File:
    if settings.DEBUG:
        _read.cache_clear()
    return _read(name)


@lru_cache(maxsize=len(TYPES))
def _read(name: str) -> File:
    entry = Path(settings.BASE_DIR, "static", name)
    content = (sheet if entry.suffix == ".css" else script)(entry).encode()
    return File(content, gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()[:12])


def sheet(file: Path) -> str:
    """Return a style sheet with what it imports in the place of each `@import`."""
    return SHEET.sub(lambda found: sheet(file.parent / found[1]), file.read_text(encoding="utf-8"))


def script(entry: Path) -> str:
    """Return a module and all that it imports as one: each runs once, after those that it imports, as in browsers.

    Raises `ValueError` for what would mean something else in one file: modules in a circle, other kinds of import.
    """
    entry = entry.resolve()
    parts: dict[Path, str] = {}

    def add(file: Path, above: tuple[Path, ...] = ()) -> str:
        if file in above:
            raise ValueError(f"{file} imports itself")
        name = "_".join(file.relative_to(entry.parent).with_suffix("").parts).replace("-", "_")
        if file not in parts:
            text = file.read_text(encoding="utf-8")
            below = {found: add((file.parent / found).resolve(), (*above, file)) for _, found in IMPORT.findall(text)}
            text = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {below[found[2]]}", text)
            parts[file] = _part(name, text) if above else text
        return name

    add(entry)
    whole = "\n".join(parts.values())
    if odd := NOT_UNDERSTOOD.search(whole):
        raise ValueError(f"cannot be joined: {odd[0]}")
    return whole


def _part(name: str, text: str) -> str:
    told = ", ".join(EXPORT.findall(text))
    return f"const {name} = (() => {{\n{EXPORT.sub('', text)}return {{ {told} }}\n}})()\n"
