"""Ways in: the code and its QR, links for one side, the room screen, another device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from partners.base.errors import Forbidden, Invalid, NotFound
from partners.base.http import uuid_or_none
from partners.people.identity import identity_of
from partners.workspaces import operations
from partners.workspaces.access import Viewer, organisation_for, partnership_for, viewer_in
from partners.workspaces.forms import LinkForm
from partners.workspaces.models import Invitation, Membership, Partnership
from partners.workspaces.operations.sharing import spoken_code
from partners.workspaces.queries import code_for, ways_in
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import enter, is_on_this_computer_only, site_address


@dataclass(frozen=True)
class JoinBox:
    """How to come in, as the wall and the dialog print it."""

    invitation: Invitation
    at: str
    code: str
    link: str
    matrix: list[list[int]]


def join_box(request: HttpRequest, invitation: Invitation) -> JoinBox:
    """Return the address, the code as spoken, and the QR code that holds both."""
    site = site_address(request)
    link = site + reverse("join-with", args=[invitation.code])
    return JoinBox(
        invitation=invitation,
        at=site.split("://", 1)[1] + reverse("join"),
        code=spoken_code(invitation.code),
        link=link,
        matrix=qr_matrix(link),
    )


def qr_matrix(text: str) -> list[list[int]]:
    """Return a QR code as rows of 0 and 1."""
    return [list(row) for row in segno.make(text, error="m").matrix]


def sharing_values(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """Return what the sharing part of a page prints: all ways in for facilitators, for others nothing."""
    if not viewer.may(Action.MANAGE):
        return {"boxes": [], "links": [], "personal": [], "rooms": []}
    site = site_address(request)
    kinds = (Invitation.Kind.CODE, Invitation.Kind.SIDE, Invitation.Kind.PERSONAL, Invitation.Kind.ROOM)
    found: dict[str, list[Invitation]] = {kind: [] for kind in kinds}
    for invitation in ways_in(viewer.workspace, *kinds):
        if viewer.audience.sees_partnership(invitation.partnership_id):
            found[invitation.kind].append(invitation)
    return {
        "boxes": [join_box(request, each) for each in found[Invitation.Kind.CODE]],
        "links": [(each, site + reverse("join-with", args=[each.code])) for each in found[Invitation.Kind.SIDE]],
        "personal": found[Invitation.Kind.PERSONAL],
        "rooms": [
            (each, site + reverse("facilitation:room", args=[each.code])) for each in found[Invitation.Kind.ROOM]
        ],
        "only_here": is_on_this_computer_only(request),
    }


@require_GET
def invite(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The dialog with address, code and QR for one partnership (facilitators)."""
    partnership, viewer = _partnership(request, partnership_id)
    if not viewer.may(Action.MANAGE):
        raise Forbidden(_("Only a facilitator can do this."))
    members = reverse("workspaces:members", args=[viewer.workspace.pk])
    if not request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        return redirect(f"{members}#sharing")
    invitation = code_for(viewer.workspace, partnership)
    values = {
        "workspace": viewer.workspace,
        "partnership": partnership,
        "box": join_box(request, invitation) if invitation else None,
        "only_here": is_on_this_computer_only(request),
        "members": members,
    }
    return render(request, "workspaces/_invite.html", values)


@require_POST
def codes(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Make a new code for a partnership; the old one of the same partnership ends."""
    viewer, _cursor = enter(request, workspace_id)
    wanted = uuid_or_none(request.POST.get("partnership"))
    if wanted is None:
        raise NotFound
    operations.renew_code(viewer=viewer, partnership=partnership_for(viewer, wanted))
    messages.success(request, _("There is a new code; the old one does not work any more."))
    return _back(viewer)


@require_POST
def links(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Make a link that fixes the side and the role."""
    viewer, _cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose a company and a role for the link."))
    wanted, _colon, side = form.cleaned_data["where"].partition(":")
    partnership_id, organisation_id = uuid_or_none(wanted), uuid_or_none(side)
    if partnership_id is None:
        raise NotFound
    operations.invite(
        viewer=viewer,
        partnership=partnership_for(viewer, partnership_id),
        organisation=organisation_for(viewer, organisation_id) if organisation_id else None,
        role=form.cleaned_data["role"] if organisation_id else Membership.Role.OBSERVER,
    )
    messages.success(request, _("The link is ready. It works for 30 days."))
    return _back(viewer)


@require_POST
def rooms(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Make a read-only link for the screen in the room."""
    viewer, _cursor = enter(request, workspace_id)
    wanted = uuid_or_none(request.POST.get("partnership"))
    partnership = partnership_for(viewer, wanted) if wanted else None
    operations.invite(viewer=viewer, kind=Invitation.Kind.ROOM, partnership=partnership)
    return _back(viewer)


@require_POST
def revocation(request: HttpRequest, workspace_id: UUID, invitation_id: UUID) -> HttpResponse:
    """End a code or link."""
    viewer, _cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    invitation = Invitation.objects.filter(pk=invitation_id, workspace=viewer.workspace).first()
    if invitation is None or not viewer.audience.sees_partnership(invitation.partnership_id):
        raise NotFound
    operations.revoke_invitation(viewer=viewer, invitation=invitation)
    messages.success(request, _("It does not work any more. Whoever came in by it stays."))
    return _back(viewer)


@require_POST
def device(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Make the link by which a guest goes on from another device, and show it with its QR."""
    viewer, _cursor = enter(request, workspace_id)
    if viewer.member is None or not viewer.member.is_guest:
        raise Forbidden(_("You have an account: sign in on the other device."))
    invitation = operations.device_link(member=viewer.member)
    link = site_address(request) + reverse("join-with", args=[invitation.code])
    values = {"link": link, "matrix": qr_matrix(link), "only_here": is_on_this_computer_only(request)}
    template = "workspaces/_device.html" if request.htmx else "workspaces/device.html"  # type: ignore[attr-defined]  # django-htmx
    return render(request, template, values | {"workspace": viewer.workspace})


def _partnership(request: HttpRequest, partnership_id: UUID) -> tuple[Partnership, Viewer]:
    found = (
        Partnership.objects.filter(pk=partnership_id, deleted_at=None).values_list("workspace_id", flat=True).first()
    )
    if found is None:
        raise NotFound
    viewer = viewer_in(identity_of(request), found)
    return partnership_for(viewer, partnership_id), viewer


def _back(viewer: Viewer) -> HttpResponse:
    return redirect(f"{reverse('workspaces:members', args=[viewer.workspace.pk])}#sharing")
