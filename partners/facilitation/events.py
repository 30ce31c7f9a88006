"""What the facilitator sets for the room, as a kind of event. It names no partnership: everybody may hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from partners.events.kinds import Kind, StrOrPromise


@dataclass(frozen=True, kw_only=True)
class SessionChanged(Kind):
    """The step, the timer, where everybody is asked to be, or what the wall shows was set; `what` says which."""

    kind: ClassVar[str] = "session_changed"
    thing_type: ClassVar[str] = "workspace"
    stale: ClassVar[tuple[str, ...]] = ("session", "activity")
    what: str

    @classmethod
    def says(cls, data: dict[str, Any]) -> StrOrPromise:
        sentences = {
            "step": _("%(actor)s began the next step"),
            "timer": _("%(actor)s set the timer"),
            "gathered": _("%(actor)s asked everybody to one page"),
            "landing": _("%(actor)s chose where guests land"),
            "figures": _("%(actor)s changed whether the room screen shows figures"),
        }
        return sentences.get(data["what"], _("%(actor)s led the room"))
