"""What happens to learning cards, as kinds of event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise
from partners.hypotheses.events.topics import IDEAS


@dataclass(frozen=True, kw_only=True)
class LearningKind(Kind):
    """Shared by the kinds about a learning card; `text` is its name, `idea` the idea it speaks of."""

    thing_type: ClassVar[str] = "learning_card"
    stale: ClassVar[tuple[str, ...]] = IDEAS
    text: str
    idea: str


@dataclass(frozen=True, kw_only=True)
class LearningWritten(LearningKind):
    """What was learned was written down."""

    kind: ClassVar[str] = "learning_written"
    wording = _("%(actor)s wrote down what was learned: “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class LearningChanged(LearningKind):
    """A learning card changed; `acceptances` are the companies whose yes to the one before fell away."""

    kind: ClassVar[str] = "learning_changed"
    wording = _("%(actor)s changed what was learned: “%(text)s”")
    before: dict[str, Any]
    after: dict[str, Any]
    revision_before: int
    revision: int
    merged: bool = False
    acceptances: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LearningAccepted(LearningKind):
    """A company accepted a learning card, or took that back."""

    kind: ClassVar[str] = "learning_accepted"
    organisation: str
    company: str
    given: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s accepted “%(text)s”, for %(company)s")
            if data["given"]
            else _("%(actor)s took back the yes to “%(text)s”, for %(company)s")
        )


@dataclass(frozen=True, kw_only=True)
class LearningRemoved(LearningKind):
    """A learning card was deleted, or came back."""

    kind: ClassVar[str] = "learning_removed"
    removed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s deleted what was learned: “%(text)s”")
            if data["removed"]
            else _("%(actor)s brought back what was learned: “%(text)s”")
        )


@dataclass(frozen=True, kw_only=True)
class AcceptanceAsked(LearningKind):
    """Somebody of a company was asked by a personal link to accept a learning card, or the link was ended."""

    kind: ClassVar[str] = "acceptance_asked"
    organisation: str
    company: str
    asked: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s asked somebody of %(company)s by a personal link to accept “%(text)s”")
            if data["asked"]
            else _("%(actor)s ended the personal link to accept “%(text)s” for %(company)s")
        )


@dataclass(frozen=True, kw_only=True)
class AcceptanceDeferred(LearningKind):
    """Who was asked came by the link, and does not accept it yet."""

    kind: ClassVar[str] = "acceptance_deferred"
    organisation: str
    company: str
    why: str = ""

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["why"]:
            return _("%(actor)s does not accept “%(text)s” yet, for %(company)s: %(why)s")
        return _("%(actor)s does not accept “%(text)s” yet, for %(company)s")
