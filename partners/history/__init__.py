"""Undo and redo: everybody takes back their own changes, and nobody else's."""
