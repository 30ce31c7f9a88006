"""Writes of history: what was is brought back by ordinary changes, which everybody sees at once and can undo."""

from partners.history.operations.undoing import Stuck, Undone, redo, undo
from partners.history.operations.versions import restore_version

__all__ = ["Stuck", "Undone", "redo", "restore_version", "undo"]
