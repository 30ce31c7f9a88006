"""What happens to iterations and big questions, as kinds of event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise
from partners.hypotheses.events.topics import IDEAS


@dataclass(frozen=True, kw_only=True)
class IterationKind(Kind):
    """Shared by the kinds about an iteration; `text` is its name."""

    thing_type: ClassVar[str] = "iteration"
    stale: ClassVar[tuple[str, ...]] = IDEAS
    text: str


@dataclass(frozen=True, kw_only=True)
class IterationAdded(IterationKind):
    """An iteration was planned."""

    kind: ClassVar[str] = "iteration_added"
    wording = _("%(actor)s planned the iteration “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class IterationChanged(IterationKind):
    """Its name or its days changed; `before` and `after` hold only those."""

    kind: ClassVar[str] = "iteration_changed"
    wording = _("%(actor)s changed the iteration “%(text)s”")
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class IterationReviewed(IterationKind):
    """It was closed with a review, opened again, or its review changed; `before` and `after` hold the review."""

    kind: ClassVar[str] = "iteration_reviewed"
    was_closed: bool
    closed: bool
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if not data["closed"]:
            return _("%(actor)s opened the iteration “%(text)s” again")
        if data["was_closed"]:
            return _("%(actor)s changed the review of the iteration “%(text)s”")
        return _("%(actor)s closed the iteration “%(text)s” with a review")


@dataclass(frozen=True, kw_only=True)
class IterationRemoved(IterationKind):
    """An iteration was deleted, or came back."""

    kind: ClassVar[str] = "iteration_removed"
    removed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s deleted the iteration “%(text)s”")
            if data["removed"]
            else _("%(actor)s brought back the iteration “%(text)s”")
        )


@dataclass(frozen=True, kw_only=True)
class QuestionKind(Kind):
    """Shared by the kinds about a big question; `text` is what it asks."""

    thing_type: ClassVar[str] = "big_question"
    stale: ClassVar[tuple[str, ...]] = IDEAS
    text: str


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(QuestionKind):
    """A big question was asked."""

    kind: ClassVar[str] = "question_asked"
    wording = _("%(actor)s asked the big question “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class QuestionChanged(QuestionKind):
    """It was reworded, or linked to other ideas; `before` and `after` hold only what changed."""

    kind: ClassVar[str] = "question_changed"
    wording = _("%(actor)s changed the big question “%(text)s”")
    before: dict[str, Any]
    after: dict[str, Any]
    merged: bool = False


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(QuestionKind):
    """It was answered, or is open again; `before` and `after` are the answers."""

    kind: ClassVar[str] = "question_answered"
    before: str
    after: str
    merged: bool = False

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if not data["after"]:
            return _("%(actor)s opened the big question “%(text)s” again")
        return _("%(actor)s answered the big question “%(text)s”: %(after)s")


@dataclass(frozen=True, kw_only=True)
class QuestionRemoved(QuestionKind):
    """A big question was deleted, or came back."""

    kind: ClassVar[str] = "question_removed"
    removed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s deleted the big question “%(text)s”")
            if data["removed"]
            else _("%(actor)s brought back the big question “%(text)s”")
        )
