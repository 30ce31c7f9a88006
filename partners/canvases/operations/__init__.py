"""Writes on sheets and notes. Each is one transaction: it checks the rights, changes, records, and returns the thing.

All take the sheet as `access` returned it, so that pages and REST cannot forget a right, and raise `Forbidden`,
`Invalid`, `Conflict` or `NotFound` from `base.errors` in the user's words. When nothing changed, nothing is recorded.
"""

from partners.canvases.operations.many import AT_MOST, change_many
from partners.canvases.operations.notes import (
    add_note,
    change_look,
    copy_note,
    delete_note,
    edit_note,
    move_note,
    restore_note,
)
from partners.canvases.operations.paste import Pasted, paste_notes
from partners.canvases.operations.sheets import lock_sheet
from partners.canvases.operations.steps import look_of
from partners.canvases.operations.talk import add_comment, confirm_note, delete_comment, give_thumb, take_note

__all__ = [
    "AT_MOST",
    "Pasted",
    "add_comment",
    "add_note",
    "change_look",
    "change_many",
    "confirm_note",
    "copy_note",
    "delete_comment",
    "delete_note",
    "edit_note",
    "give_thumb",
    "lock_sheet",
    "look_of",
    "move_note",
    "paste_notes",
    "restore_note",
    "take_note",
]
