"""What happens to joint ideas, as kinds of event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise
from partners.hypotheses.events.topics import IDEAS
from partners.hypotheses.rules import Word


@dataclass(frozen=True, kw_only=True)
class IdeaKind(Kind):
    """Shared by the kinds about an idea; `text` is its name."""

    thing_type: ClassVar[str] = "hypothesis"
    stale: ClassVar[tuple[str, ...]] = IDEAS
    text: str


@dataclass(frozen=True, kw_only=True)
class IdeaAdded(IdeaKind):
    """A joint idea was written down: `slots` is what stood in its statement, `came_from` what it was changed from."""

    kind: ClassVar[str] = "idea_added"
    wording = _("%(actor)s wrote down the joint idea “%(text)s”")
    slots: dict[str, Any]
    came_from: str | None = None


@dataclass(frozen=True, kw_only=True)
class IdeaReworded(IdeaKind):
    """The statement was reworded: `before` and `after` hold the slots that changed; it was one version, is another."""

    kind: ClassVar[str] = "idea_reworded"
    wording = _("%(actor)s reworded the joint idea “%(text)s”")
    before: dict[str, Any]
    after: dict[str, Any]
    version_before: int
    version: int
    merged: bool = False


@dataclass(frozen=True, kw_only=True)
class IdeaChanged(IdeaKind):
    """Its name, importance, answers, notes or pairs changed; `before` and `after` hold only those."""

    kind: ClassVar[str] = "idea_changed"
    wording = _("%(actor)s marked the joint idea “%(text)s”")
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class IdeaSaid(IdeaKind):
    """People flagged it, dropped it, took it up again, or went on with another; `before`, `after`: `rules.Word`."""

    kind: ClassVar[str] = "idea_said"
    before: str
    after: str
    why: str = ""
    why_before: str = ""

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["after"] == Word.RETIRED:
            return _("%(actor)s dropped the joint idea “%(text)s”: %(why)s")
        if data["after"] == Word.PIVOTED:
            return _("%(actor)s went on from “%(text)s” with another idea: %(why)s")
        if data["after"] == Word.DRAFT:
            return _("%(actor)s took back that “%(text)s” is worth a test")
        if data["before"] == Word.DRAFT:
            return _("%(actor)s flagged “%(text)s” as worth a test")
        return _("%(actor)s took up “%(text)s” again")


@dataclass(frozen=True, kw_only=True)
class IdeaRemoved(IdeaKind):
    """An idea was deleted, or came back."""

    kind: ClassVar[str] = "idea_removed"
    removed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s deleted the joint idea “%(text)s”")
            if data["removed"]
            else _("%(actor)s brought back the joint idea “%(text)s”")
        )
