"""Words that several people change: put together, or both offered. Shared by notes, sentences, steps and reasons."""

from __future__ import annotations

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


def versions_in(error: DomainError | None) -> dict[str, list[Run]]:
    """Return the two texts of such a conflict as runs that say where they differ; nothing for any other error."""
    if error is None or error.code != "same_words":
        return {}
    runs = word_diff(error.details["theirs"], error.details["yours"])
    return {
        "theirs": [run for run in runs if run.mark != "new"],
        "yours": [run for run in runs if run.mark != "gone"],
    }
