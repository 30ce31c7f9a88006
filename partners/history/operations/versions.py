"""Bringing back the words that a note once had."""

from __future__ import annotations

from partners.base.errors import NotFound
from partners.canvases.access import CanvasInView
from partners.canvases.models import Note
from partners.canvases.operations import edit_note
from partners.history.versions import versions_of


def restore_version(*, sheet: CanvasInView, note: Note, number: int, base_version: int | None = None) -> Note:
    """Give a note the words of one of its versions: an edit like any other, merged with what others type meanwhile.

    `base_version` is the version that stood there when somebody chose. Raises `NotFound` for a version that the
    person does not see, and what `edit_note` raises.
    """
    wanted = next((each for each in versions_of(sheet, note) if each.number == number), None)
    if wanted is None:
        raise NotFound
    return edit_note(sheet=sheet, note=note, text=wanted.text, base_version=base_version)
