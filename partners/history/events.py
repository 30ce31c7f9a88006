"""What happens to moments of sheets, as kinds of event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class MomentKept(Kind):
    """Somebody gave a moment of a sheet a name; on no sheet, it is a moment of every sheet of the workshop.

    `moment` is the number in the log that it stands for; None: the event's own.
    """

    kind: ClassVar[str] = "moment_kept"
    thing_type: ClassVar[str] = "canvas"
    stale: ClassVar[tuple[str, ...]] = ("activity", "moments")
    wording = _("%(actor)s kept a moment as “%(name)s”")
    name: str
    moment: int | None = None


@dataclass(frozen=True, kw_only=True)
class MomentRestored(Kind):
    """A sheet was put back as it stood at a moment; the events after it in the same change say what that changed."""

    kind: ClassVar[str] = "moment_restored"
    thing_type: ClassVar[str] = "canvas"
    stale: ClassVar[tuple[str, ...]] = ("activity", "moments")
    wording = _("%(actor)s put a sheet back as it was at an earlier moment")
    moment: int


@dataclass(frozen=True, kw_only=True)
class TrashEmptied(Kind):
    """What lay in the trash went for good."""

    kind: ClassVar[str] = "trash_emptied"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("workspace", "activity", "trash")
    wording = _("%(actor)s emptied the trash")
    notes: int
    partnerships: int
    organisations: int


@dataclass(frozen=True, kw_only=True)
class Emptied(Kind):
    """What is left in the log of an event about something that went for good: its number, its person, its moment.

    It is never recorded: events become it, so that the log keeps its numbers and forgets the words.
    """

    kind: ClassVar[str] = "emptied"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("trash",)
    wording = _("%(actor)s did something with what has gone for good")
