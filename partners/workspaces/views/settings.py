"""A workshop's settings, for facilitators, and what everybody may do with it: take the data along, leave."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.base.errors import DomainError, Forbidden, Invalid, NotFound
from partners.people.identity import identity_of
from partners.people.models import User
from partners.workspaces import operations
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.forms import EvidenceForm, MeaningsForm, SettingsForm, refused
from partners.workspaces.models import FILLS, Workspace
from partners.workspaces.operations.copies import copy_without_notes
from partners.workspaces.queries import memberships_of
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import enter, shell


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What the workshop is and asks for; archive, copy, delete. POST changes what it is (facilitators)."""
    viewer, cursor = enter(request, workspace_id)
    if request.method == "GET":
        return _page(request, viewer, cursor)
    viewer.require(Action.MANAGE)
    form = SettingsForm(request.POST)
    if form.is_valid() and _tried(form, viewer, form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("workspaces:settings", workspace_id)
    return _page(request, viewer, cursor, form, status=422)


@require_POST
def meanings(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What the note colours mean (facilitators)."""
    viewer, _cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    form = MeaningsForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("A meaning has at most %(limit)s characters.") % {"limit": 40})
    operations.change_workspace(viewer=viewer, fill_meanings=form.cleaned_data)
    messages.success(request, _("The colours mean this now, on every sheet."))
    return redirect("workspaces:settings", workspace_id)


@require_POST
def evidence(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What learning cards must show before they count (facilitators)."""
    viewer, cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    form = EvidenceForm(request.POST)
    if form.is_valid() and _tried(form, viewer, form.cleaned_data):
        messages.success(request, _("Saved: all joint ideas are held to this now."))
        return redirect("workspaces:settings", workspace_id)
    return _page(request, viewer, cursor, evidence_form=form, status=422)


@require_POST
def archive(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Put a finished workshop aside, or take it out again."""
    viewer, _cursor = enter(request, workspace_id)
    archived = request.POST.get("archived", "1") != "0"
    operations.archive_workspace(viewer=viewer, archived=archived)
    messages.success(request, _("It is in your archive now.") if archived else _("It is back among your workshops."))
    return redirect("workspaces:mine" if archived else "workspaces:settings", *([] if archived else [workspace_id]))


@require_POST
def deletion(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Take a workshop away from everybody."""
    viewer, _cursor = enter(request, workspace_id)
    operations.delete_workspace(viewer=viewer)
    messages.success(request, _("“%(title)s” is deleted for everybody.") % {"title": viewer.workspace.title})
    return redirect("workspaces:mine")


@require_POST
def restoration(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Bring a deleted workshop back (its facilitators)."""
    deleted = memberships_of(identity_of(request), deleted=True)
    member = next((each for each in deleted if each.workspace_id == workspace_id), None)
    if member is None:
        raise NotFound
    operations.delete_workspace(viewer=viewer_as(member), deleted=False)
    return redirect("workspaces:home", workspace_id)


@require_POST
def copy(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """The same companies and partnerships again, without notes and people."""
    viewer, _cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    if not isinstance(request.user, User):
        raise Forbidden(_("Sign in with an account to keep workshops of your own."))
    title = request.POST.get("title") or _("%(title)s (copy)") % {"title": viewer.workspace.title[:100]}
    made = copy_without_notes(viewer=viewer, user=request.user, title=title)
    messages.success(request, _("This is the copy: the same companies, empty sheets."))
    return redirect("workspaces:home", made.pk)


def _tried(form: forms.Form, viewer: Viewer, changes: dict[str, object]) -> bool:
    try:
        operations.change_workspace(viewer=viewer, **changes)
    except DomainError as error:
        refused(form, error)
        return False
    return True


def _page(
    request: HttpRequest,
    viewer: Viewer,
    cursor: str,
    form: SettingsForm | None = None,
    *,
    evidence_form: EvidenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    values = shell(viewer, "settings", cursor=cursor, topics=("workspace",))
    values |= {
        "form": form or SettingsForm(initial=_now(viewer.workspace, SettingsForm)),
        "evidence_form": evidence_form or EvidenceForm(initial=_now(viewer.workspace, EvidenceForm)),
        "meanings": [(fill, viewer.workspace.fill_meanings.get(fill, "")) for fill in FILLS if fill != "plain"],
        "exports": _exports(viewer),
        "may_manage": viewer.may(Action.MANAGE),
        "may_copy": viewer.may(Action.MANAGE) and viewer.audience.is_wide and request.user.is_authenticated,
    }
    return render(request, "workspaces/settings.html", values, status=status)


def _now(workspace: Workspace, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(workspace, name) for name in form.base_fields}


def _exports(viewer: Viewer) -> list[tuple[str, str, str]]:
    """The formats there are, with the address and the drawing of each."""
    ids = [viewer.workspace.pk]
    return [
        (_("Everything (JSON)"), reverse("api:workspace-export", args=ids), "file-braces"),
        (_("Notes (CSV)"), reverse("api:workspace-notes", args=ids), "table"),
        (_("Joint ideas (CSV)"), reverse("api:workspace-hypotheses", args=ids), "table"),
    ]
