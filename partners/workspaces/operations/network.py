"""Organisations and the partnerships between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model
from django.utils.translation import gettext as _

from partners.base.changing import write_fields
from partners.base.errors import Conflict, Invalid
from partners.base.merging import merged_fields
from partners.base.ordering import rank_at
from partners.base.text import clean_line, clean_text
from partners.events import log
from partners.workspaces import events
from partners.workspaces.access import Viewer
from partners.workspaces.models import Organisation, Partnership, Workspace
from partners.workspaces.rules import STATES_NEEDING_A_REASON, Action

ORGANISATION_FIELDS = {"name": 120, "short_name": 24, "sector": 80, "profile": 2000}
PARTNERSHIP_TEXTS = {"state_reason": 1000, "must_leave": 1000}
PARTNERSHIP_FIELDS = ("state", *PARTNERSHIP_TEXTS)
AT_MOST_ORGANISATIONS = 100


def add_organisation(*, viewer: Viewer, name: str, **fields: Any) -> Organisation:
    """Add a company to the network, with its business model laid out (facilitators)."""
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        return record_organisation(change, viewer.workspace, name=name, **fields)


def change_organisation(
    *, viewer: Viewer, organisation: Organisation, base: Mapping[str, str] | None = None, **changes: Any
) -> Organisation:
    """Change what is said about a company (its own people and facilitators).

    A field that is as in `base` (what its author had read) is left as it stands, and the profile is merged word by
    word. Raises `Conflict` where others changed the same field since, `Invalid` without a name.
    """
    by = viewer.require(Action.ORGANISE, organisation.pk)
    mine = {name: _organisation_field(name, value) for name, value in changes.items() if name in ORGANISATION_FIELDS}
    if mine.get("name") == "" or mine.get("short_name") == "":
        raise Invalid(_("A company needs a name."), fields={"name": [_("Please fill this in.")]})
    with log.change(viewer.workspace.pk, by=by) as change:
        now = _locked_fields(organisation, ORGANISATION_FIELDS)
        texts = {"profile": ORGANISATION_FIELDS["profile"]}
        if written := write_fields(organisation, merged_fields(mine, base=base or {}, now=now, texts=texts)):
            change.record(
                events.OrganisationChanged(
                    thing_id=organisation.pk,
                    name=organisation.short_name,
                    before=written.before,
                    after=written.after,
                )
            )
    return organisation


def add_partnership(*, viewer: Viewer, first: Organisation, second: Organisation) -> Partnership:
    """Tie two companies of the network, with a sheet for each side (facilitators)."""
    by = viewer.require(Action.MANAGE)
    if first.pk == second.pk:
        raise Invalid(_("A partnership needs two different companies."), fields={"second": [_("Choose another.")]})
    exists = Partnership.objects.filter(
        workspace=viewer.workspace, deleted_at=None, first__in=(first, second), second__in=(first, second)
    )
    if exists.exists():
        raise Conflict(_("These two companies have a partnership here already."), code="exists")
    with log.change(viewer.workspace.pk, by=by) as change:
        return record_partnership(change, viewer.workspace, first=first, second=second)


def change_partnership(
    *, viewer: Viewer, partnership: Partnership, base: Mapping[str, str] | None = None, **changes: Any
) -> Partnership:
    """Change a partnership's state, its reason, and whom they must leave (facilitators and the two companies' people).

    A field that is as in `base` (what its author had read) is left as it stands, and words are merged. Parking and
    closing need a reason: raises `Invalid` without one, and `Conflict` where others changed the same field since.
    """
    standing = viewer.organisation_id if viewer.organisation_id in _sides(partnership) else partnership.second_id
    by = viewer.require(Action.STATE, standing)
    mine = {name: clean_text(str(value)) for name, value in changes.items() if name in PARTNERSHIP_FIELDS}
    if mine.get("state", partnership.state) not in Partnership.State.values:
        raise Invalid(_("There is no such state."), fields={"state": [_("There is no such state.")]})
    if any(len(mine.get(name, "")) > limit for name, limit in PARTNERSHIP_TEXTS.items()):
        raise Invalid(_("At most %(limit)s characters, please.") % {"limit": 1000}, code="too_long")
    with log.change(viewer.workspace.pk, by=by) as change:
        now = _locked_fields(partnership, PARTNERSHIP_FIELDS)
        after = merged_fields(mine, base=base or {}, now=now, texts=PARTNERSHIP_TEXTS)
        _require_reason(now | after)
        if written := write_fields(partnership, after):
            change.record(
                events.PartnershipChanged(
                    thing_id=partnership.pk,
                    partnership_id=partnership.pk,
                    first=partnership.first.short_name,
                    second=partnership.second.short_name,
                    before=written.before,
                    after=written.after,
                )
            )
    return partnership


def record_organisation(
    change: log.Change,
    workspace: Workspace,
    *,
    name: str,
    is_focal: bool = False,
    pk: UUID | None = None,
    **fields: Any,
) -> Organisation:
    """Add an organisation inside an open change, under an id of the caller's choice if it has one."""
    clean = {key: _organisation_field(key, value) for key, value in fields.items() if key in ORGANISATION_FIELDS}
    name = _organisation_field("name", name)
    if not name:
        raise Invalid(_("A company needs a name."), fields={"name": [_("Please fill this in.")]})
    count = workspace.organisations.count()
    if count >= AT_MOST_ORGANISATIONS:
        raise Invalid(_("A workshop holds at most %(limit)s companies.") % {"limit": AT_MOST_ORGANISATIONS})
    clean["short_name"] = clean.get("short_name") or shortened(name)
    rank = rank_at(count)
    organisation = Organisation(pk=pk or uuid4(), workspace=workspace, name=name, is_focal=is_focal, rank=rank, **clean)
    organisation.save(force_insert=True)
    change.record(events.OrganisationAdded(thing_id=organisation.pk, name=organisation.short_name))
    return organisation


def record_partnership(
    change: log.Change, workspace: Workspace, *, first: Organisation, second: Organisation, **fields: Any
) -> Partnership:
    """Tie two organisations inside an open change."""
    rank = rank_at(workspace.partnerships.count())
    partnership = Partnership(workspace=workspace, first=first, second=second, rank=rank, **fields)
    partnership.save(force_insert=True)
    change.record(
        events.PartnershipAdded(
            thing_id=partnership.pk,
            partnership_id=partnership.pk,
            first=first.short_name,
            second=second.short_name,
        )
    )
    return partnership


LEADING_ON = frozenset({"&", "+", "-", "–", "/", "and", "of", "for", "the", "und", "et", "y", "e", "en", "og", "och"})


def shortened(name: str) -> str:
    """Return a short name for marks and buttons: the first word(s) that fit, without what leads on to the next.

    >>> shortened("Fellmark Municipal Home Rehab")
    'Fellmark Municipal Home'
    >>> shortened("NorthPost Parcel & Freight AS"), shortened("Smith, Barnes and Partners Ltd.")
    ('NorthPost Parcel', 'Smith, Barnes')
    """
    limit = ORGANISATION_FIELDS["short_name"]
    short = ""
    for word in name.split():
        if len(f"{short} {word}".strip()) > limit:
            break
        short = f"{short} {word}".strip()
    while (last := short.rpartition(" ")[2]) in LEADING_ON or last.endswith(","):
        short = short.removesuffix(last).strip() if last in LEADING_ON else short.removesuffix(",")
    return short or name[:limit]


def _organisation_field(name: str, value: Any) -> str:
    text = clean_text(str(value or "")) if name == "profile" else clean_line(str(value or ""))
    limit = ORGANISATION_FIELDS[name]
    if len(text) > limit:
        message = _("At most %(limit)s characters, please.") % {"limit": limit}
        raise Invalid(message, code="too_long", fields={name: [message]})
    return text


def _require_reason(fields: Mapping[str, str]) -> None:
    if fields["state"] in STATES_NEEDING_A_REASON and not fields["state_reason"]:
        message = _("Say why, so that nobody is dropped for size, power or habit alone.")
        raise Invalid(message, code="reason_needed", fields={"state_reason": [message]})


def _locked_fields(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """Wait for others who change a row, take over how it stands, and return it."""
    row.refresh_from_db(fields=list(names), from_queryset=type(row)._default_manager.select_for_update(no_key=True))
    return {name: getattr(row, name) for name in names}


def _sides(partnership: Partnership) -> tuple[Any, Any]:
    return partnership.first_id, partnership.second_id
