"""Writes of history: what was is brought back by ordinary changes, which everybody sees at once and can undo."""

from partners.history.operations.copies import copy_as_of
from partners.history.operations.moments import Restored, keep_moment, keep_moment_of_all, restore_moment
from partners.history.operations.trash import Doomed, delete_for_good, doomed_by, empty_trash
from partners.history.operations.undoing import Stuck, Undone, redo, undo
from partners.history.operations.versions import restore_version

__all__ = [
    "Doomed",
    "Restored",
    "Stuck",
    "Undone",
    "copy_as_of",
    "delete_for_good",
    "doomed_by",
    "empty_trash",
    "keep_moment",
    "keep_moment_of_all",
    "redo",
    "restore_moment",
    "restore_version",
    "undo",
]
