"""Writes on workshops, companies, partnerships, people and ways in; each one transaction, recorded in the log."""

from partners.workspaces.operations.calendars import end_calendar_link, make_calendar_link
from partners.workspaces.operations.network import (
    add_organisation,
    add_partnership,
    change_organisation,
    change_partnership,
)
from partners.workspaces.operations.people import (
    change_member,
    forget_member,
    forget_user,
    join_as_guest,
    join_as_user,
    leave,
    new_guest_pass,
    remove_member,
)
from partners.workspaces.operations.removals import (
    remove_organisation,
    remove_partnership,
    restore_organisation,
    restore_partnership,
)
from partners.workspaces.operations.sealing import look_into, reveal, seal
from partners.workspaces.operations.sharing import device_link, follow_in_room, invite, renew_code, revoke_invitation
from partners.workspaces.operations.workshops import (
    archive_workspace,
    change_workspace,
    create_workspace,
    delete_workspace,
    name_colours,
    new_workshop,
)

__all__ = [
    "add_organisation",
    "add_partnership",
    "archive_workspace",
    "change_member",
    "change_organisation",
    "change_partnership",
    "change_workspace",
    "create_workspace",
    "delete_workspace",
    "device_link",
    "end_calendar_link",
    "follow_in_room",
    "forget_member",
    "forget_user",
    "invite",
    "join_as_guest",
    "join_as_user",
    "leave",
    "look_into",
    "make_calendar_link",
    "name_colours",
    "new_guest_pass",
    "new_workshop",
    "remove_member",
    "remove_organisation",
    "remove_partnership",
    "renew_code",
    "restore_organisation",
    "restore_partnership",
    "reveal",
    "revoke_invitation",
    "seal",
]
