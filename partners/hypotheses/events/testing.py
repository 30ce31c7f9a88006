"""What happens to tests of joint ideas, as kinds of event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise
from partners.hypotheses.events.topics import IDEAS


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
