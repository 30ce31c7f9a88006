"""The trash of a workshop: what is there, back from it, and emptied after a question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.base.http import uuid_or_none
from partners.canvases.access import note_for
from partners.canvases.operations import restore_note
from partners.history import operations
from partners.history.trash import (
    notes_in_trash,
    organisations_in_trash,
    partnerships_in_trash,
    thrown_notes,
    thrown_others,
)
from partners.people.identity import identity_of
from partners.workspaces import operations as workshops
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.queries import memberships_of
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import enter, shell

A_PAGE = 50


@require_GET
def trash(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What lies there, as far as this person may see it."""
    viewer, cursor = enter(request, workspace_id)
    return _page(request, viewer, cursor)


@require_POST
def restoration(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Bring one thing back: `note`, `partnership` or `organisation`."""
    viewer, cursor = enter(request, workspace_id)
    try:
        words = _bring_back(request, viewer)
    except (Conflict, Forbidden, Invalid) as error:
        return _page(request, viewer, cursor, error=error.message, status=error.status)
    messages.success(request, _("“%(words)s” is back.") % {"words": words})
    return redirect("history:trash", workspace_id)


@require_http_methods(["GET", "POST"])
def emptying(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """GET: what goes for good. POST: let it go; only what lay there when that was read."""
    viewer, cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    if request.method == "POST":
        until = parse_datetime(request.POST.get("until", "")) if len(request.POST.get("until", "")) < 40 else None
        if until is None or timezone.is_naive(until):
            raise Invalid(_("Read what goes for good first."))
        operations.empty_trash(viewer=viewer, until=until)
        messages.success(request, _("The trash is empty."))
        return redirect("history:trash", workspace_id)
    until = timezone.now()
    values = shell(viewer, "", cursor=cursor)
    values |= {"until": until.isoformat(), "counts": operations.doomed_by(viewer, until).counts}
    return render(request, "history/emptying.html", values)


@require_http_methods(["GET", "POST"])
def workshop(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """A deleted workshop. GET: what goes for good. POST: let it go (its facilitators)."""
    deleted = memberships_of(identity_of(request), deleted=True)
    member = next((each for each in deleted if each.workspace_id == workspace_id), None)
    if member is None:
        raise NotFound
    viewer = viewer_as(member)
    viewer.require(Action.MANAGE)
    if request.method == "POST":
        title = operations.delete_for_good(viewer=viewer)
        messages.success(request, _("“%(title)s” is gone for good.") % {"title": title})
        return redirect("workspaces:mine")
    return render(request, "history/workshop.html", {"workspace": viewer.workspace})


def _page(request: HttpRequest, viewer: Viewer, cursor: str, *, error: str = "", status: int = 200) -> HttpResponse:
    notes = notes_in_trash(viewer).select_related("canvas__organisation", "canvas__partnership")
    page = Paginator(notes, A_PAGE).get_page(request.GET.get("page"))
    others = thrown_others(viewer)
    values: dict[str, Any] = shell(viewer, "", cursor=cursor, topics=("activity", "trash", "organisations"))
    values |= {
        "page": page,
        "notes": thrown_notes(viewer, list(page)),
        "others": others,
        "is_empty": not others and not page.paginator.count,
        "may_empty": viewer.may(Action.MANAGE),
        "error": error,
    }
    return render(request, "history/trash.html", values, status=status)


def _bring_back(request: HttpRequest, viewer: Viewer) -> str:
    asked = {sort: uuid_or_none(request.POST.get(sort)) for sort in ("note", "partnership", "organisation")}
    if asked["note"]:
        sheet, note = note_for(identity_of(request), asked["note"], deleted=None)
        if sheet.viewer.workspace.pk != viewer.workspace.pk:
            raise NotFound
        return str(restore_note(sheet=sheet, note=note))
    if asked["partnership"]:
        partnership = partnerships_in_trash(viewer).filter(pk=asked["partnership"]).first()
        if partnership is None:
            raise NotFound
        workshops.restore_partnership(viewer=viewer, partnership=partnership)
        return f"{partnership.first.short_name} – {partnership.second.short_name}"
    gone = organisations_in_trash(viewer)
    organisation = gone.filter(pk=asked["organisation"]).first() if asked["organisation"] else None
    if organisation is None:
        raise NotFound
    return workshops.restore_organisation(viewer=viewer, organisation=organisation).name
