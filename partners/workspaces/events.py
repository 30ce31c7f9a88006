"""What happens to workspaces, organisations, partnerships and people, as kinds of event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from partners.events.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class WorkspaceCreated(Kind):
    """A workshop was made."""

    kind: ClassVar[str] = "workspace_created"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("workspace", "activity")
    title: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s made the workshop “%(title)s”") % {"actor": actor, "title": data["title"]}


@dataclass(frozen=True, kw_only=True)
class WorkspaceChanged(Kind):
    """Title, segment, language, fill meanings, or archived state changed; `before` and `after` hold the fields."""

    kind: ClassVar[str] = "workspace_changed"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("workspace", "activity", "access")
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s changed the workshop’s settings") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Kind):
    """A company joined the network."""

    kind: ClassVar[str] = "organisation_added"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "workspace", "activity")
    name: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s added %(name)s") % {"actor": actor, "name": data["name"]}


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Kind):
    """A company's name, sector or profile changed."""

    kind: ClassVar[str] = "organisation_changed"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "workspace", "activity")
    name: str
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s changed what is said about %(name)s") % {"actor": actor, "name": data["name"]}


@dataclass(frozen=True, kw_only=True)
class OrganisationRemoved(Kind):
    """A company left the network, and its partnerships and sheets with it."""

    kind: ClassVar[str] = "organisation_removed"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "partnerships", "workspace", "activity", "access")
    name: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s removed %(name)s") % {"actor": actor, "name": data["name"]}


@dataclass(frozen=True, kw_only=True)
class OrganisationRestored(Kind):
    """A company came back from the trash, with its business model."""

    kind: ClassVar[str] = "organisation_restored"
    thing_type: ClassVar[str] = "organisation"
    stale: ClassVar[tuple[str, ...]] = ("organisations", "partnerships", "workspace", "activity", "access")
    name: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s brought back %(name)s") % {"actor": actor, "name": data["name"]}


@dataclass(frozen=True, kw_only=True)
class PartnershipAdded(Kind):
    """Two companies of the network may become partners."""

    kind: ClassVar[str] = "partnership_added"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "workspace", "activity", "access")
    first: str
    second: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s added the partnership of %(first)s and %(second)s") % {
            "actor": actor,
            "first": data["first"],
            "second": data["second"],
        }


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
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        names = {"actor": actor, "first": data["first"], "second": data["second"]}
        if data["after"].get("state") and data["after"]["state"] != data["before"].get("state"):
            return _("%(actor)s set %(first)s and %(second)s to “%(state)s”") % (
                names | {"state": _(data["after"]["state"])}
            )
        return _("%(actor)s changed the partnership of %(first)s and %(second)s") % names


@dataclass(frozen=True, kw_only=True)
class PartnershipRemoved(Kind):
    """A partnership and its two sheets were taken away."""

    kind: ClassVar[str] = "partnership_removed"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "workspace", "activity", "access")
    first: str
    second: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s removed the partnership of %(first)s and %(second)s") % {
            "actor": actor,
            "first": data["first"],
            "second": data["second"],
        }


@dataclass(frozen=True, kw_only=True)
class PartnershipRestored(Kind):
    """A partnership came back from the trash, with its two sheets."""

    kind: ClassVar[str] = "partnership_restored"
    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "workspace", "activity", "access")
    first: str
    second: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s brought back the partnership of %(first)s and %(second)s") % {
            "actor": actor,
            "first": data["first"],
            "second": data["second"],
        }


@dataclass(frozen=True, kw_only=True)
class SealingKind(Kind):
    """Shared by the kinds about what is private in a partnership; no undo opens or closes what others rely on."""

    thing_type: ClassVar[str] = "partnership"
    stale: ClassVar[tuple[str, ...]] = ("partnerships", "sheet", "activity", "access")
    first: str
    second: str

    @classmethod
    def wording(cls) -> str:
        """The sentence, with places for `actor`, `first` and `second`."""
        raise NotImplementedError

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return cls.wording() % {"actor": actor, "first": data["first"], "second": data["second"]}


@dataclass(frozen=True, kw_only=True)
class PartnershipSealed(SealingKind):
    """A partnership's two Partnership Canvases became private until the reveal."""

    kind: ClassVar[str] = "partnership_sealed"

    @classmethod
    def wording(cls) -> str:
        return _("%(actor)s made the sketches of %(first)s and %(second)s private until reveal")


@dataclass(frozen=True, kw_only=True)
class PartnershipRevealed(SealingKind):
    """Both Partnership Canvases were opened at once."""

    kind: ClassVar[str] = "partnership_revealed"

    @classmethod
    def wording(cls) -> str:
        return _("%(actor)s revealed the sketches of %(first)s and %(second)s")


@dataclass(frozen=True, kw_only=True)
class SealedSheetsLooked(SealingKind):
    """A facilitator who belongs to no organisation looks at what is private."""

    kind: ClassVar[str] = "sealed_sheets_looked"

    @classmethod
    def wording(cls) -> str:
        return _("%(actor)s asked to look at what is private between %(first)s and %(second)s")


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Kind):
    """Somebody came in. The log never holds a person's name: it is looked up, so that it can be forgotten."""

    kind: ClassVar[str] = "member_joined"
    thing_type: ClassVar[str] = "member"
    stale: ClassVar[tuple[str, ...]] = ("members", "activity", "access")

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s joined") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class MemberChanged(Kind):
    """Somebody's side, role, scope, name or colour changed."""

    kind: ClassVar[str] = "member_changed"
    thing_type: ClassVar[str] = "member"
    stale: ClassVar[tuple[str, ...]] = ("members", "activity", "access")
    fields: list[str]

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s changed somebody’s side or rights") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Kind):
    """Somebody left or was taken out; their browser loses access at once."""

    kind: ClassVar[str] = "member_removed"
    thing_type: ClassVar[str] = "member"
    stale: ClassVar[tuple[str, ...]] = ("members", "activity", "access")
    forgotten: bool = False

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s took somebody out of the workshop") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class SharingChanged(Kind):
    """A code or link was made, renewed or revoked, or the room screen was sent to another page."""

    kind: ClassVar[str] = "sharing_changed"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("sharing", "room", "access")
    what: str

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        return _("%(actor)s changed how the workshop is shared") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class WorkspaceDeleted(Kind):
    """A workshop was taken away from everybody, or brought back."""

    kind: ClassVar[str] = "workspace_deleted"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("workspace", "access")
    deleted: bool

    @classmethod
    def sentence(cls, actor: str, data: dict[str, Any]) -> str:
        wording = _("%(actor)s deleted the workshop") if data["deleted"] else _("%(actor)s brought the workshop back")
        return wording % {"actor": actor}
