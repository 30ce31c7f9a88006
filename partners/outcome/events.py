"""What happens to the outcome of a partnership, as kinds of event. Each holds what its story and its undo need.

None is tied to a sheet: an outcome belongs to its partnership. Names of people are looked up, never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise
from partners.outcome.models import Decision

OUTCOME: tuple[str, ...] = ("outcome", "activity")


@dataclass(frozen=True, kw_only=True)
class DecisionKind(Kind):
    """Shared by the kinds about a decision; `assents` are the companies whose yes to the one before fell away."""

    thing_type: ClassVar[str] = "decision"
    stale: ClassVar[tuple[str, ...]] = OUTCOME
    text: str


@dataclass(frozen=True, kw_only=True)
class DecisionMade(DecisionKind):
    """Somebody said go on, adapt or stop, or took that back; `text` is the reason as it stood."""

    kind: ClassVar[str] = "decision_made"
    before: str
    after: str
    assents: tuple[str, ...] = ()

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if not data["after"]:
            return _("%(actor)s took the decision back")
        return _("%(actor)s wrote down the decision: %(decision)s")

    @classmethod
    def words(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().words(data) | {"decision": dict(Decision.Verdict.choices).get(data["after"], data["after"])}


@dataclass(frozen=True, kw_only=True)
class DecisionExplained(DecisionKind):
    """The reason of the decision was written or reworded."""

    kind: ClassVar[str] = "decision_explained"
    before: str
    version: int
    merged: bool = False
    assents: tuple[str, ...] = ()

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if not data["text"]:
            return _("%(actor)s took away the reason of the decision")
        return _("%(actor)s gave the reason of the decision: %(text)s")


@dataclass(frozen=True, kw_only=True)
class AssentGiven(DecisionKind):
    """A company agreed to the decision, or took that back."""

    kind: ClassVar[str] = "assent_given"
    organisation: str
    company: str
    given: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s agreed to the decision, for %(company)s")
            if data["given"]
            else _("%(actor)s took back the yes to the decision, for %(company)s")
        )


@dataclass(frozen=True, kw_only=True)
class StepKind(Kind):
    """Shared by the kinds about a next step; `text` is what is to be done."""

    thing_type: ClassVar[str] = "next_step"
    stale: ClassVar[tuple[str, ...]] = OUTCOME
    text: str


@dataclass(frozen=True, kw_only=True)
class StepAdded(StepKind):
    """A next step was written down."""

    kind: ClassVar[str] = "step_added"
    wording = _("%(actor)s added the next step “%(text)s”")


@dataclass(frozen=True, kw_only=True)
class StepEdited(StepKind):
    """What is to be done was reworded."""

    kind: ClassVar[str] = "step_edited"
    wording = _("%(actor)s reworded the next step “%(text)s”")
    before: str
    version: int
    merged: bool = False


@dataclass(frozen=True, kw_only=True)
class StepChanged(StepKind):
    """Who does it, by when, or its place in the list changed; `before` and `after` hold only those."""

    kind: ClassVar[str] = "step_changed"
    wording = _("%(actor)s changed who does “%(text)s”, or by when")
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class StepMoved(StepKind):
    """A next step got another place in the list."""

    kind: ClassVar[str] = "step_moved"
    wording = _("%(actor)s moved the next step “%(text)s”")
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class StepDone(StepKind):
    """A next step was done, or is to be done again."""

    kind: ClassVar[str] = "step_done"
    done: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return _("%(actor)s ticked “%(text)s” as done") if data["done"] else _("%(actor)s opened “%(text)s” again")


@dataclass(frozen=True, kw_only=True)
class StepRemoved(StepKind):
    """A next step was dropped, or brought back."""

    kind: ClassVar[str] = "step_removed"
    removed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s dropped the next step “%(text)s”")
            if data["removed"]
            else _("%(actor)s brought back the next step “%(text)s”")
        )


@dataclass(frozen=True, kw_only=True)
class CreatedValueAccepted(Kind):
    """An agreed created value was accepted as a candidate to go on with, or not any more.

    `notes` are those put on business models because of it, or taken away again, in the same change.
    """

    kind: ClassVar[str] = "created_value_accepted"
    thing_type: ClassVar[str] = "joint_sentence"
    stale: ClassVar[tuple[str, ...]] = ("outcome", "compare", "activity")
    text: str
    accepted: bool
    notes: tuple[str, ...] = ()

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s accepted “%(text)s” to go on with")
            if data["accepted"]
            else _("%(actor)s took back that “%(text)s” was accepted")
        )


@dataclass(frozen=True, kw_only=True)
class CreatedValueLanded(Kind):
    """An accepted created value was put into a block of a business model, as the notes in `notes`."""

    kind: ClassVar[str] = "created_value_landed"
    thing_type: ClassVar[str] = "joint_sentence"
    stale: ClassVar[tuple[str, ...]] = OUTCOME
    text: str
    notes: tuple[str, ...]
    landed: bool = True

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s put “%(text)s” into a business model")
            if data["landed"]
            else _("%(actor)s took “%(text)s” out of the business model again")
        )
