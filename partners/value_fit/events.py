"""What happens while two companies compare, as kinds of event. Each holds what its story and its undo need.

None is tied to a sheet: a comparison belongs to its partnership. What one side says of a pair stands in `rated`, which
is never told by the log's doors (`api.events.PRIVATE`), because the other side may not have rated yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise

COMPARE: tuple[str, ...] = ("compare", "activity")
THINGS = ("pair", "declaration", "joint_sentence")
"""What a comparison consists of. What is told of them holds words of notes, and is hidden while those are private."""


@dataclass(frozen=True, kw_only=True)
class PairKind(Kind):
    """Shared by the kinds about a pair; `text` is the offer's and `need` the need's, as they read then."""

    thing_type: ClassVar[str] = "pair"
    stale: ClassVar[tuple[str, ...]] = COMPARE
    text: str
    need: str


@dataclass(frozen=True, kw_only=True)
class PairMade(PairKind):
    """An offer was put to a need; `unmatched` are the notes of which it was said until then that they have no match."""

    kind: ClassVar[str] = "pair_made"
    wording = _("%(actor)s put “%(text)s” to “%(need)s”")
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PairRemoved(PairKind):
    """A pair was taken apart; its ratings are kept, for when it is put together again."""

    kind: ClassVar[str] = "pair_removed"
    wording = _("%(actor)s took “%(text)s” away from “%(need)s”")


@dataclass(frozen=True, kw_only=True)
class PairRated(PairKind):
    """One side rated a pair, or took its rating back; `rated` holds `before` and `after`, each None or the fields."""

    kind: ClassVar[str] = "pair_rated"
    organisation: str
    company: str
    taken_back: bool
    rated: dict[str, Any]

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["taken_back"]:
            return _("%(actor)s took back what %(company)s said of “%(text)s” for “%(need)s”")
        return _("%(actor)s rated “%(text)s” for “%(need)s”, for %(company)s")


@dataclass(frozen=True, kw_only=True)
class RatingConfirmed(PairKind):
    """A member of the company confirmed what a stand-in had said for it, or took that back."""

    kind: ClassVar[str] = "rating_confirmed"
    organisation: str
    company: str
    confirmed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s confirmed what was guessed for %(company)s about “%(text)s”")
            if data["confirmed"]
            else _("%(actor)s took back a confirmation for %(company)s about “%(text)s”")
        )


@dataclass(frozen=True, kw_only=True)
class InterestSaid(PairKind):
    """A pair was said to be of common, different or opposed interests."""

    kind: ClassVar[str] = "interest_said"
    wording = _("%(actor)s said whether interests are common in “%(text)s” for “%(need)s”")
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class DeclarationKind(Kind):
    """Shared by what is declared beside the pairs; `text` is the note's, or the company's name."""

    thing_type: ClassVar[str] = "declaration"
    stale: ClassVar[tuple[str, ...]] = COMPARE
    text: str
    stands: bool
    note: str = ""
    other: str = ""
    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class UnmatchedDeclared(DeclarationKind):
    """Somebody said of a need that nobody offers it, or of an offer that it was not asked for; or took it back."""

    kind: ClassVar[str] = "unmatched_declared"
    is_need: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if not data["stands"]:
            return _("%(actor)s opened “%(text)s” again")
        if data["is_need"]:
            return _("%(actor)s said that nobody offers “%(text)s”")
        return _("%(actor)s said that “%(text)s” was not asked for")


@dataclass(frozen=True, kw_only=True)
class LookedThroughDeclared(DeclarationKind):
    """A company's people said that they have been through everything; or that they have not."""

    kind: ClassVar[str] = "looked_through_declared"

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["stands"]:
            return _("%(actor)s said that %(text)s has looked at everything")
        return _("%(actor)s said that %(text)s is still looking")


@dataclass(frozen=True, kw_only=True)
class SameDeclared(DeclarationKind):
    """Two offers, or two needs, were said to be the same thing; or not any more."""

    kind: ClassVar[str] = "same_declared"
    second: str

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s said that “%(text)s” and “%(second)s” are the same")
            if data["stands"]
            else _("%(actor)s said that “%(text)s” and “%(second)s” are not the same")
        )


@dataclass(frozen=True, kw_only=True)
class SentenceKind(Kind):
    """Shared by the kinds about a joint sentence."""

    thing_type: ClassVar[str] = "joint_sentence"
    stale: ClassVar[tuple[str, ...]] = COMPARE
    text: str


@dataclass(frozen=True, kw_only=True)
class SentenceAdded(SentenceKind):
    """A joint sentence was begun."""

    kind: ClassVar[str] = "sentence_added"
    wording = _("%(actor)s suggested the joint sentence “%(text)s”")
    sentence_kind: str


@dataclass(frozen=True, kw_only=True)
class SentenceEdited(SentenceKind):
    """A joint sentence was reworded, so that both sides must say yes again; `consents` are the companies that had.

    `typed` is what its author wrote, where others' words were merged into it: what they type next, they type on that.
    """

    kind: ClassVar[str] = "sentence_edited"
    wording = _("%(actor)s reworded the joint sentence “%(text)s”")
    before: str
    version: int
    merged: bool = False
    typed: str = ""
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SentenceChanged(SentenceKind):
    """What a joint sentence carries, whom it is for, or where it lands changed; `before`, `after`: only those."""

    kind: ClassVar[str] = "sentence_changed"
    wording = _("%(actor)s marked the joint sentence “%(text)s”")
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SentenceRemoved(SentenceKind):
    """A joint sentence was dropped, or brought back."""

    kind: ClassVar[str] = "sentence_removed"
    removed: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s dropped the joint sentence “%(text)s”")
            if data["removed"]
            else _("%(actor)s brought back the joint sentence “%(text)s”")
        )


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(SentenceKind):
    """One side said *Yes, that is how it works*, or took it back."""

    kind: ClassVar[str] = "consent_given"
    organisation: str
    company: str
    given: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return (
            _("%(actor)s said yes to “%(text)s”, for %(company)s")
            if data["given"]
            else _("%(actor)s took back the yes to “%(text)s”, for %(company)s")
        )


@dataclass(frozen=True, kw_only=True)
class RoundStarted(Kind):
    """A round of comparing ended with a named snapshot, and the next began."""

    kind: ClassVar[str] = "round_started"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = COMPARE
    wording = _("%(actor)s kept “%(text)s” and started round %(number)s")
    text: str
    number: int
