"""People and sharing: who is here, on which side, with which rights."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from partners.base.errors import Invalid, NotFound
from partners.base.http import uuid_or_none
from partners.workspaces import operations
from partners.workspaces.access import Viewer, organisation_for
from partners.workspaces.forms import MemberForm
from partners.workspaces.models import Membership, Organisation
from partners.workspaces.queries import members_seen, organisations_seen, partnerships_seen
from partners.workspaces.rules import Action
from partners.workspaces.views.sharing import sharing_values
from partners.workspaces.views.shell import enter, shell

TOPICS = ("members", "sharing", "organisations", "partnerships", "workspace")
FEW_COMPANIES = 3
"""So many companies stand in a row as buttons; more become a list to choose from."""


@require_GET
def members(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Everybody whom this person may see, and, for facilitators, the ways in."""
    viewer, cursor = enter(request, workspace_id)
    values = shell(viewer, "members", cursor=cursor, topics=TOPICS)
    return render(request, "workspaces/members.html", values | _people(viewer) | sharing_values(request, viewer))


@require_POST
def member(request: HttpRequest, workspace_id: UUID, member_id: UUID) -> HttpResponse:
    """Move somebody to another company, change their role or what they see."""
    viewer, _cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    person = _person(viewer, member_id)
    form = MemberForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("There is no such role or company."))
    operations.change_member(viewer=viewer, member=person, **_changes(viewer, person, form, request))
    return redirect(f"{reverse('workspaces:members', args=[workspace_id])}#member-{person.pk}")


@require_POST
def removal(request: HttpRequest, workspace_id: UUID, member_id: UUID) -> HttpResponse:
    """Take somebody out; with `forget`, their name goes too, everywhere."""
    viewer, _cursor = enter(request, workspace_id)
    person = _person(viewer, member_id)
    operations.remove_member(viewer=viewer, member=person)
    if request.POST.get("forget"):
        operations.forget_member(person)
        messages.success(request, _("They are out, and called “former member” everywhere."))
    else:
        messages.success(request, _("%(name)s is out. What they wrote stays.") % {"name": person.name})
    if viewer.member and person.pk == viewer.member.pk:
        return redirect("workspaces:mine")
    return redirect("workspaces:members", workspace_id)


@require_POST
def leaving(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Leave a workshop oneself."""
    viewer, _cursor = enter(request, workspace_id)
    operations.leave(viewer=viewer)
    messages.success(request, _("You have left “%(title)s”.") % {"title": viewer.workspace.title})
    return redirect("workspaces:mine" if request.user.is_authenticated else "landing")


def _people(viewer: Viewer) -> dict[str, Any]:
    people = list(members_seen(viewer.audience).prefetch_related("partnerships"))
    return {
        "people": people,
        "companies": list(organisations_seen(viewer.audience)),
        "few": FEW_COMPANIES,
        "partnerships": list(partnerships_seen(viewer.audience)),
        "named": {person.pk: {each.pk for each in person.partnerships.all()} for person in people},
        "roles": Membership.Role.choices,
        "may_manage": viewer.may(Action.MANAGE),
    }


def _person(viewer: Viewer, member_id: UUID) -> Membership:
    person = members_seen(viewer.audience).filter(pk=member_id).first()
    if person is None:
        raise NotFound
    return person


def _changes(viewer: Viewer, person: Membership, form: MemberForm, request: HttpRequest) -> dict[str, Any]:
    """What was sent, as the operation takes it; a company of `none` means nobody's side."""
    sent: dict[str, Any] = {name: form.cleaned_data[name] for name in ("role", "scope") if form.cleaned_data[name]}
    if wanted := form.cleaned_data["organisation"]:
        company_id = uuid_or_none(wanted)
        if company_id is None and wanted != "none":
            raise NotFound
        sent["organisation"] = organisation_for(viewer, company_id) if company_id else None
    if "scope" in sent:
        ids = {uuid_or_none(value) for value in request.POST.getlist("partnership")}
        sent["partnerships"] = [each for each in partnerships_seen(viewer.audience) if each.pk in ids]
    elif sent.get("organisation") and person.role != Membership.Role.FACILITATOR:
        sent |= _scope_of(viewer, sent["organisation"])
    return sent


def _scope_of(viewer: Viewer, company: Organisation) -> dict[str, Any]:
    """Who changes sides sees what that side sees: the focal company everything, another its own partnerships."""
    if company.is_focal:
        return {"scope": Membership.Scope.WORKSPACE}
    own = [each for each in partnerships_seen(viewer.audience) if company.pk in (each.first_id, each.second_id)]
    return {"scope": Membership.Scope.PARTNERSHIPS, "partnerships": own}
