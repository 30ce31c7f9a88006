"""A guest's first ten seconds: a title, a name, two buttons, and straight to work."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.base.errors import NotFound
from partners.base.limits import Limit
from partners.facilitation.doors import Door, door
from partners.facilitation.forms import JoinForm
from partners.facilitation.passes import with_pass
from partners.facilitation.queries import place_to_start
from partners.facilitation.views.personal import personal
from partners.hypotheses.asked import request_named
from partners.people.identity import identity_of
from partners.people.models import User
from partners.workspaces import operations
from partners.workspaces.access import member_of, viewer_as
from partners.workspaces.models import Invitation, Membership
from partners.workspaces.operations.arrivals import continue_on_device
from partners.workspaces.operations.sharing import normal_code

WRONG_CODES = Limit("wrong-code", most=300, seconds=600)
"""By address: a school class behind one address mistypes less, and guessing gets nowhere."""
NEWCOMERS = Limit("newcomers", most=500, seconds=600)
"""By code: a whole conference may come in by one, a program that fills the room with names may not."""


@require_http_methods(["GET", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the wall."""
    if request.method == "GET":
        return render(request, "facilitation/code.html", {"typed": "", "error": ""})
    WRONG_CODES.check(_address(request))
    typed = request.POST.get("code", "").strip()[:80]
    found, existed = door(typed)
    if found is not None:
        return redirect("join-with", found.invitation.code)
    if not typed:
        error = _("Type the code that stands on the wall.")
    else:
        WRONG_CODES.count(_address(request))
        error = _ended() if existed else _("There is no workshop with this code. Look again: KTR 482 QX, say.")
    return render(request, "facilitation/code.html", {"typed": typed, "error": error}, status=422)


@require_http_methods(["GET", "POST"])
@never_cache
def join_with(request: HttpRequest, code: str) -> HttpResponse:
    """Come in by a code or link. POST: with a name, for a company or just to watch."""
    WRONG_CODES.check(_address(request))
    if asked := request_named(code):
        return personal(request, asked)
    found, existed = door(code)
    if found is None:
        WRONG_CODES.count(_address(request))
        words = _ended() if existed else _("This code does not lead anywhere.")
        typed = "" if existed else normal_code(code)[:12]
        return render(request, "facilitation/code.html", {"typed": typed, "error": words}, status=404)
    if found.invitation.kind == Invitation.Kind.DEVICE:
        return _device(request, found.invitation)
    known = member_of(identity_of(request), found.invitation.workspace_id)
    if known is not None:
        return redirect(place_to_start(viewer_as(known), found.partnership))
    if request.method == "POST":
        return _enter(request, found)
    return _page(request, found, JoinForm())


def _enter(request: HttpRequest, found: Door) -> HttpResponse:
    side = request.POST.get("side", "")
    company = found.company(side)
    user = request.user if isinstance(request.user, User) else None
    form = JoinForm(request.POST)
    if company is None and not (side == "watch" and found.may_watch):
        return _page(
            request, found, form, error=_("Choose for whom you are here."), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    if user is None and not form.is_valid():
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    NEWCOMERS.count(found.invitation.code)
    how: dict[str, Any] = {
        "workspace": found.invitation.workspace,
        "organisation": company,
        "role": found.invitation.role if company else Membership.Role.OBSERVER,
        "partnership": found.partnership,
    }
    if user is not None:
        member = operations.join_as_user(user=user, **how)
        return redirect(place_to_start(viewer_as(member), found.partnership))
    member, token = operations.join_as_guest(name=form.cleaned_data["name"], **how)
    return with_pass(request, member, token, redirect(place_to_start(viewer_as(member), found.partnership)))


def _device(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    member = invitation.membership
    if member is None or member.removed_at:
        raise NotFound
    if request.method == "GET":
        return render(request, "facilitation/continue.html", {"invitation": invitation, "member": member})
    member, token = continue_on_device(invitation=invitation)
    return with_pass(request, member, token, redirect(place_to_start(viewer_as(member))))


def _page(
    request: HttpRequest, found: Door, form: JoinForm, *, error: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    host = found.invitation.created_by
    values = {"door": found, "workspace": found.invitation.workspace, "form": form, "error": error, "host": host}
    return render(request, "facilitation/join.html", values, status=status)


def _ended() -> str:
    return _("This code has ended. Ask the facilitator for the new one; it stands on the wall.")


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
