"""A workshop's settings, for facilitators, and what everybody may do with it: take the data along, leave."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.base.errors import DomainError, Forbidden, NotFound
from partners.people.identity import identity_of
from partners.people.models import User
from partners.workspaces import operations
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.forms import EvidenceForm, MeaningsForm, SettingsForm, SharedForm, refused
from partners.workspaces.models import FILLS, Workspace
from partners.workspaces.operations.copies import copy_without_notes
from partners.workspaces.queries import memberships_of
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import enter, shell

TOPICS = ("workspace", "members")
FORMS: dict[str, type[SharedForm]] = {
    "form": SettingsForm,
    "meanings_form": MeaningsForm,
    "evidence_form": EvidenceForm,
}
"""The forms of the page, by their names in its template."""


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What the workshop is and asks for; archive, copy, delete. POST changes what it is (facilitators)."""
    viewer, cursor = enter(request, workspace_id)
    if request.method == "GET":
        return _page(request, viewer, cursor)
    viewer.require(Action.MANAGE)
    form = SettingsForm(request.POST)
    if form.is_valid() and _changed(form, viewer):
        messages.success(request, _("Saved."))
        return redirect("workspaces:settings", workspace_id)
    return _page(request, viewer, cursor, form)


@require_POST
def meanings(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What the note colours mean (facilitators)."""
    viewer, cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    form = MeaningsForm(request.POST)
    if form.is_valid():
        try:
            operations.name_colours(viewer=viewer, meanings=form.cleaned_data, base=form.base)
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, _("The colours mean this now, on every sheet."))
            return redirect("workspaces:settings", workspace_id)
    return _page(request, viewer, cursor, form)


@require_POST
def evidence(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What learning cards must show before they count (facilitators)."""
    viewer, cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    form = EvidenceForm(request.POST)
    if form.is_valid() and _changed(form, viewer):
        messages.success(request, _("Saved: all joint ideas are held to this now."))
        return redirect("workspaces:settings", workspace_id)
    return _page(request, viewer, cursor, form)


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


def _changed(form: SharedForm, viewer: Viewer) -> bool:
    try:
        operations.change_workspace(viewer=viewer, base=form.base, **form.cleaned_data)
    except DomainError as error:
        refused(form, error)
        return False
    return True


def _page(request: HttpRequest, viewer: Viewer, cursor: str, sent: SharedForm | None = None) -> HttpResponse:
    """The page; with the form that was sent and refused, if one was, as it was filled in."""
    values = shell(viewer, "settings", cursor=cursor, topics=TOPICS)
    for name, form in FORMS.items():
        values[name] = sent if isinstance(sent, form) else form(initial=_now(viewer.workspace))
    values |= {
        "exports": _exports(viewer),
        "may_manage": viewer.may(Action.MANAGE),
        "may_copy": viewer.may(Action.MANAGE) and viewer.audience.is_wide and request.user.is_authenticated,
    }
    return render(request, "workspaces/settings.html", values, status=sent.status if sent else 200)


def _now(workspace: Workspace) -> dict[str, Any]:
    names = (*SettingsForm.base_fields, *EvidenceForm.base_fields)
    meanings = {fill: workspace.fill_meanings.get(fill, "") for fill in FILLS}
    return {name: getattr(workspace, name) for name in names} | meanings


def _exports(viewer: Viewer) -> list[tuple[str, str, str]]:
    """The formats there are, with the address and the drawing of each."""
    ids = [viewer.workspace.pk]
    return [
        (_("Everything (JSON)"), reverse("api:workspace-export", args=ids), "file-braces"),
        (_("Notes (CSV)"), reverse("api:workspace-notes", args=ids), "table"),
        (_("Joint ideas (CSV)"), reverse("api:workspace-hypotheses", args=ids), "table"),
    ]
