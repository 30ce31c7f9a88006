"""Making, changing, archiving and deleting a workshop (a workspace, in the code's words)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import write_fields
from partners.base.checking import refuse
from partners.base.errors import Invalid
from partners.base.merging import merged_fields
from partners.base.text import clean_line, clean_text
from partners.events import log
from partners.people.models import User
from partners.workspaces import events
from partners.workspaces.access import Viewer
from partners.workspaces.models import ABOUT_LIMIT, FILLS, Invitation, Membership, Partnership, Workspace
from partners.workspaces.operations.network import record_organisation, record_partnership
from partners.workspaces.operations.sharing import make_code
from partners.workspaces.rules import Action

EVIDENCE = {"evidence_level": range(2, 6), "evidence_months": range(1, 25)}
"""What evidence must reach before it counts, and for how many months it does (domain reference 5: 3 and 6)."""
CHANGEABLE = ("title", "customer_segment", "language", "fill_meanings", "about", *EVIDENCE)


@dataclass(frozen=True)
class NewWorkshop:
    """Everything that one form makes: the sheets are laid out, the code for the room is ready."""

    workspace: Workspace
    partnership: Partnership
    facilitator: Membership
    code: Invitation


def create_workspace(
    *, title: str, user: User, customer_segment: str = "", about: str = "", example: str = "", **fields: Any
) -> tuple[Workspace, Membership]:
    """Make an empty workshop with its creator as facilitator; raises `Invalid` without a title."""
    title = required(title, "title", 120)
    workspace = Workspace(
        title=title,
        customer_segment=clean_line(customer_segment)[:200],
        about=clean_text(about),
        example=example,
        **fields,
    )
    workspace.save(force_insert=True)
    log.start(workspace.pk)
    member = Membership.objects.create(
        workspace=workspace,
        user=user,
        name=user.name or user.email.partition("@")[0],
        role=Membership.Role.FACILITATOR,
        scope=Membership.Scope.WORKSPACE,
    )
    with log.change(workspace.pk, by=member) as change:
        change.record(events.WorkspaceCreated(thing_id=workspace.pk, title=title))
    return workspace, member


def new_workshop(*, user: User, title: str, company: str, partner: str, customer_segment: str = "") -> NewWorkshop:
    """Make a workshop from the one form: two companies, their models, the partnership's two sheets, and the code.

    Raises `Invalid` when a name is missing or both companies are called the same.
    """
    company = required(company, "company", 120)
    partner = required(partner, "partner", 120)
    if company.casefold() == partner.casefold():
        message = _("The two companies need different names.")
        raise Invalid(message, fields={"partner": [message]})
    with transaction.atomic():
        workspace, member = create_workspace(title=title, user=user, customer_segment=customer_segment)
        with log.change(workspace.pk, by=member) as change:
            ours = record_organisation(change, workspace, name=company, is_focal=True)
            theirs = record_organisation(change, workspace, name=partner)
            partnership = record_partnership(change, workspace, first=ours, second=theirs)
        Membership.objects.filter(pk=member.pk).update(organisation=ours)
        member.organisation = ours
        code = make_code(workspace, by=member, partnership=partnership)
    return NewWorkshop(workspace, partnership, member, code)


def change_workspace(*, viewer: Viewer, base: Mapping[str, Any] | None = None, **changes: Any) -> Workspace:
    """Change title, segment, language, the meanings of note colours, what it is about, or what evidence must show.

    For facilitators. A field that is as in `base` (what its author had read) is left as it stands, and what it is about
    is merged word by word. Raises `Conflict` where others changed the same field since, `Invalid` for a title that is
    none, or evidence that nobody could reach.
    """
    by = viewer.require(Action.MANAGE)
    mine = {name: _checked(name, value) for name, value in changes.items() if name in CHANGEABLE}
    with log.change(viewer.workspace.pk, by=by) as change:
        workspace = _locked(viewer)
        now = {name: getattr(workspace, name) for name in mine}
        _write(change, workspace, merged_fields(mine, base=base or {}, now=now, texts={"about": ABOUT_LIMIT}))
    return workspace


def name_colours(*, viewer: Viewer, meanings: Mapping[str, str], base: Mapping[str, str] | None = None) -> Workspace:
    """Say what some note colours mean, empty for nothing (facilitators); those that are not named stay as they are.

    Raises `Conflict` where others gave another meaning to the same colour since `base`.
    """
    by = viewer.require(Action.MANAGE)
    mine = {fill: _meaning(meanings[fill]) for fill in FILLS if fill in meanings}
    with log.change(viewer.workspace.pk, by=by) as change:
        workspace = _locked(viewer)
        standing = workspace.fill_meanings
        named = merged_fields(mine, base=base or {}, now={fill: standing.get(fill, "") for fill in mine})
        _write(change, workspace, {"fill_meanings": _checked("fill_meanings", standing | named)})
    return workspace


def archive_workspace(*, viewer: Viewer, archived: bool = True) -> Workspace:
    """Put a finished workshop aside, or take it out again (facilitators). Archived ones stay readable and writable."""
    by = viewer.require(Action.MANAGE)
    workspace = Workspace.objects.get(pk=viewer.workspace.pk)
    with log.change(workspace.pk, by=by) as change:
        if bool(workspace.archived_at) != archived:
            workspace.archived_at = timezone.now() if archived else None
            workspace.save(update_fields=["archived_at", "updated_at"])
            change.record(
                events.WorkspaceChanged(
                    thing_id=workspace.pk, before={"archived": not archived}, after={"archived": archived}
                )
            )
    return workspace


def delete_workspace(*, viewer: Viewer, deleted: bool = True) -> Workspace:
    """Take a workshop away from everybody (facilitators); its rows stay, so that it can be brought back."""
    by = viewer.require(Action.MANAGE)
    workspace = Workspace.objects.get(pk=viewer.workspace.pk)
    with log.change(workspace.pk, by=by) as change:
        workspace.deleted_at = timezone.now() if deleted else None
        workspace.save(update_fields=["deleted_at", "updated_at"])
        change.record(events.WorkspaceDeleted(thing_id=workspace.pk, deleted=deleted))
    return workspace


def required(value: str, field: str, limit: int) -> str:
    """Return a name on one line; raises `Invalid` when it is empty or too long."""
    line = clean_line(value or "")
    if not line:
        message = _("Please fill this in.")
        raise Invalid(message, code="empty", fields={field: [message]})
    if len(line) > limit:
        message = _("At most %(limit)s characters, please.") % {"limit": limit}
        raise Invalid(message, code="too_long", fields={field: [message]})
    return line


def _checked(name: str, value: Any) -> Any:
    if name == "title":
        return required(value, "title", 120)
    if name == "customer_segment":
        return clean_line(value)
    if name == "about":
        return clean_text(value)
    if name == "fill_meanings":
        meanings = {fill: _meaning(value.get(fill, "")) for fill in FILLS}
        return {fill: meaning for fill, meaning in meanings.items() if meaning}
    if name in EVIDENCE and value not in EVIDENCE[name]:
        numbers = {"first": EVIDENCE[name][0], "last": EVIDENCE[name][-1]}
        refuse(_("Choose from %(first)s to %(last)s.") % numbers, code="mark", field=name)
    return value


def _meaning(words: str) -> str:
    return clean_line(str(words))[:40]


def _locked(viewer: Viewer) -> Workspace:
    """The workshop as it stands, while others who change it wait."""
    return Workspace.objects.select_for_update(no_key=True).get(pk=viewer.workspace.pk)


def _write(change: log.Change, workspace: Workspace, fields: Mapping[str, Any]) -> None:
    if written := write_fields(workspace, fields):
        change.record(events.WorkspaceChanged(thing_id=workspace.pk, before=written.before, after=written.after))
