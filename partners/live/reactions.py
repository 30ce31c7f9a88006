"""How the lists of who is present follow the workshop."""

from __future__ import annotations

from partners.events import log
from partners.events.kinds import Kind
from partners.live import presence
from partners.workspaces.events import MemberRemoved


@log.on(MemberRemoved)
def show_no_more(change: log.Change, event: Kind) -> None:
    """Who was taken out, or is forgotten, is present nowhere: their hidden tab would be *away* for half an hour."""
    presence.announce_left(change.workspace_id, event.thing_id)
