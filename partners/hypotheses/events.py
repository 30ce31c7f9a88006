"""What happens to joint ideas to test, their tests and what was learned. Each holds what its story and its undo need.

None is tied to a sheet: an idea belongs to its partnership. Names of people are looked up, never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise
from partners.hypotheses.rules import Word
from partners.value_fit.events import THINGS as COMPARED_THINGS

IDEAS: tuple[str, ...] = ("ideas", "activity")
THINGS = (*COMPARED_THINGS, "hypothesis", "test_card", "learning_card")
"""Types of thing that hold the words of both sheets: nothing is told of them while those are private."""


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


@dataclass(frozen=True, kw_only=True)
class TestKind(Kind):
    """Shared by the kinds about a test; `text` is its name, `idea` the idea it tests."""

    __test__: ClassVar[bool] = False
    thing_type: ClassVar[str] = "test_card"
    stale: ClassVar[tuple[str, ...]] = IDEAS
    text: str
    idea: str


@dataclass(frozen=True, kw_only=True)
class TestDesigned(TestKind):
    """A test was described."""

    kind: ClassVar[str] = "test_designed"
    wording = _("%(actor)s described the test “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class TestChanged(TestKind):
    """Fields of a test changed: `before`, `after` hold only those. `why`: what was to prove it right changed late."""

    kind: ClassVar[str] = "test_changed"
    before: dict[str, Any]
    after: dict[str, Any]
    merged: bool = False
    why: str = ""

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["why"]:
            return _("%(actor)s changed what proves “%(text)s” right after it had started: %(why)s")
        return _("%(actor)s changed the test “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class TestRan(TestKind):
    """A test started or ended, or that was taken back: `before` and `after` are `designed`, `running` or `ended`."""

    kind: ClassVar[str] = "test_ran"
    before: str
    after: str

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["after"] == "running" and data["before"] == "designed":
            return _("%(actor)s started the test “%(text)s”")
        if data["after"] == "ended":
            return _("%(actor)s ended the test “%(text)s”")
        if data["after"] == "running":
            return _("%(actor)s let the test “%(text)s” go on")
        return _("%(actor)s took back that the test “%(text)s” had started")


@dataclass(frozen=True, kw_only=True)
class TestCounted(TestKind):
    """So many data points have come in; `before` and `after` are their number."""

    kind: ClassVar[str] = "test_counted"
    wording = _("%(actor)s counted %(after)s for the test “%(text)s”")
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class TestRemoved(TestKind):
    """A test was deleted, or came back."""

    kind: ClassVar[str] = "test_removed"
    removed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s deleted the test “%(text)s”")
            if data["removed"]
            else _("%(actor)s brought back the test “%(text)s”")
        )


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
