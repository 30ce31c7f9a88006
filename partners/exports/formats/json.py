"""The workbench's own format: everything a person may see, in one JSON document (`docs/format.md`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from partners.exports.snapshot import Snapshot

FORMAT = "partnership-workbench"
VERSION = 1


def written(snapshot: Snapshot) -> Iterator[str]:
    """Return the document in pieces, a sheet at a time."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "scope": "canvas" if snapshot.canvas else "workspace",
        "as_of": snapshot.as_of(),
        "exported_at": timezone.now(),
        "withheld": snapshot.withheld,
        "workspace": snapshot.workspace(),
    }
    yield _text(head).removesuffix("}")
    parts: tuple[tuple[str, Iterable[Any]], ...] = (
        ("organisations", snapshot.organisations()),
        ("partnerships", snapshot.partnerships()),
        ("members", snapshot.members()),
        ("canvases", snapshot.canvases()),
        ("comparisons", snapshot.comparisons()),
        ("hypotheses", snapshot.hypotheses()),
        ("outcomes", snapshot.outcomes()),
    )
    for name, things in parts:
        yield f', "{name}": ['
        for place, thing in enumerate(things):
            yield f"{', ' if place else ''}{_text(thing)}"
        yield "]"
    yield "}\n"


def _text(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
