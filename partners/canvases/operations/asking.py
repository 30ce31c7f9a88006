"""What is asked before somebody deletes notes: features above say what rests on them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from partners.workspaces.access import Viewer

Question = Callable[[Viewer, Collection[UUID]], None]
"""`(who deletes, ids of living notes)` → raises `Conflict` with a question in the user's words, or returns."""

_questions: list[Question] = []


def before_deleting(question: Question) -> Question:
    """Register what is asked before notes are deleted."""
    _questions.append(question)
    return question


def ask(viewer: Viewer, note_ids: Collection[UUID]) -> None:
    """Raise the first question that there is about deleting these notes."""
    for question in _questions:
        question(viewer, note_ids)
