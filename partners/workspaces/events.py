"""What happens to workspaces, organisations, partnerships and people, as kinds of event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise


@dataclass(frozen=True, kw_only=True)
class WorkspaceCreated(Kind):
    """A workshop was made."""

    kind: ClassVar[str] = "workspace_created"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("workspace", "activity")
    wording = _("%(actor)s made the workshop “%(title)s”")
    title: str


@dataclass(frozen=True, kw_only=True)
class WorkspaceChanged(Kind):
    """Title, segment, language, fill meanings, evidence or archived state changed: fields `before` and `after`."""

    kind: ClassVar[str] = "workspace_changed"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("workspace", "activity", "access")
    wording = _("%(actor)s changed the workshop’s settings")
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Kind):
    """A company joined the network."""

    kind: ClassVar[str] = "organisation_added"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "workspace", "activity")
    wording = _("%(actor)s added %(name)s")
    name: str


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Kind):
    """A company's name, sector or profile changed."""

    kind: ClassVar[str] = "organisation_changed"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "workspace", "activity")
    wording = _("%(actor)s changed what is said about %(name)s")
    name: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class OrganisationRemoved(Kind):
    """A company left the network, and its partnerships and sheets with it."""

    kind: ClassVar[str] = "organisation_removed"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "partnerships", "workspace", "activity", "access")
    wording = _("%(actor)s removed %(name)s")
    name: str


@dataclass(frozen=True, kw_only=True)
class OrganisationRestored(Kind):
    """A company came back from the trash, with its business model."""

    kind: ClassVar[str] = "organisation_restored"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "partnerships", "workspace", "activity", "access")
    wording = _("%(actor)s brought back %(name)s")
    name: str


@dataclass(frozen=True, kw_only=True)
class PartnershipAdded(Kind):
    """Two companies of the network may become partners."""

    kind: ClassVar[str] = "partnership_added"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "workspace", "activity", "access")
    wording = _("%(actor)s added the partnership of %(first)s and %(second)s")
    first: str
    second: str


@dataclass(frozen=True, kw_only=True)
class PartnershipChanged(Kind):
    """A partnership's state, its reason, or who must be left for it changed."""

    kind: ClassVar[str] = "partnership_changed"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "workspace", "activity")
    first: str
    second: str
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        if data["after"].get("state"):
            return _("%(actor)s set %(first)s and %(second)s to “%(state)s”")
        return _("%(actor)s changed the partnership of %(first)s and %(second)s")

    @classmethod
    def words(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().words(data) | {"state": _(data["after"].get("state", ""))}


@dataclass(frozen=True, kw_only=True)
class PartnershipRemoved(Kind):
    """A partnership and its two sheets were taken away."""

    kind: ClassVar[str] = "partnership_removed"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "workspace", "activity", "access")
    wording = _("%(actor)s removed the partnership of %(first)s and %(second)s")
    first: str
    second: str


@dataclass(frozen=True, kw_only=True)
class PartnershipRestored(Kind):
    """A partnership came back from the trash, with its two sheets."""

    kind: ClassVar[str] = "partnership_restored"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "workspace", "activity", "access")
    wording = _("%(actor)s brought back the partnership of %(first)s and %(second)s")
    first: str
    second: str


@dataclass(frozen=True, kw_only=True)
class SealingKind(Kind):
    """Shared by the kinds about what is private in a partnership; no undo opens or closes what others rely on."""

    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "sheet", "activity", "access")
    first: str
    second: str


@dataclass(frozen=True, kw_only=True)
class PartnershipSealed(SealingKind):
    """A partnership's two Partnership Canvases became private until the reveal."""

    kind: ClassVar[str] = "partnership_sealed"
    wording = _("%(actor)s made the sketches of %(first)s and %(second)s private until reveal")


@dataclass(frozen=True, kw_only=True)
class PartnershipRevealed(SealingKind):
    """Both Partnership Canvases were opened at once."""

    kind: ClassVar[str] = "partnership_revealed"
    wording = _("%(actor)s revealed the sketches of %(first)s and %(second)s")


@dataclass(frozen=True, kw_only=True)
class SealedSheetsLooked(SealingKind):
    """A facilitator who belongs to no organisation looks at what is private."""

    kind: ClassVar[str] = "sealed_sheets_looked"
    wording = _("%(actor)s asked to look at what is private between %(first)s and %(second)s")


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Kind):
    """Somebody came in. The log never holds a person's name: it is looked up, so that it can be forgotten."""

    kind: ClassVar[str] = "member_joined"
    thing_type: ClassVar[str] = "member"
    stale: ClassVar[tuple[str, ...]] = ("members", "activity", "access")
    wording = _("%(actor)s joined")


@dataclass(frozen=True, kw_only=True)
class MemberChanged(Kind):
    """Somebody's side, role, scope, name or colour changed."""

    kind: ClassVar[str] = "member_changed"
    thing_type: ClassVar[str] = "member"
    stale: ClassVar[tuple[str, ...]] = ("members", "activity", "access")
    wording = _("%(actor)s changed somebody’s side or rights")
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Kind):
    """Somebody left or was taken out; their browser loses access at once."""

    kind: ClassVar[str] = "member_removed"
    thing_type: ClassVar[str] = "member"
    stale: ClassVar[tuple[str, ...]] = ("members", "activity", "access")
    wording = _("%(actor)s took somebody out of the workshop")
    forgotten: bool = False


@dataclass(frozen=True, kw_only=True)
class SharingChanged(Kind):
    """A code or link was made, renewed or revoked, or the room screen was sent to another page."""

    kind: ClassVar[str] = "sharing_changed"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("sharing", "room", "activity", "access")
    wording = _("%(actor)s changed how the workshop is shared")
    what: str


@dataclass(frozen=True, kw_only=True)
class WorkspaceDeleted(Kind):
    """A workshop was taken away from everybody, or brought back."""

    kind: ClassVar[str] = "workspace_deleted"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("workspace", "access")
    deleted: bool

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        return _("%(actor)s deleted the workshop") if data["deleted"] else _("%(actor)s brought the workshop back")
