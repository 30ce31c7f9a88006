"""The stub's page: the markup of templates/canvases and base.html, with the scripts' texts read from their template."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import django_htmx

from partners.base.joined import script

if TYPE_CHECKING:
    from tests.js.stub import Stub

ROOT = Path(__file__).resolve().parents[2]
STATIC = (ROOT / "static", Path(django_htmx.__file__).resolve().parent / "static", ROOT / "tests/js/harness")

JOINED = "/joined/js/app.js"


def static_file(path: str) -> bytes | None:
    """The content of a static file, or None."""
    for folder in STATIC:
        file = (folder / path).resolve()
        if file.is_relative_to(folder) and file.is_file():
            return file.read_bytes()
    return None


@cache
def joined() -> bytes:
    """All our scripts in one, as the site sends them."""
    return script(ROOT / "static/js/app.js").encode()


def page(board: Stub) -> str:
    """A board as the site serves it, with the scripts in one file unless the board says otherwise."""
    blocks = "".join(_block(board, key) for key in board.blocks)
    return f"""<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Board</title>
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<link rel="stylesheet" href="/static/harness.css">
<meta name="htmx-config" content='{_htmx_config()}'>
<script src="/static/django_htmx/htmx-2.min.js" defer></script>
<script type="module" src="{JOINED if board.is_joined else "/static/js/app.js"}"></script></head>
<body data-live="/live/?canvas=c1" data-cursor="{board.epoch}.{board.seq}" data-workspace="w1"
 data-person="{board.person}" data-company="{board.company}"{" data-guest" if board.is_guest else ""}
 data-signin="/sign-in/" hx-ext="live, outbox" class="{board.page_class}">
<a class="company" data-key="[" href="/start/">One</a><a class="company" data-key="]" href="/end/">Two</a>
<main id="main" data-can="write comment take" data-mine="start">
<section class="sheet" data-canvas="c1" data-side="start"><input type="search" data-find aria-label="Find">
<button type="button" data-history="undo" hx-post="/w/w1/undo/" hx-swap="upsert">Undo what I did last</button>
<button type="button" data-history="redo" hx-post="/w/w1/redo/" hx-swap="upsert">Redo</button>
<p class="saved" role="status" data-saved data-state="saved"><span data-when="saved">Saved</span><span
 data-when="saving"></span><span data-when="catching-up"></span><span data-when="offline"></span><span
 data-when="signin"></span><span data-when="failed"></span>
<button type="button" data-do="copy-waiting" hidden>Copy what waits</button></p>
<nav class="block-chips">{"".join(_chip(key) for key in board.blocks)}</nav>
<div class="blocks">{blocks}</div>
<template data-composer-for="c1"><li class="note note-edit note-new" data-composer>
<form hx-post="/canvases/c1/notes/" data-new-id="id" data-paste="/canvases/c1/paste/">
<input type="hidden" name="block" value=""><input type="hidden" name="after" value="">
<textarea name="text" data-most="1000" rows="2" aria-label="New note"></textarea>
<fieldset class="fills"><label><input type="radio" name="fill" value="plain" checked>plain</label>
<label class="swatch"><input type="radio" name="fill" value="sun">sun</label></fieldset>
<button type="button" data-do="cancel">Cancel</button><button type="submit">Add</button></form></li></template>
</section></main>
<form class="composer" data-composer-phone hx-post="/canvases/c1/notes/" data-paste="/canvases/c1/paste/">
<input type="hidden" name="block" value="{board.blocks[0]}"><input type="hidden" name="after" value="">
<textarea class="input" name="text" rows="1" aria-label="New note here"></textarea>
<button type="submit">Add</button></form>
<p role="status" class="sr" id="announce"></p><div id="toasts" class="toasts"></div>
<div id="popover" class="popover" popover></div><dialog id="dialog" aria-label="Details"></dialog>
<ul id="drafts" hidden></ul>
{texts()}
</body></html>"""


def texts() -> str:
    """components/texts.html in English, without the template engine."""
    source = (ROOT / "templates/components/texts.html").read_text()
    return re.sub(r"\{\{ _\([\"'](.*?)[\"']\) \}\}", r"\1", re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL))


def _block(board: Stub, key: str) -> str:
    notes = [note for note in board.notes.values() if note.block == key and not note.gone]
    items = "".join(note.html() for note in sorted(notes, key=lambda note: (note.rank, note.id)))
    return (
        f'<section class="block" data-block="{key}" data-canvas="c1" aria-labelledby="b-c1-{key}"><header>'
        f'<h3 id="b-c1-{key}">{key}</h3><button type="button" class="add" data-do="add" aria-label="Add to {key}">'
        f'+</button></header><ul class="notes" data-list="c1:{key}">{items}</ul>'
        f'<button type="button" class="more" data-more hidden></button>'
        f'<p class="typing" id="typing-c1-{key}" data-drawn="0"></p></section>'
    )


def _chip(key: str) -> str:
    return f'<a class="chip" href="#b-c1-{key}" data-show-block="{key}">{key}<span data-count="c1:{key}"></span></a>'


def _htmx_config() -> str:
    source = (ROOT / "templates/base.html").read_text()
    found = re.search(r"name=\"htmx-config\" content='(.*?)'", source, flags=re.DOTALL)
    return found[1] if found else "{}"
