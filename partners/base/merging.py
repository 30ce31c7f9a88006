"""Words that several people change: put together, or both offered. Shared by notes, sentences, steps and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from partners.base.errors import Conflict, DomainError
from partners.base.merge import merge
from partners.base.words import Run, word_diff


def merged_words(mine: str, *, base: str, theirs: str, version: int, limit: int) -> str:
    """Return my words with what others wrote since `base`.

    Where both changed the same words it raises `Conflict` with two whole texts, `yours` and `theirs`, to choose from:
    each holds what both changed elsewhere. `version` is what either is to be saved on.
    """
    result = merge(base, mine, theirs, limit=limit)
    if result.text is None:
        raise Conflict(
            _("Somebody changed the same words while you were typing."),
            code="same_words",
            yours=result.mine,
            theirs=result.theirs,
            version=version,
        )
    return result.text


def merged_fields(
    mine: Mapping[str, Any], *, base: Mapping[str, Any], now: Mapping[str, Any], texts: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Return what fields become that somebody changed from `base` to mine, while others made of it what stands `now`.

    A field that I left as it was stays as it stands; one that is not in `base` is taken as I wrote it. `texts` (with
    their limits) are merged word by word. Raises `Conflict` with both versions, `yours` and `theirs`, each by field,
    where both changed the same; what others changed elsewhere in a text is in `yours` too.
    """
    fields, yours, theirs = {}, {}, {}
    for name, value in mine.items():
        stands = now[name]
        before = base.get(name, stands)
        if value == before:
            fields[name] = stands
        elif stands in (before, value):
            fields[name] = value
        elif texts is None or name not in texts:
            yours[name], theirs[name] = value, stands
        else:
            result = merge(before, value, stands, limit=texts[name])
            if result.text is None:
                yours[name], theirs[name] = result.mine, stands
            else:
                fields[name] = result.text
    if theirs:
        raise Conflict(
            _("Somebody else changed this while you were at it."), code="same_fields", yours=yours, theirs=theirs
        )
    return fields


def versions_in(error: DomainError | None) -> dict[str, list[Run]]:
    """Return the two texts of such a conflict as runs that say where they differ; nothing for any other error."""
    if error is None or error.code != "same_words":
        return {}
    runs = word_diff(error.details["theirs"], error.details["yours"])
    return {
        "theirs": [run for run in runs if run.mark != "new"],
        "yours": [run for run in runs if run.mark != "gone"],
    }
